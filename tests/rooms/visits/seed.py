"""Prepare a migrated, empty database for the tests with a real server: `python -m tests.rooms.visits.seed ROWS PHONES`.

Prints one JSON document: the round, the cooperatives' ids, and each phone's device and token.
"""

from __future__ import annotations

import json
import os
import sys
import uuid


def seed(rows: int, phones: int) -> dict[str, object]:
    """Lay a round of `rows`, register `phones` of as many officers."""
    from django.db import transaction

    from telusur.register.models import Cooperative
    from tests.rooms.visits.office import lay_round, phone

    with transaction.atomic():
        round_ = lay_round(rows)
        known = [phone(f"petugas{number}", uuid.uuid4()) for number in range(phones)]
    return {
        "round": round_.pk,
        "cooperatives": [str(ident) for ident in Cooperative.objects.order_by("key").values_list("pk", flat=True)],
        "phones": [{"device": str(device.device), "token": token} for device, token in known],
    }


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "telusur.web.settings"
    import django

    django.setup()
    sys.stdout.write(json.dumps(seed(int(sys.argv[1]), int(sys.argv[2]))))

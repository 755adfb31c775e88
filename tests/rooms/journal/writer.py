"""One writer of the parallel test: `python -m tests.rooms.journal.writer NUMBER COUNT` writes COUNT journalled facts.

A process of its own, since that is what meets in an office: each transaction reads, then writes, as deferred ones fail at.
"""

from __future__ import annotations

import os
import sys
from datetime import date


def write(number: int, count: int) -> None:
    """Record facts about the one cooperative that all writers share."""
    from django.db import transaction

    from telusur.journal import actions as journal
    from telusur.register.actions import record_facts
    from telusur.register.models import Cooperative
    from telusur.register.rules import NewFact, Voice

    for turn in range(count):
        with transaction.atomic():
            shared = Cooperative.objects.get()
            fact = NewFact(shared.pk, "note", {"writer": number, "turn": turn}, Voice.OFFICE, date(2025, 10, 24))
            record_facts([fact], by=f"w{number}")
            journal.write("fact.recorded", about=f"cooperative:{shared.pk}", by=f"w{number}", after={"turn": turn})


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "telusur.web.settings"
    import django

    django.setup()
    write(int(sys.argv[1]), int(sys.argv[2]))

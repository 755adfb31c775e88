"""Generated cooperatives in the tables, on five past days: the committed digests, on either database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction

from telusur.register.models import Cooperative, Entry, RecordedFact
from telusur.rounds.actions import open_round
from telusur.rounds.models import Round
from telusur.standing.queries import verdicts
from tests.examples import masses
from tests.rooms.web.city import KELURAHAN, edition
from tests.rules.standing.golden import DAYS, FEW, MANY, digest, generated, kept, known_at


@transaction.atomic
def lay(count: int) -> Round:
    """The generated cooperatives as an import and the field would have left them."""
    held = edition(count)
    made = list(generated(count))
    cooperatives = Cooperative.objects.bulk_create(
        Cooperative(key=f"nik:9902{number:09d}", nik_koperasi=f"9902{number:09d}", first_edition=held)
        for number in range(count)
    )
    Entry.objects.bulk_create(
        Entry(
            edition=held, cooperative=cooperative, row_number=number + 2, name=f"Koperasi Contoh {number}", kind="",
            kelurahan_code=KELURAHAN[0], kecamatan_code=KELURAHAN[0][:8], raw=[], warnings=[], digest=f"{number:032x}",
            normal={
                "legal_on": each.legal_on.isoformat(),
                "form": each.form,
                "annual_meeting_on": each.listed_meeting_on.isoformat() if each.listed_meeting_on else None,
            },
        )
        for number, (cooperative, each) in enumerate(zip(cooperatives, made, strict=True))
    )  # fmt: skip
    RecordedFact.objects.bulk_create(
        RecordedFact(
            cooperative=cooperative, kind=fact.kind, value=dict(fact.value), voice=fact.voice.value,
            valid_on=fact.valid_on, evidence=[dict(item) for item in fact.evidence], recorded_at=fact.recorded_at,
            recorded_by=fact.recorded_by, fingerprint=f"{number:032x}{fact.id:032x}",
        )
        for number, (cooperative, each) in enumerate(zip(cooperatives, made, strict=True))
        for fact in each.facts
    )  # fmt: skip
    return open_round(name="Putaran Tetap", edition=held, by="dewi", required_attempts=2)


@pytest.mark.slow
@pytest.mark.django_db
def test_standings_are_those_committed() -> None:
    """A thousand; ten thousand before a release."""
    count = masses(MANY, MANY // FEW)
    round_ = lay(count)
    found = {on.isoformat(): digest(verdict for _, verdict in verdicts(round_, on, known_at(on))) for on in DAYS}
    assert found == kept()["many" if count == MANY else "few"]
    assert datetime.now(UTC) > known_at(DAYS[-1])

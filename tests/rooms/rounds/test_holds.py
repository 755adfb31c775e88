"""A hold is recorded with its reason, and released by name; another stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from telusur.journal.models import JournalLine
from telusur.register.models import Cooperative, RecordedFact
from telusur.rounds.actions import hold_row, release_hold
from telusur.rounds.rules.holds import frozen_holds
from tests.rooms.rounds.city import make_edition

pytestmark = pytest.mark.django_db
ON = date(2025, 9, 3)

PAPER = "surat 99/REKAAN"


def one() -> Cooperative:
    """A cooperative of a list."""
    make_edition(1)
    return Cooperative.objects.get()


def frozen() -> list[int]:
    """The holds that stand."""
    facts = [fact.as_fact() for fact in RecordedFact.objects.order_by("id")]
    return [fact.id for fact in frozen_holds(facts)]


def test_each_hold_is_released_by_its_number() -> None:
    held = one()
    court = hold_row(cooperative=held, why="perkara di pengadilan", on=ON, proof=PAPER, by="dewi")
    mend = hold_row(cooperative=held, why="koreksi", on=ON + timedelta(days=1), proof=PAPER, by="dewi")
    hold_row(cooperative=held, why="simpanan anggota", on=ON + timedelta(days=2), proof=PAPER, by="dewi", freezes=False)
    assert frozen() == [court.pk, mend.pk]
    release = release_hold(hold=mend.pk, why="koreksi mendarat", on=ON + timedelta(days=9), proof=PAPER, by="dewi")
    assert frozen() == [court.pk]
    assert release.value == {"freezes": False, "why": "koreksi mendarat", "releases": mend.pk, "proof": PAPER}
    release_hold(hold=court.pk, why="putusan inkrah", on=ON + timedelta(days=9), proof=PAPER, by="dewi")
    assert frozen() == []
    assert (
        list(JournalLine.objects.filter(deed__startswith="hold.").values_list("deed", flat=True)).count("hold.released")
        == 2
    )


def test_what_is_no_open_hold_is_not_released() -> None:
    held = one()
    note = hold_row(cooperative=held, why="simpanan anggota", on=ON, proof=PAPER, by="dewi", freezes=False)
    court = hold_row(cooperative=held, why="perkara", on=ON, proof=PAPER, by="dewi")
    for number, why, on, said in (
        (note.pk, "selesai", ON, "bukan penahanan"),
        (99_999, "selesai", ON, "bukan penahanan"),
        (court.pk, " ", ON, "mengapa"),
        (court.pk, "selesai", ON - timedelta(days=1), "mendahului"),
    ):
        with pytest.raises(ValueError, match=said):
            release_hold(hold=number, why=why, on=on, proof=PAPER, by="dewi")
    with pytest.raises(ValueError, match="bukti pelepasan"):
        release_hold(hold=court.pk, why="selesai", on=ON, proof="", by="dewi")
    release_hold(hold=court.pk, why="selesai", on=ON, proof=PAPER, by="dewi")
    with pytest.raises(ValueError, match="sudah dilepas"):
        release_hold(hold=court.pk, why="selesai sekali lagi", on=ON, proof=PAPER, by="dewi")


def test_a_hold_needs_a_reason_and_a_day_that_has_come() -> None:
    held = one()
    with pytest.raises(ValueError, match="mengapa"):
        hold_row(cooperative=held, why="  ", on=ON, proof=PAPER, by="dewi")
    with pytest.raises(ValueError, match="bukti penahanan"):
        hold_row(cooperative=held, why="perkara", proof=" ", on=ON, by="dewi")
    with pytest.raises(ValueError, match="belum tiba"):
        hold_row(cooperative=held, why="perkara", on=timezone.localdate() + timedelta(days=9), proof=PAPER, by="dewi")
    hold_row(cooperative=held, why="perkara", on=ON, proof=PAPER, by="dewi")
    with pytest.raises(ValueError, match="sudah ada"):
        hold_row(cooperative=held, why="perkara", on=ON, proof=PAPER, by="dewi")
    assert len(frozen()) == 1

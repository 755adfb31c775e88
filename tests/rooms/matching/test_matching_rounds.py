"""A judged pair in the balance: 420 needs two people and a survivor of the round, and goes when a word is taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from telusur.matching import actions, queries
from telusur.matching.actions import claim, judge, match_edition, undo_last
from telusur.matching.rules.queue import DeskPolicy
from telusur.rounds.actions import derive, open_round
from telusur.rounds.models import Round
from telusur.rounds.queries import balance_figure
from telusur.rounds.rules.codes import Code
from tests.rooms.matching.city import ON, ToldEngine, edition_of, proposal, rows

pytestmark = pytest.mark.django_db
A, B = "Koperasi Contoh Nomor 1", "Koperasi Contoh Nomor 2"


def codes(round_: Round, known_at: datetime | None = None) -> dict[int, int]:
    """The balance as known at an instant, and as stored now: the same."""
    figure = balance_figure(round_, ON, known_at or datetime.now(UTC), None)
    assert figure.whole.unaccounted == 0
    return {int(code): count for code, count in figure.whole.codes.items()}


def test_a_pair_judged_by_two_is_a_duplicate_in_the_balance(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (actions, queries):
        monkeypatch.setattr(module, "DeskPolicy", lambda: DeskPolicy(second_look_share=1.0))
    edition = edition_of(rows(6))
    match_edition(edition=edition, by="sari", engine=ToldEngine((A, B, 0.97)))
    round_ = open_round(name="Penelusuran", edition=edition, by="sari")
    derive(round_=round_, on=ON, known_at=datetime.now(UTC), by="sari")
    assert codes(round_) == {510: 6}
    judge(proposal=proposal(A, B), verdict="same", by="ani", why="akta yang sama")
    assert codes(round_) == {510: 6}
    before = datetime.now(UTC)
    claim(proposal=proposal(A, B), by="budi")
    judge(proposal=proposal(A, B), verdict="same", by="budi", why="akta yang sama")
    # The stored answer is older than the second word: the figure is derived afresh.
    assert codes(round_) == {420: 1, 510: 5}
    assert codes(round_, before) == {510: 6}
    derivation = derive(round_=round_, on=ON, known_at=datetime.now(UTC), by="sari")
    row = derivation.dispositions.get(code=Code.DUPLICATE)
    assert row.reasons[0]["code"] == "judged_duplicate" and row.entry.name == B
    undo_last(by="budi")
    assert codes(round_) == {510: 6}


def test_an_unmatched_or_moved_pair_stays_in_the_balance(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (actions, queries):
        monkeypatch.setattr(module, "DeskPolicy", lambda: DeskPolicy(second_look_share=1.0))
    edition = edition_of(rows(60))
    match_edition(edition=edition, by="sari", engine=ToldEngine((A, B, 0.999)))
    round_ = open_round(name="Penelusuran", edition=edition, by="sari")
    for by in ("ani", "budi"):
        claim(proposal=proposal(A, B), by=by)
        judge(proposal=proposal(A, B), verdict="same", by=by, why="akta yang sama")
    assert codes(round_)[420] == 1
    derive(round_=round_, on=ON, known_at=datetime.now(UTC), by="sari")
    changed = rows(60)
    changed[0] |= {"legal_number": "1/BH/KWK.99/V/1998"}
    edition_of(changed, mark="b")
    assert 420 not in codes(round_)

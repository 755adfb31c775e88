"""From what is held to what the ministry shows: proposed, approved by two, sent once, followed through the editions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from telusur.corrections.actions import (
    approve,
    discard_sheet,
    follow,
    make_sheet,
    propose,
    reject,
    send_sheet,
    withdraw,
)
from telusur.corrections.models import Change, ChangeWord, FateRow
from telusur.corrections.queries import change_view, change_views, corrections_followed
from telusur.corrections.rules.approval import ChangeState
from telusur.corrections.rules.fate import Fate
from telusur.corrections.rules.rates import rate_by_column
from telusur.corrections.rules.refused import CorrectionRefused
from telusur.corrections.sheets.fates_sheet import FATE_HEADS, write_fates
from telusur.journal.models import JournalLine
from telusur.register.actions import decide_edition
from telusur.register.models import Edition
from telusur.register.rules import Voice
from tests.rooms.corrections.city import (
    FIRST,
    FOURTH,
    ON,
    SECOND,
    SENT,
    THIRD,
    bring,
    cooperative,
    lay_country,
    met,
    nik,
    say,
)

pytestmark = pytest.mark.django_db
TODAY = date(2027, 7, 1)
RAT = "Tanggal RAT Terakhir"


@pytest.fixture
def first(tmp_path: Path) -> Edition:
    """The country, and the first edition."""
    lay_country()
    return bring(tmp_path, FIRST)


def proposed(edition: Edition, on: date = ON) -> list[Change]:
    return list(propose(edition=edition, on=on, by="rani").changes)


def sent(edition: Edition, changes: list[Change], number: str = "U-1", on: date = SENT) -> None:
    """Approved by two, on a sheet, sent."""
    numbers = [change.pk for change in changes]
    for by in ("dewi", "hadi"):
        approve(numbers=numbers, by=by)
    make_sheet(edition=edition, number=number, addressee="Menteri Koperasi", on=on, by="rani", numbers=numbers)
    send_sheet(number=number, on=on, channel="surat tercatat", proof="resi 99", by="rani", today=TODAY)


def fates() -> Mapping[int, Fate | None]:
    return {view.change.pk: view.fate for view in change_views()}


def test_a_meeting_with_minutes_becomes_a_proposal_with_its_ground(first: Edition) -> None:
    fact = met(3)
    met(4, minutes=False)
    (change,) = proposed(first)
    assert (change.cooperative, change.column) == (cooperative(3), "annual_meeting_on")
    assert (change.before, change.after) == ("10/03/2023", "14/03/2026")
    assert (change.fact_ids, change.voice, change.evidence) == ([fact.pk], "board", list(fact.evidence))
    assert JournalLine.objects.filter(deed="corrections.proposed").count() == 1


def test_proposing_twice_proposes_nothing_twice(first: Edition) -> None:
    met(3)
    assert len(proposed(first)) == 1
    again = propose(edition=first, on=ON, by="rani")
    assert (again.changes, again.silent, again.lapsed) == ((), 1, 0)
    assert JournalLine.objects.filter(deed="corrections.proposed").count() == 1


def test_two_different_people_approve_and_nothing_is_sent_before(first: Edition) -> None:
    met(3)
    (change,) = proposed(first)
    asked = {"edition": first, "number": "U-1", "addressee": "Menteri", "on": SENT, "by": "rani"}
    with pytest.raises(CorrectionRefused, match="belum ada usulan"):
        make_sheet(**asked)
    assert approve(numbers=[change.pk], by="dewi")[0].state is ChangeState.ONCE
    with pytest.raises(CorrectionRefused, match="orang lain"):
        approve(numbers=[change.pk], by="dewi")
    with pytest.raises(CorrectionRefused, match="tidak dapat masuk lembar"):
        make_sheet(**asked, numbers=[change.pk])
    assert approve(numbers=[change.pk], by="hadi")[0].state is ChangeState.READY
    sheet = make_sheet(**asked)
    assert [line.change_id for line in sheet.lines.all()] == [change.pk]


def test_of_many_none_is_approved_where_one_may_not(first: Edition) -> None:
    met(3)
    met(5)
    one, other = proposed(first)
    approve(numbers=[one.pk], by="dewi")
    with pytest.raises(CorrectionRefused, match=f"usulan {one.pk}"):
        approve(numbers=[other.pk, one.pk], by="dewi")
    assert not ChangeWord.objects.filter(change=other).exists()


@pytest.mark.parametrize("act", [reject, withdraw], ids=["reject", "withdraw"])
def test_an_ended_change_stays_and_needs_a_reason(first: Edition, act: object) -> None:
    met(3)
    (change,) = proposed(first)
    with pytest.raises(CorrectionRefused, match="perlu alasan"):
        act(numbers=[change.pk], why="  ", by="dewi")  # type: ignore[operator]
    act(numbers=[change.pk], why="notulen tidak ditandatangani", by="dewi")  # type: ignore[operator]
    view = change_view(change.pk)
    assert view is not None and view.state in (ChangeState.REJECTED, ChangeState.WITHDRAWN)
    assert proposed(first) == []
    met(3, date(2026, 4, 2))
    (fresh,) = proposed(first)
    assert fresh.after == "02/04/2026" and fresh.repeats is None


def test_a_sheet_is_sent_once_and_a_change_stands_on_one(first: Edition) -> None:
    met(3)
    changes = proposed(first)
    sent(first, changes)
    with pytest.raises(CorrectionRefused, match="sudah dikirim"):
        send_sheet(number="U-1", on=SENT, channel="pos", proof="", by="rani", today=TODAY)
    with pytest.raises(CorrectionRefused, match="sudah dipakai"):
        make_sheet(edition=first, number="U-1", addressee="Menteri", on=SENT, by="rani")
    with pytest.raises(CorrectionRefused, match="tidak dapat masuk lembar: terkirim"):
        make_sheet(edition=first, number="U-2", addressee="Menteri", on=SENT, by="rani", numbers=[changes[0].pk])


@pytest.mark.parametrize("on", [date(2026, 5, 24), date(2027, 7, 2)], ids=["before its day", "tomorrow"])
def test_a_sheet_is_not_sent_on_an_impossible_day(first: Edition, on: date) -> None:
    met(3)
    numbers = [change.pk for change in proposed(first)]
    for by in ("dewi", "hadi"):
        approve(numbers=numbers, by=by)
    make_sheet(edition=first, number="U-1", addressee="Menteri", on=SENT, by="rani")
    with pytest.raises(CorrectionRefused, match="tanggal kirim"):
        send_sheet(number="U-1", on=on, channel="pos", proof="", by="rani", today=TODAY)


def test_a_discarded_sheet_ends_its_changes_and_they_come_back_as_new(first: Edition) -> None:
    met(3)
    numbers = [change.pk for change in proposed(first)]
    for by in ("dewi", "hadi"):
        approve(numbers=numbers, by=by)
    make_sheet(edition=first, number="U-1", addressee="Menteri", on=SENT, by="rani")
    discard_sheet(number="U-1", why="salah nomor", by="rani", on=SENT)
    view = change_view(numbers[0])
    assert view is not None and view.state is ChangeState.LAPSED
    (fresh,) = proposed(first)
    assert fresh.pk not in numbers and fresh.repeats is None


def test_what_is_held_moves_after_the_approval(first: Edition) -> None:
    """Nothing leaves the house on a ground that is gone: the minutes were another cooperative's."""
    fact = met(3)
    (change,) = proposed(first)
    for by in ("dewi", "hadi"):
        approve(numbers=[change.pk], by=by)
    say(3, "withdrawal", {"withdrawn": "annual_meeting", "why": "notulen koperasi lain"}, voice=Voice.OFFICE,
        on=fact.valid_on, supersedes=fact.pk)  # fmt: skip
    with pytest.raises(CorrectionRefused, match="tidak lagi berbeda"):
        make_sheet(edition=first, number="U-1", addressee="Menteri", on=SENT, by="rani")
    assert propose(edition=first, on=ON, by="rani").lapsed == 1
    view = change_view(change.pk)
    assert view is not None and view.state is ChangeState.LAPSED


def test_landed_ignored_and_vanished_in_the_next_edition(first: Edition, tmp_path: Path) -> None:
    for number in (3, 4, 5, 6):
        met(number)
    changes = proposed(first)
    sent(first, changes)
    assert set(fates().values()) == {Fate.WAITING}
    bring(tmp_path, SECOND, {3: {RAT: "14/03/2026"}, 5: {RAT: "15/04/2026"}}, gone=(6,))
    report = follow(by="rani")
    assert (report.followed, report.written) == (4, 4)
    assert list(fates().values()) == [Fate.LANDED, Fate.IGNORED, Fate.LANDED_DIFFERENTLY, Fate.VANISHED]
    assert follow(by="rani").written == 0
    row = FateRow.objects.get(change=changes[2])
    assert (row.shown, row.landed_on) == ("15/04/2026", None)


def test_what_did_not_land_is_proposed_again_as_a_repeat(first: Edition, tmp_path: Path) -> None:
    met(3)
    (change,) = proposed(first)
    sent(first, [change])
    second = bring(tmp_path, SECOND, {9: {"Alamat": "Jl. Lain No. 9"}})
    follow(by="rani")
    found = propose(edition=second, on=SECOND, by="rani")
    assert found.new == () and len(found.repeats) == 1
    (repeat,) = found.repeats
    assert (repeat.repeats, repeat.repeats_count) == (change, 1)
    sent(second, [repeat], "U-2", date(2026, 7, 10))
    bring(tmp_path, THIRD, {3: {RAT: "14/03/2026"}})
    follow(by="rani")
    assert fates() == {change.pk: Fate.LANDED, repeat.pk: Fate.LANDED}
    (once,) = corrections_followed()
    assert (once.sendings_count, once.first_sent_on, once.landed_on) == (2, SENT, THIRD)
    assert [(line.sent, line.share) for line in rate_by_column([once])] == [(1, 1.0), (1, 1.0)]
    paper = tmp_path / "nasib.xlsx"
    assert write_fates(paper, date(2026, 9, 1)) == 1
    again = tmp_path / "lagi.xlsx"
    write_fates(again, date(2026, 9, 1))
    assert paper.read_bytes() == again.read_bytes()
    book = openpyxl.load_workbook(paper)
    head, line = list(book["Nasib"].iter_rows(values_only=True))
    assert tuple(head) == tuple(label for label, _ in FATE_HEADS)
    told = dict(zip(head, line, strict=True))
    assert (told["NIK Koperasi"], told["Dikirim (kali)"], told["Nasib"]) == (nik(3), 2, "sudah masuk")
    assert (told["Diusulkan"], told["Terbaca di daftar itu"]) == ("14/03/2026", "14/03/2026")
    assert (told["Pertama dikirim"], told["Masuk pada"]) == (f"{SENT:%d/%m/%Y}", f"{THIRD:%d/%m/%Y}")
    assert told["Umur (hari)"] == (THIRD - SENT).days
    assert [row[-1] for row in book["Capaian"].iter_rows(min_row=2, max_row=3, values_only=True)] == ["100,0", "100,0"]


def test_a_landed_change_that_turns_back_is_reverted_and_asked_again(first: Edition, tmp_path: Path) -> None:
    met(3)
    (change,) = proposed(first)
    sent(first, [change])
    bring(tmp_path, SECOND, {3: {RAT: "14/03/2026"}})
    third = bring(tmp_path, THIRD, {9: {"Alamat": "Jl. Lain No. 9"}})
    follow(by="rani")
    assert fates() == {change.pk: Fate.REVERTED}
    assert len(propose(edition=third, on=THIRD, by="rani").repeats) == 1


def test_a_withdrawn_sending_is_followed_on_and_never_asked_again(first: Edition, tmp_path: Path) -> None:
    met(3)
    (change,) = proposed(first)
    sent(first, [change])
    withdraw(numbers=[change.pk], why="RAT diulang", by="dewi")
    second = bring(tmp_path, SECOND, {9: {"Alamat": "Jl. Lain No. 9"}})
    follow(by="rani")
    view = change_view(change.pk)
    assert view is not None and (view.state, view.fate) == (ChangeState.WITHDRAWN, Fate.IGNORED)
    assert propose(edition=second, on=SECOND, by="rani").changes == ()


def test_an_older_edition_that_comes_late_changes_the_answer(first: Edition, tmp_path: Path) -> None:
    """Landed in June, back in December; June's list is brought only in the new year."""
    met(3)
    (change,) = proposed(first)
    sent(first, [change])
    bring(tmp_path, THIRD, {9: {"Alamat": "Jl. Lain No. 9"}})
    follow(by="rani")
    assert fates() == {change.pk: Fate.IGNORED}
    bring(tmp_path, SECOND, {3: {RAT: "14/03/2026"}})
    follow(by="rani")
    assert fates() == {change.pk: Fate.REVERTED}
    assert FateRow.objects.count() == 3
    assert FateRow.objects.filter(superseded_by__isnull=True).count() == 2


def test_a_held_edition_counts_once_it_is_accepted(first: Edition, tmp_path: Path) -> None:
    met(3)
    (change,) = proposed(first)
    sent(first, [change])
    held = bring(tmp_path, SECOND, {3: {RAT: "14/03/2026"}}, gone=range(40, 50))
    assert held.held
    assert follow(by="rani").written == 0
    decide_edition(edition=held, accepted=True, why="daftar memang menyusut", by="dewi")
    follow(by="rani")
    assert fates() == {change.pk: Fate.LANDED}


def test_a_proposal_carries_over_to_the_next_edition(first: Edition, tmp_path: Path) -> None:
    """Approved before the new list came and still true by it: the approvals stand, the sheet is the new list's."""
    met(3)
    met(4)
    one, two = proposed(first)
    for by in ("dewi", "hadi"):
        approve(numbers=[one.pk, two.pk], by=by)
    second = bring(tmp_path, SECOND, {4: {RAT: "14/03/2026"}})
    with pytest.raises(CorrectionRefused, match="bukan edisi nasional terbaru"):
        make_sheet(edition=first, number="U-1", addressee="Menteri", on=SECOND, by="rani")
    found = propose(edition=second, on=SECOND, by="rani")
    assert (found.changes, found.lapsed) == ((), 1)
    sheet = make_sheet(edition=second, number="U-1", addressee="Menteri", on=SECOND, by="rani")
    assert [line.change_id for line in sheet.lines.all()] == [one.pk]


def test_the_record_of_a_sending_may_come_after_the_edition(first: Edition, tmp_path: Path) -> None:
    met(3)
    numbers = [change.pk for change in proposed(first)]
    for by in ("dewi", "hadi"):
        approve(numbers=numbers, by=by)
    make_sheet(edition=first, number="U-1", addressee="Menteri", on=SENT, by="rani")
    bring(tmp_path, SECOND, {3: {RAT: "14/03/2026"}})
    send_sheet(number="U-1", on=SENT, channel="surat tercatat", proof="", by="rani", today=TODAY)
    assert list(fates().values()) == [Fate.LANDED]


def test_a_row_that_was_refused_at_the_import_is_not_taken_for_gone(first: Edition, tmp_path: Path) -> None:
    met(3)
    (change,) = proposed(first)
    sent(first, [change])
    bring(tmp_path, SECOND, {3: {"Koperasi": " ", RAT: "14/03/2026"}})
    assert follow(by="rani").written == 0
    assert fates() == {change.pk: Fate.WAITING}


@pytest.mark.long
def test_two_years_of_one_correction(first: Edition, tmp_path: Path) -> None:
    """Ignored, repeated, landed, turned back, repeated again: one correction, three sendings."""
    met(3)
    editions = [first]
    for sending, (as_of_on, cells) in enumerate(
        [(SECOND, {9: {"Alamat": "Jl. B"}}), (THIRD, {3: {RAT: "14/03/2026"}}), (FOURTH, {9: {"Alamat": "Jl. C"}})]
    ):
        found = proposed(editions[-1], editions[-1].as_of_on if sending else ON)
        if found:
            sent(editions[-1], found, f"U-{sending}", max(SENT, editions[-1].as_of_on))
        editions.append(bring(tmp_path, as_of_on, cells))
        follow(by="rani")
    found = proposed(editions[-1], FOURTH)
    assert [change.repeats_count for change in found] == [2]
    (once,) = corrections_followed()
    assert (once.fate, once.sendings_count, once.landed_on) == (Fate.REVERTED, 2, THIRD)

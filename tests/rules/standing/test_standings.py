"""Each standing: what was recorded, what follows under the definition of 2025, why, what is missing, what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from telusur.laws.articles import shipped_articles
from telusur.laws.rules.law import amended, law_on
from telusur.laws.rules.policy import Met
from telusur.register.rules import Fact
from telusur.rounds.rules.disposition import Duplicate
from telusur.standing.rules.derive import Case, derive
from telusur.standing.rules.shapes import outcomes
from telusur.standing.rules.verdict import Existence, Standing
from tests.rules.standing.cases import BUSY, GONE, KNOWN, NOW, ON, PROOF, board, coop, fact, meeting, verdict, visit

HOLD = fact(20, "hold", "2025-09-05", why="perkara di pengadilan", freezes=True)
PROPOSAL = fact(30, "dissolution_proposal", "2025-10-01", case="K-1", number="1", signed_by=["dewi", "agus"])

# standing | code | existence | facts
EXAMPLES = [
    pytest.param("not_traced", 510, "not_visited", [], id="nobody went"),
    pytest.param("not_traced", 530, "under_trace", [GONE[0]], id="one visit"),
    pytest.param("not_traced", 520, "under_trace", [fact(3, "desk_contact", "2025-09-01")], id="by telephone"),
    pytest.param("not_found", 320, "not_located", [*GONE], id="not found twice"),
    pytest.param("active", 120, "located", [BUSY], id="business, no RAT"),
    pytest.param("active", 110, "located", [BUSY, meeting(2, 2024)], id="business and RAT"),
    pytest.param("unproven", 240, "located", [visit(1, "2025-09-02", "refused")], id="refused"),
    pytest.param(
        "inactive", 210, "located", [visit(1, "2025-09-02", "dormant_with_board", "signed_statement")], id="dormant"
    ),
    pytest.param(
        "inactive", 220, "located", [visit(1, "2025-09-02", "dormant_without_board", informants="rt neighbour")],
        id="dormant without a board",
    ),
    pytest.param(
        "winding_up", 230, "located", [visit(1, "2025-09-02", "dissolving_itself", "dissolution_minutes")],
        id="its members decided",
    ),
    pytest.param(
        "dissolved", 410, "dissolved", [visit(1, "2025-09-02", "dissolved_by_decree", "decree", number="114")],
        id="dissolved by decree",
    ),
    pytest.param(
        "outside", 440, "outside", [visit(1, "2025-09-02", "seat_moved", "deed", number="7")], id="seat moved"
    ),
    pytest.param("held", 540, "located", [BUSY, HOLD], id="court case, met before"),
    pytest.param("held", 540, "under_trace", [*GONE, HOLD], id="court case, not found"),
    pytest.param(
        "held", 540, "disputed", [GONE[0], visit(2, "2025-09-03", "operating", PROOF, officer="budi",
                                                business_on="2025-08-30")],
        id="two officers disagree",
    ),
    pytest.param("proposed", 320, "not_located", [*GONE, PROPOSAL], id="proposed"),
    pytest.param(
        "not_found", 320, "not_located",
        [*GONE, PROPOSAL, fact(31, "notice_event", "2025-10-05", case="K-1", event="withdrawn")], id="withdrawn",
    ),
    pytest.param(
        "proposed", 320, "not_located",
        [*GONE, PROPOSAL, fact(31, "notice_event", "2025-10-05", case="K-2", event="withdrawn")],
        id="another case withdrawn",
    ),
    pytest.param("unproven", 250, "located", [*GONE, board(9, "address", "2025-10-20")], id="the board reported"),
    pytest.param(
        "active", 120, "located",
        [*GONE, board(8, "business", "2025-10-01", "ledger"), board(9, "address", "2025-10-20")],
        id="the board reported with proof",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("standing", "code", "existence", "facts"), EXAMPLES)
def test_standing(standing: str, code: int, existence: str, facts: list[Fact]) -> None:
    found = verdict(coop(*facts))
    assert (found.standing, found.code, found.existence) == (standing, code, existence)
    assert found.reasons and all(ground.reason.sentence() for ground in found.reasons)
    assert {ident for ground in found.reasons for ident in ground.facts} <= {fact.id for fact in facts}
    assert all(lack.reason.sentence() for lack in found.missing)
    assert all(step.reason.sentence() and (step.on is None or step.on >= ON) for step in found.next_steps)


def said(facts: list[Fact], policy: str = "balikpapan-2025", **more: object) -> dict[str, list[str]]:
    found = verdict(coop(*facts, **more), policy)
    return {
        "why": [ground.reason.code for ground in found.reasons],
        "missing": [lack.reason.sentence() for lack in found.missing],
        "next": [f"{step.on or '-'} {step.reason.sentence()}" for step in found.next_steps],
    }


def test_a_board_reads_what_it_lacks() -> None:
    found = verdict(coop(*GONE))
    assert found.target is Standing.UNPROVEN
    assert said([*GONE])["missing"] == [
        "ditemukan: bertemu petugas, atau laporan pengurus yang menyebut tempatnya",
        "buku kas atau transaksi dalam 12 bulan terakhir, dan tempat yang dapat dilihat",
    ]
    assert verdict(coop(BUSY)).target is Standing.ACTIVE
    assert said([BUSY])["missing"] == ["notulen RAT tahun buku 2024"]
    whole = verdict(coop(BUSY, meeting(2, 2024)))
    assert whole.target is None and whole.missing == ()
    held = verdict(coop(BUSY, HOLD))
    assert [lack.reason.code for lack in held.missing] == ["lack_release"] and held.target is None


def test_one_of_two_needs_is_enough_and_says_so() -> None:
    stopped = visit(1, "2025-09-02", "dormant_with_board", "signed_statement")
    found = verdict(coop(stopped), "pp17-1994")
    assert found.standing is Standing.INACTIVE
    assert [(lack.reason.code, lack.either) for lack in found.missing] == [
        ("lack_meetings", True),
        ("lack_business", True),
    ]
    assert "pp17-1994" in found.unverified


def test_what_comes_next_in_order_of_days() -> None:
    assert said([BUSY])["next"] == [
        "2026-03-31 batas RAT tahun buku 2025 menurut kebiasaan",
        "2026-03-31 pengingat RAT tahun buku 2025",
        "2026-06-30 batas RAT tahun buku 2025 menurut undang-undang",
        "2026-08-31 bukti usaha berlaku sampai hari sebelumnya; sesudahnya perlu bukti baru",
        "- SP1 tentang RAT tahun buku 2024 dapat dikirim, selama notulennya belum ada",
    ]
    sekunder = said([BUSY], form="Sekunder Provinsi")["next"]
    assert "2026-06-30 batas RAT tahun buku 2025 menurut kebiasaan" in sekunder
    claimed = board(9, "self_report", "2025-10-20", says="alive", state="claimed")
    waiting = said([*GONE, claimed])["next"]
    assert "- laporan pengurus L-0001 per 20/10/2025 menunggu pemeriksaan petugas" in waiting
    assert "- dinas dapat memulai pemberitahuan; laporan pengurus menghentikannya kapan saja" in waiting
    alone = [GONE[0], visit(2, "2025-09-09", "other_occupant", "photo", informants="rt")]
    assert "- petugas kedua datang pada hari lain sebelum temuan ini keluar dari dinas" in said(alone)["next"]


def test_the_proof_of_business_ends_when_it_says_so() -> None:
    ends = next(step.on for step in verdict(coop(BUSY)).next_steps if step.reason.code == "step_business_ends")
    assert ends == date(2026, 8, 31)
    assert verdict(coop(BUSY), on=date(2026, 8, 30)).standing is Standing.ACTIVE
    assert verdict(coop(BUSY), on=ends).standing is Standing.UNPROVEN


def test_deadlines_of_notices_and_objections_are_told() -> None:
    notice = fact(
        40, "notice_event", "2025-10-10", case="K-1", notice="N-1", stage="public_notice", event="published",
        number="12/X/2025", due_on="2026-01-10",
    )  # fmt: skip
    objection = fact(41, "objection", "2025-10-20", case="K-1", notice="N-1", state="open")
    steps = said([*GONE, notice, objection])["next"]
    assert "2026-01-10 batas jawaban atas pengumuman nomor 12/X/2025" in steps
    assert "2025-11-20 batas jawaban dinas atas keberatan" in steps
    suspended = fact(
        42, "notice_event", "2025-10-15", case="K-1", notice="N-1", stage="public_notice", event="suspended"
    )
    assert not any("12/X/2025" in step for step in said([*GONE, notice, suspended])["next"])
    # One that runs again has its last day again, the later one.
    resumed = fact(
        43, "notice_event", "2025-10-20", case="K-1", notice="N-1", stage="public_notice", event="resumed",
        number="12/X/2025", due_on="2026-01-15",
    )  # fmt: skip
    again = said([*GONE, notice, suspended, resumed])["next"]
    assert "2026-01-15 batas jawaban atas pengumuman nomor 12/X/2025" in again


def test_the_law_that_nobody_read_is_named() -> None:
    found = verdict(coop(BUSY, meeting(2, 2024)))
    assert "uu25-1992.26.meeting_months" in found.articles
    assert found.unverified == ("uu25-1992.26.meeting_months",)


def test_knowledge_of_a_day_is_what_was_known() -> None:
    before = verdict(coop(BUSY), known_at=BUSY.recorded_at.replace(year=2024))
    assert before.standing is Standing.NOT_TRACED
    assert verdict(coop(BUSY), on=date(2025, 9, 1)).standing is Standing.NOT_TRACED


@pytest.mark.parametrize(
    ("facts", "met"),
    [
        ([BUSY], Met.YES),
        ([visit(1, "2025-09-02", "operating", PROOF, business_on="2025-08-30")], Met.UNKNOWN),
        ([meeting(2, 2024)], Met.YES),
        ([meeting(2, 2023)], Met.UNKNOWN),
        ([visit(1, "2025-09-02", "dormant_without_board", informants="rt neighbour")], Met.NO),
        ([visit(1, "2025-09-02", "dormant_without_board", informants="rt")], Met.UNKNOWN),
        ([visit(1, "2025-02-02", "dormant_without_board", informants="rt neighbour"), meeting(2, 2024)], Met.YES),
        ([board(3, "board", "2025-10-01", position_count=5)], Met.YES),
        ([board(3, "board", "2025-10-01", position_count=5, until_on="2025-10-02")], Met.UNKNOWN),
        ([board(3, "board", "2025-10-01", position_count=5, confirmed_by="")], Met.UNKNOWN),
    ],
)
def test_whether_a_board_works(facts: list[Fact], met: Met) -> None:
    assert verdict(coop(*facts)).institution.board is met


def test_a_release_takes_the_hold_away() -> None:
    release = fact(21, "hold", "2025-10-01", why="perkara selesai", freezes=False, releases=20)
    found = verdict(coop(BUSY, HOLD, release))
    assert found.standing is Standing.ACTIVE
    assert [hold.why for hold in found.holds] == ["perkara selesai"]
    assert "held_beside" in [ground.reason.code for ground in found.reasons]


@pytest.mark.parametrize("judgements", [(), (5,)], ids=str)
def test_an_uncertain_match_carries_nothing(judgements: tuple[int, ...]) -> None:
    assert verdict(Case(duplicate=Duplicate("99", judgements))) == verdict(Case())
    assert verdict(Case(duplicate=Duplicate("99", (5, 6)))).existence is Existence.OUTSIDE


def test_a_shorter_life_of_business_evidence_moves_the_code_and_the_standing_together() -> None:
    """One threshold, in one place: the round's code and the office's definition read the same article."""
    law = law_on(shipped_articles(), ON)
    shorter = law_on(amended(shipped_articles(), [replace(law.article("house.business_months"), value=1)]), ON)
    case = coop(visit(1, "2025-09-05", "operating", PROOF, business_on="2025-08-01"))
    before, after = derive(case, law, NOW, ON, KNOWN), derive(case, shorter, NOW, ON, KNOWN)
    assert (before.code, before.standing) == (120, Standing.ACTIVE)
    assert after.code >= 200 and after.standing is Standing.UNPROVEN
    assert next(outcomes([case], shorter, NOW, ON, KNOWN)).standing is after.standing

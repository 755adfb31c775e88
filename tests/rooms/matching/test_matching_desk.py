"""Runs, the desk and what follows: nothing is asked twice, nobody gets another's pair, and taking back undoes all of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telusur.journal.models import JournalLine
from telusur.journal.queries import chain_break
from telusur.matching import actions, queries
from telusur.matching.actions import claim, claim_next, judge, match_edition, match_list, undo_last, withdraw
from telusur.matching.models import Judgement, Lease, ListRow, OfficeList, Proposal, Run
from telusur.matching.rules.judgement import Look, Verdict
from telusur.matching.rules.queue import DeskPolicy
from telusur.matching.rules.subjects import cooperative_subject
from telusur.register.models import Cooperative, Entry
from tests.rooms.matching.city import ToldEngine, edition_of, nik, proposal, rows

pytestmark = pytest.mark.django_db
A, B, C, D = (f"Koperasi Contoh Nomor {n}" for n in range(1, 5))
ENGINE = (A, B, 0.99), (B, C, 0.6), (C, D, 0.2)


@pytest.fixture
def waiting() -> list[Proposal]:
    """Three proposals inside an edition of six rows: a chain of four."""
    match_edition(edition=edition_of(rows(6)), by="sari", engine=ToldEngine(*ENGINE))
    return [proposal(A, B), proposal(B, C), proposal(C, D)]


@pytest.fixture
def second_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every judged pair is drawn for a second look."""
    for module in (actions, queries):
        monkeypatch.setattr(module, "DeskPolicy", lambda: DeskPolicy(second_look_share=1.0))


@pytest.fixture
def no_second_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pair is."""
    for module in (actions, queries):
        monkeypatch.setattr(module, "DeskPolicy", lambda: DeskPolicy(second_look_share=0.0))


def coop(number: int) -> str:
    return cooperative_subject(Cooperative.objects.get(nik_koperasi=nik(number)).pk)


def test_same_data_make_no_new_run(waiting: list[Proposal]) -> None:
    engine = ToldEngine(*ENGINE)
    edition = Run.objects.get().edition
    (again,) = match_edition(edition=edition, by="sari", engine=engine)
    assert (again.unchanged, engine.asked_count, Run.objects.count()) == (True, 0, 1)
    judge(proposal=waiting[2], verdict="different", by="sari")
    (after,) = match_edition(edition=edition, by="sari", engine=engine)
    assert (after.unchanged, engine.asked_count) == (False, 1)
    # The judged pair is proposed again by the engine and asked of nobody.
    assert proposal(C, D).pk not in {item.proposal.pk for item in queries.queue(by="sari")}
    assert queries.open_count("sari") == 2
    run = queries.current_runs()[0]
    assert (run.pair_count, run.sure_count, run.proposed_count, run.reach["share"], run.warnings) == (
        3,
        0,
        3,
        0.99,
        ["uji"],
    )


def test_order_of_the_queue(waiting: list[Proposal]) -> None:
    assert [item.proposal.right_name for item in queries.queue()] == [B, C, D]
    # Two NIK: however probable, a person decides.
    assert waiting[0].zone == "review" and waiting[0].guard_reasons()[0].code == "two_nik_koperasi"


def test_a_guard_asks_for_a_reason(waiting: list[Proposal]) -> None:
    with pytest.raises(ValueError, match="tuliskan alasan"):
        judge(proposal=waiting[0], verdict="same", by="sari")
    said = judge(proposal=waiting[0], verdict="same", by="sari", why="akta yang sama", notes=["akta"])
    assert said.seen["left"]["name"] and said.seen["guards"] and said.seen["notes"] == ["akta"]
    assert (said.look_number, said.judged_by) == (Look.FIRST, "sari")
    line = JournalLine.objects.order_by("-number")[0]
    assert (line.deed, line.by, line.after["verdict"]) == ("matching.judged", "sari", "same")
    assert chain_break() is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"survivor": "coop:x"}, "salah satu"),
        ({"seen": ("x", "y")}, "berubah sejak ditampilkan"),
        ({"verdict": "withdrawn"}, "pilih sama"),
        ({"verdict": "maybe"}, "maybe"),
    ],
)
def test_what_judge_refuses(waiting: list[Proposal], change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        judge(**{"proposal": waiting[2], "verdict": "different", "by": "sari", **change})
    assert not Judgement.objects.exists()


def test_two_clerks_never_get_the_same_pair(waiting: list[Proposal]) -> None:
    first, second, third = (claim_next(by=name) for name in ("ani", "budi", "citra"))
    assert first and second and third
    assert [each.proposal.pk for each in (first, second, third)] == [each.pk for each in waiting]
    assert claim_next(by="dewi") is None
    again = claim_next(by="ani")
    assert again is not None and again.proposal.pk == first.proposal.pk
    with pytest.raises(ValueError, match="sedang ditangani"):
        claim(proposal=waiting[0], by="dewi")
    with pytest.raises(ValueError, match="sedang ditangani"):
        judge(proposal=waiting[0], verdict="different", by="dewi")
    assert queries.queue(by="budi")[0].held_by == "ani"
    # A lease that ran out goes to the next.
    Lease.objects.filter(claimed_by="ani").update(until_at=datetime.now(UTC) - timedelta(seconds=1))
    taken = claim_next(by="dewi")
    assert taken is not None and taken.proposal.pk == waiting[0].pk
    passed = claim_next(by="dewi", after=waiting[0])
    assert passed is None and not Lease.objects.filter(claimed_by="dewi").exists()


def test_the_next_comes_at_once_with_the_clerk_s_pace(waiting: list[Proposal], no_second_looks: None) -> None:
    for _ in range(2):
        taken = claim_next(by="ani")
        assert taken is not None
        Lease.objects.update(claimed_at=datetime.now(UTC) - timedelta(seconds=6))
        judge(proposal=taken.proposal, verdict="different", by="ani")
    done = queries.progress_of("ani")
    assert (done.decided_count, done.mine_count, done.open_count) == (2, 2, 1)
    assert done.median_seconds == pytest.approx(6, abs=1) == done.left_seconds


def test_the_second_look_is_another_s_and_blind(waiting: list[Proposal], second_looks: None) -> None:
    judge(proposal=waiting[0], verdict="same", by="ani", why="akta")
    assert waiting[0].pk not in {item.proposal.pk for item in queries.queue(by="ani")}
    taken = claim_next(by="budi")
    assert taken is not None and (taken.proposal.pk, taken.look) == (waiting[0].pk, Look.SECOND)
    view = queries.pair_view(waiting[0].pk, "budi")
    assert view is not None and view.blind and view.standing is None and view.history == ()
    other = queries.pair_view(waiting[0].pk, "ani")
    assert other is not None and not other.blind and other.standing is not None
    assert judge(proposal=waiting[0], verdict="different", by="budi").look_number == Look.SECOND
    assert [row.pair_key for row in queries.disputes()] == [waiting[0].pair_key]
    assert not queries.carries_findings(coop(1), coop(2))
    assert queries.clustering(queries.standing_pairs()).groups == ()
    made = queries.agreement()
    assert (made.pair_count, made.agreed_count) == (1, 0)
    assert judge(proposal=waiting[0], verdict="same", by="citra", why="akta asli").look_number == Look.SETTLING
    assert queries.disputes() == [] and queries.carries_findings(coop(1), coop(2))


def test_one_person_s_word_is_no_ground(waiting: list[Proposal], second_looks: None) -> None:
    judge(proposal=waiting[0], verdict="same", by="ani", why="akta")
    assert not queries.carries_findings(coop(1), coop(2)) and queries.judged_duplicates() == {}
    before = datetime.now(UTC)
    claim(proposal=waiting[0], by="budi")
    judge(proposal=waiting[0], verdict="same", by="budi", why="akta", survivor=waiting[0].right_subject)
    (ident, found), = queries.judged_duplicates().items()  # fmt: skip
    kept = Cooperative.objects.get(pk=found.survivor).nik_koperasi
    gone = Cooperative.objects.get(pk=ident).nik_koperasi
    assert (gone, kept, found.judged_by, found.confirmed_by) == (nik(1), nik(2), "ani", "budi")
    assert queries.judged_duplicates(before) == {}


def test_facts_that_move_raise_an_alarm(waiting: list[Proposal], no_second_looks: None) -> None:
    judge(proposal=waiting[0], verdict="same", by="ani", why="akta")
    judge(proposal=waiting[1], verdict="different", by="ani")
    assert queries.alarms() == []
    changed = rows(6)
    changed[0] |= {"address": "Jl. Baru 1"}
    edition_of(changed, mark="b", as_of_on=date(2026, 1, 1))
    (alarm,) = queries.alarms()
    assert alarm.judgement.pair_key == waiting[0].pair_key
    assert [(move.field, move.before, move.after) for move in alarm.moves] == [("address", "", "Jl. Baru 1")]
    # It is asked again, before all else that waits, and a new word lays the alarm.
    first = queries.queue(by="budi")[0]
    assert (first.proposal.pair_key, first.moved) == (waiting[0].pair_key, True)
    judge(proposal=first.proposal, verdict="same", by="budi", why="pindah")
    assert queries.alarms() == []


def test_what_follows_from_two_is_not_asked(waiting: list[Proposal]) -> None:
    match_edition(edition=edition_of(rows(7), mark="b"), by="sari", engine=ToldEngine(*ENGINE, (A, C, 0.4)))
    judge(proposal=proposal(A, B), verdict="same", by="ani", why="akta")
    judge(proposal=proposal(B, C), verdict="same", by="ani", why="akta")
    assert proposal(A, C).pk not in {item.proposal.pk for item in queries.queue(by="ani")}
    view = queries.cluster_of(coop(1))
    assert {node.name for node in view.nodes if node.in_cluster} == {A, B, C}
    assert {(edge.kind, edge.probability) for edge in view.edges} == {
        ("same", 0.99),
        ("same", 0.6),
        ("proposed", 0.4),
        ("proposed", 0.2),
    }
    assert (
        view.canonical in {coop(1), coop(2), coop(3)}
        and len(queries.pairs_of(Cooperative.objects.get(nik_koperasi=nik(2)).pk)) == 2
    )


def test_undo(waiting: list[Proposal]) -> None:
    assert undo_last(by="ani") is None
    said = judge(proposal=waiting[2], verdict="different", by="ani")
    row = undo_last(by="ani")
    assert row is not None and (row.withdraws_id, row.verdict) == (said.pk, Verdict.WITHDRAWN)
    assert queries.standing_pairs() == {} and undo_last(by="ani") is None
    with pytest.raises(ValueError, match="sudah ditarik"):
        withdraw(judgement=said, by="budi")
    assert [each.pk for each in queries.recent()] == [row.pk, said.pk]


_DEEDS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["same", "different", "unsure", "withdraw"])), max_size=10
)


@pytest.mark.long
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=_DEEDS)
def test_any_way_there_and_back_is_the_surviving_words_alone(
    waiting: list[Proposal], deeds: list[tuple[int, str]]
) -> None:
    evidence = list(Entry.objects.order_by("id").values_list("id", "cooperative_id", "digest"))
    mark = transaction.savepoint()
    for at, deed in deeds:
        if deed != "withdraw":
            judge(proposal=waiting[at], verdict=deed, by="ani", why="uji")
        else:
            undo_last(by="ani")
    reached = queries.clustering(queries.standing_pairs()).groups
    kept = Judgement.objects.filter(withdrawn_by__isnull=True, withdraws__isnull=True)
    replay = [(row.proposal, row.verdict) for row in kept]
    assert list(Entry.objects.order_by("id").values_list("id", "cooperative_id", "digest")) == evidence
    while undo_last(by="ani") is not None:
        pass
    assert queries.clustering(queries.standing_pairs()).groups == () and queries.open_count("ani") == 3
    for each, verdict in replay:
        assert each is not None
        judge(proposal=each, verdict=verdict, by="ani", why="uji")
    assert queries.clustering(queries.standing_pairs()).groups == reached
    transaction.savepoint_rollback(mark)


def test_rows_that_lost_their_number_are_offered_to_those_that_are_gone() -> None:
    edition_of([{"name": "Koperasi Lama Sekali", "nik_koperasi": nik(1)}, *rows(60)[1:]])
    newer = edition_of([{"name": "Koperasi Lama Sekali Baru"}, *rows(60)[1:]], mark="b", as_of_on=date(2026, 1, 1))
    reports = match_edition(
        edition=newer, by="sari", engine=ToldEngine(("Koperasi Lama Sekali", "Koperasi Lama Sekali Baru", 0.999))
    )
    assert [each.run.kind for each in reports] == ["within", "returning"]
    found = proposal("Koperasi Lama Sekali", "Koperasi Lama Sekali Baru")
    assert (found.zone, found.left_subject, found.guards) == ("sure", coop(1), [])
    # Sure and unguarded: linked by itself, asked of nobody, and no ground for a finding.
    assert queries.open_count() == 0 and len(queries.clustering({}).groups) == 1
    assert not queries.carries_findings(found.left_subject, found.right_subject)
    judge(proposal=found, verdict="different", by="ani")
    assert queries.clustering(queries.standing_pairs()).groups == ()


def test_a_list_keeps_its_subjects() -> None:
    edition_of(rows(3))
    brought = [
        {"name": "Contoh Satu", "legal_number": "1/BH/KWK.99/V/1998"},
        {"name": "Contoh Dua", "address": "Jl. Rekaan"},
    ]
    engine = ToldEngine((A, "Contoh Satu", 0.8))
    first = match_list(name="Dinas", file_name="d.csv", rows=brought, by="sari", engine=engine)
    assert (first.run.left_count, first.run.right_count, first.run.scope) == (
        3,
        2,
        f"list:{OfficeList.objects.get().pk}",
    )
    judge(proposal=proposal(A, "Contoh Satu"), verdict="same", by="ani")
    assert match_list(name="Dinas", file_name="d.csv", rows=brought, by="sari", engine=engine).unchanged is False
    assert match_list(name="Dinas", file_name="d.csv", rows=brought, by="sari", engine=engine).unchanged is True
    moved = [{"name": "Contoh Satu", "legal_number": "1/BH/KWK.99/V/1998", "address": "Jl. Lain"}]
    match_list(name="Dinas", file_name="e.csv", rows=moved, by="sari", engine=engine)
    assert (ListRow.objects.count(), ListRow.objects.filter(batch_number=2).count()) == (2, 1)
    assert [move.field for alarm in queries.alarms() for move in alarm.moves] == ["address"]
    with pytest.raises(ValueError, match="tidak berisi"):
        match_list(name="Dinas", file_name="e.csv", rows=[], by="sari")


@pytest.mark.parametrize(("model", "column"), [(Run, "run_by"), (Proposal, "left_name"), (Judgement, "judged_by")])
def test_evidence_refuses_change(waiting: list[Proposal], model: type[Any], column: str) -> None:
    judge(proposal=waiting[2], verdict="different", by="ani")
    for deed in (lambda: model.objects.update(**{column: "x"}), lambda: model.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            deed()


@pytest.mark.parametrize(
    "name",
    ["proposal_once_a_run", "proposal_of_two", "guarded_is_never_sure", "judgement_of_two", "run_pairs_add_up",
     "only_a_withdrawal_withdraws", "list_row_once_a_key"],
)  # fmt: skip
def test_each_constraint_refuses(waiting: list[Proposal], name: str) -> None:
    kept = {
        field.name: getattr(waiting[0], field.name) for field in Proposal._meta.concrete_fields if field.name != "id"
    }
    said = {"pair_key": "a|b", "left_subject": "a", "right_subject": "b", "verdict": "same", "look_number": 1, "seen": {},
            "judged_by": "ani", "judged_at": datetime.now(UTC)}  # fmt: skip
    run = {field.name: getattr(waiting[0].run, field.name) for field in Run._meta.concrete_fields if field.name != "id"}
    wrong: dict[str, Any] = {
        "proposal_once_a_run": lambda: Proposal.objects.create(**kept),
        "proposal_of_two": lambda: Proposal.objects.create(
            **{**kept, "pair_key": "x", "right_subject": kept["left_subject"]}
        ),
        "guarded_is_never_sure": lambda: Proposal.objects.create(**{**kept, "pair_key": "x", "zone": "sure"}),
        "judgement_of_two": lambda: Judgement.objects.create(**{**said, "right_subject": "a"}),
        "only_a_withdrawal_withdraws": lambda: Judgement.objects.create(**{**said, "verdict": "withdrawn"}),
        "run_pairs_add_up": lambda: Run.objects.create(**{**run, "sure_count": 99}),
        "list_row_once_a_key": _row_twice,
    }
    with pytest.raises(
        IntegrityError, match=name if name not in ("proposal_once_a_run", "list_row_once_a_key") else None
    ):
        wrong[name]()


def _row_twice() -> None:
    kept = OfficeList.objects.create(
        name="x",
        file_name="x",
        content_hash="x",
        row_count=1,
        batch_number=1,
        brought_by="a",
        brought_at=datetime.now(UTC),
    )
    for _ in range(2):
        ListRow.objects.create(office_list=kept, key="k", batch_number=1, row_number=1, values={})

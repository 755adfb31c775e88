"""Load the demo into the data folder, through the same actions as anybody's data, and open an account for each role.

In: a `Demo`. Out: what was loaded. Refuses a folder that already holds an edition: invented rows never mix with real ones.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import transaction

from telusur.addresses.actions import locate_all
from telusur.areas.actions import keep_crosswalk, load_areas
from telusur.demo.city import SOURCE
from telusur.demo.corrections import load_corrections
from telusur.demo.demo import AS_OF, ROUND_NAME, Demo
from telusur.demo.files import write_edition
from telusur.demo.merah_putih import load_programme
from telusur.demo.notices import load_notices, second_visits
from telusur.demo.phones import by_phone, load_phone_visits
from telusur.demo.selfreports import load_reports
from telusur.demo.sheet_rows import SheetVisit
from telusur.demo.trade import load_trade
from telusur.intake.actions import load_batch
from telusur.journal import actions as journal
from telusur.oversight.queries import due_list
from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.planning.actions import chosen_router, draft_plan, prepare, publish_plan
from telusur.planning.rules.draft import Wishes
from telusur.register.actions import record_facts
from telusur.register.models import Cooperative, Edition
from telusur.register.rules import NewFact, Voice
from telusur.rounds import actions as rounds
from telusur.rounds.models import Round
from telusur.rounds.rules.sheet import COLUMNS, VisitRow, read_visit_row
from telusur.words.refusal import Refusal

__all__ = ["PASSWORD", "PEOPLE", "Loaded", "load_demo"]

# Known to everybody: the demo listens on this machine alone and holds nothing real.
PASSWORD = "kota-contoh-2025"
PEOPLE: tuple[tuple[str, str, Role], ...] = (
    ("rani", "Rani Contoh", Role.REGISTRAR),
    ("sari", "Sari Contoh", Role.OFFICER),
    ("budi", "Budi Contoh", Role.OFFICER),
    ("tono", "Tono Contoh", Role.OFFICER),
    ("wati", "Wati Contoh", Role.OFFICER),
    ("dewi", "Dewi Contoh", Role.SECTION_HEAD),
    ("hadi", "Hadi Contoh", Role.HEAD),
)
_REGISTRAR, _SECTION_HEAD = "rani", "dewi"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the data folder holds now."""

    edition: Edition
    round_: Round
    visits: int
    outside: int


def load_demo(demo: Demo, *, today: date) -> Loaded:
    """Load the city. Raises ValueError when the folder holds an edition already."""
    if Edition.objects.exists():
        raise ValueError("folder data ini sudah berisi edisi; kota contoh hanya untuk folder yang baru")
    _open_accounts()
    with transaction.atomic():
        loaded = load_areas(demo.city.areas, source=SOURCE, by=_REGISTRAR)
        keep_crosswalk(demo.city.crosswalk)
        journal.write("areas.loaded", about="areas", by=_REGISTRAR, after={"added": loaded.added_count})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register-kota-contoh.csv"
        write_edition(path, demo.rows)
        edition = load_batch(path, by=_REGISTRAR, as_of_on=AS_OF).edition
    opened = rounds.open_round(
        name=ROUND_NAME, edition=edition, by=_SECTION_HEAD, seed="kota-contoh", sealed_seed="kota-contoh"
    )
    visits = outside = 0
    phoned = by_phone(demo)
    sheets = (
        ("kunjungan-2025.xlsx", [visit for visit in demo.visits if visit.nik_koperasi not in phoned]),
        ("pemeriksaan-ulang-2025.xlsx", second_visits(demo)),
        ("pemantauan-2026.xlsx", demo.monitoring),
    )
    for name, sheet in sheets:
        # The monitoring of a spring that has not come yet is left out.
        read = [row for row in _read(sheet, today) if not isinstance(row, Refusal)]
        report = rounds.record_visits(round_=opened, rows=read, by=_REGISTRAR, file_name=name)
        visits += report.accepted
        outside += report.outside
    brought = [visit for visit in demo.visits if visit.nik_koperasi in phoned and visit.on <= today]
    with transaction.atomic():
        visits += load_phone_visits(demo, opened, brought)
    _record_holds(demo)
    for on in (AS_OF, today):
        rounds.derive(round_=opened, on=on, known_at=datetime.now(UTC), by=_SECTION_HEAD)
    _plan(opened, edition, today)
    load_notices(demo, today=today)
    load_reports(demo, today=today)
    load_corrections(demo.rows, edition, today=today)
    load_trade(today=today)
    load_programme(demo, today=today)
    return Loaded(edition, opened, visits, outside)


def _plan(round_: Round, edition: Edition, today: date) -> None:
    """Every address placed, and routes for the next days, so that phones have something to open."""
    locate_all(edition=edition, by=_REGISTRAR)
    known_at = datetime.now(UTC)
    request = prepare(round_=round_, start=today, day_count=3, wishes=Wishes(seconds=1.0))
    due = due_list(round_, today, known_at)
    drafted = draft_plan(round_=round_, due=due, request=request, router=chosen_router(), on=today, known_at=known_at)
    publish_plan(drafted=drafted, by=_SECTION_HEAD)


def _open_accounts() -> None:
    with transaction.atomic():
        for username, full_name, role in PEOPLE:
            if not Account.objects.filter(username=username).exists():
                Account.objects.open(username=username, full_name=full_name, role=role, password=PASSWORD)
                journal.write("account.opened", about=f"account:{username}", by="terminal", after={"role": role.value})


def _read(sheet: Iterable[SheetVisit], today: date) -> Iterable[VisitRow | Refusal]:
    for number, visit in enumerate(sheet, start=2):
        row = read_visit_row(number, dict(zip(COLUMNS, visit.as_row(), strict=True)), today)
        if row is not None:
            yield row


def _record_holds(demo: Demo) -> None:
    known = dict(Cooperative.objects.values_list("nik_koperasi", "id"))
    facts = [
        NewFact(known[hold.nik_koperasi], "hold", {"freezes": hold.freezes, "why": hold.why}, Voice.OFFICE, hold.on)
        for hold in demo.holds
    ]
    with transaction.atomic():
        for fact in record_facts(facts, by=_SECTION_HEAD):
            journal.write(
                "hold.recorded", about=f"cooperative:{fact.cooperative_id}", by=_SECTION_HEAD, after=fact.value
            )

"""A small invented city in the tables: an edition, a round, and visits that derive to any wished count of each code.

In: how many rows of each code. Out: the round, derived on `ON`. Every name, number and address here is made up; the
canaries stand where a person's data stands in a real file, so that a test can look for them on a page.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from telusur.intake.models import Batch
from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.register import actions as register
from telusur.register.models import Cooperative, Edition, Entry, EntryPrivate
from telusur.register.rules import NewFact, Voice
from telusur.register.searchers.choose import name_search
from telusur.rounds.actions import derive, open_round
from telusur.rounds.models import Round
from telusur.rounds.rules.codes import Code
from telusur.words.legal_number import read_legal_number
from telusur.words.spelling import search_words

ON = date(2025, 10, 24)
PASSWORD = "kata-sandi-rekaan-17"
ADDRESS_CANARY = "Jl. Kenari Rekaan No. 77"
BOARD_CANARY = "Ketua Rekaan Wibisana"
OFFICER_CANARY = "petugas_rekaan"
NOTE_CANARY = "catatan-rekaan-rahasia"
PHONE_CANARY = "0800000077"
REVIEWER_CANARY = "penelaah_rekaan"
CANARIES = (ADDRESS_CANARY, "No. 77", BOARD_CANARY, OFFICER_CANARY, NOTE_CANARY, PHONE_CANARY, REVIEWER_CANARY)
KELURAHAN = ("99.01.01.1001", "99.01.01.1002", "99.01.02.1003")
KINDS = ("Konsumen", "Simpan Pinjam", "")

# Code → finding, evidence, informants, further values, days on which it was found.
_VISITS: Mapping[Code, tuple[str, str, str, Mapping[str, str], tuple[int, ...]]] = {
    Code.ACTIVE_WITH_MEETING: ("operating", "ledger geotagged_photo", "board", {"business_on": "2025-08-01"}, (20,)),
    Code.ACTIVE_MEETING_OVERDUE: ("operating", "ledger geotagged_photo", "board", {"business_on": "2025-08-01"}, (20,)),
    Code.DORMANT_WANTS_REVIVAL: ("dormant_with_board", "signed_statement", "board", {}, (20,)),
    Code.DORMANT_NO_BOARD: ("dormant_without_board", "photo", "rt neighbour", {}, (20,)),
    Code.WITHHELD: ("refused", "", "board", {}, (20,)),
    Code.ADDRESS_UNIDENTIFIED: ("address_unidentified", "", "rt", {}, (20,)),
    Code.OTHER_OCCUPANT: ("other_occupant", "photo", "occupant", {}, (20, 5)),
    Code.EMPTY_OR_DEMOLISHED: ("empty_or_demolished", "photo", "", {}, (20, 5)),
    Code.MOVED_UNKNOWN: ("moved_unknown", "", "neighbour", {}, (20, 5)),
    Code.DISSOLVED_IN_LAW: ("dissolved_by_decree", "decree", "", {"number": "SK-1/REKAAN"}, (20,)),
    Code.ATTEMPTS_TOO_FEW: ("other_occupant", "photo", "occupant", {}, (20,)),
}


def account(role: Role) -> Account:
    """An account of a role, by whose name it goes."""
    found = Account.objects.filter(username=role.value).first()
    return found or Account.objects.open(
        username=role.value, full_name=f"Rekaan {role.value}", role=role, password=PASSWORD
    )


def facts_of(code: Code, cooperative: uuid.UUID) -> Iterator[NewFact]:
    """The visits that derive to a code, and the RAT where it asks for one."""
    if code not in _VISITS:
        return
    finding, evidence, informants, more, days = _VISITS[code]
    for before in days:
        yield NewFact(
            cooperative_id=cooperative,
            kind="visit",
            value={
                "finding": finding,
                "officer": OFFICER_CANARY,
                "part_of_day": "morning",
                "informants": informants.split(),
                "note": NOTE_CANARY,
                "reviewer": REVIEWER_CANARY,
                **more,
            },
            voice=Voice.VISIT,
            valid_on=ON - timedelta(days=before),
            evidence=[{"kind": kind} for kind in evidence.split()],
        )
    if code is Code.ACTIVE_WITH_MEETING:
        yield NewFact(
            cooperative_id=cooperative,
            kind="annual_meeting",
            value={"for_book_year": 2024, "held_on": "2025-03-01"},
            voice=Voice.VISIT,
            valid_on=date(2025, 3, 1),
            evidence=[{"kind": "meeting_minutes"}],
        )


def edition(count: int, number: int = 1, *, held: bool = False) -> Edition:
    """A sealed edition without rows."""
    moment = datetime(2025, 1, 2, 3, tzinfo=UTC)
    made = Edition.objects.create(
        source="ods", scope="99.01", layout="ods-24", file_name="rekaan.csv", file_hash=f"{number:064x}",
        content_hash=f"{number:064x}", header=["Nama Koperasi", "Alamat"], as_of_on=date(2024, 12, 27),
        rows_in_count=count, accepted_count=count, new_count=count, imported_by="terminal", imported_at=moment,
        sealed_at=moment, held=held,
    )  # fmt: skip
    Batch.objects.create(
        edition=made, file_name=made.file_name, file_hash=made.file_hash, rows_in_count=count, accepted_count=count,
        refused_count=0, warned_count=0, blank_count=0, brought_by="terminal", brought_at=moment,
    )  # fmt: skip
    return made


def row(
    made: Edition,
    index: int,
    code: Code,
    place: str = KELURAHAN[0],
    *,
    address: str = ADDRESS_CANARY,
    phone: str = PHONE_CANARY,
    people: Sequence[str] = (BOARD_CANARY,),
) -> Cooperative:
    """A cooperative and its row in an edition, with a canary wherever a real row names a person or a house."""
    nik = f"9901{index:09d}"
    name = f"Koperasi Contoh {code.value} Nomor {index}"
    legal = f"{index + 1:03d}/BH/XX.1/2009"
    number = read_legal_number(legal)
    cooperative = Cooperative.objects.create(key=f"nik:{nik}", nik_koperasi=nik, first_edition=made)
    Entry.objects.create(
        edition=made, cooperative=cooperative, row_number=index + 2, name=name, legal_key=number.key if number else "",
        kelurahan_code=place, kecamatan_code=place[:8], kind=KINDS[index % len(KINDS)],
        raw=[name, f"{address} Telp {phone}"],
        normal={"name": name, "legal_number": legal, "legal_on": "2009-04-01", "address": address},
        warnings=[], digest=f"{index:032x}",
    )  # fmt: skip
    EntryPrivate.objects.create(edition=made, row_number=index + 2, cells=list(people))
    name_search().index([(cooperative.pk.hex, name, search_words(name))])
    return cooperative


@transaction.atomic
def lay(plan: Mapping[Code, int], kelurahan: tuple[str, ...] = KELURAHAN) -> Round:
    """The city: one row for each unit of `plan`, in turn over the kelurahan and kinds; derived on `ON`."""
    codes = [code for code, count in plan.items() for _ in range(count)]
    made = edition(len(codes))
    facts: list[NewFact] = []
    for index, code in enumerate(codes):
        facts.extend(facts_of(code, row(made, index, code, kelurahan[index % len(kelurahan)]).pk))
    opened = open_round(name="Penelusuran Rekaan", edition=made, by="terminal")
    register.record_facts(facts, by="terminal")
    derive(round_=opened, on=ON, known_at=datetime.now(UTC), by="terminal")
    return opened

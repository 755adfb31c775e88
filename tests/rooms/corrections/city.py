"""A small invented registry in files: editions as the ministry writes them, brought in through the same door as anybody's.

In: which cells differ from the plain row. Out: editions, cooperatives, facts. Names that stand for people's are canaries.
"""

from __future__ import annotations

import csv
import uuid
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from django.db import transaction

from telusur.areas.actions import load_areas
from telusur.intake.actions import load_batch
from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.register import actions as register
from telusur.register.models import Cooperative, Edition, RecordedFact
from telusur.register.rules import NewFact, Voice
from tests.rooms.areas.city import rows as area_rows

ON = date(2026, 5, 20)
FIRST, SECOND, THIRD, FOURTH = date(2026, 1, 31), date(2026, 6, 30), date(2026, 12, 31), date(2027, 6, 30)
SENT = date(2026, 5, 25)
BOARD_CANARY = "Ketua Rekaan Wibisana"
# The registry's 29 labels with the five that name people, in its own order.
LABELS = (
    "Koperasi", "Nomor Badan Hukum Pendirian", "Tanggal Badan Hukum Pendirian", "Nomor Perubahan Anggaran Dasar (Terbaru)",
    "Tanggal Perubahan Anggaran Dasar (Terbaru)", "Tanggal RAT Terakhir", "Alamat", "Kelurahan / Desa", "Kecamatan",
    "Kabupaten", "Provinsi", "Bentuk Koperasi", "Jenis Koperasi", "Kelompok Koperasi", "Sektor Usaha", "Nama Ketua",
    "Nama Sekretaris", "Nama Bendahara", "Nama Pengawas", "Nama Manager", "Jumlah Anggota Pria", "Jumlah Anggota Wanita",
    "Total Anggota", "Total Manajer", "Total Karyawan", "Nomor Induk Koperasi (NIK)", "Status NIK",
    "Tanggal Berlaku Sertifikat", "Status Grade",
)  # fmt: skip
PEOPLE = (
    ("rani", Role.REGISTRAR),
    ("dewi", Role.SECTION_HEAD),
    ("hadi", Role.HEAD),
    ("sari", Role.OFFICER),
)  # fmt: skip
Cells = Mapping[int, Mapping[str, str]]


def nik(number: int) -> str:
    """The invented NIK of row `number`."""
    return f"9971{number:09}"


def plain_row(number: int) -> dict[str, str]:
    """A row of the registry before anything is known of it."""
    row = dict.fromkeys(LABELS, " ")
    row |= {
        "Koperasi": f"Koperasi Rekaan Nomor {number}",
        "Nomor Badan Hukum Pendirian": f"{number}/BH/XX.9/2009",
        "Tanggal Badan Hukum Pendirian": "01/04/2009",
        "Tanggal RAT Terakhir": "10/03/2023",
        "Alamat": f"Jl. Rekaan No. {number}",
        "Kelurahan / Desa": "Gunung Wangi",
        "Kecamatan": "Tirta Utara",
        "Kabupaten": "Kota Tirta Agung",
        "Provinsi": "Nusa Contoh",
        "Bentuk Koperasi": "Primer Kabupaten/Kota",
        "Jenis Koperasi": "Konsumen",
        "Nama Ketua": BOARD_CANARY,
        "Total Anggota": "25",
        "Nomor Induk Koperasi (NIK)": nik(number),
        "Status NIK": "Belum Bersertifikat",
        "Status Grade": "D",
    }
    return row


def lay_country() -> None:
    """The areas, and an account of each role."""
    load_areas(area_rows(), source="rekaan", by="terminal")
    for username, role in PEOPLE:
        if not Account.objects.filter(username=username).exists():
            Account.objects.open(username=username, full_name=f"{username.title()} Rekaan", role=role, password=None)


def write_list(path: Path, count: int, cells: Cells | None = None, gone: Collection[int] = ()) -> Path:
    """A list of `count` rows as the registry writes it, some cells otherwise, some rows gone."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(LABELS)
        for number in range(1, count + 1):
            if number not in gone:
                row = plain_row(number) | dict((cells or {}).get(number, {}))
                writer.writerow([row[label] for label in LABELS])
    return path


def bring(
    folder: Path, as_of_on: date, cells: Cells | None = None, *, gone: Collection[int] = (), count: int = 60
) -> Edition:
    """An edition brought in by the registrar."""
    path = write_list(folder / f"register-{as_of_on.isoformat()}.csv", count, cells, gone)
    return load_batch(path, by="rani", as_of_on=as_of_on).edition


def cooperative(number: int) -> Cooperative:
    """The cooperative of row `number`."""
    return Cooperative.objects.get(nik_koperasi=nik(number))


def say(
    number: int, kind: str, value: Mapping[str, object], *, on: date = ON, voice: Voice = Voice.BOARD,
    evidence: tuple[Mapping[str, object], ...] = (), supersedes: int | None = None,
) -> RecordedFact:  # fmt: skip
    """A fact of row `number`, recorded now."""
    ident: uuid.UUID = cooperative(number).pk
    with transaction.atomic():
        (fact,) = register.record_facts([NewFact(ident, kind, value, voice, on, evidence, supersedes)], by="rani")
    return fact


def met(number: int, held_on: date = date(2026, 3, 14), *, minutes: bool = True) -> RecordedFact:
    """A members' meeting that the board reported and an officer accepted."""
    evidence = ({"kind": "meeting_minutes", "sha256": "ab" * 32},) if minutes else ()
    value = {
        "for_book_year": held_on.year - 1, "held_on": held_on.isoformat(), "confirmed_by": "rani", "receipt": "LP-1",
    }  # fmt: skip
    return say(number, "annual_meeting", value, on=held_on, evidence=evidence)

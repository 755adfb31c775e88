"""Addresses of real lists: what is read, against the lists' own columns, and that nothing is lost."""

from __future__ import annotations

import csv
import gzip
import re
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from telusur.addresses.rules.address import Address, Slot
from telusur.addresses.rules.parse import parse, rest_spans
from telusur.addresses.rules.parse_canonical import canonical

pytestmark = pytest.mark.slow
DATA = Path(__file__).parents[4] / "shared" / "data"
KINDS = re.compile(r"^(kabupaten|kab\.|kota|desa|ds\.?|kelurahan|kel\.?|kecamatan|kec\.?|nagari|gampong|pekon) *")
# Short columns and addresses differ by letters ("Gedek", "Gedeg"); this likeness of 100 still means one name.
ALIKE = 80.0
EVERY = 7


def rows_of(name: str) -> list[dict[str, str]]:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"real data not here: ../shared/data/{name}")
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True)))


@pytest.fixture(scope="module")
def part() -> list[tuple[dict[str, str], Address]]:
    """Every seventh row of the national part file that has an address, and its reading."""
    rows = [row for row in rows_of("ods/ods-2021-part.csv.gz") if (row["Alamat"] or "").strip()]
    return [(row, parse(row["Alamat"])) for row in rows[::EVERY]]


def plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", KINDS.sub("", name.lower()))


def same(read: str, stated: str) -> bool:
    one, other = plain(read), plain(stated)
    return one.startswith(other) or other.startswith(one) or fuzz.ratio(one, other) >= ALIKE


@pytest.mark.parametrize(
    ("slot", "column", "least"),
    [
        (Slot.KELURAHAN, "Kelurahan / Desa", 0.94),
        (Slot.KECAMATAN, "Kecamatan", 0.95),
        (Slot.CITY, "Kabupaten", 0.93),
        (Slot.PROVINCE, "Provinsi", 0.97),
    ],
)
def test_what_the_text_says_agrees_with_its_column(
    part: list[tuple[dict[str, str], Address]], slot: Slot, column: str, least: float
) -> None:
    pairs = [(address.value(slot), row[column]) for row, address in part if address.value(slot) and plain(row[column])]
    agreeing = sum(same(read, stated) for read, stated in pairs)
    assert len(pairs) >= 60
    assert agreeing / len(pairs) >= least, f"{slot}: {agreeing} of {len(pairs)}"


@pytest.mark.parametrize(
    ("name", "column", "least"),
    [
        ("ods/ods-balikpapan-2021.csv", "Alamat", {Slot.STREET: 0.84, Slot.NUMBER: 0.31, Slot.RT: 0.19}),
        ("balikpapan/schools.csv", "Alamat", {Slot.STREET: 0.95, Slot.NUMBER: 0.55, Slot.RT: 0.71}),
        ("bogor/dinas-2022.csv", "alamat", {Slot.STREET: 0.90, Slot.NUMBER: 0.69, Slot.RT: 0.33, Slot.BLOCK: 0.09}),
        ("bogor/ods-2021.csv", "alamat", {Slot.STREET: 0.87, Slot.NUMBER: 0.65, Slot.RW: 0.32}),
        ("bogor/umkm-addresses.csv", "alamat", {Slot.RT: 0.76, Slot.RW: 0.76, Slot.KELURAHAN: 0.55, Slot.GANG: 0.12}),
    ],
)
def test_so_many_rows_have_the_slot(name: str, column: str, least: dict[Slot, float]) -> None:
    texts = [row[column] for row in rows_of(name) if (row[column] or "").strip()]
    read = [parse(text) for text in texts]
    share = {slot: sum(bool(address.value(slot)) for address in read) / len(read) for slot in least}
    assert all(share[slot] >= least[slot] for slot in least), share


def test_every_typed_rt_and_number_is_read(part: list[tuple[dict[str, str], Address]]) -> None:
    """Counted by a plain expression that knows nothing of the parser."""
    for slot, shape in ((Slot.RT, r"\brt[ .:]{0,2}0*[1-9]\d?\b"), (Slot.NUMBER, r"\bno(mor)?[ .:]{0,2}0*[1-9]\d*\b")):
        typed = [address for _, address in part if re.search(shape, address.text, re.IGNORECASE)]
        missed = [address.text for address in typed if not address.value(slot)]
        assert len(typed) > 900
        assert len(missed) / len(typed) <= 0.005, missed[:20]


def test_nothing_is_lost_and_the_canonical_form_stands(part: list[tuple[dict[str, str], Address]]) -> None:
    for _, address in part:
        spans = [*((piece.start, piece.end) for piece in address.parts), *rest_spans(address)]
        covered = {at for start, end in spans for at in range(start, end)}
        assert all(at in covered for at, letter in enumerate(address.text) if letter.isalnum()), address.text
        written = canonical(address)
        assert canonical(parse(written)) == written, address.text

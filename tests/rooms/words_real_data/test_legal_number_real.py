"""Legal numbers and names against the registry's real list: how many are read, and what their keys join."""

from __future__ import annotations

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from telusur.words.coop_name import read_coop_name
from telusur.words.legal_number import LegalFamily, read_legal_number

pytestmark = pytest.mark.slow
DATA = Path(__file__).parents[3] / ".." / "shared" / "data"
PART = DATA / "ods" / "ods-2021-part.csv.gz"
BOGOR = DATA / "bogor"
FOUNDING = "Nomor Badan Hukum Pendirian"
FOUNDED_ON = "Tanggal Badan Hukum Pendirian"


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    if not path.exists():
        pytest.skip(f"real data not here: ../shared/data/{path.relative_to(DATA)}")
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from csv.DictReader(content.decode("utf-8-sig").splitlines())


@pytest.fixture(scope="module")
def part() -> list[dict[str, str]]:
    return list(rows_of(PART))


def key_of(text: str) -> str:
    number = read_legal_number(text)
    return number.key if number else ""


def test_at_least_98_of_100_numbers_have_a_family(part: list[dict[str, str]]) -> None:
    numbers = [number for row in part if (number := read_legal_number(row[FOUNDING])) is not None]
    families = Counter(number.family for number in numbers)
    assert len(numbers) > 76_000
    assert families[LegalFamily.UNPARSED] <= 0.02 * len(numbers), families
    assert all(number.serial for number in numbers if number.family is not LegalFamily.UNPARSED)


def test_the_years_read_agree_with_the_founding_dates(part: list[dict[str, str]]) -> None:
    pairs = [
        (number.year, int(row[FOUNDED_ON].strip()[-4:]))
        for row in part
        if row[FOUNDED_ON].strip() and (number := read_legal_number(row[FOUNDING])) and number.year
    ]
    agree = sum(read == stated for read, stated in pairs)
    assert agree >= 0.985 * len(pairs), (agree, len(pairs))


def test_few_keys_gather_different_texts(part: list[dict[str, str]]) -> None:
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for row in part:
        if key := key_of(row[FOUNDING]):
            texts[key].add("".join(row[FOUNDING].upper().split()))
    gathered = sum(len(spellings) > 1 for spellings in texts.values())
    assert gathered <= 0.01 * len(texts), (gathered, len(texts))


def test_keys_join_bogors_two_lists_as_the_given_pairs_do() -> None:
    office = {row["id_koperasi"]: key_of(row["nomor_bh"]) for row in rows_of(BOGOR / "dinas-2022.csv")}
    registry = {row["nik"]: key_of(row["no_badan_hukum"]) for row in rows_of(BOGOR / "ods-2021.csv")}
    pairs = [(row["id_dinas"], row["nik_ods"]) for row in rows_of(BOGOR / "pairs-by-legal-number.csv")]
    assert pairs
    missed = [pair for pair in pairs if not office[pair[0]] or office[pair[0]] != registry[pair[1]]]
    assert missed == []
    joined = {(one, other) for one, key in office.items() for other, at in registry.items() if key and key == at}
    assert len(joined - set(pairs)) <= 10


def test_names_part_into_kinds_and_proper_name(part: list[dict[str, str]]) -> None:
    names = [read_coop_name(row["Koperasi"]) for row in part]
    assert all(name.lead + name.proper == name.text for name in names)
    assert sum(bool(name.kinds) for name in names) >= 0.78 * len(names)
    assert sum(not name.proper for name in names) <= 0.01 * len(names)
    assert sum("koperasi" in name.key.split()[:1] for name in names) <= 0.001 * len(names)

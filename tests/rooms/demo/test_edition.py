"""The invented list: its noise against the measured one, its codes and numbers, its speed of growth, its bytes."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import openpyxl
import pytest

from telusur.demo.edition import BOARD_HEADER, HEADER, make_edition, make_placed_rows, with_boards
from telusur.demo.files import write_edition
from telusur.demo.rows import Row
from telusur.intake.layouts import shipped_layouts
from telusur.intake.rules.row import RowRead, compile_reader
from telusur.words.coop_name import read_coop_name
from telusur.words.legal_number import LegalFamily, read_legal_number
from telusur.words.nik import NikKoperasi, read_nik_koperasi

AS_OF = date(2025, 10, 24)
AT = {label: place for place, label in enumerate(HEADER)}
PART = Path(__file__).parents[4] / "shared" / "data" / "ods" / "ods-balikpapan-2021.csv"


def _column(rows: list[Row], label: str) -> list[str]:
    return [row[AT[label]] for row in rows]


def _year(day: str) -> str:
    return day[-4:] if len(day) == 10 else ""


@pytest.fixture(scope="module")
def city_rows() -> list[Row]:
    return list(make_edition(1, 601, as_of=AS_OF))


@pytest.fixture(scope="module")
def many_rows() -> list[Row]:
    return list(make_edition(3, 20_000, as_of=AS_OF))


def _shares(rows: list[Row]) -> dict[str, float]:
    count = len(rows)
    addresses, names = _column(rows, "Alamat"), [name.lower() for name in _column(rows, "Koperasi")]
    villages = _column(rows, "Kelurahan / Desa")
    stated = [address for address in addresses if address.strip(" -")]
    decades = Counter(_year(day)[:3] for day in _column(rows, "Tanggal Badan Hukum Pendirian"))
    found = {
        "RAT blank": sum(day == " " for day in _column(rows, "Tanggal RAT Terakhir")),
        "RAT this year": sum(_year(day) == "2025" for day in _column(rows, "Tanggal RAT Terakhir")),
        "RAT year -2": sum(_year(day) == "2023" for day in _column(rows, "Tanggal RAT Terakhir")),
        "RAT year -4": sum(_year(day) == "2021" for day in _column(rows, "Tanggal RAT Terakhir")),
        "RAT 1 January": sum(day.startswith("01/01/") for day in _column(rows, "Tanggal RAT Terakhir")),
        "grade D": _column(rows, "Status Grade").count("D"),
        "grade A": _column(rows, "Status Grade").count("A"),
        "grade B": _column(rows, "Status Grade").count("B"),
        "certificate none": _column(rows, "Status NIK").count("Belum Bersertifikat"),
        "certificate expired": _column(rows, "Status NIK").count("Sertifikat - Expired"),
        "certificate valid": _column(rows, "Status NIK").count("Sudah Bersertifikat"),
        "kelurahan blank": villages.count(" "),
        "kelurahan a code": sum(bool(re.fullmatch(r"[0-9]{10}", name)) for name in villages),
        "address blank": len(addresses) - len(stated),
        "address short": sum(len(address) < 12 for address in stated),
        "address with RT": sum(bool(re.search(r"\bRT\b", address)) for address in addresses),
        "address with Jl": sum(bool(re.search(r"\bj(l|ln|alan)\b", address.lower())) for address in addresses),
        "address with No": sum(bool(re.search(r"\bno\b", address.lower())) for address in addresses),
        "address shared": sum(n for n in Counter(stated).values() if n > 1),
        "members 0": _column(rows, "Total Anggota").count("0"),
        "amended": sum(n != " " for n in _column(rows, "Nomor Perubahan Anggaran Dasar (Terbaru)")),
        "names doubled": len(names) - len(set(names)),
        "founded 1980s": decades["198"],
        "founded 1990s": decades["199"],
        "founded 2000s": decades["200"],
        "founded 2010s": decades["201"],
        "founded 2020s": decades["202"],
    }
    return {name: number / count for name, number in found.items()}


# Share in the real list of 454 rows, and how far the invented 601 may lie from it.
MEASURED = [
    ("RAT blank", 333 / 454, 0.02),
    ("RAT this year", 65 / 454, 0.02),
    ("RAT year -2", 18 / 454, 0.015),
    ("RAT year -4", 12 / 454, 0.015),
    ("RAT 1 January", 3 / 454, 0.005),
    ("grade D", 390 / 454, 0.02),
    ("grade A", 51 / 454, 0.02),
    ("grade B", 13 / 454, 0.015),
    ("certificate none", 378 / 454, 0.02),
    ("certificate expired", 43 / 454, 0.02),
    ("certificate valid", 33 / 454, 0.02),
    ("kelurahan blank", 228 / 454, 0.03),
    ("kelurahan a code", 13 / 454, 0.01),
    ("address blank", 9 / 454, 0.01),
    ("address short", 8 / 454, 0.01),
    ("address with RT", 86 / 454, 0.04),
    ("address with Jl", 366 / 454, 0.04),
    ("address with No", 127 / 454, 0.05),
    ("address shared", 88 / 454, 0.07),
    ("members 0", 324 / 454, 0.02),
    ("amended", 52 / 454, 0.02),
    ("names doubled", 3 / 454, 0.004),
    ("founded 1980s", 45 / 454, 0.025),
    ("founded 1990s", 214 / 454, 0.03),
    ("founded 2000s", 91 / 454, 0.03),
    ("founded 2010s", 74 / 454, 0.03),
    ("founded 2020s", 23 / 454, 0.02),
]


@pytest.mark.parametrize(("what", "share", "tolerance"), MEASURED, ids=[row[0] for row in MEASURED])
def test_the_noise_is_the_measured_one(city_rows: list[Row], what: str, share: float, tolerance: float) -> None:
    assert _shares(city_rows)[what] == pytest.approx(share, abs=tolerance)


@pytest.mark.parametrize("seed", [2, 11, 99])
def test_the_noise_is_the_measured_one_for_any_seed(seed: int) -> None:
    shares = _shares(list(make_edition(seed, 601, as_of=AS_OF)))
    # Another seed may lie a little further away, never twice as far.
    assert {what: shares[what] for what, share, room in MEASURED if abs(shares[what] - share) > 2 * room} == {}


def test_the_stated_figures_are_those_of_the_real_list() -> None:
    if not PART.exists():
        pytest.skip("the real list is not here (../shared/data/ods)")
    with PART.open(encoding="utf-8-sig", newline="") as lines:
        rows = [tuple(cell.strip() or " " for cell in row) for row in islice(csv.reader(lines), 1, None)]
    shares = _shares(rows)
    ages = {"RAT this year": "2021", "RAT year -2": "2019", "RAT year -4": "2017"}
    for what, year in ages.items():
        shares[what] = sum(_year(day) == year for day in _column(rows, "Tanggal RAT Terakhir")) / len(rows)
    assert {what: shares[what] for what, share, room in MEASURED if abs(shares[what] - share) > room} == {}


def test_blank_cells_hold_one_blank_and_days_are_written_dd_mm_yyyy(city_rows: list[Row]) -> None:
    assert all(cell != "" and (cell == " " or cell == cell.strip()) for row in city_rows for cell in row)
    for label in ("Tanggal Badan Hukum Pendirian", "Tanggal RAT Terakhir", "Tanggal Berlaku Sertifikat"):
        stated = [day for day in _column(city_rows, label) if day != " "]
        assert all(datetime.strptime(day, "%d/%m/%Y") for day in stated)  # noqa: DTZ007 - only the shape is asked
    held = [datetime.strptime(d, "%d/%m/%Y").date() for d in _column(city_rows, "Tanggal RAT Terakhir") if d != " "]  # noqa: DTZ007
    assert max(held) <= AS_OF


def test_one_address_gathers_many_but_not_too_many(city_rows: list[Row]) -> None:
    most = Counter(address for address in _column(city_rows, "Alamat") if address.strip(" -")).most_common(1)[0][1]
    assert 6 <= most <= 12


def test_legal_numbers_repeat_in_pairs_and_come_in_every_family(city_rows: list[Row], many_rows: list[Row]) -> None:
    numbers = Counter(n for n in _column(city_rows, "Nomor Badan Hukum Pendirian") if n != "-")
    assert 3 <= sum(count == 2 for count in numbers.values()) <= 12
    read = [read_legal_number(text) for text in _column(many_rows, "Nomor Badan Hukum Pendirian")]
    families = Counter(number.family for number in read if number is not None)
    assert all(families[family] > 100 for family in LegalFamily if family is not LegalFamily.UNPARSED)
    assert families[LegalFamily.UNPARSED] < 0.03 * families.total()


@pytest.mark.long
def test_odd_founding_years_are_rare_but_there(many_rows: list[Row]) -> None:
    years = Counter(_year(day) for day in _column(many_rows, "Tanggal Badan Hukum Pendirian"))
    assert 20 <= years["1945"] <= 70
    assert years["1891"] >= 1


def test_places_are_misread_in_the_known_ways() -> None:
    placed = list(make_placed_rows(1, 601, as_of=AS_OF))
    named = [(row[AT["Kelurahan / Desa"]], row[AT["Kecamatan"]], village) for row, village in placed]
    wrong = [v.kecamatan for _, stated, v in named if stated != v.kecamatan]
    before_split = sum(stated == v.older_kecamatan for _, stated, v in named if v.older_kecamatan)
    spelt = [text for text, _, v in named if text != " " and text != v.name and not text.isdigit()]
    assert 0.05 < len(wrong) / 601 < 0.25
    assert before_split > 20
    assert 10 <= len(spelt) <= 35


def test_numbers_are_unique_and_follow_the_stated_kecamatan(many_rows: list[Row]) -> None:
    numbers = _column(many_rows, "Nomor Induk Koperasi (NIK)")
    assert len(set(numbers)) == len(numbers)
    assert all(isinstance(read_nik_koperasi(number), NikKoperasi) for number in numbers)
    assert len({row[AT["Kabupaten"]] for row in many_rows}) > 50
    parts: dict[tuple[str, str], set[str]] = {}
    for row in many_rows:
        key = (row[AT["Kabupaten"]] + row[AT["Provinsi"]], row[AT["Kecamatan"]])
        parts.setdefault(key, set()).add(row[AT["Nomor Induk Koperasi (NIK)"]][:7])
    assert all(len(codes) == 1 for codes in parts.values())


@pytest.mark.long
def test_names_are_nobodys(many_rows: list[Row]) -> None:
    if not PART.exists():
        pytest.skip("the real list is not here (../shared/data/ods)")
    with PART.open(encoding="utf-8-sig", newline="") as lines:
        real = {read_coop_name(row["Koperasi"]).key for row in csv.DictReader(lines)}
    assert not real & {read_coop_name(name).key for name in _column(many_rows, "Koperasi")}


@pytest.mark.parametrize(
    ("header", "layout"), [(HEADER, "ods-24"), (BOARD_HEADER, "ods-29")], ids=["24 labels", "29 labels"]
)
def test_the_header_is_the_registrys(header: tuple[str, ...], layout: str) -> None:
    known = next(found for found in shipped_layouts() if found.name == layout)
    assert set(header) <= {label for column in known.columns for label in column.labels}
    assert len(header) == len(set(header)) == int(layout[-2:])


@pytest.mark.long
def test_intake_accepts_every_row_and_doubts_what_it_should(many_rows: list[Row]) -> None:
    layout = next(found for found in shipped_layouts() if found.name == "ods-24")
    reader = compile_reader(layout, HEADER, as_of_on=AS_OF)
    read = [reader.read(number, row) for number, row in enumerate(many_rows, start=2)]
    assert [row for row in read if not isinstance(row, RowRead)] == []
    doubts = Counter(doubt.code for row in read if isinstance(row, RowRead) for doubt in row.warnings)
    assert {"members_zero", "kelurahan_is_code", "meeting_on_new_year", "deed_default_year", "deed_too_early"} <= set(
        doubts
    )
    assert "members_do_not_add_up" not in doubts
    assert "date_impossible" not in doubts


def test_boards_are_mostly_blank(city_rows: list[Row]) -> None:
    rows = list(with_boards(city_rows, 1))
    assert {len(row) for row in rows} == {29}
    chairs = [row[BOARD_HEADER.index("Nama Ketua")] for row in rows]
    assert chairs.count(" ") / 601 == pytest.approx(312 / 454, abs=0.06)
    assert [row[BOARD_HEADER.index("Koperasi")] for row in rows] == _column(city_rows, "Koperasi")


@pytest.mark.parametrize("rows", [0, -1, 1_000_001])
def test_an_impossible_size_is_refused_in_a_sentence(rows: int) -> None:
    with pytest.raises(ValueError, match="jumlah baris harus antara 1 dan"):
        next(make_edition(1, rows, as_of=AS_OF))


@pytest.mark.parametrize("rows", [1, 2, 2_000, 2_001, 2_345])
def test_exactly_as_many_rows_as_asked(rows: int) -> None:
    assert sum(1 for _ in make_edition(4, rows, as_of=AS_OF)) == rows


@pytest.mark.parametrize("as_of", [date(2021, 12, 27), date(2026, 1, 1), date(2030, 6, 15)], ids=str)
def test_nothing_lies_after_the_lists_day(as_of: date) -> None:
    for row in make_edition(5, 601, as_of=as_of):
        for label in (
            "Tanggal Badan Hukum Pendirian",
            "Tanggal Perubahan Anggaran Dasar (Terbaru)",
            "Tanggal RAT Terakhir",
        ):
            day = row[AT[label]].strip()
            assert not day or datetime.strptime(day, "%d/%m/%Y").date() <= as_of, (label, row)  # noqa: DTZ007


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.long
def test_same_seed_same_bytes(tmp_path: Path, suffix: str) -> None:
    one, two, other = (tmp_path / f"{name}{suffix}" for name in ("one", "two", "other"))
    for path, seed in ((one, 8), (two, 8), (other, 9)):
        assert write_edition(path, make_edition(seed, 700, as_of=AS_OF)) == 700
    assert one.read_bytes() == two.read_bytes() != other.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"one{suffix}", f"other{suffix}", f"two{suffix}"]


@pytest.mark.long
def test_csv_and_xlsx_say_the_same(tmp_path: Path, city_rows: list[Row]) -> None:
    write_edition(tmp_path / "a.csv", city_rows)
    write_edition(tmp_path / "a.xlsx", city_rows)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as lines:
        from_csv = [tuple(row) for row in csv.reader(lines)]
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True)
    from_xlsx = [tuple(cell for cell in row) for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()
    assert from_csv == [HEADER, *city_rows] == from_xlsx


def test_a_broken_off_write_leaves_nothing(tmp_path: Path) -> None:
    def rows() -> object:
        yield from make_edition(1, 5, as_of=AS_OF)
        raise RuntimeError("cut")

    for suffix in (".csv", ".xlsx"):
        with pytest.raises(RuntimeError, match="cut"):
            write_edition(tmp_path / f"cut{suffix}", rows())  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"«list.ods» harus berakhiran"):
        write_edition(tmp_path / "list.ods", [])
    assert list(tmp_path.iterdir()) == []

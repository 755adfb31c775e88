"""CSV files as they really come: marks, separators, encodings, quotes, cuts."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from telusur.intake.ports import FileRefused
from telusur.intake.readers.table import open_table
from telusur.words.refusal import Refusal
from tests.rooms.intake_reading.reading import read_file, refusal_of
from tests.rules.intake.sample import KERAGAAN_B, ODS_24, sound_row

HEADER = ";".join(ODS_24)
ROW = ";".join(str(cell) for cell in sound_row())


def file_of(tmp_path: Path, content: bytes | str, name: str = "daftar.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("content", "delimiter", "encoding"),
    [
        pytest.param(f"{HEADER}\n{ROW}\n".encode(), ";", "utf-8", id="plain"),
        pytest.param(f"{HEADER}\r\n{ROW}\r\n".encode("utf-8-sig"), ";", "utf-8-sig", id="mark-and-crlf"),
        pytest.param(f"{HEADER}\r{ROW}\r".encode(), ";", "utf-8", id="old-mac"),
        pytest.param(f"{HEADER}\n{ROW}".replace(";", "\t").encode(), "\t", "utf-8", id="tab-without-end"),
        pytest.param(f"{HEADER}\n{ROW}".replace(";", "|").encode(), "|", "utf-8", id="bar"),
        pytest.param(f"{HEADER}\n{ROW}\n".replace(";", "%").encode(), "%", "utf-8", id="percent"),
        pytest.param(f"{HEADER}\n{ROW}\n".replace(";", "#").encode(), "#", "utf-8", id="hash"),
        pytest.param(f"{HEADER}\n{ROW}\n".replace("Sentosa", "100% A% B#1#2").encode(), ";", "utf-8", id="marks"),
        pytest.param(f"sep=;\n{HEADER}\n{ROW}\n".encode(), ";", "utf-8", id="excel-separator-line"),
        pytest.param(f"Café, Kota A, B\n\n{HEADER}\n{ROW}\n".encode("cp1252"), ";", "cp1252", id="title-with-commas"),
        pytest.param(f"{HEADER}\n{ROW}\n".encode("utf-16"), ";", "utf-16", id="utf-16"),
        pytest.param(f"{HEADER}\n{ROW}\n".encode("utf-16-be"), ";", "utf-16-be", id="utf-16-no-mark"),
    ],
)
def test_encoding_and_separator_are_found(tmp_path: Path, content: bytes, delimiter: str, encoding: str) -> None:
    path = file_of(tmp_path, content)
    with open_table(path) as table:
        assert (table.delimiter, table.encoding) == (delimiter, encoding)
    assert len(read_file(path).accepted) == 1


def test_a_sign_that_stands_in_texts_cuts_nothing(tmp_path: Path) -> None:
    """Per cent that stand in every row, and not in the titles, part no columns."""
    rows = "".join(f"Toko {at},5% lalu 10% lalu 15% dan #1 #2 #3\n" for at in range(30))
    with open_table(file_of(tmp_path, f"nama,potongan\n{rows}")) as table:
        assert table.delimiter == ","


def test_the_separator_line_is_no_row(tmp_path: Path) -> None:
    assert read_file(file_of(tmp_path, f"sep=;\n{HEADER}\n{ROW}\n")).accepted[0].row == 2


def test_a_letter_behind_the_first_block_decides_the_encoding(tmp_path: Path) -> None:
    filler = f"{ROW}\n".encode() * 2000
    path = file_of(tmp_path, f"{HEADER}\n".encode() + filler + ROW.replace("Rimba", "Café").encode("cp1252"))
    assert read_file(path).accepted[-1].values.name == "Koperasi Konsumen Café Sentosa"


@pytest.mark.parametrize(
    ("typed", "ahead"),
    [
        pytest.param("ketua 9971010101900001", 0, id="plain"),
        pytest.param('"ketua 9971010101900001"', 0, id="quoted"),
        pytest.param('"9971010101"900001', 0, id="a-quote-that-the-reader-drops"),
        pytest.param('"9971010101"900001', 8, id="the-quote-at-a-block's-edge"),
        pytest.param("9971010101900001", 3, id="across-two-blocks"),
    ],
)
def test_a_citizen_number_is_masked_wherever_it_stands_in_the_file(tmp_path: Path, typed: str, ahead: int) -> None:
    """The whole file is searched once, in blocks of 256 kB; rows are searched only where that found anything."""
    row = ROW.replace("Jl. Contoh Raya No. 7 RT 05", typed)
    begin = f"{HEADER}\n"
    if ahead:
        # The number begins `ahead` bytes before the second block does.
        left = (1 << 18) - row.index(typed) - ahead - len(begin)
        full, more = divmod(left, len(ROW) + 1)
        begin += f"{ROW}\n" * (full - 1) + f"{ROW.replace('Rimba', 'Rimba' + 'a' * more)}\n"
        assert len(begin) + row.index(typed) + ahead == 1 << 18
    outcome = read_file(file_of(tmp_path, f"{begin}{row}\n"))
    last = outcome.accepted[-1]
    assert "9971010101900001" not in "".join(last.raw)
    assert "citizen_number_masked" in [doubt.code for doubt in last.warnings]


def test_rows_are_searched_only_where_the_file_has_a_long_number(tmp_path: Path) -> None:
    for text, expected in ((ROW, False), (ROW.replace("Raya No. 7", "9971010101900001"), True)):
        with open_table(file_of(tmp_path, f"{HEADER}\n{text}\n")) as table:
            assert table.source.has_long_numbers is expected
    with open_table(file_of(tmp_path, f"{HEADER}\n{ROW}\n".encode("utf-16"))) as table:
        assert table.source.has_long_numbers


def test_blocks_are_the_rows(tmp_path: Path) -> None:
    with open_table(file_of(tmp_path, f"Judul\n\n{HEADER}\n" + f"{ROW}\n" * 40)) as table:
        rows = list(table.rows())
        for count in (1, 7, 43, 1000):
            blocks = list(table.blocks(count))
            assert [(number, cells) for first, block in blocks for number, cells in enumerate(block, first)] == rows
            assert all(len(block) <= count for _, block in blocks)


def test_a_cell_over_several_lines_is_one_row(tmp_path: Path) -> None:
    row = ROW.replace("Jl. Contoh Raya No. 7 RT 05", '"Jl. Contoh Raya\nNo. 7; RT 05; RW 01; Blok C"')
    outcome = read_file(file_of(tmp_path, f"{HEADER}\n{row}\n{ROW}\n"))
    assert [each.row for each in outcome.accepted] == [2, 3]
    assert outcome.accepted[0].values.address == "Jl. Contoh Raya No. 7; RT 05; RW 01; Blok C"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "file_empty", id="empty"),
        pytest.param(b"\n\n\n", "header_unknown", id="only-newlines"),
        pytest.param(f"{HEADER}\n{ROW}\n".encode() + b"\0\0", "file_has_nul", id="nul"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0", "file_has_nul", id="picture"),
        pytest.param(b"%PDF-1.7\n", "file_misnamed", id="pdf"),
        pytest.param(b"PK\x03\x04abc", "file_misnamed", id="zip"),
        pytest.param(HEADER.encode() + b"\n\xff\x81\xfe", "encoding_unknown", id="no-encoding"),
        pytest.param(HEADER.encode("utf-8-sig") + b"\n\xe9;", "encoding_unknown", id="mark-and-no-utf-8"),
        pytest.param(f"{HEADER}\n{ROW}é".encode() + "é".encode()[:1], "file_cut", id="cut-in-a-letter"),
        pytest.param(b"a" * 600_000, "line_too_long", id="endless-line"),
        pytest.param(("\ufeff" + "a" * 600_000).encode("utf-16-le"), "line_too_long", id="endless-utf-16"),
        pytest.param(b"\xff\xfe" + "ab\0c".encode("utf-16-le"), "file_has_nul", id="nul-in-utf-16"),
        pytest.param(b"\xff\xfe" + "abc".encode("utf-16-le")[:-1], "encoding_unknown", id="cut-utf-16"),
        pytest.param(f"{HEADER[:300]}\n".encode(), "header_column_missing", id="cut-in-the-header"),
    ],
)
def test_files_that_are_no_csv_are_refused_whole(tmp_path: Path, content: bytes, code: str) -> None:
    assert refusal_of(file_of(tmp_path, content)).reason.code == code


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(f'"Kopkar Lupa;1;2\n{ROW}\n{ROW}\n', id="to-the-end"),
        pytest.param(f'"Kopkar Lupa;1;2\n{ROW}\n"Kopkar Lain";{ROW}\n', id="to-the-next-quote"),
        pytest.param('"Kopkar Lupa\n', id="last-line"),
        pytest.param('"' + f"{ROW}\n" * 2000, id="longer-than-a-cell-can-be"),
    ],
)
def test_a_quote_that_is_never_closed_swallows_nothing_silently(tmp_path: Path, tail: str) -> None:
    refusal = refusal_of(file_of(tmp_path, f"{HEADER}\n{ROW}\n{tail}"))
    assert refusal.reason.code == "quote_open"
    assert "3" in refusal.sentence()


def test_a_cut_last_row_is_refused_and_the_others_stand(tmp_path: Path) -> None:
    outcome = read_file(file_of(tmp_path, f"{HEADER}\n{ROW}\n{ROW[:30]}"))
    assert [each.row for each in outcome.accepted] == [2]
    assert [(each.row, each.reason.code) for each in outcome.refused] == [(3, "row_cut")]


def test_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    assert read_file(file_of(tmp_path, HEADER)).row_count == 0


def test_keragaan_with_its_title(tmp_path: Path) -> None:
    row = "9971010010002;-;Kopkar Rekaan;25;2;1;1.234.567;100.000;5.000.000;900.000;-"
    outcome = read_file(file_of(tmp_path, f"POSISI PER 2026\n{';'.join(KERAGAAN_B)}\n{row}\n"))
    assert outcome.header.match is not None
    assert outcome.header.match.layout.name == "keragaan-b"
    assert outcome.accepted[0].values.assets_rupiah == 1_234_567
    assert outcome.accepted[0].row == 3


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("tidak-ada.csv", "file_unreadable", id="absent"),
        pytest.param(".", "file_is_folder", id="folder"),
    ],
)
def test_a_path_that_is_no_file(tmp_path: Path, name: str, code: str) -> None:
    assert refusal_of(tmp_path / name).reason.code == code


def test_an_unknown_ending_names_those_that_are_read(tmp_path: Path) -> None:
    refusal = refusal_of(file_of(tmp_path, HEADER, "daftar.docx"))
    assert isinstance(refusal, Refusal)
    assert refusal.reason.code == "file_kind_unknown"
    assert ".csv" in refusal.mend


def test_a_limit_can_be_set(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as raised:
        open_table(file_of(tmp_path, f"{HEADER}\n{ROW}\n"), most_bytes=100)
    assert raised.value.refusal.reason.code == "file_too_large"


@pytest.mark.long
def test_a_long_file_is_read_in_bounded_memory(tmp_path: Path) -> None:
    path = file_of(tmp_path, f"{HEADER}\n" + f"{ROW}\n" * 20_000)
    tracemalloc.start()
    with open_table(path) as table:
        assert sum(1 for _ in table.rows()) == 20_001
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000

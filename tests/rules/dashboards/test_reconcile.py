"""Published figures held against themselves, in the words of those who published them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.dashboards.rules.reconcile import (
    Bound,
    Claim,
    Share,
    Weight,
    compare_claims,
    read_claim,
    read_share,
    reconcile,
)

OVER_600 = Claim("tercatat", 600, Bound.OVER)
FOUND, NOT_FOUND = Claim("ditemukan", 225), Claim("tidak ditemukan", 338)
KECAMATAN = [Claim(name, count) for name, count in zip("abcdef", (36, 62, 143, 82, 76, 40), strict=True)]

# id, total, parts, what the check says.
TABLE = [
    ("oktober-2025", OVER_600, [FOUND, NOT_FOUND], "press_parts_at_least_missing", "sedikitnya 38"),
    ("bila-tepat-600", Claim("tercatat", 600), [FOUND, NOT_FOUND], "press_parts_missing", ": 37 tidak ada"),
    ("demo-601", Claim("tercatat", 601), [FOUND, NOT_FOUND, Claim("belum dikunjungi", 38)], "press_parts_fit", "= 601"),
    ("juli-2024-per-kecamatan", Claim("aktif", 440), KECAMATAN, "press_parts_missing", "439, jumlahnya 440: 1 "),
    ("lebih-dari-jumlah", Claim("tercatat", 500), [FOUND, NOT_FOUND], "press_parts_over", "lebih 63 "),
    ("sekitar-500", Claim("diverifikasi", 500, Bound.ABOUT), [FOUND, NOT_FOUND], "press_parts_over", "sekitar 500"),
    ("sekitar-560", Claim("diverifikasi", 560, Bound.ABOUT), [FOUND, NOT_FOUND], "press_parts_cannot_tell", "sekitar 560"),
    ("lebih-dari-560", Claim("tercatat", 560, Bound.OVER), [FOUND, NOT_FOUND], "press_parts_cannot_tell", "563"),
]  # fmt: skip


@pytest.mark.parametrize(("total", "parts", "code", "words"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_parts_against_their_total(total: Claim, parts: list[Claim], code: str, words: str) -> None:
    found = reconcile(total, parts)[-1]
    assert found.reason.code == code
    assert words in found.reason.sentence()


def test_a_part_larger_than_the_whole_is_named() -> None:
    found = reconcile(Claim("tercatat", 100), [Claim("ditemukan", 225)])
    assert [each.reason.code for each in found] == ["press_part_over_total", "press_parts_over"]


# id, share, what 70 per cent is of.
SHARES = [
    ("dasar-disebut", Share("RAT", 70, "usaha berjalan"), "press_share_of", ("kira-kira 76",)),
    ("dasar-tidak-disebut", Share("RAT", 70), "press_share_base", ("421 dari tercatat", "158 dari", "76 dari usaha")),
    ("dasar-tidak-dikenal", Share("RAT", 70, "anggota"), "press_share_base", ("158 dari ditemukan",)),
]  # fmt: skip


@pytest.mark.parametrize(("share", "code", "words"), [row[1:] for row in SHARES], ids=[row[0] for row in SHARES])
def test_a_share_and_its_base(share: Share, code: str, words: tuple[str, ...]) -> None:
    parts = [FOUND, NOT_FOUND, Claim("usaha berjalan", 109)]
    found = reconcile(Claim("tercatat", 601), parts, [share])[-1]
    assert (found.reason.code, found.weight) == (code, Weight.UNCLEAR)
    assert all(each in found.reason.sentence() for each in words)


JULY = Claim("aktif", 440, definition="terdaftar aktif", on="15 Juli 2024")
NOVEMBER = Claim("aktif", 113, definition="RAT dan usaha", on="25 November 2024")
VERIFIED = Claim("diverifikasi", 563, definition="x", on="h")


def active(count: int, definition: str, on: str) -> Claim:
    return Claim("aktif", count, definition=definition, on=on)


# id, earlier, later, what may be said of the two.
PAIRS = [
    ("440-ke-113", JULY, NOVEMBER, "press_definition_changed", Weight.CLASH),
    ("tanpa-pengertian", active(113, "", "2024"), active(125, "", "2025"), "press_without_definition", Weight.UNCLEAR),
    ("500-dan-563", Claim("d", 500, Bound.ABOUT, "x", "h"), VERIFIED, "press_sources_differ", Weight.CLASH),
    ("dapat-dibandingkan", active(109, "x", "a"), active(120, "x", "b"), "press_comparable", Weight.FITS),
]


@pytest.mark.parametrize(
    ("earlier", "later", "code", "weight"), [row[1:] for row in PAIRS], ids=[row[0] for row in PAIRS]
)
def test_two_counts_of_one_name(earlier: Claim, later: Claim, code: str, weight: Weight) -> None:
    found = compare_claims(earlier, later)
    assert (found.reason.code, found.weight) == (code, weight)


# As people write it → what is read.
LINES = [
    ("ditemukan 225", Claim("ditemukan", 225)),
    ("tercatat: lebih dari 600", Claim("tercatat", 600, Bound.OVER)),
    ("tercatat > 600", Claim("tercatat", 600, Bound.OVER)),
    ("diverifikasi ~500", Claim("diverifikasi", 500, Bound.ABOUT)),
    ("penduduk = 1.234", Claim("penduduk", 1234)),
    ("225", None),
    ("ditemukan", None),
    ("ditemukan 99999999999", None),
    ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("line", "read"), LINES, ids=[line or "empty" for line, _ in LINES])
def test_a_line_is_read(line: str, read: Claim | None) -> None:
    assert read_claim(line) == read


def test_shares_are_read() -> None:
    assert read_share("RAT sekitar 70 % dari usaha berjalan") == Share("RAT", 70, "usaha berjalan", True)
    assert read_share("RAT 70%") == Share("RAT", 70, "", False)
    assert read_share("RAT 170 %") is None and read_share("RAT 70") is None


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=8), st.integers(-50, 50))
def test_exact_parts_fit_when_they_add_up_and_only_then(counts: list[int], off: int) -> None:
    total = sum(counts) + off
    if total < 0:
        return
    found = reconcile(Claim("jumlah", total), [Claim(f"bagian {at}", count) for at, count in enumerate(counts)])
    assert (found[-1].weight is Weight.FITS) is (off == 0)
    assert all("{" not in each.reason.sentence() for each in found)


@given(st.text(max_size=60))
def test_any_line_is_read_or_left(line: str) -> None:
    read_claim(line), read_share(line)

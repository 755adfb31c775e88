"""Numbers of legal entity: what each spelling says, which spellings are one number, and what is left unparsed."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from telusur.words.legal_number import Act, LegalFamily, LegalNumber, read_legal_key, read_legal_number
from tests.examples import examples

F, A = Act.FOUNDING, Act.AMENDMENT
AHU, MKUKM, KWK, KDK, REG = (
    LegalFamily.AHU,
    LegalFamily.M_KUKM,
    LegalFamily.KWK,
    LegalFamily.KDK,
    LegalFamily.REGIONAL,
)


def read(text: str) -> LegalNumber:
    number = read_legal_number(text)
    assert number is not None
    return number


@pytest.mark.parametrize(
    ("text", "family", "serial", "suffix", "office", "month", "year", "act"),
    [
        pytest.param("AHU-0004321.AH.01.26.TAHUN 2021", AHU, "4321", "", "AH.01.26", None, 2021, F, id="ahu"),
        pytest.param("AHU-0004321.AH.01.27.TAHUN 2021", AHU, "4321", "", "AH.01.27", None, 2021, A, id="ahu-27"),
        pytest.param("AHU-0000588.AH.01.26", AHU, "588", "", "AH.01.26", None, None, F, id="ahu-undated"),
        pytest.param("C00424.AH.02.01 Tahun 2016", AHU, "424", "", "AH.02.01", None, 2016, F, id="ahu-c"),
        pytest.param("007654/BH/M.KUKM.2/XII/2018", MKUKM, "7654", "", "M.KUKM.2", 12, 2018, F, id="m-kukm"),
        pytest.param("007654/BH/M.KUMKM.2/XII/2018", MKUKM, "7654", "", "M.KUKM.2", 12, 2018, F, id="m-kumkm"),
        pytest.param("01.0765/BH/M.KUKM.2/XI/2018", MKUKM, "10765", "", "M.KUKM.2", 11, 2018, F, id="thousand-dot"),
        pytest.param("21/PAD/MENEG.I/IV/2000", MKUKM, "21", "", "MENEG.1", 4, 2000, A, id="minister-of-state"),
        pytest.param("765/BH/KWK.17/V/1997", KWK, "765", "", "KWK.17", 5, 1997, F, id="kwk"),
        pytest.param("7650/BH/KWK-10/22", KWK, "7650", "", "KWK.10.22", None, None, F, id="kwk-office-not-year"),
        pytest.param("765/BH/KWK.10/98", KWK, "765", "", "KWK.10", None, 1998, F, id="kwk-year-not-office"),
        pytest.param("7650a/BH/PAD/KWK.II/IX/96", KWK, "7650", "a", "KWK.11", 9, 1996, A, id="kwk-ii-is-11"),
        pytest.param("31/BH/KDK.17.6/XI/1998", KDK, "31", "", "KDK.17.6", 11, 1998, F, id="kdk"),
        pytest.param("31/BH/KDK.13.2/1.2/III/99", KDK, "31", "", "KDK.13.2.1.2", 3, 1999, F, id="kdk-subcode"),
        pytest.param("500/31/BH/KDK/26.9/VIII/2006", KDK, "31", "", "KDK.26.9", 8, 2006, F, id="kdk-filed"),
        pytest.param("518/BH/KDK.17.6/XI/1998", KDK, "518", "", "KDK.17.6", 11, 1998, F, id="518-is-the-serial"),
        pytest.param("518/BH/KDK/10/6/1999", KDK, "518", "", "KDK.10.6", None, 1999, F, id="518-before-kdk-codes"),
        pytest.param("9/BH/XVI.1/IX/2009", REG, "9", "", "XVI.1", 9, 2009, F, id="province-and-regency"),
        pytest.param("6501/BH/II/1987", REG, "6501", "", "II", None, 1987, F, id="old-roman-is-province"),
        pytest.param("65/BH/IX/2005", REG, "65", "", "", 9, 2005, F, id="new-roman-is-month"),
        pytest.param("6501/BH/II", REG, "6501", "", "II", None, None, F, id="no-date"),
        pytest.param("862/BH/15", REG, "862", "", "15", None, None, F, id="arabic-province"),
        pytest.param("77/BH/DPPK.IV/V/2008", REG, "77", "", "DPPK.IV", 5, 2008, F, id="office-with-roman"),
        pytest.param("77/BH-KOP", REG, "77", "", "KOP", None, None, F, id="hyphen-after-mark"),
        pytest.param("641a/BH/XIV.2/X/2001", REG, "641", "a", "XIV.2", 10, 2001, F, id="letter"),
        pytest.param("971.b/BH/XIV.2/X/2001", REG, "971", "b", "XIV.2", 10, 2001, F, id="dotted-letter"),
        pytest.param("62/BH/DISPERINDAG/1/2008", REG, "62", "", "DISPERINDAG", 1, 2008, F, id="arabic-month"),
        pytest.param("62/BH/X/4/2004", REG, "62", "", "X.4", None, 2004, F, id="arabic-office"),
        pytest.param("04/KEP/HK/2006", REG, "4", "", "KEP.HK", None, 2006, F, id="decree-without-mark"),
        pytest.param("414 Tahun 2015", REG, "414", "", "", None, 2015, F, id="decree-of-a-year"),
        pytest.param("12/PAD/III/1996", REG, "12", "", "III", None, 1996, A, id="pad-alone"),
        pytest.param("2310/P/12-67", REG, "2310", "", "P.UU12-1967", None, None, F, id="law-is-no-date"),
        pytest.param("231/BH/II/17-1968", REG, "231", "", "II.17", None, 1968, F, id="number-and-year"),
        pytest.param("12/BH/XIV.2/XII96", REG, "12", "", "XIV.2", 12, 1996, F, id="glued-month-and-year"),
    ],
)
def test_each_family_is_read(
    text: str,
    family: LegalFamily,
    serial: str,
    suffix: str,
    office: str,
    month: int | None,
    year: int | None,
    act: Act,
) -> None:
    number = read(text)
    assert (number.family, number.serial, number.suffix, number.office) == (family, serial, suffix, office)
    assert (number.month, number.year, number.act) == (month, year, act)
    assert number.text == text


@pytest.mark.parametrize("label", ["No. ", "NO.", "Nomor ", "no : ", " No "])
@pytest.mark.parametrize(
    "text", ["12/BH/KDK.40.6/IX/1999", "004913/BH/M.KUKM.2/III/2019", "AHU-0012479.AH.01.26.TAHUN 2021"]
)
def test_a_label_is_no_part_of_the_number(label: str, text: str) -> None:
    """ "No. 12/BH/KDK…" was read with the office "NOKDK": one number under two keys."""
    assert read(label + text).key == read(text).key
    assert read(label + text).text == (label + text).strip()


@pytest.mark.parametrize(
    ("text", "filing", "serial", "office"),
    [
        pytest.param("518/16/BH/XIV.9/X/2009", "518", "16", "XIV.9", id="before-the-mark"),
        pytest.param("518/BH/XVI.10/432/413.111/2010", "518", "432", "XVI.10.413.111", id="behind-the-mark"),
        pytest.param("518/BH.36-DISKOP/2005", "518", "36", "DISKOP", id="beside-the-office"),
        pytest.param("518/Kep.29/PAD/KOP.UKM/03", "518", "29", "KEP.KOP.UKM", id="behind-a-word"),
        pytest.param("518/23/17.LU/BH/X.3/II/2016", "518", "23", "17.LU.X.3", id="office-before-the-mark"),
        pytest.param("518.048/BH/I/08", "518", "48", "", id="dotted"),
        pytest.param("180.08/BH/XIV.34/16", "180.8", "16", "XIV.34", id="law-division"),
        pytest.param("188.4/BH/XIV.32/091/480/V/2010", "188.4", "91", "XIV.32.480", id="sub-code"),
        pytest.param("518/37/35.73.112/2009", "518", "37", "35.73.112", id="no-mark"),
        pytest.param("Kpts.21/518/KOP/IX/2003", "", "21", "KPTS.518.KOP", id="code-inside"),
        pytest.param("P2T/02/09.01/I/2012", "", "2", "P.2.T.9.1", id="word-first"),
    ],
)
def test_the_archives_code_is_not_the_serial(text: str, filing: str, serial: str, office: str) -> None:
    number = read(text)
    assert (number.family, number.filing, number.serial, number.office) == (REG, filing, serial, office)


@pytest.mark.parametrize(
    "spellings",
    [
        pytest.param(
            "AHU-0004321.AH.01.26.TAHUN 2021|AHU-0004321.AH.01.26.TAHUN2021|AHU-0004321.AH.01.26.TAHUN.2021"
            "|AHU.0004321.AH.01.26. TAHUN 2021|AHU/4321.AH.01.26 Tahun 2021|ahu-0004321-AH.0126 tahun 2021"
            "|AHU-0004321.AH.O1.26.2021",
            id="ahu",
        ),
        pytest.param(
            "007654/BH/M.KUKM.2/XII/2018|7654/BH/M.KUKM.2/XII/2018|007654/BHM.KUKM.2/XII/2018"
            "|007654/bh/m.kukm.2/xii/2018|007654 / BH / M.KUMKM.2 / XII / 2018|007654/BH/M.KUKM.2/XII.2018"
            "|007654/BH/KUKM.2/XII/2018",
            id="ministry",
        ),
        pytest.param(
            "77/BH/DPPK-IV/V/2008|77/BH/DPPK.IV/V/2008|77/BH/DPPK IV/V/2008|77//BH/DPPK.IV//V/2008|077/BH?DPPK.IV/V/08"
            "|77/ BH/ DPPK.IV/ V/ 2008|77/B.H/DPPK.IV/V/2008.|77/BH/DPPK.IV/Mei/2008|77/BH/DPPK.IV/V-2008",
            id="regional",
        ),
        pytest.param(
            "7650/BH/KWK-10/22|7650/BH/KWK.10/22|7650/BH/KWK.10.22|7650/BH/KWK 10/22|7650/BHKWK10/22", id="kwk-office"
        ),
        pytest.param(
            "7650A/BH/PAD/KWK.11/IX/1996|7650.a/BH/PAD/KWK.11/IX/96|7650 a/PAD/KWK.II/IX/1996|7650-A/BHPAD/KWK11/IX/96"
            "|7650a/BH/PADKWK.11/IX/1996|7650a/BH/PAD-KWK.11/1X/1996",
            id="amendment",
        ),
        pytest.param("3/BH/XX.I/2010|3/BH/XX.1/2010", id="roman-behind-roman"),
        pytest.param("3/BH/X.VII.7/2010|3/BH/XVII.7/2010", id="seventeen"),
        pytest.param("3/BH/XVL.7/2010|3/BH/XVI.7/2010", id="l-for-i"),
        pytest.param("111/BH/KWK.10/VIII/1996|III/BH/KWK.10/VIII/1996", id="typewriter-ones"),
        pytest.param(
            "5/BH/DISKOP-UMKM/II/2OO7|5/BH/DISKOPUMKM/II/2007|5/BH/Diskop & UMKM/II/07|5/BH/Diskop dan UMKM/II/2007",
            id="office-words",
        ),
        pytest.param("231/BH/II/12-67|231/BH/II/12/67|231/BH/II/12/1967", id="law-behind-a-province"),
        pytest.param("2310/P/12-67|2310/P/12.67|2310/P/12/1967|2310/P/12-1967", id="law-of-1967"),
    ],
)
def test_spellings_of_one_number_share_a_key(spellings: str) -> None:
    keys = {text: read(text).key for text in spellings.split("|")}
    assert len(set(keys.values())) == 1, keys
    assert "" not in keys.values()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("7/BH/KWK.10/V/1997", "7/BH/KDK.10/V/1997", id="family"),
        pytest.param("7/BH/KWK.10/V/1997", "7/BH/PAD/KWK.10/V/1997", id="act"),
        pytest.param("7/BH/KWK.10/V/1997", "7a/BH/KWK.10/V/1997", id="letter"),
        pytest.param("7/BH/KWK.10/V/1997", "7/BH/KWK.10/VI/1997", id="month"),
        pytest.param("7/BH/KWK.10/V/1997", "7/BH/KWK.10/V/1998", id="year"),
        pytest.param("7/BH/KDK.1.11/V/1999", "7/BH/KDK.11.1/V/1999", id="office-digits"),
        pytest.param("7/BH/DPPK.IV/V/2008", "7/BH/DPPK.VI/V/2008", id="office-roman"),
        pytest.param("518/7/BH/XIV.9/X/2009", "503/7/BH/XIV.9/X/2009", id="filing"),
        pytest.param("AHU-0000007.AH.01.26.TAHUN 2021", "AHU-0000007.AH.01.27.TAHUN 2021", id="ahu-code"),
    ],
)
def test_different_numbers_have_different_keys(one: str, other: str) -> None:
    assert read(one).key != read(other).key


@pytest.mark.parametrize("text", ["", " ", "-", " - ", "–", "...", "\t\n"])
def test_nothing_stated_is_none(text: str) -> None:
    assert read_legal_number(text) is None


@pytest.mark.parametrize(
    "text",
    ["17", "17/", "297/00", "dalam proses", "No. 67 TH. 2013 (Akta Notaris)", "10/BH", "/BH/XII/1988", "14 Mei", "A"],
)
def test_text_without_structure_stays_as_it_came(text: str) -> None:
    number = read(text)
    assert number == LegalNumber(text, LegalFamily.UNPARSED, "", "", "", None, None, Act.FOUNDING)
    assert number.key == ""


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("5/BH/XIV.2/V/30", 1930),
        ("5/BH/XIV.2/V/99", 1999),
        ("5/BH/XIV.2/V/00", 2000),
        ("5/BH/XIV.2/V/29", 2029),
        ("5/BH/XIV.2/V/1900", 1900),
        ("5/BH/XIV.2/V/2100", 2100),
        ("5/BH/XIV.2/V/1899", None),
        ("5/BH/XIV.2/V/2101", None),
        ("AHU-0004321.AH.01.26.TAHUN 1899", None),
    ],
)
def test_years_have_a_pivot_and_a_range(text: str, year: int | None) -> None:
    assert read(text).year == year


MONTHS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
OFFICES = ["XVI.1", "DPPK-IV", "KWK.10", "KDK.17.6", "DISKOP.UMKM", "M.KUKM.2", "KOPERINDAG"]


@settings(max_examples=examples(150))
@given(
    st.integers(1, 999_999), st.sampled_from(["", "a", "B"]), st.sampled_from(OFFICES), st.integers(1, 12),
    st.integers(1967, 2029), st.booleans(),
)  # fmt: skip
def test_what_is_written_is_read(serial: int, letter: str, office: str, month: int, year: int, amended: bool) -> None:
    mark = "BH/PAD" if amended else "BH"
    number = read(f"{serial}{letter}/{mark}/{office}/{MONTHS[month - 1]}/{year}")
    assert (number.serial, number.suffix, number.filing) == (str(serial), letter.lower(), "")
    assert (number.month, number.year, number.act) == (month, year, A if amended else F)
    assert number.office == office.replace("-", ".")


@settings(max_examples=examples(150))
@given(
    st.integers(1, 99_999), st.sampled_from(OFFICES), st.integers(1, 12), st.integers(1967, 2029),
    st.integers(0, 4), st.sampled_from(["/", "//", " / ", "/ "]), st.booleans(), st.booleans(),
)  # fmt: skip
def test_the_key_survives_zeros_strokes_case_and_short_years(
    serial: int, office: str, month: int, year: int, zeros: int, stroke: str, small: bool, short: bool
) -> None:
    plain = f"{serial}/BH/{office}/{MONTHS[month - 1]}/{year}"
    written = str(year)[2:] if short and 1930 <= year <= 2029 else str(year)
    varied = stroke.join(["0" * zeros + str(serial), "BH", office, MONTHS[month - 1], written])
    assert read(varied.lower() if small else varied).key == read(plain).key


NUMBERISH = st.text(alphabet="0123456789/.- BHPADKWIVXMUahun?'&O\u00b2\u0660\u00df", max_size=40)


@settings(max_examples=examples(200))
@example("000²")  # a digit to str.isdigit, no number to int
@given(st.one_of(st.text(max_size=40), NUMBERISH))
def test_reading_never_raises_and_is_sound(text: str) -> None:
    number = read_legal_number(text)
    if number is None:
        return
    assert number.text == text.strip()
    assert (number.key == "") == (number.family is LegalFamily.UNPARSED)
    assert number.serial == "" or (number.serial.isascii() and number.serial.isdigit())
    assert number.month is None or 1 <= number.month <= 12
    assert number.year is None or 1900 <= number.year <= 2100
    assert read_legal_number(number.text) == number


@settings(max_examples=examples(300))
@example("AHU-0012345.AH.01.26.TAHUN 2019")
@example("518/BH/XVI.10/432/2009")
@example("12²/BH/KDK.9/I/1999")
@example("12/²BH/KDK.9/I/1999")
@given(
    st.one_of(
        NUMBERISH,
        st.builds(
            "{}{}{}{}{}".format,
            st.sampled_from(["7", "007", " 7", "518", "518/7", "7a", "KEP.7"]),
            st.sampled_from(["/", " / ", "//", "?"]),
            st.sampled_from(["BH/KDK.9", "PAD/M.KUKM.2", "BH/DISKOP-IV/Kop.", "BH", "BH/D.P.K.IV", "x"]),
            st.sampled_from(["", "/I", "/ X ", "/XIII", "/1", "/I/II"]),
            st.sampled_from(["", "/1999", "/ 2004 ", "/98", "/1967", "/2150", "/19٦٦", "/TAHUN 2010"]),
        ),
    )
)
def test_the_short_way_to_a_key_ends_where_the_long_one_does(text: str) -> None:
    number = read_legal_number(text)
    assert read_legal_key(text) == (None if number is None else (number.key, number.family, number.act))

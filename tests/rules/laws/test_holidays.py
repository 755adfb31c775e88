"""The holidays that ship: every year whole, and a file with a fault refused in a sentence that names it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from telusur.laws.articles.reading import LawFileError
from telusur.laws.holidays import read_holidays, shipped_holidays
from telusur.laws.rules.law import Certainty
from telusur.laws.rules.periods import HolidayKind

HEAD = (
    'year = 2030\nsource = "keputusan"\ncertainty = "certain"\n'
    'checked_on = 2029-01-01\nchecked_by = "x"\nreview_on = 2030-01-01\n'
)
DAY = '[[day]]\non = 2030-01-01\nname = "Tahun Baru"\nkind = "national"\n'


def test_each_year_has_its_fixed_days() -> None:
    for year in shipped_holidays():
        fixed = {date(year.year, *day) for day in ((1, 1), (5, 1), (6, 1), (8, 17), (12, 25))}
        assert fixed <= {day.on for day in year.days if day.kind is HolidayKind.NATIONAL}


@pytest.mark.parametrize(("year", "national", "leave"), [(2025, 17, 11), (2026, 17, 8)])
def test_as_many_days_as_the_decree_announced(year: int, national: int, leave: int) -> None:
    """The ministers' own counts: 17 and 10 (an eleventh was added for 18 August 2025); 17 and 8."""
    found = next(each for each in shipped_holidays() if each.year == year)
    assert sum(day.kind is HolidayKind.NATIONAL for day in found.days) == national
    assert sum(day.kind is HolidayKind.JOINT_LEAVE for day in found.days) == leave


def test_a_year_whose_decree_nobody_read_says_so() -> None:
    assert {each.year for each in shipped_holidays() if each.certainty is Certainty.UNVERIFIED} == {2027}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD, "no day"),
        (HEAD + DAY.replace("2030", "2031"), "is not in 2030"),
        (HEAD + DAY.replace('"national"', '"office"'), "kind must be"),
        (HEAD + DAY + DAY, "one day stands twice"),
        (HEAD.replace('"certain"', '"sure"') + DAY, "certainty must be"),
        (HEAD + DAY + "colour = 1\n", "unknown key"),
        ("year = ", "2030.toml"),
    ],
    ids=["empty", "other year", "own day", "twice", "unsure", "unknown key", "no TOML"],
)
def test_a_file_with_a_fault_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "2030.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LawFileError, match=says):
        read_holidays([path])


def test_a_year_stands_in_one_file(tmp_path: Path) -> None:
    paths = [tmp_path / "a.toml", tmp_path / "b.toml"]
    for path in paths:
        path.write_text(HEAD + DAY, encoding="utf-8")
    with pytest.raises(LawFileError, match="tahun yang sama"):
        read_holidays(paths)

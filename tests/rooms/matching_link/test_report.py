"""The report: one file without help from outside, whole in both languages, masked where asked, its markup in order."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from telusur.matching.ports import LinkResult, Table
from telusur.matching.report.facts import bands, level_examples, weight_bins
from telusur.matching.report.lines import explainer, joined
from telusur.matching.report.masking import masked
from telusur.matching.report.page import Report, report_page
from telusur.matching.report.words import ENGLISH, Words
from telusur.matching.rules.compare import LABELS
from telusur.matching.rules.explain import Line
from telusur.matching.rules.schema import FieldKind
from telusur.words.reason import Reason
from tests.rooms.matching_link.sample import MODEL, pair, result

LEFT = Table(
    ["L1", "L2", "L<3>"],
    {"nama": ["Budi Santoso", "Siti", "<script>alert(1)</script>"], "dob": ["1990-02-01", "", "2000-01-01"]},
)
RIGHT = Table(
    ["R1", "R2", "R3"], {"name": ["BUDI SANTOSO", "Sitti", "x&y"], "dob": ["1990-02-01", "1980-05-05", "2000-01-01"]}
)
PAIRS = [
    pair("L1", "R1", 0.999, "match"),
    pair("L<3>", "R3", 0.6, "review", (1, 0)),
    pair("L2", "R2", 0.3, "review", (1, -1)),
]


def _page(language: str = "id", *, mask: bool = False, answer: LinkResult | None = None, **more: Any) -> str:
    told = result(PAIRS, warnings=["model menduga terlalu banyak"]) if answer is None else answer
    made = Report(
        told,
        LEFT,
        RIGHT,
        ("a.csv", "b.csv"),
        "memory",
        "0.1",
        "24/11/2026 10:00",
        explainer(told.model),
        Words(language),
        mask,
    )
    return report_page(replace(made, **more))


class _Tags(HTMLParser):
    """Checks that tags close in order; gathers ids, links and texts."""

    VOID = frozenset({"meta", "br", "line", "rect", "circle", "polyline"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_report_stands_by_itself(language: str) -> None:
    page = _page(language, answer=result(PAIRS, replace(MODEL, calibration=((0.0, 0.0), (0.4, 0.6), (1.0, 1.0)))))
    tags = _Tags()
    tags.feed(page)
    assert tags.open == []
    names = [tag for tag, _ in tags.seen]
    assert not {"script", "link", "img", "iframe"} & set(names)
    assert not re.search(r"https?://|@import|url\((?!\"#)", page)
    assert names.count("svg") >= 6
    assert all("aria-label" in given or given.get("aria-hidden") for tag, given in tags.seen if tag == "svg")
    assert f'<html lang="{language}">' in page


def test_values_are_escaped() -> None:
    page = _page(names=("<b>.csv", "b.csv"))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "&lt;b&gt;.csv" in page
    assert "L&lt;3&gt;" in page


def test_a_report_says_its_figures() -> None:
    page = _page()
    for said in (
        "a.csv dengan b.csv",
        "99,9 %",
        "99,2 %",
        "98,0 %",
        "0,800",
        "model menduga terlalu banyak",
        "12,5 calon",
    ):
        assert said in page, said
    assert "Belum dikalibrasi" in page


def test_english_leaves_no_indonesian() -> None:
    page = _page("en")
    assert "99.9%" in page
    for word in ("pasangan", "kolom", "bobot", "tingkat", "Contoh", "baris", "sama", "lain<"):
        assert word not in page.replace("model menduga terlalu banyak", ""), word


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("id", "Di kolom nama kata berikut hanya ditulis satu daftar, dan tidak dibandingkan: cabang, &lt;b&gt;."),
        ("en", "In column nama these words are written by one list alone, and not compared: cabang, &lt;b&gt;."),
    ],
)
def test_a_report_names_the_words_that_it_left_out(language: str, says: str) -> None:
    assert says not in _page(language)
    fields = tuple(
        replace(field, habits=("cabang", "<b>") if field.name == "nama" else ()) for field in MODEL.schema.fields
    )
    model = replace(MODEL, schema=replace(MODEL.schema, fields=fields))
    assert says in _page(language, answer=result(PAIRS, model))


def test_every_level_has_its_english() -> None:
    assert not [label for labels in LABELS.values() for label in labels if label not in ENGLISH]


def test_every_word_of_the_page_has_its_english() -> None:
    """Asked through the words themselves: what falls through to the doors' catalogue is not ours."""
    missed: list[str] = []

    def more(text: str) -> str:
        missed.append(text)
        return text

    calibrated = result(PAIRS, replace(MODEL, calibration=((0.0, 0.0), (1.0, 1.0))))
    for told in (calibrated, result(PAIRS), replace(result(PAIRS), reach=replace_reach(result(PAIRS)))):
        _page("en", answer=told, words=Words("en", more))
        _page("en", answer=told, words=Words("en", more), mask=True, right=None, left=_both())
    assert set(missed) <= {"nama", "dob"}, "names of keys are the tables' own"


def replace_reach(told: LinkResult) -> Any:
    """A reach that could not be estimated."""
    return told.reach._replace(share=None, low=None, by_family={})


def _both() -> Table:
    return Table(
        [*LEFT.ids, *RIGHT.ids],
        {"nama": [*LEFT.columns["nama"], *RIGHT.columns["name"]], "name": ["x"] * 6, "dob": ["1990-02-01"] * 6},
    )


def test_a_masked_report_names_nobody() -> None:
    page = _page(mask=True)
    for told in ("Budi", "BUDI", "Santoso", "1990-02-01", "Siti", "L1", "R1<"):
        assert told not in page, told
    assert "B••• S••••••" in page
    assert "••/••/1990" in page


def test_a_masked_report_quotes_no_reason() -> None:
    """A reason may quote what the two rows share."""
    quoting = lambda pair: (Line("nama", Reason("x", "kata langka {word}", {"word": "Patra"}), 6.2),)  # noqa: E731
    assert "kata langka Patra +6,2" in _page(explain=quoting)
    assert "Patra" not in _page(explain=quoting, mask=True)


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (FieldKind.NAME, "Budi Santoso 2", "B••• S•••••• •"),
        (FieldKind.DATE, "24/10/2025", "••/••/2025"),
        (FieldKind.DATE, "sesuatu", "••••••••"),
        (FieldKind.CODE, "9901010030001", "•••••••••••01"),
        (FieldKind.CODE, "12345", "•••••"),
        (FieldKind.TEXT, "Jl. Mawar No. 12", "J•. M•••• N•. ••"),
        (FieldKind.PLACE, "Bogor Utara", "Bogor Utara"),
        (FieldKind.NAME, "", ""),
    ],
)
def test_masks(kind: FieldKind, value: str, shown: str) -> None:
    assert masked(kind, value) == shown


def test_a_report_without_pairs() -> None:
    page = _page(answer=result([], histogram={}, seconds={}))
    tags = _Tags()
    tags.feed(page)
    assert tags.open == []


def test_examples_and_counts() -> None:
    told = result(PAIRS)
    assert [(band.low, band.count) for band in bands(told.pairs)] == [(0.99, 1), (0.5, 1), (0.25, 1)]
    assert level_examples(told)[(0, 1)].left_id == "L<3>", "the most probable pair that shows the level"
    assert (1, 1) not in level_examples(told)
    bins = weight_bins(result([pair("a", "b", 0.9, "match")], histogram={-500: 7, -10: 5, 10: 1}))
    assert sum(each.pairs for each in bins) == 13, "the far end is gathered, not lost"
    assert bins[-1].decision == "match"


def test_lines_add_up_to_the_weight() -> None:
    explain = explainer(MODEL)
    seen = pair("L1", "R1", 0.9, "match", (0, -1))
    lines = explain(seen)
    assert [line.field for line in lines] == ["nama"], "what a side does not state is no line"
    assert sum(line.weight for line in lines) == pytest.approx(MODEL.fields[0].levels[0].weight + 1.5)
    assert joined(lines) == "nama: sama, nilai yang langka +14.5"

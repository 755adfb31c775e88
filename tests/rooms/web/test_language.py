"""English is complete: every sentence of the pages and every word of the rules has its translation, places and all."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract
from django.utils.translation import override
from django.utils.translation.template import templatize

from telusur.corrections.rules.approval import STATE_LABELS
from telusur.corrections.rules.columns import COLUMN_LABELS
from telusur.corrections.rules.fate import FATE_LABELS
from telusur.corrections.sheets.words import VOICE_LABELS
from telusur.laws.rules.law import CERTAINTY_LABELS, FORCE_LABELS, UNIT_LABELS
from telusur.laws.rules.policy import NEED_LABELS
from telusur.notices.rules.stages import CHANNEL_LABELS, EVENT_LABELS, STAGE_LABELS, TRACK_LABELS
from telusur.opendata.rules.datasets import DATASETS
from telusur.people.rules import ROLE_NAMES
from telusur.rounds.rules.codes import CODE_LABELS, GROUP_LABELS, Code, Group
from telusur.rounds.rules.public import PUBLIC_WORDS
from telusur.rounds.rules.visit import EVIDENCE_LABELS, FINDING_LABELS, INFORMANT_LABELS, PART_LABELS
from telusur.standing.rules.letters import STAGE_LABELS as MEETING_LETTERS
from telusur.standing.rules.meetings import CONTENTS
from telusur.standing.rules.rates import BASE_LABELS
from telusur.standing.rules.verdict import EXISTENCE_LABELS, MEETING_LABELS, STANDING_LABELS
from telusur.web.words import code_words, group_words, say, say_refusal, say_stored
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal
from tests.repository.house import python_files, tree

WEB = Path(__file__).resolve().parents[3] / "src" / "telusur" / "web"
SOURCE = WEB.parent
CATALOGUE = polib.pofile(str(WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"))
LABELS: tuple[Mapping[object, str], ...] = (
    CODE_LABELS, GROUP_LABELS, FINDING_LABELS, EVIDENCE_LABELS, INFORMANT_LABELS, PART_LABELS, ROLE_NAMES, PUBLIC_WORDS,
    STATE_LABELS, COLUMN_LABELS, FATE_LABELS, VOICE_LABELS,
    STANDING_LABELS, EXISTENCE_LABELS, MEETING_LABELS, BASE_LABELS, MEETING_LETTERS, CONTENTS,
    CERTAINTY_LABELS, FORCE_LABELS, UNIT_LABELS, NEED_LABELS,
    STAGE_LABELS, TRACK_LABELS, EVENT_LABELS, CHANNEL_LABELS,
)  # type: ignore[assignment]  # fmt: skip
KEYWORDS = dict.fromkeys(("_", "gettext", "gettext_noop", "gettext_lazy")) | {"ngettext": (1, 2)}
# A module that calls nothing of the kind is not taken apart.
CALLED = re.compile(r"gettext|\b_\s*\(")
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}|%%")


def marked(path: Path) -> Iterator[str]:
    """The sentences that a page or a module marks for translation."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py" and not CALLED.search(text):
        return
    source = templatize(text, origin=str(path)) if path.suffix == ".html" else text
    for _, message, _, _ in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        yield message if isinstance(message, str) else str(message[0])


@cache
def translated() -> set[str]:
    return {entry.msgid for entry in CATALOGUE if entry.translated()}


@pytest.mark.parametrize(
    "path", sorted([*WEB.rglob("*.html"), *WEB.rglob("*.py")]), ids=lambda path: str(path.relative_to(WEB))
)
def test_every_sentence_of_a_page_is_translated(path: Path) -> None:
    assert sorted(set(marked(path)) - translated()) == []


def test_every_sentence_of_the_other_rooms_is_translated() -> None:
    paths = (path for kind in ("*.html", "*.py") for path in SOURCE.rglob(kind) if WEB not in path.parents)
    marks = {path: set(marked(path)) for path in paths if "migrations" not in path.parts}
    assert len(set().union(*marks.values())) > 50
    assert {str(path): left for path, found in marks.items() if (left := sorted(found - translated()))} == {}


# Words that are no words of ours: a foreign site's headings, abbreviations that are the same in both languages.
SAME_IN_BOTH = {"SP1", "SP2", "SP3", "CSV", "XLSX"}
FOREIGN = {"PROFILE_LABELS", "NUMBERED_LABELS"}


def labels_said(text: str) -> set[str]:
    """The words of every `…_LABELS` mapping of a module."""
    found: set[str] = set()
    for node in ast.parse(text).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if not isinstance(target, ast.Name) or not target.id.endswith("_LABELS") or target.id in FOREIGN:
            continue
        if isinstance(value, ast.Dict):
            found |= {str(each.value) for each in value.values if isinstance(each, ast.Constant) and each.value}
    return found - SAME_IN_BOTH


def test_every_label_of_the_rules_is_translated() -> None:
    said = {path: labels_said(path.read_text(encoding="utf-8")) for path in SOURCE.glob("*/rules/**/*.py")}
    assert len(set().union(*said.values())) > 100
    assert {str(path): left for path, found in said.items() if (left := sorted(found - translated()))} == {}
    assert labels_said('X_LABELS = {1: "kata baru"}') == {"kata baru"}


def test_every_column_of_the_open_data_is_translated() -> None:
    sets = DATASETS.values()
    said = {words for each in sets for words in (each.title, each.says)}
    said |= {words for each in sets for column in each.columns for words in (column.title, column.says)}
    assert len(said) > 100
    assert sorted(said - {""} - translated()) == []


def reasons_said() -> set[str]:
    """The sentences of every `Reason("code", "sentence", …)` in the source."""
    calls = (
        node
        for path in python_files(SOURCE)
        if "Reason(" in path.read_text(encoding="utf-8")
        for node in ast.walk(tree(path))
    )
    return {
        str(node.args[1].value)
        for node in calls
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Reason"
        and len(node.args) > 1
        and isinstance(node.args[1], ast.Constant)
    }


@pytest.mark.long
def test_every_reason_is_translated() -> None:
    said = reasons_said()
    assert len(said) > 50
    assert sorted(said - translated()) == []


def test_every_word_of_the_rules_is_translated() -> None:
    assert sorted({words for labels in LABELS for words in labels.values()} - translated()) == []


def test_a_sentence_without_translation_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('{% load i18n %}{% translate "kalimat yang belum ada" %}', encoding="utf-8")
    assert set(marked(page)) - translated() == {"kalimat yang belum ada"}


def test_places_are_kept() -> None:
    lost = [
        (entry.msgid, text)
        for entry in CATALOGUE
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if text and sorted(PLACES.findall(text)) != sorted(PLACES.findall(entry.msgid))
    ]
    assert lost == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = polib.mofile(str(WEB / "locale" / "en" / "LC_MESSAGES" / "django.mo"))
    assert {(entry.msgid, entry.msgstr) for entry in compiled} == {(entry.msgid, entry.msgstr) for entry in CATALOGUE}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("id", "kunjungan 24/10/2025 oleh sari: tidak ada orang"),
        ("en", "visit on 24/10/2025 by sari: nobody there"),
    ],
)
def test_a_reason_reads_in_both_languages(language: str, sentence: str) -> None:
    values = {"on": "24/10/2025", "officer": "sari", "finding": "tidak ada orang"}
    reason = Reason("visit_found", "kunjungan {on} oleh {officer}: {finding}", values)
    with override(language):
        assert say(reason) == sentence
        assert say_stored(reason.as_json()) == sentence


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (
            Refusal(
                7, "NIK Koperasi", "12", Reason("not_in_round", "NIK ini tidak ada dalam edisi putaran"), "periksa"
            ),
            "row 7, column “NIK Koperasi”, value “12”: this NIK is not in the round's edition; periksa.",
        ),
        (Refusal(None, "", "", Reason("x", "belum ada kunjungan"), "kunjungi"), "no visit yet; kunjungi."),
    ],
    ids=["a cell", "a file"],
)
def test_a_refusal_in_english(refusal: Refusal, sentence: str) -> None:
    with override("en"):
        assert say_refusal(refusal) == sentence


def test_a_value_without_words_stays_empty() -> None:
    with override("en"):
        assert say(Reason("held", "ditahan: {why}", {"why": ""})) == "held: "


def test_codes_and_groups_in_english() -> None:
    with override("en"):
        assert code_words(Code.OTHER_OCCUPANT) == "address found, cooperative unknown there"
        assert group_words(Group.NOT_LOCATED) == "not located, state unknown"

"""What boards type, read: days, numbers, telephones in any hand; a fault names its field and says the mend."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.selfreport.rules.answers import clean_text, is_begun, read_step
from telusur.selfreport.rules.fields import KIND_STEPS, STEPS, Form, Step, fields_of
from telusur.selfreport.rules.report import Progress, check_report, progress_of, unproven
from tests.rules.selfreport.told import FILES, GOOD, ON, texts, told


@pytest.mark.parametrize(
    ("step", "field", "text", "value"),
    [
        (Step.MEMBERS, "counted_on", "2025-09-30", date(2025, 9, 30)),
        (Step.MEMBERS, "counted_on", "30/9/2025", date(2025, 9, 30)),
        (Step.MEMBERS, "counted_on", "30-09-2025", date(2025, 9, 30)),
        (Step.MEMBERS, "member_count", "1.204", 1204),
        (Step.MEMBERS, "member_count", "1 204", 1204),
        (Step.MEMBERS, "member_count", "0", 0),
        (Step.PIN, "lat", "-1,25", -1.25),
        (Step.MEETING, "for_book_year", "2024", 2024),
        (Step.AUTHORITY, "reporter_phone", "+62 812-3456-7890", "+62 812-3456-7890"),
        (Step.BOARD, "until_on", "2027-12-31", date(2027, 12, 31)),
    ],
)
def test_read_in_any_hand(step: Step, field: str, text: str, value: object) -> None:
    assert read_step(step, {**GOOD[step.value], field: text}, ON).values[field] == value


@pytest.mark.parametrize(
    ("step", "field", "text", "code"),
    [
        (Step.MEMBERS, "counted_on", "31/02/2025", "report_day_unreadable"),
        (Step.MEMBERS, "counted_on", "kemarin", "report_day_unreadable"),
        (Step.MEMBERS, "counted_on", "2025-11-25", "report_day_ahead"),
        (Step.MEETING, "next_on", "2025-11-23", "report_day_gone"),
        (Step.MEETING, "next_on", "2055-01-01", "report_day_far"),
        (Step.MEMBERS, "member_count", "-3", "report_count_unreadable"),
        (Step.MEMBERS, "member_count", "12,5", "report_count_unreadable"),
        (Step.MEMBERS, "member_count", "9999999", "report_count_unreadable"),
        (Step.MEMBERS, "member_count", "", "report_field_missing"),
        (Step.PIN, "lat", "116,85", "report_point_unreadable"),
        (Step.PIN, "lat", "nan", "report_point_unreadable"),
        (Step.PIN, "lat", "inf", "report_point_unreadable"),
        (Step.PIN, "lat", "", "report_point_half"),
        (Step.MEETING, "for_book_year", "2026", "report_year_unreadable"),
        (Step.MEETING, "held_on", "2024-12-31", "report_meeting_early"),
        (Step.MEETING, "quorum_count", "121", "report_quorum_above"),
        (Step.MEETING, "digital", "mungkin", "report_choice_unknown"),
        (Step.STATE, "says", "dead", "report_choice_unknown"),
        (Step.AUTHORITY, "reporter_phone", "telepon saya", "report_phone_unreadable"),
    ],
)
def test_a_fault_names_its_field(step: Step, field: str, text: str, code: str) -> None:
    faults = read_step(step, {**GOOD[step.value], field: text}, ON).faults
    assert [(fault.field, fault.reason.code) for fault in faults] == [(field, code)]
    assert "{" not in faults[0].reason.sentence()


@pytest.mark.parametrize(
    ("text", "lines", "kept"),
    [
        ("  a \t b ", False, "a b"),
        ("a\0b\x1b[31m\u202ec", False, "ab[31mc"),
        ("satu\r\n  dua \rtiga", True, "satu\ndua\ntiga"),
        ("satu\ndua", False, "satu dua"),
        ("KTP 6471011203800001 saya", False, "KTP 6471********0001 saya"),
        ("x" * 90, False, "x" * 50),
    ],
    ids=["spaces", "control", "lines", "one line", "citizen", "long"],
)
def test_texts_are_kept_clean(text: str, lines: bool, kept: str) -> None:
    assert clean_text(text, 50, lines=lines) == kept


@given(st.sampled_from(list(Step)), st.data())
def test_whatever_is_typed_is_read_or_named(step: Step, data: st.DataObject) -> None:
    given_texts = {
        field.name: clean_text(data.draw(st.text(max_size=40)), field.most, lines=True) for field in fields_of(step)
    }
    found = read_step(step, given_texts, ON)
    named = {field.name for field in fields_of(step)}
    assert {fault.field for fault in found.faults} | set(found.values) <= named
    assert bool(found.values or found.faults) is is_begun(step, given_texts)


def test_every_step_belongs_to_a_form_and_has_questions() -> None:
    assert {step for steps in KIND_STEPS.values() for step in steps} == set(Step) == set(STEPS)
    for asked in STEPS.values():
        names = [field.name for field in asked.fields]
        assert names and len(set(names)) == len(names)


def test_a_good_report_can_be_sent_and_is_proven() -> None:
    assert check_report(Form.REPORT, texts(), ON) == ()
    assert unproven(told()) == ()
    assert progress_of(Step.PIN, {}, ON) is Progress.EMPTY
    assert progress_of(Step.PIN, {"lat": "1"}, ON) is Progress.FAULTY
    assert progress_of(Step.PIN, GOOD["pin"], ON) is Progress.DONE


NAMED = {"reporter_name": "A", "reporter_phone": "0800 000 000"}


@pytest.mark.parametrize(
    ("changed", "has_code", "lacks"),
    [
        ({"state": {}}, False, [("state", "report_step_missing")]),
        ({"address": {}}, False, [("address", "report_step_missing")]),
        ({"board": {}, "members": {}, "business": {}, "meeting": {}, "pin": {}}, False, []),
        ({"pin": {"lat": "5"}}, False, [("pin", "report_point_half")]),
        ({"authority": NAMED}, False, [("authority", "report_authority_missing")]),
        ({"authority": NAMED}, True, []),
        ({"authority": {**NAMED, "deed_number": "1"}}, False, [("authority", "report_authority_missing")]),
    ],
    ids=["no state", "no address", "only the least", "half a point", "nobody", "a code", "deed alone"],
)
def test_what_keeps_a_report(changed: dict[str, dict[str, str]], has_code: bool, lacks: list[tuple[str, str]]) -> None:
    found = check_report(Form.REPORT, texts(**changed), ON, has_code=has_code)
    assert [(step.value, reason.code) for step, reason in found] == lacks


def test_anybody_may_object() -> None:
    said = {"grounds": {"relation": "member", "grounds": "koperasi kami masih buka"}, "authority": NAMED}
    assert check_report(Form.OBJECTION, said, ON) == ()
    assert [step for step, _ in check_report(Form.OBJECTION, {"authority": NAMED}, ON)] == [Step.GROUNDS]


@pytest.mark.parametrize(
    ("kept", "changed", "codes"),
    [
        (0, {}, ["report_business_unproven", "report_meeting_unproven", "report_premises_unproven"]),
        (3, {"business": {}}, ["report_no_business"]),
        (3, {"state": {"says": "dissolving", "relation": "chair"}}, []),
    ],
    ids=["no files", "no business", "dissolving"],
)
def test_what_stays_unproven_is_said_beforehand(
    kept: int, changed: dict[str, dict[str, str]], codes: list[str]
) -> None:
    assert [reason.code for reason in unproven(told(FILES[:kept], **changed))] == codes

"""Reports as boards would write them, for the rules' tests: texts by step, with everything that a good report has."""

from __future__ import annotations

from datetime import date

from telusur.selfreport.rules.fields import Form, Proof
from telusur.selfreport.rules.report import AttachedFile, Told, read_report

ON = date(2025, 11, 24)
SHA = "ab" * 32
GOOD: dict[str, dict[str, str]] = {
    "state": {"says": "alive", "relation": "chair", "note": ""},
    "authority": {
        "deed_number": "012/BH/XX.1/2009",
        "decree_number": "SK-3/2024",
        "reporter_name": "Ketua Rekaan",
        "reporter_phone": "0800 0000 0077",
    },
    "address": {"address": "Jl. Kenari Rekaan 77", "kelurahan_code": "99.01.01.1001", "hours": "Senin pagi"},
    "pin": {"lat": "-1,25", "lon": "116.85"},
    "board": {"position_count": "5", "until_on": "2027-12-31", "chair_name": "Ketua Rekaan"},
    "members": {"member_count": "1.204", "counted_on": "30/09/2025"},
    "business": {"what": "toko sembako", "business_on": "2025-11-20"},
    "meeting": {
        "for_book_year": "2024",
        "held_on": "2025-03-12",
        "meeting_member_count": "120",
        "quorum_count": "80",
        "digital": "no",
        "next_on": "2026-03-20",
    },
}
FILES = tuple(AttachedFile(purpose, SHA, "pdf") for purpose in (Proof.MINUTES, Proof.LEDGER, Proof.PREMISES))


def texts(**changed: dict[str, str]) -> dict[str, dict[str, str]]:
    """A good report with some steps written otherwise; a step set to {} was passed over."""
    return {**{step: dict(given) for step, given in GOOD.items()}, **changed}


def told(files: tuple[AttachedFile, ...] = FILES, form: Form = Form.REPORT, **changed: dict[str, str]) -> Told:
    """The report as read."""
    return read_report(form, texts(**changed), files, ON)

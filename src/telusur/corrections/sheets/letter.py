"""The letter to the ministry that goes with a change sheet: what is asked, why, and the changes as an annex. PDF by Typst.

In: a change sheet, the office's name. Out: a tagged PDF; every text goes in as data, never as markup. The same sheet gives
the same bytes.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from telusur.corrections.models import ChangeSheet
from telusur.corrections.rules.columns import COLUMN_LABELS, Column
from telusur.corrections.sheets.words import paper_lines
from telusur.paper.setting import set_pdf
from telusur.people.models import Account
from telusur.words.months import long_day

__all__ = ["letter_pdf"]

_PAGE = Path(__file__).with_name("letter.typ")


def letter_pdf(sheet: ChangeSheet, office: str, contact: str = "") -> bytes:
    """The letter of a sheet. office, contact: who writes. Raises ValueError without fonts."""
    lines = paper_lines(sheet)
    counts = Counter(line.column for line in lines)
    names = dict(Account.objects.values_list("username", "full_name"))
    people = {word.said_by for line in lines for word in line.change.words.all() if word.say == "approved"}
    data = {
        "office": office,
        "contact": contact,
        "number": sheet.number,
        "day": long_day(sheet.dated_on),
        "addressee": sheet.addressee,
        "scope": sheet.edition.scope,
        "edition": long_day(sheet.edition.as_of_on),
        "cooperatives": str(len({line.change.cooperative_id for line in lines})),
        "changes": str(len(lines)),
        "repeats": str(sum(line.change.repeats_count > 0 for line in lines)),
        "hash": sheet.content_hash,
        "approved": sorted(names.get(person, person) for person in people),
        "counts": [
            {"label": COLUMN_LABELS[column], "count": str(counts[column])} for column in Column if counts[column]
        ],
        "lines": [
            {
                "number": str(number),
                "nik": line.nik_koperasi,
                "name": line.entry.name,
                "label": COLUMN_LABELS[line.column],
                "before": line.change.before,
                "after": line.change.after,
                "why": f"{line.change.reason.sentence()} ({line.source}, {line.change.valid_on:%d/%m/%Y})",
                "evidence": line.evidence,
                "sent": str(line.change.repeats_count or ""),
            }
            for number, line in enumerate(lines, start=1)
        ],
    }
    return set_pdf(_PAGE, data, at=sheet.made_at, standard="a-2a")

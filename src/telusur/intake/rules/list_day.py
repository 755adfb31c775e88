"""Of which day a list may be: one that has come. Editions are ordered by it, so a day of tomorrow would outrank every list
that comes until then.

Pure. In: the stated day and today. Out: a Refusal, or None; every door asks it.
"""

from __future__ import annotations

from datetime import date

from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["refuse_day"]


def refuse_day(as_of_on: date, today: date) -> Refusal | None:
    """Why no list can be as of this day; None where it can."""
    if as_of_on <= today:
        return None
    reason = Reason(
        "list_day_in_future",
        "daftar tidak dapat menyatakan keadaan {as_of}, hari yang belum tiba",
        {"as_of": f"{as_of_on:%d/%m/%Y}"},
    )
    mend = "isi hari ketika daftar itu diambil dari register nasional, paling lambat hari ini"
    return Refusal(None, "", as_of_on.isoformat(), reason, mend)

"""Changes as the pages of corrections show them: one frozen line each, in the reader's language.

In: views of changes, who reads. Out: lines and the picture's rows; nothing here decides.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, gettext_noop

from telusur.corrections.queries import ChangeView
from telusur.corrections.rules.approval import STATE_LABELS, ChangeState
from telusur.corrections.rules.columns import COLUMN_LABELS, Column
from telusur.corrections.rules.fate import FATE_LABELS, Fate
from telusur.corrections.rules.rates import ColumnRate, DayRate, Followed, age_days, rate_by_column, rate_by_days
from telusur.corrections.sheets.words import VOICE_LABELS
from telusur.register.rules import Voice
from telusur.rounds.rules.visit import EVIDENCE_LABELS
from telusur.web.pictures.fates import FateBar, draw_fates
from telusur.web.words import say

__all__ = ["Balance", "ChangeLine", "ColumnChip", "Fates", "column_chips", "evidence_words", "fates_of", "line_of"]

# The order of the picture: what came of it, what did not, what is not known yet. A table's heads are short.
_HEADS: Mapping[Fate, str] = {
    Fate.LANDED: gettext_noop("sudah masuk"),
    Fate.LANDED_DIFFERENTLY: gettext_noop("lain"),
    Fate.REVERTED: gettext_noop("kembali"),
    Fate.IGNORED: gettext_noop("belum"),
    Fate.VANISHED: gettext_noop("hilang"),
    Fate.WAITING: gettext_noop("menunggu"),
}
_EVIDENCE = {kind.value: words for kind, words in EVIDENCE_LABELS.items()}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change on a page. is_mine: the reader has approved it already. days: since it was sent."""

    number: int
    ident: uuid.UUID
    name: str
    nik_koperasi: str
    column: str
    label: str
    before: str
    after: str
    why: str
    source: str
    valid_on: date
    evidence: str
    state: ChangeState
    state_words: str
    approvers: tuple[str, ...]
    is_mine: bool
    sent_before: int
    sheet: str
    sheet_id: int | None
    sent_on: date | None
    fate: Fate | None
    fate_words: str
    shown: str
    landed_on: date | None
    days: int | None

    @property
    def waits(self) -> bool:
        """Whether somebody has yet to approve."""
        return self.state in (ChangeState.PROPOSED, ChangeState.ONCE)

    @property
    def takes_off(self) -> bool:
        """Whether the whole row is to leave the list."""
        return self.column == Column.ROW


def evidence_words(evidence: Iterable[dict[str, object]]) -> str:
    """The papers seen, in the reader's language."""
    kinds = (str(item.get("kind", "")) for item in evidence)
    return ", ".join(dict.fromkeys(gettext(_EVIDENCE[kind]) if kind in _EVIDENCE else kind for kind in kinds))


def line_of(view: ChangeView, reader: str, today: date) -> ChangeLine:
    """A view in words."""
    change, row = view.change, view.fate_row
    end = row.landed_on if row is not None and view.fate is Fate.LANDED and row.landed_on else today
    return ChangeLine(
        number=change.pk,
        ident=change.cooperative_id,
        name=change.entry.name,
        nik_koperasi=change.cooperative.nik_koperasi or "",
        column=change.column,
        label=gettext(COLUMN_LABELS[Column(change.column)]),
        before=change.before,
        after=change.after,
        why=say(change.reason),
        source=gettext(VOICE_LABELS[Voice(change.voice)]),
        valid_on=change.valid_on,
        evidence=evidence_words(change.evidence),
        state=view.state,
        state_words=gettext(STATE_LABELS[view.state]),
        approvers=view.approvers,
        is_mine=reader in view.approvers,
        sent_before=change.repeats_count,
        sheet=view.sheet.number if view.sheet else "",
        sheet_id=view.sheet.pk if view.sheet else None,
        sent_on=view.sent_on,
        fate=view.fate,
        fate_words=gettext(FATE_LABELS[view.fate]) if view.fate else "",
        shown=row.shown if row else "",
        landed_on=row.landed_on if row else None,
        days=max((end - view.sent_on).days, 0) if view.sent_on else None,
    )


@dataclass(frozen=True, slots=True)
class ColumnChip:
    """A column of the registry with how many changes of a list speak of it: a filter."""

    column: str
    label: str
    count: int
    is_here: bool


def column_chips(views: Iterable[ChangeView], chosen: str) -> list[ColumnChip]:
    """The columns of a list, in the registry's order."""
    counts = Counter(view.change.column for view in views)
    return [
        ColumnChip(column.value, gettext(COLUMN_LABELS[column]), counts[column], column == chosen)
        for column in Column
        if counts[column]
    ]


@dataclass(frozen=True, slots=True)
class FateLine:
    """A column's corrections by fate, with words. percent: landed of the answered, as text, "" without any."""

    label: str
    rate: ColumnRate
    cells: tuple[tuple[Fate, int], ...]
    percent: str
    bar: FateBar


@dataclass(frozen=True, slots=True)
class Fates:
    """How corrections fare: by column, by days, and how long the oldest that has not landed has waited."""

    lines: tuple[FateLine, ...]
    whole: FateLine | None
    heads: tuple[tuple[Fate, str, str], ...]
    by_days: tuple[tuple[DayRate, str], ...]
    oldest_days: int | None
    repeated: int


@dataclass(frozen=True, slots=True)
class Balance:
    """The same in one line, for the head: sent, answered, landed, and the share of the answered."""

    sent: int
    answered: int
    landed: int
    percent: str


def _percent(share: float | None) -> str:
    return f"{100 * share:.0f}" if share is not None else ""


def fates_of(followed: Sequence[Followed], on: date) -> Fates:
    """The rates in words, with the picture's bars."""
    rates = rate_by_column(followed)
    bars = draw_fates(rates)
    lines = tuple(
        FateLine(
            gettext(COLUMN_LABELS[rate.column]) if rate.column else gettext("Semua"),
            rate,
            tuple((kind, rate.counts.get(kind, 0)) for kind in _HEADS),
            _percent(rate.share),
            bar,
        )
        for rate, bar in zip(rates, bars, strict=True)
    )
    waiting = [age_days(each, on) for each in followed if each.fate is not Fate.LANDED]
    return Fates(
        lines=lines[:-1],
        whole=lines[-1] if lines else None,
        heads=tuple((kind, gettext(short), gettext(FATE_LABELS[kind])) for kind, short in _HEADS.items()),
        by_days=tuple((rate, _percent(rate.share)) for rate in rate_by_days(followed) if rate.base),
        oldest_days=max(waiting, default=None),
        repeated=sum(each.sendings_count > 1 for each in followed),
    )

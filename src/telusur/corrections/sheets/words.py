"""Words and lines that the sheet and the letter share. Paper is Indonesian.

In: a change sheet. Out: one `PaperLine` a change, in the sheet's order. No officer, board or witness is named on paper: only
who approved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telusur.corrections.models import Change, ChangeSheet
from telusur.corrections.rules.columns import Column
from telusur.people.models import Account
from telusur.register.models import Entry
from telusur.register.rules import Voice
from telusur.rounds.rules.visit import EVIDENCE_LABELS

__all__ = ["ADDRESSEE", "VOICE_LABELS", "PaperLine", "evidence_words", "paper_lines"]

ADDRESSEE = "Menteri Koperasi Republik Indonesia, u.p. pengelola Online Data System"
VOICE_LABELS: Mapping[Voice, str] = {
    Voice.REGISTRY: "register nasional",
    Voice.VISIT: "kunjungan petugas",
    Voice.BOARD: "laporan pengurus, diterima kantor",
    Voice.OFFICE: "kantor",
    Voice.DECREE: "surat keputusan",
}
_EVIDENCE = {kind.value: words for kind, words in EVIDENCE_LABELS.items()}


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One change as paper says it. entry: the row of the sheet's edition."""

    change: Change
    entry: Entry
    nik_koperasi: str
    source: str
    evidence: str
    approved_by: str

    @property
    def column(self) -> Column:
        """The column that changes."""
        return Column(self.change.column)


def evidence_words(evidence: Sequence[Mapping[str, object]]) -> str:
    """The papers seen, with the beginning of a kept one's hash."""
    words = []
    for item in evidence:
        kind = str(item.get("kind", ""))
        digest = str(item.get("sha256") or "")
        words.append(_EVIDENCE.get(kind, kind) + (f" (SHA-256 {digest[:16]}…)" if digest else ""))
    return ", ".join(dict.fromkeys(words))


def paper_lines(sheet: ChangeSheet) -> list[PaperLine]:
    """The lines of a sheet in its order, each with its row in the sheet's edition."""
    lines = list(sheet.lines.select_related("change__cooperative", "change__entry").prefetch_related("change__words"))
    rows = {
        entry.cooperative_id: entry
        for start in range(0, len(lines), 400)
        for entry in Entry.objects.filter(
            edition_id=sheet.edition_id,
            cooperative__in=[line.change.cooperative_id for line in lines[start : start + 400]],
        )
    }
    names = dict(Account.objects.values_list("username", "full_name"))
    found = []
    for line in lines:
        change = line.change
        people = [word.said_by for word in change.words.all() if word.say == "approved"]
        found.append(
            PaperLine(
                change,
                rows.get(change.cooperative_id, change.entry),
                change.cooperative.nik_koperasi or "",
                VOICE_LABELS[Voice(change.voice)],
                evidence_words(change.evidence),
                ", ".join(names.get(person, person) for person in people),
            )
        )
    return found

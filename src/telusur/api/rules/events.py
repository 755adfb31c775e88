"""Which deeds of the journal the outside is told of, and what it is told: ids and links, nothing of promise 7.

Pure. In: a line of the journal. Out: an event's kind, or nothing. The journal line stands in its deed's own transaction, so
that no event can be lost, and its number makes each event exactly one.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

__all__ = ["DEEDS", "EVENT_WORDS", "EventKind", "kind_of"]


class EventKind(StrEnum):
    """What a webhook can be told of."""

    EDITION_IMPORTED = "edition.imported"
    VERDICT_CHANGED = "verdict.changed"
    NOTICE_PUBLISHED = "notice.published"
    NOTICE_RETRACTED = "notice.retracted"
    REPORT_RECEIVED = "report.received"
    CORRECTION_LANDED = "correction.landed"
    PING = "endpoint.ping"


EVENT_WORDS: dict[EventKind, str] = {
    EventKind.EDITION_IMPORTED: "edisi baru diimpor",
    EventKind.VERDICT_CHANGED: "temuan penelusuran berubah",
    EventKind.NOTICE_PUBLISHED: "pengumuman dipasang",
    EventKind.NOTICE_RETRACTED: "pengumuman dicabut",
    EventKind.REPORT_RECEIVED: "laporan pengurus masuk",
    EventKind.CORRECTION_LANDED: "usulan sudah tampak di register nasional",
    EventKind.PING: "uji coba dari kantor",
}
# The journal's deed, and what the outside hears of it.
DEEDS: dict[str, EventKind] = {
    "edition.imported": EventKind.EDITION_IMPORTED,
    "round.derived": EventKind.VERDICT_CHANGED,
    "notice.published": EventKind.NOTICE_PUBLISHED,
    "notice.retracted": EventKind.NOTICE_RETRACTED,
    "report.submitted": EventKind.REPORT_RECEIVED,
    "corrections.followed": EventKind.CORRECTION_LANDED,
}


def kind_of(deed: str, after: Mapping[str, object]) -> EventKind | None:
    """The event of a deed; None where the outside is not told of it."""
    kind = DEEDS.get(deed)
    if kind is EventKind.CORRECTION_LANDED:
        fates = after.get("fates")
        return kind if isinstance(fates, Mapping) and fates.get("landed") else None
    return kind

"""The public list of notices: its rows, and the same rows as CSV, JSON, Atom and a calendar.

In: a day. Out: what `rules/public.py` lets through, in one order, the same bytes for the same rows. The standing is said in
the careful words of the public look-up, from the newest derivation of the round.
"""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import NamedTuple
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

import orjson

from telusur.laws.queries import current_law
from telusur.notices.models import Notice
from telusur.notices.queries import calendar, case_files
from telusur.notices.rules.clock import clock_of
from telusur.notices.rules.content import about_of, blocks_of
from telusur.notices.rules.letters import Phase
from telusur.notices.rules.public import NOTICE_WORDS, PublicNotice, state_of, turned_on
from telusur.notices.rules.stages import STAGE_LABELS, EventKind, Stage
from telusur.rounds.models import Derivation, RowDisposition
from telusur.rounds.queries import current_round, latest_derivation
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.public import LEAST_DAYS, PUBLIC_WORDS, days_looked, public_finding
from telusur.words.reason import Reason
from telusur.words.sheet_cell import inert

__all__ = [
    "COLUMNS",
    "CheckedLetter",
    "as_atom",
    "as_calendar",
    "as_csv",
    "as_json",
    "checked_letter",
    "public_list",
    "public_of",
    "standings",
]

COLUMNS = (
    "nomor", "jenis", "nama", "nik_koperasi", "badan_hukum", "kelurahan", "kecamatan", "kedudukan", "diumumkan_pada",
    "batas_waktu", "keadaan", "keadaan_sejak", "cara_menjawab", "alamat_laman",
)  # fmt: skip


class CheckedLetter(NamedTuple):
    """What whoever holds a letter may check of it. row, text: of one that was put up; None and empty for any other."""

    number: str
    kind: str
    signed_on: date
    name: str
    kelurahan: str
    phase: Phase
    mark: str
    row: PublicNotice | None
    text: Sequence[tuple[str, str]]
    cooperative_id: uuid.UUID


# What a spreadsheet takes for the beginning of a formula.


def standings(cooperatives: Collection[uuid.UUID], known_at: datetime | None = None) -> dict[uuid.UUID, str]:
    """What the public look-up says of each cooperative; absent where no round has derived it, by `known_at` if given."""
    round_ = current_round()
    derivation = latest_derivation(round_) if round_ else None
    if derivation is not None and known_at is not None and derivation.derived_at > known_at:
        earlier = Derivation.objects.filter(round=round_, derived_at__lte=known_at)
        derivation = earlier.order_by("-on", "-id").first()
    if derivation is None:
        return {}
    least = current_law(derivation.on).value(LEAST_DAYS)
    found = RowDisposition.objects.filter(derivation=derivation, cooperative_id__in=cooperatives)
    return {
        row.cooperative_id: PUBLIC_WORDS[public_finding(Code(row.code), days_looked(row.reasons), least)]
        for row in found
    }


def public_list(on: date, known_at: datetime | None = None) -> list[PublicNotice]:
    """Every notice that was ever put up, newest first; of what was written down by `known_at`, where it is given.

    One that was taken back stays, and says so: who read the notice must be able to read that.
    """
    put_up = Notice.objects.filter(events__kind=EventKind.PUBLISHED.value, given__isnull=False)
    ordered = put_up.distinct().order_by("-given__given_on", "-given__serial_number", "-id")
    return _rows(list(ordered.select_related("case", "given")), on, known_at)


def public_of(cooperative: uuid.UUID, on: date) -> list[tuple[PublicNotice, tuple[Reason, ...]]]:
    """The notices of one cooperative that the public may read, newest first, each with the working of its last day."""
    put_up = Notice.objects.filter(
        events__kind=EventKind.PUBLISHED.value, given__isnull=False, case__cooperative=cooperative
    )
    notices = list(put_up.distinct().order_by("-given__given_on", "-id").select_related("case", "given"))
    files, law, holidays = (
        case_files({each.case_id: each.case for each in notices}.values()),
        current_law(on),
        calendar(),
    )
    found = []
    for notice, row in zip(notices, _rows(notices, on), strict=True):
        letter = next(each for each in files[notice.case_id].letters if each.id == notice.pk)
        clock = clock_of(letter, law, holidays, on) if row.due_on else None
        found.append((row, clock.deadline.working if clock else ()))
    return found


def checked_letter(token: str, on: date) -> CheckedLetter | None:
    """What the page behind a letter's QR says; None where no signed letter bears that token."""
    notice = Notice.objects.filter(token=token, given__isnull=False).select_related("case", "given").first()
    if notice is None:
        return None
    rows = _rows([notice], on)
    letter = next(each for each in case_files([notice.case])[notice.case_id].letters if each.id == notice.pk)
    about = about_of(notice.content)
    return CheckedLetter(
        notice.given.number,
        notice.stage,
        notice.given.given_on,
        about.name,
        about.kelurahan,
        letter.phase,
        notice.content_sha256[:16],
        rows[0] if rows else None,
        [(kind, text) for kind, text in blocks_of(notice.content)] if rows else [],
        notice.case.cooperative_id,
    )


def _rows(notices: Sequence[Notice], on: date, known_at: datetime | None = None) -> list[PublicNotice]:
    files = case_files({notice.case_id: notice.case for notice in notices}.values(), known_at)
    known = standings({notice.case.cooperative_id for notice in notices}, known_at)
    law, holidays = current_law(on, known_at), calendar()
    found = []
    for notice in notices:
        file, about = files[notice.case_id], about_of(notice.content)
        letter = next((each for each in file.letters if each.id == notice.pk), None)
        put_up = letter.publications() if letter is not None else ()
        if letter is None or not put_up:
            continue
        clock = clock_of(letter, law, holidays, on)
        state = state_of(file, letter, clock)
        found.append(
            PublicNotice(
                notice.given.number,
                notice.stage,
                about.name,
                about.nik_koperasi,
                about.legal_number,
                about.kelurahan,
                about.kecamatan,
                known.get(notice.case.cooperative_id, ""),
                min(step.on for step in put_up),
                clock.due_on if clock is not None and state.has_deadline else None,
                state,
                turned_on(letter, state),
                str(notice.content.get("how_to_answer", "")),
                notice.token,
            )
        )
    return found


def _cells(row: PublicNotice, address: str) -> tuple[str, ...]:
    return (
        row.number,
        STAGE_LABELS[Stage(row.kind)],
        row.name,
        row.nik_koperasi,
        row.legal_number,
        row.kelurahan,
        row.kecamatan,
        row.standing,
        row.published_on.isoformat(),
        row.due_on.isoformat() if row.due_on else "",
        NOTICE_WORDS[row.state],
        row.turned_on.isoformat() if row.turned_on else "",
        row.how_to_answer,
        f"{address}pengumuman/{row.token}/",
    )


def as_csv(rows: Sequence[PublicNotice], address: str) -> str:
    """The list as CSV with a mark of its encoding, lines ending as RFC 4180 asks."""
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(COLUMNS)
    writer.writerows([inert(cell) for cell in _cells(row, address)] for row in rows)
    return "\ufeff" + held.getvalue()


def as_json(rows: Sequence[PublicNotice], address: str, on: date) -> bytes:
    """The list as one document: {on, count, notices: [{column: text, state}]}; an empty text is a null."""
    notices = [
        {name: cell or None for name, cell in zip(COLUMNS, _cells(row, address), strict=True)}
        | {"state": row.state.value}
        for row in rows
    ]
    document = {"on": on, "count": len(notices), "notices": notices}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)


def _instant(on: date) -> str:
    return datetime.combine(on, time(0), ZoneInfo("UTC")).isoformat().replace("+00:00", "Z")


def as_atom(rows: Sequence[PublicNotice], address: str, office: str) -> str:
    """The list as a feed (RFC 4287). A notice that is taken back changes its instant, so that readers show it anew."""
    newest = max((row.turned_on or row.published_on for row in rows), default=date(2024, 1, 1))
    page = f"{address}pengumuman/"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id">',
        f"<title>{escape(f'Pengumuman {office}')}</title>",
        f'<link href="{escape(page)}"/>',
        f"<id>{escape(page)}</id>",
        f"<updated>{_instant(newest)}</updated>",
        f"<author><name>{escape(office)}</name></author>",
    ]
    for row in rows:
        link = f"{page}{row.token}/"
        says = f"{row.number} · {row.kelurahan or '-'} · {NOTICE_WORDS[row.state]}"
        if row.due_on:
            says += f" · batas {row.due_on:%d/%m/%Y}"
        lines += [
            "<entry>",
            f"<title>{escape(f'{row.name}: {NOTICE_WORDS[row.state]}')}</title>",
            f'<link href="{escape(link)}"/>',
            f"<id>{escape(link)}</id>",
            f"<published>{_instant(row.published_on)}</published>",
            f"<updated>{_instant(row.turned_on or row.published_on)}</updated>",
            f"<summary>{escape(says)}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _calendar_text(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> str:
    """A line of at most 75 octets, continued with a blank (RFC 5545)."""
    parts, held = [], b""
    for sign in line:
        octets = sign.encode()
        if len(held) + len(octets) > 73:
            parts.append(held.decode())
            held = b""
        held += octets
    return "\r\n ".join([*parts, held.decode()])


def as_calendar(rows: Sequence[PublicNotice], address: str, office: str) -> str:
    """The last days of the notices that run, as a calendar (RFC 5545): one day each."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Telusur//pengumuman//ID", "CALSCALE:GREGORIAN"]
    for row in rows:
        if row.due_on is None:
            continue
        lines += [
            "BEGIN:VEVENT",
            f"UID:{row.token}@telusur",
            f"DTSTAMP:{row.published_on:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{row.due_on:%Y%m%d}",
            f"SUMMARY:{_calendar_text(f'Batas waktu: {row.name}')}",
            f"DESCRIPTION:{_calendar_text(f'{row.number} · {row.kelurahan} · {office}')}",
            f"URL:{address}pengumuman/{row.token}/",
            "END:VEVENT",
        ]
    return "\r\n".join(map(_folded, [*lines, "END:VCALENDAR", ""]))

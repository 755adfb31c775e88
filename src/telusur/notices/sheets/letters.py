"""Letters as PDF/A: one letter, many in one file, or one file for each kelurahan.

In: stored letters. Out: bytes of a tagged PDF/A-2, the same bytes for the same letters. Every text goes in as data, never as
markup. What is put up in public bears no address and no answer code: whoever reads a board must not answer as the board.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from telusur.notices.models import Notice, NoticeEvent
from telusur.notices.queries import answer_code
from telusur.notices.rules.content import about_of, blocks_of
from telusur.notices.rules.stages import STAGE_LABELS, STAGE_RULES, EventKind, Stage
from telusur.paper.setting import noon, qr_svg, set_pdf
from telusur.people.models import Account
from telusur.people.rules import ROLE_NAMES, Role
from telusur.words.months import long_day

__all__ = ["by_kelurahan", "file_name", "letters_by_kelurahan", "letters_pdf"]

_PAGE = Path(__file__).with_name("letter.typ")
# A letter that nobody has dated yet still needs a stamp that is the same in every run.
_EPOCH = date(2024, 1, 1)
# What SQLite takes in one IN list, with room to spare.
_PART = 400


def _role_words(role: str) -> str:
    return ROLE_NAMES[Role(role)] if role in set(Role) else ""


def _signers(notice: Notice, people: Mapping[str, Account], signed: Sequence[NoticeEvent]) -> list[dict[str, str]]:
    rule = STAGE_RULES[Stage(notice.stage)]
    found = [
        {
            "role": _role_words(people[event.by].role) if event.by in people else "",
            "name": people[event.by].full_name if event.by in people else event.by,
            "on": long_day(event.on),
        }
        for event in signed
    ]
    missing = len(rule.signatures) - len(found)
    return found + [{"role": "Pejabat yang berwenang", "name": "", "on": ""} for _ in range(missing)]


def _data(
    notice: Notice, people: Mapping[str, Account], signed: Sequence[NoticeEvent], address: str
) -> dict[str, object]:
    stage, about = Stage(notice.stage), about_of(notice.content)
    given = getattr(notice, "given", None)
    is_notice = stage is Stage.PUBLIC_NOTICE
    office = notice.content.get("office")
    return {
        "stage": stage.value,
        "is_draft": given is None,
        "is_notice": is_notice,
        "number": given.number if given else "(nomor diberikan saat ditandatangani)",
        "dated": long_day(given.given_on) if given else "(tanggal tanda tangan)",
        "enclosed": "1 berkas" if stage is Stage.PROPOSAL else "-",
        "subject": str(notice.content.get("subject", "")),
        "office": office if isinstance(office, dict) else {"name": "", "contact": ""},
        "recipient": _recipient(stage, about.name, about.address, about.kelurahan, about.kecamatan),
        "blocks": [list(block) for block in blocks_of(notice.content)],
        "signers": _signers(notice, people, signed),
        "qr": qr_svg(f"{address}pengumuman/{notice.token}/"),
        "qr_words": "Baca pengumuman ini dan cara menjawabnya" if is_notice else "Periksa keaslian surat ini",
        "link": f"{address}pengumuman/{notice.token}/",
        "code": "" if is_notice or given is None or stage is Stage.PROPOSAL else answer_code(notice.token).printed,
        "mark": notice.content_sha256[:16],
        "footer": f"{about.name} · {STAGE_LABELS[stage]}",
    }


def _recipient(stage: Stage, name: str, address: str, kelurahan: str, kecamatan: str) -> list[str]:
    if stage is Stage.PROPOSAL:
        return ["Menteri Koperasi", "di Jakarta"]
    place = ", ".join(
        part for part in (kelurahan and f"Kelurahan {kelurahan}", kecamatan and f"Kecamatan {kecamatan}") if part
    )
    return [f"Pengurus {name}", *([address] if address else []), *([place] if place else [])]


def letters_pdf(notices: Sequence[Notice], address: str, title: str = "") -> bytes:
    """The letters one after another. address: the web door's ("https://…/"). Raises ValueError without fonts or letters."""
    if not notices:
        raise ValueError("tidak ada surat untuk dicetak")
    return _set(_pages([(title, notices)], address)[0])


def _pages(piles: Iterable[tuple[str, Sequence[Notice]]], address: str) -> list[dict[str, Any]]:
    """What the page is set from, for each pile of letters under its title; signatures and signers are asked for once."""
    held = list(piles)
    signed: dict[int, list[NoticeEvent]] = defaultdict(list)
    asked = [notice.pk for _, notices in held for notice in notices]
    for start in range(0, len(asked), _PART):
        part = asked[start : start + _PART]
        for event in NoticeEvent.objects.filter(notice__in=part, kind=EventKind.SIGNED.value).order_by("id"):
            signed[event.notice_id].append(event)
    names = {event.by for made in signed.values() for event in made}
    people = {account.username: account for account in Account.objects.filter(username__in=names)}
    return [_page(title, notices, people, signed, address) for title, notices in held]


def _page(
    title: str,
    notices: Sequence[Notice],
    people: Mapping[str, Account],
    signed: Mapping[int, Sequence[NoticeEvent]],
    address: str,
) -> dict[str, Any]:
    letters = [_data(notice, people, signed.get(notice.pk, ()), address) for notice in notices]
    dated = max((event.on for notice in notices for event in signed.get(notice.pk, ())), default=_EPOCH)
    return {
        "on": [dated.year, dated.month, dated.day],
        "title": title or " · ".join(dict.fromkeys(str(letter["subject"]) for letter in letters))[:200],
        "office": str(letters[0]["office"]["name"]) if isinstance(letters[0]["office"], dict) else "",
        "letters": letters,
    }


def _set(page: Mapping[str, Any]) -> bytes:
    """The file that a page's data makes. Touches no table, and lets other threads run while it sets."""
    return set_pdf(_PAGE, page, at=noon(date(*page["on"])), standard="a-2b")


def by_kelurahan(notices: Iterable[Notice]) -> dict[tuple[str, str], list[Notice]]:
    """Letters by the code and name of the kelurahan that they were written for, in their order; ("", "") where unknown."""
    groups: dict[tuple[str, str], list[Notice]] = defaultdict(list)
    for notice in notices:
        about = about_of(notice.content)
        groups[(about.kelurahan_code, about.kelurahan)].append(notice)
    return groups


def file_name(code: str, name: str) -> str:
    """What the file of a kelurahan is called."""
    words = "".join(sign if sign.isalnum() else "-" for sign in (name or "kelurahan-tidak-diketahui").lower())
    return f"surat-{code or '0'}-{words}.pdf"


def letters_by_kelurahan(
    notices: Iterable[Notice], folder: Path, address: str, told: Callable[[int, int], None] | None = None
) -> list[Path]:
    """One file for each kelurahan into `folder`, named by it. told: is told how many letters are done, of how many."""
    folder.mkdir(parents=True, exist_ok=True)
    groups = sorted(by_kelurahan(notices).items())
    total, done, paths = sum(len(group) for _, group in groups), 0, []
    pages = _pages([(f"Surat untuk Kelurahan {name or '—'}", group) for (_, name), group in groups], address)
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        for ((code, name), group), content in zip(groups, workers.map(_set, pages), strict=True):
            path = folder / file_name(code, name)
            path.write_bytes(content)
            done += len(group)
            paths.append(path)
            if told is not None:
                told(done, total)
    return paths

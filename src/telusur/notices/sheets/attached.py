"""What lies inside a dossier: photos of visits, proofs of letters, papers of a board: whole, with hash and article.

In: the facts and steps of a case, the papers that its board filed. Out: pictures to show and files to attach, written beside
the page; what is named as evidence and is not kept here (any more) is told apart, never passed over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from telusur.notices.models import NoticeEvent
from telusur.notices.proofs.store import proof_bytes, proof_kind, screen_image
from telusur.notices.rules.stages import EVENT_LABELS, EventKind
from telusur.register.models import RecordedFact
from telusur.register.rules import Voice
from telusur.rounds.rules.visit import EVIDENCE_LABELS, Evidence
from telusur.visits.photos.pictures import screen_copy
from telusur.visits.photos.store import whole_path
from telusur.words.months import long_day

__all__ = ["Attached", "Filed", "attached", "hashes_in"]

_MIMES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "pdf": "application/pdf"}
_SHA256_LENGTH = 64
_OF = {"place": "foto lokasi", "minutes": "foto notulen RAT", "document": "foto berkas"}


class Filed(NamedTuple):
    """A paper that a board sent. content: as it came, None where it is no longer kept; picture: a photo's new JPEG."""

    sha256: str
    words: str
    ending: str
    content: bytes | None
    picture: bytes | None


@dataclass(slots=True)
class Attached:
    """Rows for the page, by hash. pictures, files: name beside the page, words, articles; gone: without its bytes."""

    root: Path
    articles: Mapping[str, Sequence[str]]
    pictures: dict[str, dict[str, object]] = field(default_factory=dict)
    files: dict[str, dict[str, object]] = field(default_factory=dict)
    gone: dict[str, dict[str, object]] = field(default_factory=dict)

    def _row(self, sha256: str, words: str) -> dict[str, object]:
        return {"words": words, "sha256": sha256, "articles": list(self.articles.get(sha256, ()))}

    def keep(self, sha256: str, words: str, content: bytes | None, picture: bytes | None, ending: str = "") -> None:
        """Attach a file whole and show its picture; the first that names a hash words it. ending: "" for by content."""
        if sha256 in self.files or sha256 in self.gone:
            return
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            self.gone[sha256] = self._row(sha256, words)
            return
        kind = ending or proof_kind(content) or ("webp" if content.startswith(b"RIFF") else "pdf")
        name = f"bukti-{sha256[:16]}.{kind}"
        (self.root / name).write_bytes(content)
        self.files[sha256] = {"file": name, "mime": _MIMES[kind], **self._row(sha256, words)}
        if picture is not None:
            shown = f"foto-{sha256[:16]}.jpg"
            (self.root / shown).write_bytes(picture)
            self.pictures[sha256] = {"file": shown, **self._row(sha256, words)}


def attached(
    facts: Sequence[RecordedFact],
    events: Iterable[NoticeEvent],
    filed: Iterable[Filed],
    articles: Mapping[str, Sequence[str]],
    root: Path,
) -> Attached:
    """Every kept file of a case, once each. articles: by hash, what the file is evidence for."""
    held = Attached(root, articles)
    for fact in facts:
        if fact.voice == Voice.VISIT.value:
            for sha256, what in _photos(fact):
                held.keep(sha256, f"Kunjungan {long_day(fact.valid_on)}, {what}", _whole(sha256), _screen(sha256))
    for event in events:
        content = proof_bytes(event.proof_sha256) if event.proof_sha256 else None
        if event.proof_sha256:
            words = f"Bukti {EVENT_LABELS[EventKind(event.kind)]} {long_day(event.on)}"
            held.keep(event.proof_sha256, words, content, screen_image(content) if content else None)
    for paper in filed:
        held.keep(paper.sha256, paper.words, paper.content, paper.picture, paper.ending)
    for fact in facts:
        for sha256 in (each for item in fact.evidence for each in hashes_in(item)):
            held.keep(sha256, f"Bukti keterangan no. {fact.pk}, {long_day(fact.valid_on)}", None, None)
    return held


def hashes_in(item: Mapping[str, object]) -> list[str]:
    """The files that an entry of evidence names: `sha256` of a paper or proof, `photo` or `photos` of a visit."""
    many = item.get("photos")
    named = [item.get("sha256"), item.get("photo"), *(many if isinstance(many, list) else ())]
    return [each for each in named if isinstance(each, str) and len(each) == _SHA256_LENGTH]


def _photos(fact: RecordedFact) -> Iterator[tuple[str, str]]:
    """What a visit shows, with its words: by its evidence first, then whatever else was photographed."""
    for item in fact.evidence:
        kind = str(item.get("kind", ""))
        for sha256 in hashes_in(item):
            yield sha256, EVIDENCE_LABELS[Evidence(kind)] if kind in set(Evidence) else kind
    for photo in fact.value.get("photos") or ():
        for sha256 in hashes_in(photo):
            yield sha256, _OF.get(str(photo.get("of", "")), "foto")


def _whole(sha256: str) -> bytes | None:
    """A visit's photo as the phone sent it; None where it never came, or is gone."""
    try:
        return whole_path(sha256).read_bytes()
    except OSError:
        return None


def _screen(sha256: str) -> bytes | None:
    copy = screen_copy(sha256, "layar")
    return copy.read_bytes() if copy is not None else None

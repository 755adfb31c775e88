"""What a letter says of one cooperative: the values for the places of its text, and the letter that a signature covers.

Pure. In: what the register states, what was found, the law. Out: a JSON-ready mapping; its canonical bytes are hashed, so
that a letter in a drawer can be held against the one that was signed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import orjson

from telusur.laws.rules.law import UNIT_LABELS, Article, Certainty, Law, Unit
from telusur.notices.rules.stages import STAGE_RULES, Stage, Start, Track
from telusur.notices.rules.template import fill

__all__ = [
    "About",
    "Earlier",
    "Office",
    "articles_of",
    "basis_words",
    "digest",
    "letter_content",
    "not_found_words",
    "period_words",
]

_GROUNDS: Mapping[Track, tuple[str, ...]] = {
    Track.MEETING: ("uu25-1992.26.meeting_months",),
    Track.TRACE: ("uu25-1992.47.grounds",),
}
HOW_TO_ANSWER = "lewat laman lapor kantor, atau datang dengan akta pendirian atau berita acara RAT terakhir"

# Reads on after "Kelurahan" and "Kecamatan" in whatever text an official wrote.
UNKNOWN_AREA = "yang belum diketahui"


class About(NamedTuple):
    """What the register states of a cooperative. address: as registered; never in a text that is put up in public."""

    name: str
    nik_koperasi: str
    legal_number: str
    address: str
    kelurahan_code: str
    kelurahan: str
    kecamatan: str


class Office(NamedTuple):
    """Who writes."""

    name: str
    contact: str


class Earlier(NamedTuple):
    """The letter that this one follows; "" where there is none. book_year: whose meeting is asked for."""

    letter: str = ""
    book_year: str = ""


def articles_of(stage: Stage) -> tuple[str, ...]:
    """The ids of the articles that a kind of letter stands on: its ground, its period, and what else binds it."""
    rule = STAGE_RULES[stage]
    found = [*_GROUNDS[rule.track], *([rule.period] if rule.period else [])]
    if stage is Stage.INTENT:
        found += ["uu25-1992.47.answer_months", "uu25-1992.47.decision_months"]
    if stage is Stage.PROPOSAL:
        found += ["uu25-1992.46.government", "permenkop10-2015.minister_dissolves", "uu25-1992.49.creditors_told"]
    return tuple(found)


def period_words(stage: Stage, law: Law) -> str:
    """How long, and from when: "3 bulan sejak pengumuman ini dipasang"; "" where no period runs."""
    rule = STAGE_RULES[stage]
    if not rule.period:
        return ""
    article = law.article(rule.period)
    since = "pengumuman ini dipasang" if rule.start is Start.PUBLICATION else "surat ini diterima"
    return f"{law.value(rule.period)} {UNIT_LABELS[article.unit or Unit.DAYS]} sejak {since}"


def not_found_words(days: int) -> str:
    """The careful words for a finding that may leave the house. days: on how many somebody looked."""
    return f"belum ditemukan di alamat terdaftar pada {days} kunjungan di hari yang berbeda"


def basis_words(stage: Stage, law: Law) -> str:
    """The articles that a kind of letter stands on, as it names them."""
    return "; ".join(dict.fromkeys(_cited(law.article(ident)) for ident in articles_of(stage)))


def _cited(article: Article) -> str:
    """An article as a letter names it: one whose text nobody has read says so on the letter too."""
    doubt = " (teksnya belum diperiksa)" * (article.certainty is Certainty.UNVERIFIED)
    return f"{article.article}{doubt}"


def _values(stage: Stage, about: About, office: Office, found: str, earlier: Earlier, law: Law) -> dict[str, str]:
    return {
        "nama": about.name,
        "nik_koperasi": about.nik_koperasi or "-",
        "badan_hukum": about.legal_number or "-",
        "alamat": about.address or "-",
        "kelurahan": about.kelurahan or UNKNOWN_AREA,
        "kecamatan": about.kecamatan or UNKNOWN_AREA,
        "tenggat": period_words(stage, law),
        "dasar_hukum": basis_words(stage, law),
        "temuan": found,
        "cara_menjawab": HOW_TO_ANSWER,
        "kantor": office.name,
        "kontak": office.contact or "-",
        "tahun_buku": earlier.book_year or "-",
        "surat_sebelumnya": earlier.letter or "-",
    }


def letter_content(
    stage: Stage, text: tuple[str, str], about: About, office: Office, found: str, earlier: Earlier, law: Law
) -> dict[str, object]:
    """The letter with all values in place, JSON-ready. text: subject and body of the template."""
    subject, blocks = fill(text[0], text[1], _values(stage, about, office, found, earlier, law))
    return {
        "stage": stage.value,
        "subject": subject,
        "blocks": [[block.kind, block.text] for block in blocks],
        "about": about._asdict(),
        "office": office._asdict(),
        "found": found,
        "how_to_answer": HOW_TO_ANSWER,
        "articles": list(articles_of(stage)),
        "law": law.version,
    }


def digest(content: Mapping[str, object]) -> str:
    """SHA-256, hexadecimal, over the canonical bytes of a letter."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def about_of(content: Mapping[str, object]) -> About:
    """Whom a frozen letter is about."""
    said = content.get("about")
    values = said if isinstance(said, Mapping) else {}
    return About(*(str(values.get(name, "")) for name in About._fields))


def blocks_of(content: Mapping[str, object]) -> Sequence[tuple[str, str]]:
    """The blocks of a frozen letter's text: kind and text."""
    said = content.get("blocks")
    return [(str(kind), str(text)) for kind, text in said] if isinstance(said, list) else []

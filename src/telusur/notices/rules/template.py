"""The text of a letter: paragraphs with named places that an official edits, filled with what is known of one cooperative.

Pure. No markup and no program: a line that begins with "- " is an item of a list, an empty line parts paragraphs, a place is
a name in braces, `{nama}`. Which places a kind of letter must have, and which it may never have, is settled here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from telusur.notices.rules.stages import STAGE_RULES, Stage, Track
from telusur.words.reason import Reason

__all__ = ["PLACES", "SAMPLE", "Block", "allowed_places", "fill", "template_faults"]

PLACES: Mapping[str, str] = {
    "nama": "nama koperasi",
    "nik_koperasi": "NIK koperasi",
    "badan_hukum": "nomor badan hukum",
    "alamat": "alamat terdaftar",
    "kelurahan": "kelurahan",
    "kecamatan": "kecamatan",
    "tenggat": "lama batas waktu dan sejak kapan dihitung",
    "dasar_hukum": "pasal yang menjadi dasar",
    "temuan": "apa yang ditemukan kantor, dalam kata-kata yang berhati-hati",
    "cara_menjawab": "cara menjawab atau berkeberatan",
    "kantor": "nama kantor",
    "kontak": "cara menghubungi kantor",
    "tahun_buku": "tahun buku yang RAT-nya belum terbukti",
    "surat_sebelumnya": "nomor dan tanggal surat sebelumnya",
}
# An invented cooperative, for the preview.
SAMPLE: Mapping[str, str] = {
    "nama": "Koperasi Konsumen Contoh Sejahtera",
    "nik_koperasi": "9901010100001",
    "badan_hukum": "99/BH/KDK.99/I/1999",
    "alamat": "Jalan Contoh Nomor 1",
    "kelurahan": "Contoh Baru",
    "kecamatan": "Contoh Utara",
    "tenggat": "3 bulan sejak pengumuman ini dipasang",
    "dasar_hukum": "UU 25/1992 pasal 47 ayat (1)",
    "temuan": "belum ditemukan di alamat terdaftar pada 2 kunjungan di hari yang berbeda",
    "cara_menjawab": "di laman lapor kantor dengan kode jawaban, atau datang membawa surat ini",
    "kantor": "Dinas Koperasi Kota Contoh",
    "kontak": "loket layanan, hari kerja pukul 08.00–15.00",
    "tahun_buku": "2024",
    "surat_sebelumnya": "001/SP1/DISKOP/IV/2025 tanggal 2 April 2025",
}
_PLACE = re.compile(r"\{([^{}\n]*)\}")
_LONGEST = 6000
_LONGEST_SUBJECT = 160


class Block(NamedTuple):
    """A piece of a letter's text. kind: "paragraph" or "item"."""

    kind: str
    text: str


def allowed_places(stage: Stage) -> frozenset[str]:
    """The places that a kind of letter may use. What is put up in public never states an address."""
    places = set(PLACES)
    if STAGE_RULES[stage].is_public:
        places.discard("alamat")
    if STAGE_RULES[stage].track is not Track.MEETING:
        places.discard("tahun_buku")
    return frozenset(places)


def _required(stage: Stage) -> Sequence[str]:
    if stage is Stage.PROPOSAL:
        return ("nama", "temuan", "dasar_hukum")
    return ("nama", "tenggat", "dasar_hukum", "cara_menjawab")


def template_faults(stage: Stage, subject: str, body: str) -> tuple[Reason, ...]:
    """What keeps a text from being used; empty when nothing does."""
    found: list[Reason] = []
    if not subject.strip() or len(subject) > _LONGEST_SUBJECT or "\n" in subject:
        found.append(Reason("template_subject", "perihal perlu satu baris, paling panjang 160 huruf"))
    if not body.strip() or len(body) > _LONGEST:
        found.append(Reason("template_body", "isi surat tidak boleh kosong, dan paling panjang 6000 huruf"))
    whole = f"{subject}\n{body}"
    named = _PLACE.findall(whole)
    if "{" in _PLACE.sub("", whole) or "}" in _PLACE.sub("", whole):
        found.append(Reason("template_braces", "ada kurung kurawal yang tidak berpasangan"))
    for place in dict.fromkeys(named):
        if place not in PLACES:
            found.append(Reason("template_place_unknown", "tempat {place} tidak dikenal", {"place": f"{{{place}}}"}))
        elif place not in allowed_places(stage):
            found.append(
                Reason(
                    "template_place_forbidden", "tempat {place} tidak boleh ada di surat ini", {"place": f"{{{place}}}"}
                )
            )
    for place in _required(stage):
        if place not in named:
            found.append(
                Reason("template_place_missing", "tempat {place} harus ada di surat ini", {"place": f"{{{place}}}"})
            )
    return tuple(found)


def _filled(text: str, values: Mapping[str, str]) -> str:
    # One pass: a value that looks like a place stays as it is.
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def fill(subject: str, body: str, values: Mapping[str, str]) -> tuple[str, tuple[Block, ...]]:
    """The subject and the text with values in their places. A place without a value stays as it is written."""
    blocks: list[Block] = []
    lines: list[str] = []

    def end_paragraph() -> None:
        if lines:
            blocks.append(Block("paragraph", _filled(" ".join(lines), values)))
            lines.clear()

    for line in (raw.strip() for raw in body.splitlines()):
        if line.startswith("- "):
            end_paragraph()
            blocks.append(Block("item", _filled(line[2:].strip(), values)))
        elif not line:
            end_paragraph()
        else:
            lines.append(line)
    end_paragraph()
    return _filled(" ".join(subject.split()), values), tuple(blocks)

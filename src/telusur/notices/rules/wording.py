"""The texts that the office begins with, one a kind of letter. An official edits them; each edit is a further version.

Pure. Careful words: "not found" is never "does not exist", and every letter says how to answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from telusur.notices.rules.stages import Stage

__all__ = ["FIRST_TEXTS", "Text"]


class Text(NamedTuple):
    """A letter's subject and text."""

    subject: str
    body: str


_WARNING = """\
Menurut catatan kami, Rapat Anggota Tahunan (RAT) {nama} (NIK koperasi {nik_koperasi}, badan hukum {badan_hukum}) untuk \
tahun buku {tahun_buku} belum terbukti dilaksanakan.

%s

Kami minta pengurus, dalam %s {tenggat}:

- melaksanakan RAT bila belum, lalu menyampaikan berita acara dan daftar hadirnya; atau
- menyampaikan berita acara RAT yang sudah dilaksanakan.

Cara menjawab: {cara_menjawab}.

Dasar: {dasar_hukum}.
"""

FIRST_TEXTS: Mapping[Stage, Text] = {
    Stage.SP1: Text(
        "Peringatan pertama: RAT tahun buku {tahun_buku}",
        _WARNING % ("Surat ini adalah peringatan pertama.", "waktu"),
    ),
    Stage.SP2: Text(
        "Peringatan kedua: RAT tahun buku {tahun_buku}",
        _WARNING % ("Peringatan pertama kami, {surat_sebelumnya}, belum dijawab.", "waktu"),
    ),
    Stage.SP3: Text(
        "Peringatan ketiga: RAT tahun buku {tahun_buku}",
        _WARNING % ("Peringatan kedua kami, {surat_sebelumnya}, belum dijawab. Ini peringatan terakhir.", "waktu"),
    ),
    Stage.SUMMONS: Text(
        "Panggilan klarifikasi",
        """\
Koperasi ini {temuan}. Hal itu tidak berarti koperasi sudah tidak ada; karena itu kami ingin mendengar langsung \
dari pengurus.

Kami mengundang pengurus {nama} (NIK koperasi {nik_koperasi}) untuk memberi keterangan, dalam waktu {tenggat}, \
dengan membawa akta pendirian atau berita acara RAT terakhir.

Cara menjawab: {cara_menjawab}.

Dasar: {dasar_hukum}.
""",
    ),
    Stage.PUBLIC_NOTICE: Text(
        "Pengumuman: pengurus koperasi diminta melapor",
        """\
{nama}, NIK koperasi {nik_koperasi}, badan hukum {badan_hukum}, Kelurahan {kelurahan}, {temuan}.

Belum ditemukan tidak berarti bubar. Pengurus atau anggota koperasi tersebut, dan siapa pun yang mengetahui tempatnya \
sekarang, diminta memberi tahu kantor kami dalam waktu {tenggat}.

Cara menjawab: {cara_menjawab}.

Dasar: {dasar_hukum}.
""",
    ),
    Stage.INTENT: Text(
        "Pemberitahuan rencana pembubaran",
        """\
Dengan ini kami beritahukan rencana pembubaran {nama}, NIK koperasi {nik_koperasi}, badan hukum {badan_hukum}, Kelurahan \
{kelurahan}.

Alasannya: koperasi tersebut {temuan}, dan pengumuman kami, {surat_sebelumnya}, tidak dijawab sampai batas waktunya lewat.

Koperasi berhak mengajukan keberatan, dalam waktu {tenggat}. Selama keberatan belum diputuskan, rencana ini tidak diteruskan.

Cara berkeberatan: {cara_menjawab}.

Dasar: {dasar_hukum}.
""",
    ),
    Stage.PROPOSAL: Text(
        "Usulan pembubaran koperasi",
        """\
Kami mengusulkan pembubaran {nama}, NIK koperasi {nik_koperasi}, badan hukum {badan_hukum}, Kelurahan {kelurahan}.

Koperasi tersebut {temuan}. Pemberitahuan rencana pembubaran kami, {surat_sebelumnya}, tidak dijawab dengan keberatan \
sampai batas waktunya lewat. Berkas bukti dan pemeriksaan kerugian anggota terlampir.

Dasar: {dasar_hukum}.
""",
    ),
}

"""What an uploaded file is, by its content alone; anything but a photo or a PDF is refused in words.

Pure. In: the bytes. Out: `image` or `pdf`, or a reason with the mend in it. Names and declared types are not asked: they are
the sender's. A PDF's scan of names is a sieve and no proof: PDFs are kept sealed and never opened here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from telusur.words.reason import Reason

__all__ = ["MOST_BYTES", "MOST_FILES", "MOST_REPORT_BYTES", "Taken", "look_at_upload", "room_for"]

MOST_BYTES = 10_000_000
MOST_FILES = 12
MOST_REPORT_BYTES = 40_000_000
_HEAD = 4096
_PDF_HEAD = re.compile(rb"%PDF-[12]\.\d")
_STREAMS = re.compile(rb"\bstream\r?\n.*?\bendstream\b", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
# What makes a paper act by itself, or carry another file.
_ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToR|GoToE|Encrypt)(?=[\s/<(\[\]>]|$)"
)
_EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|script|iframe|svg|meta|\?xml|\?php)", re.IGNORECASE)


class Taken(NamedTuple):
    """A file that may be kept. kind: `image` or `pdf`."""

    kind: str


# The beginning of a file, what it is called in plain words, and what to do instead.
_KNOWN: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "dokumen Office atau zip", "simpan sebagai PDF, lalu kirim PDF-nya"),
    (b"PK\x05\x06", "arsip zip kosong", "kirim berkasnya sendiri"),
    (b"\xd0\xcf\x11\xe0", "dokumen Office lama", "simpan sebagai PDF, lalu kirim PDF-nya"),
    (b"{\\rtf", "dokumen RTF", "simpan sebagai PDF, lalu kirim PDF-nya"),
    (b"Rar!", "arsip RAR", "kirim berkasnya sendiri"),
    (b"7z\xbc\xaf", "arsip 7z", "kirim berkasnya sendiri"),
    (b"\x1f\x8b", "arsip gz", "kirim berkasnya sendiri"),
    (b"GIF8", "gambar GIF", "kirim sebagai JPEG atau PNG"),
    (b"BM", "gambar BMP", "kirim sebagai JPEG atau PNG"),
    (b"II*\x00", "gambar TIFF", "kirim sebagai JPEG atau PDF"),
    (b"MM\x00*", "gambar TIFF", "kirim sebagai JPEG atau PDF"),
    (b"MZ", "program", "jangan mengirim program"),
    (b"\x7fELF", "program", "jangan mengirim program"),
    (b"#!", "skrip", "jangan mengirim program"),
    (b"\xca\xfe\xba\xbe", "program", "jangan mengirim program"),
)


def _refuse(kind: str, mend: str) -> Reason:
    return Reason("upload_kind_refused", "berkas ini {kind}, bukan foto atau PDF; {mend}", {"kind": kind, "mend": mend})


def _named(data: bytes) -> Reason:
    """What a refused file seems to be."""
    head = data[:_HEAD]
    for start, kind, mend in _KNOWN:
        if head.startswith(start):
            return _refuse(kind, mend)
    if head[4:8] == b"ftyp":
        if head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif"):
            return _refuse("foto HEIC", "di pengaturan kamera pilih «paling kompatibel», atau kirim tangkapan layarnya")
        return _refuse("video", "kirim foto saja")
    if _HTML.search(head):
        return _refuse("halaman web atau gambar SVG", "kirim foto atau PDF dari halaman itu")
    if b"%PDF" in head:
        return _refuse("PDF dengan awalan lain", "buka lalu cetak ke PDF, dan kirim hasilnya")
    if b"\x00" not in head:
        return _refuse("teks biasa", "kirim foto atau PDF")
    return _refuse("tidak dikenal jenisnya", "kirim foto (JPEG, PNG) atau PDF")


def _is_image(data: bytes) -> bool:
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    )


def _pdf_fault(data: bytes) -> Reason | None:
    if b"%%EOF" not in data[-2048:]:
        return Reason("upload_pdf_cut", "PDF ini tidak utuh; unduh atau pindai ulang, lalu kirim lagi")
    # Streams hold pictures and letters, in which any three bytes turn up by chance.
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), _STREAMS.sub(b" ", data))
    if found := _ACTIVE.search(plain):
        if found[1] == b"Encrypt":
            return Reason("upload_pdf_locked", "PDF ini dikunci; simpan tanpa kata sandi, lalu kirim lagi")
        return Reason(
            "upload_pdf_active", "PDF ini berisi skrip atau berkas lain di dalamnya; cetak ke PDF, lalu kirim hasilnya"
        )
    if _HTML.search(plain):
        return Reason(
            "upload_pdf_active", "PDF ini berisi skrip atau berkas lain di dalamnya; cetak ke PDF, lalu kirim hasilnya"
        )
    return None


def look_at_upload(data: bytes) -> Taken | Reason:
    """Whether a file may be kept, by its bytes. An image must still be decoded before it is believed."""
    if not data:
        return Reason("upload_empty", "berkas kosong; pilih lagi berkasnya")
    if len(data) > MOST_BYTES:
        return Reason("upload_too_large", "berkas lebih dari {most} MB; perkecil, atau foto satu halaman saja", _most())
    if _EICAR in data:
        return Reason(
            "upload_virus_mark", "berkas ini membawa tanda uji virus dan tidak disimpan; kirim berkas yang bersih"
        )
    if _is_image(data):
        return Taken("image")
    if _PDF_HEAD.match(data):
        return _pdf_fault(data) or Taken("pdf")
    return _named(data)


def _most() -> dict[str, str]:
    return {"most": str(MOST_BYTES // 1_000_000)}


def room_for(held_count: int, held_bytes: int, size: int) -> Reason | None:
    """Why a further file of `size` bytes has no room in a report; None where it has."""
    if held_count >= MOST_FILES:
        return Reason(
            "upload_too_many", "sudah {most} berkas; hapus satu untuk menambah yang lain", {"most": str(MOST_FILES)}
        )
    if held_bytes + size > MOST_REPORT_BYTES:
        most = str(MOST_REPORT_BYTES // 1_000_000)
        return Reason(
            "upload_quota", "seluruh berkas laporan ini paling banyak {most} MB; hapus satu dahulu", {"most": most}
        )
    return None

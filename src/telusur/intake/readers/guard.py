"""The first gate: a file's size, and whether its content is what its name says. Nothing is parsed before it has passed.

In: a path. Out: the file's kind, or FileRefused in one sentence. Reads the first kilobytes only.
"""

from __future__ import annotations

from pathlib import Path

from telusur.intake.ports import FileRefused, refuse_file
from telusur.words.reason import Reason

__all__ = ["MOST_BYTES", "file_kind"]

MOST_BYTES = 200_000_000

_KINDS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xls": "xls",
    ".ods": "ods",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_OLD_BIFF = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
_SAVE_AGAIN = "buka di Excel atau LibreOffice, simpan ulang sebagai .xlsx, lalu impor lagi"
_HEAD_BYTES = 8192
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def file_kind(path: Path, *, most_bytes: int = MOST_BYTES) -> str:
    """csv, xlsx, xls or ods. Raises FileRefused for a missing, empty, too large, encrypted or misnamed file."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise refuse_file(Reason("file_is_folder", "ini folder, bukan berkas"), "pilih satu berkas")
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        reason = Reason("file_unreadable", "berkas tidak dapat dibuka")
        raise refuse_file(reason, "periksa nama dan izin berkas", value=path.name) from error
    if size == 0:
        raise refuse_file(Reason("file_empty", "berkas kosong, 0 byte"), "ambil ulang berkas dari sumbernya")
    if size >= most_bytes:
        says = "berkas {size} MB; paling besar {limit} MB"
        stated = {"size": str(size // 1_000_000), "limit": str(most_bytes // 1_000_000)}
        raise refuse_file(Reason("file_too_large", says, stated), "bagi menjadi beberapa berkas")
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        reason = Reason(
            "file_kind_unknown", "jenis berkas «{suffix}» tidak dikenal", {"suffix": path.suffix or path.name}
        )
        raise refuse_file(reason, "pakai .csv, .xlsx, .xls atau .ods")
    _check_content(path, kind, head)
    return kind


def _check_content(path: Path, kind: str, head: bytes) -> None:
    if head.startswith(_OLE):
        if kind != "xls" or _is_encrypted(path):
            if _is_encrypted(path):
                reason = Reason("file_encrypted", "berkas dikunci dengan kata sandi")
                raise refuse_file(reason, "simpan ulang tanpa kata sandi, lalu impor lagi")
            raise _misnamed(kind, "buku kerja Excel lama (.xls)")
    elif head.startswith(_ZIP):
        if kind not in ("xlsx", "ods"):
            raise _misnamed(kind, "berkas zip, biasanya .xlsx atau .ods")
    elif kind in ("xlsx", "ods", "xls") and not (kind == "xls" and head[:2] in _OLD_BIFF):
        raise _misnamed(kind, _text_kind(head))
    elif head.startswith(b"%PDF"):
        raise _misnamed(kind, "PDF")


def _is_encrypted(path: Path) -> bool:
    """Whether an OLE container names the stream in which Office keeps an encrypted workbook."""
    with path.open("rb") as file:
        before = b""
        while block := file.read(1 << 20):
            if _ENCRYPTED in before + block:
                return True
            before = block[-len(_ENCRYPTED) :]
    return False


def _text_kind(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<style", b"<head")):
        return "halaman web (HTML)"
    if start.startswith((b"<?xml", b"<")):
        return "XML"
    return "bukan buku kerja"


def _misnamed(kind: str, found: str) -> FileRefused:
    stated = {"kind": kind, "found": found}
    return refuse_file(Reason("file_misnamed", "nama berkas .{kind}, isinya {found}", stated), _SAVE_AGAIN)

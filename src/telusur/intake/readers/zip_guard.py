"""The gate for XLSX and ODS, which are zips of XML: bombs, entities, links and encryption are refused before any parser.

In: a path. Out: the uncompressed size, or FileRefused. Every member is inflated once, a block at a time, and only counted:
what a zip declares about itself is not believed. A national list of 200,000 rows has about 260 MB of XML.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from telusur.intake.ports import FileRefused, refuse_file
from telusur.words.reason import Reason

__all__ = ["check_zip"]

_MOST_MEMBERS = 2_000
_MOST_INFLATED = 500_000_000
# Sheets of repeated cells deflate about 60 to 1; a bomb reaches 1,000 to 1. Small members may do as they like.
_MOST_RATIO = 200
_RATIO_FROM = 10_000_000
_BLOCK = 1 << 16
_PROLOG_BYTES = 1 << 16

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_STORED, _DEFLATED = 0, 8
_NESTED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08", b"\xfd7zXZ", b"BZh")
_NESTED_NAMES = (".zip", ".gz", ".7z", ".rar", ".xz", ".bz2", ".xlsx", ".xlsm", ".ods", ".docx", ".jar")
_XML_NAMES = (".xml", ".rels", ".vml", ".rdf")
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_UNREAD = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ROOT = re.compile(rb"<[A-Za-z_]")
_NEEDED = {"xlsx": ("[Content_Types].xml", "xl/workbook.xml"), "ods": ("mimetype", "content.xml")}
_SAVE_AGAIN = "buka di Excel atau LibreOffice, simpan ulang sebagai .xlsx, lalu impor lagi"


def check_zip(path: Path, kind: str) -> int:
    """The bytes that the zip inflates to. Raises FileRefused for anything that a spreadsheet program would not write."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
        with path.open("rb") as file:
            _check_directory(members, kind, path.stat().st_size)
            total = 0
            for member in members:
                total += _check_member(file, member, total)
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, NotImplementedError, EOFError) as error:
        reason = Reason("file_damaged", "berkas rusak atau terpotong")
        raise refuse_file(reason, "ambil ulang berkas dari sumbernya") from error
    return total


def _check_directory(members: list[zipfile.ZipInfo], kind: str, file_size: int) -> None:
    """What the zip says about itself: names, count, sizes, overlaps."""
    if len(members) > _MOST_MEMBERS:
        raise _bomb("members", "berisi {count} bagian", {"count": str(len(members))})
    if sum(member.file_size for member in members) > _MOST_INFLATED:
        raise _bomb("size", "akan mengembang melebihi {limit} MB", {"limit": str(_MOST_INFLATED // 1_000_000)})
    if sum(member.compress_size for member in members) > file_size:
        raise _bomb("overlap", "bagian-bagiannya bertumpuk", {})
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise _odd("bagian yang sama tertulis dua kali", "")
    for member in members:
        _check_name(member)
    missing = [name for name in _NEEDED[kind] if name not in names]
    if missing:
        stated = {"kind": kind, "part": missing[0]}
        raise refuse_file(
            Reason("file_misnamed_zip", "berkas zip ini bukan .{kind}: tidak ada {part}", stated), _SAVE_AGAIN
        )


def _check_name(member: zipfile.ZipInfo) -> None:
    name = member.filename
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\\" in name:
        raise _odd("nama bagian menunjuk ke luar berkas", name)
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        raise _odd("berisi tautan (symlink)", name)
    if member.flag_bits & 0x1:
        raise refuse_file(
            Reason("file_encrypted", "berkas dikunci dengan kata sandi"),
            "simpan ulang tanpa kata sandi, lalu impor lagi",
        )
    if member.compress_type not in (_STORED, _DEFLATED):
        raise _odd("memakai pemampatan yang tidak lazim", name)
    if name.lower().endswith(_NESTED_NAMES):
        raise _odd("berisi berkas mampat di dalamnya", name)
    if name.lower().endswith("vbaproject.bin"):
        raise _odd("berisi makro", name)


def _check_member(file: BinaryIO, member: zipfile.ZipInfo, before: int) -> int:
    """Inflate one member, count it against the limits and its own declaration, and read its first bytes."""
    size = 0
    head = b""
    for block in _inflated(file, member):
        if len(head) < _PROLOG_BYTES:
            head += block[: _PROLOG_BYTES - len(head)]
        size += len(block)
        if before + size > _MOST_INFLATED:
            raise _bomb("size", "mengembang melebihi {limit} MB", {"limit": str(_MOST_INFLATED // 1_000_000)})
        if size > _RATIO_FROM and size > _MOST_RATIO * max(member.compress_size, 1):
            raise _bomb("ratio", "mengembang lebih dari {ratio} kali", {"ratio": str(_MOST_RATIO)})
    if size != member.file_size:
        raise _odd("ukuran bagian tidak seperti yang tertulis", member.filename)
    if head.startswith(_NESTED):
        raise _odd("berisi berkas mampat di dalamnya", member.filename)
    if member.filename.lower().endswith(_XML_NAMES):
        _check_prolog(head, member.filename)
    if member.filename == "META-INF/manifest.xml" and b"encryption-data" in head:
        reason = Reason("file_encrypted", "berkas dikunci dengan kata sandi")
        raise refuse_file(reason, "simpan ulang tanpa kata sandi, lalu impor lagi")
    return size


def _inflated(file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member's bytes by its own stream, whatever sizes the zip declares; a block at a time."""
    file.seek(member.header_offset)
    fields = _LOCAL.unpack(file.read(_LOCAL.size))
    if fields[0] != b"PK\x03\x04":
        raise zipfile.BadZipFile(member.filename)
    file.seek(fields[9] + fields[10], 1)
    left = member.compress_size
    if member.compress_type == _STORED:
        while left > 0 and (block := file.read(min(left, _BLOCK))):
            left -= len(block)
            yield block
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting = b""
    while not inflate.eof:
        if not waiting:
            waiting = file.read(min(left, _BLOCK))
            left -= len(waiting)
            if not waiting:
                raise EOFError(member.filename)
        yield inflate.decompress(waiting, 1 << 20)
        waiting = inflate.unconsumed_tail
    if left > 0 or inflate.unused_data:
        raise _odd("berisi data tersembunyi di antara bagian", member.filename)


def _check_prolog(head: bytes, name: str) -> None:
    """XML must be UTF-8 and have no document type: entities are declared there, and no spreadsheet program writes one."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:4]:
        raise _odd("bagian XML tidak bersandi UTF-8", name)
    encoding = _ENCODING.match(head.removeprefix(b"\xef\xbb\xbf").lstrip())
    if encoding is not None and encoding[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        raise _odd("bagian XML tidak bersandi UTF-8", name)
    # Comments go first: one that looks like an element would hide a document type behind it.
    bare = _UNREAD.sub(b"", head)
    root = _ROOT.search(bare)
    prolog = bare[: root.start()] if root is not None else bare
    if b"<!" in prolog or b"<?" in prolog or (root is None and len(head) == _PROLOG_BYTES):
        reason = Reason("file_declares_entities", "bagian {part} menyatakan DTD atau entitas XML", {"part": name[:80]})
        raise refuse_file(reason, _SAVE_AGAIN)


def _bomb(what: str, says: str, stated: dict[str, str]) -> FileRefused:
    return refuse_file(Reason(f"file_bomb_{what}", f"berkas ini seperti bom zip: {says}", stated), _SAVE_AGAIN)


def _odd(says: str, name: str) -> FileRefused:
    return refuse_file(
        Reason("file_structure_odd", f"susunan berkas tidak wajar: {says}"), _SAVE_AGAIN, value=name[:80]
    )

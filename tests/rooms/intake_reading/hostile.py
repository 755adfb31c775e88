"""Files made to hurt: bombs, entities, links, lies about sizes. Each is small on disk."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.rooms.intake_reading.writing import part_of, with_part, write_ods, write_xlsx
from tests.rules.intake.sample import ODS_24

SHEET = "xl/worksheets/sheet1.xml"
SOUND = [list(ODS_24), ["x"] * 24]
_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


def _sheet(prolog: str, text: str) -> bytes:
    cell = f'<c r="A1" t="inlineStr"><is><t>{text}</t></is></c>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'{prolog}<worksheet xmlns="{space}"><sheetData><row r="1">{cell}</row></sheetData></worksheet>'.encode()


def _with_sheet(content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        return with_part(write_xlsx(folder, SOUND), SHEET, content, into=folder / "jahat.xlsx")

    return make


def _with_member(name: str, content: bytes, attributes: int = 0) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = write_xlsx(folder, SOUND)
        member = zipfile.ZipInfo(name)
        member.external_attr = attributes
        member.compress_type = zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(member, content)
        return path

    return make


def _bomb(folder: Path) -> Path:
    path = write_xlsx(folder, SOUND)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/a.bin", "w") as part:
        for _ in range(100):
            part.write(bytes(4_000_000))
    return path


def _lying(megabytes: int) -> Callable[[Path], Path]:
    """Declares a kilobyte and its checksum, and inflates to more: believed, 400 MB would fill the memory."""

    def make(folder: Path) -> Path:
        squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        data = b"".join(squeeze.compress(bytes(1_000_000)) for _ in range(megabytes)) + squeeze.flush()
        path = write_xlsx(folder, SOUND)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(zipfile.ZipInfo("xl/media/a.bin"), data)
        raw = bytearray(path.read_bytes())
        lie = struct.pack("<III", zlib.crc32(bytes(1000)), len(data), 1000)
        local, central = raw.find(b"xl/media/a.bin") - 30, raw.rfind(b"xl/media/a.bin") - 46
        for start, method_at, sizes_at in ((local, 8, 14), (central, 10, 16)):
            raw[start + method_at : start + method_at + 2] = struct.pack("<H", zipfile.ZIP_DEFLATED)
            raw[start + sizes_at : start + sizes_at + 12] = lie
        path.write_bytes(bytes(raw))
        return path

    return make


def _many(folder: Path) -> Path:
    path = write_xlsx(folder, SOUND)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(5000):
            archive.writestr(f"xl/x{number}.xml", b"<a/>")
    return path


def _cut(folder: Path) -> Path:
    path = write_xlsx(folder, SOUND)
    path.write_bytes(path.read_bytes()[:-700])
    return path


def _encrypted_flag(folder: Path) -> Path:
    path = write_xlsx(folder, SOUND)
    raw = bytearray(path.read_bytes())
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 8] |= 1
    path.write_bytes(bytes(raw))
    return path


def _encrypted_ods(folder: Path) -> Path:
    path = write_ods(folder, SOUND)
    manifest = part_of(path, "META-INF/manifest.xml").replace(
        b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>"
    )
    return with_part(path, "META-INF/manifest.xml", manifest, into=folder / "kunci.ods")


def _ods_entities(folder: Path) -> Path:
    path = write_ods(folder, SOUND)
    content = b'<?xml version="1.0"?><!-- x --><!DOCTYPE a [<!ENTITY b "c">]><office:document-content/>'
    return with_part(path, "content.xml", content, into=folder / "entitas.ods")


def _named(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def _large(folder: Path) -> Path:
    """200 MB on paper; the file system keeps the hole."""
    path = folder / "besar.csv"
    with path.open("wb") as file:
        file.write(b";".join(label.encode() for label in ODS_24) + b"\n")
        file.truncate(200_000_000)
    return path


def _far_cell(reference: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = write_xlsx(folder, SOUND)
        row = "".join(letter for letter in reference if letter.isdigit())
        far = f'<row r="{row}"><c r="{reference}"><v>1</v></c></row></sheetData>'.encode()
        content = part_of(path, SHEET).replace(b"</sheetData>", far)
        return with_part(path, SHEET, content, into=folder / "jauh.xlsx")

    return make


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_XML = '<?xml version="1.0" encoding="UTF-8"?>'

# name → (maker, the code of the refusal)
HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "zip-bomb": (_bomb, "file_bomb_ratio"),
    "lying-bomb": (_lying(400), "file_bomb_ratio"),
    "lying-size": (_lying(2), "file_structure_odd"),
    "five-thousand-parts": (_many, "file_bomb_members"),
    "billion-laughs": (
        _with_sheet(_sheet(f'{_XML}<!DOCTYPE l [<!ENTITY a0 "ha">{_LAUGHS}]>', "&a11;")),
        "file_declares_entities",
    ),
    "quadratic": (
        _with_sheet(_sheet(f'{_XML}<!DOCTYPE q [<!ENTITY a "{"x" * 50_000}">]>', "&a;" * 50_000)),
        "file_declares_entities",
    ),
    "external-file": (
        _with_sheet(_sheet(f'{_XML}<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>', "&a;")),
        "file_declares_entities",
    ),
    "external-address": (
        _with_sheet(_sheet(f'{_XML}<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">', "x")),
        "file_declares_entities",
    ),
    "small-letters": (_with_sheet(_sheet(f'{_XML}<!doctype x [<!entity a "b">]>', "&a;")), "file_declares_entities"),
    "behind-a-long-comment": (
        _with_sheet(_sheet(f'{_XML}<!--{"x" * 100_000}--><!DOCTYPE x [<!ENTITY a "b">]>', "&a;")),
        "file_declares_entities",
    ),
    "behind-a-comment-like-a-root": (
        _with_sheet(_sheet(f'{_XML}<!-- <worksheet> --><!DOCTYPE x [<!ENTITY a "b">]>', "&a;")),
        "file_declares_entities",
    ),
    "in-a-comment-without-end": (_with_sheet(_sheet(f"{_XML}<!-- <worksheet>", "x")), "file_declares_entities"),
    "utf-16-entities": (
        _with_sheet(_sheet('<!DOCTYPE x [<!ENTITY a "b">]>', "&a;").decode().encode("utf-16")),
        "file_structure_odd",
    ),
    "declared-utf-7": (_with_sheet(_sheet('<?xml version="1.0" encoding="UTF-7"?>', "x")), "file_structure_odd"),
    "ods-entities": (_ods_entities, "file_declares_entities"),
    "zip-slip": (_with_member("../../etc/x.xml", b"<a/>"), "file_structure_odd"),
    "absolute-name": (_with_member("/etc/x.xml", b"<a/>"), "file_structure_odd"),
    "backslash-name": (_with_member("xl\\..\\x.xml", b"<a/>"), "file_structure_odd"),
    "symlink": (_with_member("xl/tautan", b"/etc/passwd", 0o120777 << 16), "file_structure_odd"),
    "nested-zip": (_with_member("xl/embeddings/x.zip", b"PK\x05\x06" + bytes(18)), "file_structure_odd"),
    "nested-under-another-name": (_with_member("xl/media/x.png", b"PK\x03\x04" + bytes(30)), "file_structure_odd"),
    "macro": (_with_member("xl/vbaProject.bin", b"\xd0\xcf"), "file_structure_odd"),
    "cut": (_cut, "file_damaged"),
    "encrypted-zip": (_encrypted_flag, "file_encrypted"),
    "encrypted-ods": (_encrypted_ods, "file_encrypted"),
    "encrypted-xlsx": (_named("a.xlsx", _OLE + "EncryptedPackage".encode("utf-16-le") + bytes(99)), "file_encrypted"),
    "xls-named-xlsx": (_named("a.xlsx", _OLE), "file_misnamed"),
    "web-page-named-xls": (_named("a.xls", b"<html><table><tr><td>Koperasi</td></tr></table></html>"), "file_misnamed"),
    "text-named-xlsx": (_named("a.xlsx", b"Koperasi;Alamat\n"), "file_misnamed"),
    "empty-ole": (_named("a.xls", _OLE), "file_damaged"),
    "other-zip": (_named("a.xlsx", b"PK\x03\x04" + bytes(40)), "file_damaged"),
    "200-mb": (_large, "file_too_large"),
    "far-corner": (_far_cell("XFD1048576"), "file_damaged"),
    "far-row": (_far_cell("A1048576"), "file_damaged"),
}

"""Two hundred files that somebody might send who means ill: name, declared type, bytes, and what must come of each.

`refused`: told in words, nothing on the disk. `sealed`: kept whole under a random name, shown at most as a picture drawn
anew. All are made here; the mark that tests virus scanners is put together from pieces, so that no scanner takes it away.
"""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from PIL import Image, PngImagePlugin

SCRIPT = b"<script>alert(document.domain)</script>"
MARK = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"


class Hostile(NamedTuple):
    """A file as it is sent, and what must come of it."""

    name: str
    declared: str
    data: bytes
    fate: str


def picture(kind: str = "JPEG", **more: object) -> bytes:
    """A small real picture."""
    held = io.BytesIO()
    image = Image.new("RGB", (64, 48), (180, 120, 60))
    image.putpixel((3, 3), (9, 9, 9))
    image.save(held, kind, **more)  # type: ignore[arg-type]
    return held.getvalue()


def pdf(body: bytes = b"", catalog: bytes = b"") -> bytes:
    """A small PDF of one empty page; `catalog` goes into its root, `body` in front of its end."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R" + catalog + b">>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n" + body + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )  # fmt: skip


def zipped(name: str, inner: bytes) -> bytes:
    """An archive with one member."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(name, inner)
    return held.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    """A PNG chunk with its sum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    """A PNG whose header says what it likes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(b"\0" * 64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(chunks) + data + chunk(b"IEND", b"")


def _wrong_types() -> Iterator[Hostile]:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>" + SCRIPT + b"</svg>"
    files: dict[str, bytes] = {
        "a.html": b"<!doctype html><html>" + SCRIPT,
        "b.htm": b"\n\n <HTML><body onload=alert(1)>",
        "c.svg": svg,
        "d.svg": b"<?xml version='1.0'?>" + svg,
        "e.xml": b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
        "f.js": b"fetch('/laporan/').then(r=>r.text())",
        "g.php": b"<?php system($_GET['x']); ?>",
        "h.sh": b"#!/bin/sh\nrm -rf /\n",
        "i.exe": b"MZ" + b"\0" * 300,
        "j.elf": b"\x7fELF" + b"\0" * 300,
        "k.class": b"\xca\xfe\xba\xbe" + b"\0" * 60,
        "l.zip": zipped("x.txt", b"x"),
        "m.rar": b"Rar!\x1a\x07\x01\x00" + b"\0" * 60,
        "n.7z": b"7z\xbc\xaf\x27\x1c" + b"\0" * 60,
        "o.gz": gzip.compress(b"x" * 900),
        "p.docx": zipped("word/document.xml", b"<w:document/>"),
        "q.docm": zipped("word/vbaProject.bin", b"Sub AutoOpen()"),
        "r.xlsm": zipped("xl/vbaProject.bin", b"Sub Workbook_Open()"),
        "s.doc": ole,
        "t.xls": ole + b"VBA",
        "u.rtf": b"{\\rtf1{\\object\\objdata 0105}}",
        "v.gif": b"GIF89a" + b"\0" * 60,
        "w.gif": b"GIF89a/*" + SCRIPT + b"*/=1;",
        "x.bmp": b"BM" + b"\0" * 60,
        "y.tif": b"II*\0" + b"\0" * 60,
        "z.heic": b"\0\0\0\x18ftypheic" + b"\0" * 60,
        "aa.mp4": b"\0\0\0\x18ftypisom" + b"\0" * 60,
        "ab.txt": b"halo, ini notulen",
        "ac.csv": b"=cmd|'/c calc'!A1,2",
        "ad.json": b'{"__proto__": 1}',
        "ae.eml": b"From: a\nContent-Type: text/html\n\n" + SCRIPT,
        "af.ico": b"\0\0\x01\0\x01\0" + b"\0" * 60,
        "ag.jar": zipped("META-INF/MANIFEST.MF", b"Main-Class: x"),
        "ah.lnk": b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60,
        "ai.mht": b"MIME-Version: 1.0\n\n" + SCRIPT,
        "aj.wasm": b"\0asm\x01\0\0\0",
    }
    for name, data in files.items():
        yield Hostile(name, "application/octet-stream", data, "refused")
        # The same under a name and a type that the portal takes.
        yield Hostile(f"{name}.jpg", "image/jpeg", data, "refused")
    for name in ("c.svg", "a.html", "q.docm"):
        yield Hostile(f"notulen-{name[0]}.pdf", "application/pdf", files[name], "refused")


def _polyglots() -> Iterator[Hostile]:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SCRIPT.decode())
    tails: dict[str, bytes] = {
        "html": b"<html>" + SCRIPT,
        "zip": zipped("evil.class", b"x"),
        "php": b"<?php phpinfo();",
        "pdf": pdf(catalog=b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
        "svg": b"<svg onload=alert(1)>",
    }
    for kind, ending in (("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")):
        for tail, data in tails.items():
            yield Hostile(f"foto-{tail}.{ending}", "image/jpeg", picture(kind) + data, "sealed")
            yield Hostile(f"foto.{tail}", f"text/{tail}", picture(kind) + data, "sealed")
    yield Hostile("komentar.png", "image/png", picture("PNG", pnginfo=text), "sealed")
    yield Hostile("komentar.jpg", "image/jpeg", picture("JPEG", comment=SCRIPT), "sealed")
    exif = Image.Exif()
    exif[0x010E] = SCRIPT.decode()
    yield Hostile("exif.jpg", "image/jpeg", picture("JPEG", exif=exif), "sealed")
    for head in (b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x24\0\0\0WEBPVP8 "):
        for tail in (b"<html>" + SCRIPT, zipped("x", b"x"), b"<svg onload=alert(1)>"):
            yield Hostile("mirip.jpg", "image/jpeg", head + tail, "refused")
    for front in (b"<html>" + SCRIPT, zipped("x", b"x"), b"\xef\xbb\xbf", b"GIF89a", b" \n", b"#!/bin/sh\n"):
        yield Hostile("depan.pdf", "application/pdf", front + pdf(), "refused")
    yield Hostile("zip-di-belakang.pdf", "application/pdf", pdf() + zipped("x.exe", b"MZ"), "sealed")


def _papers() -> Iterator[Hostile]:
    for number, inner in enumerate(
        (
            b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>", b"/AA<</O<</S/JavaScript/JS(x)>>>>",
            b"/Names<</JavaScript 9 0 R>>",
            b"/OpenAction<</S/Launch/F(cmd.exe)>>", b"/Names<</EmbeddedFiles 9 0 R>>", b"/AcroForm<</XFA 9 0 R>>",
            b"/OpenAction<</S/#4aavaScript/J#53(x)>>", b"/OpenAction<</S/J#61v#61Script>>",
            b"/A<</S/SubmitForm/F(http://x)>>",
            b"/OpenAction<</S/GoToR/F(x)>>", b"/OpenAction<</S/GoToE>>", b"/RichMedia 9 0 R",
            b"/OpenAction<</S/ImportData>>",
            b"/Encrypt 9 0 R", b"/Title(<script>alert(1)</script>)", b"/Title(<svg onload=x>)", b"/JS\n(x)",
            b"/JavaScript[9 0 R]",
        )
    ):  # fmt: skip
        yield Hostile(f"surat-{number}.pdf", "application/pdf", pdf(catalog=inner), "refused")
    yield Hostile("potong.pdf", "application/pdf", pdf()[:60], "refused")
    yield Hostile("kepala.pdf", "application/pdf", b"%PDF-1.7\n", "refused")
    yield Hostile("versi.pdf", "application/pdf", pdf().replace(b"%PDF-1.7", b"%PDF-9.x"), "refused")
    # By chance /JS stands among the letters of a picture: no paper is refused for that.
    stream = b"9 0 obj<</Length 40>>\nstream\n\x01/JS /JavaScript \xff<html>\nendstream\nendobj"
    yield Hostile("gambar-di-dalam.pdf", "application/pdf", pdf(body=stream), "sealed")
    yield Hostile("bersih.pdf", "text/html", pdf(), "sealed")
    yield Hostile("bersih.exe", "application/x-msdownload", pdf(), "sealed")


def _marks() -> Iterator[Hostile]:
    yield Hostile("uji.com", "application/octet-stream", MARK, "refused")
    yield Hostile("uji.jpg", "image/jpeg", MARK, "refused")
    yield Hostile("uji.pdf", "application/pdf", pdf(body=b"% " + MARK), "refused")
    yield Hostile("foto-uji.jpg", "image/jpeg", picture() + MARK, "refused")
    yield Hostile("uji.zip", "application/zip", zipped("eicar.com", MARK), "refused")


def _bombs() -> Iterator[Hostile]:
    for width, height in (
        (100_000, 100_000),
        (65_535, 65_535),
        (30_000, 4_000),
        (4_000, 30_000),
        (2**31 - 1, 1),
        (0, 0),
    ):
        yield Hostile(f"{width}x{height}.png", "image/png", png(width, height), "refused")
    flat = io.BytesIO()
    # Below what Pillow itself warns of: only the office's own limit stops it.
    Image.new("1", (9_000, 8_000)).save(flat, "PNG")
    yield Hostile("tujuh-puluh-juta-titik.png", "image/png", flat.getvalue(), "refused")
    big = picture().replace(struct.pack(">HH", 48, 64), struct.pack(">HH", 65_000, 65_000), 1)
    yield Hostile("kepala-besar.jpg", "image/jpeg", big, "refused")
    bomb = zlib.compress(b"\0" * 30_000_000, 9)
    yield Hostile("profil.png", "image/png", png(8, 8, chunk(b"iCCP", b"x\0\0" + bomb)), "refused")
    yield Hostile("teks.png", "image/png", png(8, 8, chunk(b"zTXt", b"x\0\0" + bomb)), "refused")
    yield Hostile("bom.zip", "application/zip", zipped("x", b"\0" * 20_000_000), "refused")
    yield Hostile("bom.gz", "application/gzip", gzip.compress(b"\0" * 20_000_000), "refused")
    yield Hostile("kosong.jpg", "image/jpeg", b"", "refused")
    yield Hostile("terlalu-besar.pdf", "application/pdf", pdf(body=b"%" + b"x" * 10_000_000), "refused")
    yield Hostile("besar.jpg", "image/jpeg", picture() + b"\0" * 10_000_000, "refused")


def _broken() -> Iterator[Hostile]:
    chance = random.Random(38)
    for kind, ending in (("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")):
        whole = picture(kind)
        for part in (0.1, 0.4):
            yield Hostile(f"potong.{ending}", f"image/{ending}", whole[: max(13, int(len(whole) * part))], "refused")
        for number in range(7):
            data = bytearray(whole[:12] + chance.randbytes(200 + 90 * number))
            yield Hostile(f"acak-{number}.{ending}", f"image/{ending}", bytes(data), "refused")


TRICKS = (
    "../../../../etc/passwd", "..\\..\\windows\\system32\\x.jpg", "/etc/cron.d/x", "C:\\boot.ini", "a.php.jpg", ".htaccess",
    "%2e%2e%2fx.jpg", "a\u202egpj.exe", "<img src=x onerror=alert(1)>.jpg", '"; filename="x.html',
    "x.jpg\r\nSet-Cookie: a=b",
    "a" * 4000 + ".jpg", "con", "nul.jpg", "index.html", "x.svg", "telusur.sqlite3", "static/telusur/selfreport.js",
    "~/.ssh/id",
    "$(id).jpg", "`id`.jpg", "{{7*7}}.jpg", "${jndi:x}.jpg", " ", "....//....//x.jpg", "日本語.jpg",
)  # fmt: skip


def _tricks() -> Iterator[Hostile]:
    for number, name in enumerate(TRICKS):
        yield Hostile(name, "image/jpeg", picture("JPEG", quality=30 + number), "sealed")


def hostile_files() -> list[Hostile]:
    """All of them, in a fixed order."""
    return [*_wrong_types(), *_polyglots(), *_papers(), *_marks(), *_bombs(), *_broken(), *_tricks()]

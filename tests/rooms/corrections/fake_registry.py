"""A little registry on this machine that speaks as domain knowledge records the real one's interface, and can misbehave.

Verified by `test_registry.py: test_the_fake_speaks_as_recorded`: the ways, the token, the keys, and nothing unknown.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

USER, PASSWORD = "dinas-rekaan", "kata-sandi-rekaan"
PROFILE: dict[str, object] = {
    "NIK": "9971000000003",
    "Nama_Koperasi": "=Koperasi Rekaan Nomor 3",
    "Nomor_Badan_Hukum_Pendirian": "3/BH/XX.9/2009",
    "Tanggal_Badan_Hukum_Pendirian": "01/04/2009",
    "Tanggal_Perubahan_Anggaran_Dasar": None,
    "Alamat": "Jl. Rekaan No. 3",
    "Desa": "Gunung Wangi",
    "Kecamatan": "Tirta Utara",
    "Kabupaten": "Kota Tirta Agung",
    "Bentuk_Koperasi": "Primer Kabupaten/Kota",
    "Jenis_Koperasi": "Konsumen",
    "Sektor_Usaha": "Jasa Lainnya",
    "Pola_Pengelolaan": "Konvensional",
    "StatusKoperasi": "Aktif",
    "Tanggal_RAT_Terakhir": "14/03/2026",
    "Tanggal_Berlaku_Sertifikat": "",
    "Grade": "C2",
    # A developer's guess at what else may come: it must not be kept.
    "Nama_Ketua": "Ketua Rekaan Wibisana",
}
RECAP: dict[str, object] = {"jumlahKoperasiAktif": 601, "jumlahSudahRAT": 76, "jumlahBelumRAT": 525, "jumlahGradeA": 51}

# How an answer goes wrong: status, body, kind.
MOODS: dict[str, tuple[int, bytes, str]] = {
    "html": (200, b"<html>Sedang pemeliharaan</html>", "text/html"),
    "quota": (429, b'{"message": "Quota exceeded"}', "application/json"),
    "quota in words": (200, b'{"message": "Kuota harian habis", "data": []}', "application/json"),
    "expired": (401, b'{"message": "Token expired"}', "application/json"),
    "broken": (500, b"<html>oops</html>", "text/html"),
    "list": (200, b'[{"NIK": "9971000000003"}]', "application/json"),
    "shape": (200, b'{"data": "bukan daftar"}', "application/json"),
    "no token": (200, b'{"ok": true}', "application/json"),
}


@dataclass
class Registry:
    """What the fake is told to do, and what it was asked. moods: how the next answers go wrong, first one first;
    "fine" is none."""

    address: str = ""
    moods: list[str] = field(default_factory=list)
    asked: list[tuple[str, Any]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    @property
    def ways(self) -> list[str]:
        """What was asked, by way."""
        return [way for way, _ in self.asked]


class Answering(BaseHTTPRequestHandler):
    """Answers as its server was told."""

    server: Serving

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def _send(self, status: int, content: bytes, kind: str = "application/json", **more: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _json(self, status: int, said: object) -> None:
        self._send(status, json.dumps(said).encode())

    def do_POST(self) -> None:
        """One question."""
        told = self.server.told
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        way = self.path.rpartition("/")[2]
        told.asked.append((way, body))
        if told.moods and self._in_a_mood(told.moods.pop(0)):
            return
        if way == "odslogin":
            if (body.get("username"), body.get("password")) != (USER, PASSWORD):
                return self._json(401, {"message": "Unauthorized"})
            told.tokens.append(f"tanda-{len(told.tokens) + 1}")
            return self._json(200, {"token": told.tokens[-1]})
        if not told.tokens or self.headers.get("Authorization") != f"Bearer {told.tokens[-1]}":
            return self._json(401, {"message": "Token expired"})
        if way == "odsprofile":
            return self._json(200, {"data": [PROFILE]})
        if way == "odsrekap" and isinstance(body.get("tahun"), int):
            return self._json(200, {"data": [RECAP], "tanggalData": "2026-06-30"})
        return self._json(404, {"message": "Not found"})

    def _in_a_mood(self, mood: str) -> bool:
        """Whether the mood answered."""
        if mood == "elsewhere":
            self._send(307, b"", Location="http://127.0.0.1:9/odsapi/odslogin")
        elif mood == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(b'{"data": [')
        elif mood == "silent":
            self.server.release.wait(20)
        elif mood in MOODS:
            status, content, kind = MOODS[mood]
            self._send(status, content, kind)
        else:
            return False
        return True


class Serving(ThreadingHTTPServer):
    """The server, with what it is told and a way to let silent answers go."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.told = Registry(f"http://127.0.0.1:{self.server_address[1]}/odsapi")
        self.release = threading.Event()


@contextmanager
def registry() -> Iterator[Registry]:
    """The fake on a free port of this machine; stopped at the end, whatever happened."""
    server = Serving()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.told
    finally:
        server.release.set()
        server.shutdown()
        server.server_close()
        thread.join()

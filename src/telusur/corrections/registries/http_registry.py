"""The registry's HTTP interface, as a dashboard of another office is known to call it (no documentation of it is public).

`POST odslogin` → {"token"}; with `Authorization: Bearer`: `POST odsprofile` → {"data": […]} and `POST odsrekap` {"tahun"} →
{"data": […], "tanggalData"}. There is a quota: an answer is kept for half an hour before it is asked for again. Read only.
Only the keys named here are taken: whatever names people is neither read nor kept.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from http.client import HTTPException, IncompleteRead
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from telusur.corrections.ports import Fetched, Profile, RegistryRefused, refuse_registry
from telusur.words.reason import Reason

__all__ = ["KEPT_FOR", "PROFILE_LABELS", "RECAP_KEYS", "HttpRegistry"]

KEPT_FOR = timedelta(minutes=30)
# The interface's keys → the labels of the registry's public list, in that list's order.
PROFILE_LABELS: Mapping[str, str] = {
    "Nama_Koperasi": "Koperasi",
    "Nomor_Badan_Hukum_Pendirian": "Nomor Badan Hukum Pendirian",
    "Tanggal_Badan_Hukum_Pendirian": "Tanggal Badan Hukum Pendirian",
    "Tanggal_Perubahan_Anggaran_Dasar": "Tanggal Perubahan Anggaran Dasar (Terbaru)",
    "Tanggal_RAT_Terakhir": "Tanggal RAT Terakhir",
    "Alamat": "Alamat",
    "Desa": "Kelurahan / Desa",
    "Kecamatan": "Kecamatan",
    "Kabupaten": "Kabupaten",
    "Bentuk_Koperasi": "Bentuk Koperasi",
    "Jenis_Koperasi": "Jenis Koperasi",
    "Sektor_Usaha": "Sektor Usaha",
    "Pola_Pengelolaan": "Pola Pengelolaan",
    "NIK": "Nomor Induk Koperasi (NIK)",
    "Tanggal_Berlaku_Sertifikat": "Tanggal Berlaku Sertifikat",
    "Grade": "Status Grade",
    "StatusKoperasi": "Status Koperasi",
}
RECAP_KEYS = (
    "jumlahKoperasiAktif", "jumlahBelumBersertifikat", "jumlahSudahBersertifikat", "jumlahSertifikatAktif",
    "jumlahSertifikatExpired", "jumlahAnggotaPria", "jumlahAnggotaWanita", "jumlahKaryawanPria", "jumlahKaryawanWanita",
    "jumlahManajerPria", "jumlahManajerWanita", "jumlahAset", "jumlahVolumeUsaha", "jumlahSisaHasilUsaha",
    "jumlahModalSendiri", "jumlahModalLuar", "jumlahSudahRAT", "jumlahBelumRAT", "jumlahGradeA", "jumlahGradeB",
    "jumlahGradeC1", "jumlahGradeC2", "jumlahGradeLainnya",
)  # fmt: skip
_MOST_BYTES = 64 * 1024 * 1024
_LATER = "coba lagi nanti, atau impor berkas daftar seperti biasa"
_ASK = "periksa akun dan alamat antarmuka dengan pengelola register"


class _NoWayRound(urllib.request.HTTPRedirectHandler):
    """Refuses redirects: the account's words go to the address that the office set and nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class HttpRegistry:
    """See `ports.NationalRegistry`. folder: where answers are kept. clock: the instant, for tests."""

    def __init__(
        self, address: str, user: str, password: str, folder: Path, *,
        seconds: float = 30.0, clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:  # fmt: skip
        parts = urlsplit(address)
        is_here = parts.hostname in ("127.0.0.1", "localhost", "::1")
        if parts.scheme != "https" and not (parts.scheme == "http" and is_here):
            raise refuse_registry(
                Reason("registry_not_safe", "alamat antarmuka register bukan HTTPS"),
                "pakai alamat yang berawalan https:// supaya kata sandi tidak terbaca di jalan",
            )
        self._address = address.rstrip("/")
        self._user, self._password = user, password
        self._folder, self._seconds, self._clock = folder, seconds, clock
        self._token = ""
        self._opener = urllib.request.build_opener(_NoWayRound)

    def profiles(self) -> Fetched:
        """All cooperatives that the account may see, by the public list's labels."""
        return self._kept("profile", lambda: self._ask("odsprofile", {}), self._profiles)

    def recap(self, year: int) -> Fetched:
        """The registry's counts of a year."""
        return self._kept(f"recap-{int(year)}", lambda: self._ask("odsrekap", {"tahun": int(year)}), self._recap)

    def _profiles(self, answer: Mapping[str, Any]) -> list[Profile]:
        return [{label: _text(row.get(key)) for key, label in PROFILE_LABELS.items()} for row in _rows(answer)]

    def _recap(self, answer: Mapping[str, Any]) -> list[Profile]:
        return [{key: _text(row[key]) for key in RECAP_KEYS if key in row} for row in _rows(answer)]

    def _kept(
        self, name: str, ask: Callable[[], Mapping[str, Any]], read: Callable[[Mapping[str, Any]], Sequence[Profile]]
    ) -> Fetched:
        """The kept answer while it is young; else a new one, kept only when it is whole."""
        path, now = self._folder / f"{name}.json", self._clock()
        kept = _read_kept(path)
        if kept is not None and timedelta(0) <= now - kept.fetched_at < KEPT_FOR:
            return kept
        try:
            answer = ask()
        except RegistryRefused as refused:
            if kept is None:
                raise
            reason = Reason(
                "registry_refused_kept",
                "{why}; jawaban terakhir yang tersimpan diambil pada {at}",
                {"why": refused.refusal.reason.sentence(), "at": f"{kept.fetched_at:%d/%m/%Y %H:%M} UTC"},
            )
            raise refuse_registry(reason, refused.refusal.mend) from refused
        fetched = Fetched(read(answer), now, _text(answer.get("tanggalData")))
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        said = {"at": now.isoformat(), "data_on": fetched.data_on, "rows": list(fetched.rows)}
        part.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        part.replace(path)
        return fetched

    def _ask(self, way: str, body: Mapping[str, object]) -> Mapping[str, Any]:
        """An answer with the token; an expired one is renewed once."""
        if not self._token:
            self._sign_in()
        status, answer = self._post(way, body, self._token)
        if status == 401:
            self._sign_in()
            status, answer = self._post(way, body, self._token)
        _check(status, answer)
        return answer

    def _sign_in(self) -> None:
        status, answer = self._post("odslogin", {"username": self._user, "password": self._password}, "")
        if status in (401, 403):
            raise refuse_registry(Reason("registry_sign_in", "register nasional menolak akun kantor ini"), _ASK)
        _check(status, answer)
        token = answer.get("token")
        if not isinstance(token, str) or not token:
            raise refuse_registry(Reason("registry_no_token", "register nasional tidak memberi tanda masuk"), _ASK)
        self._token = token

    def _fetch(self, request: urllib.request.Request) -> tuple[int, bytes]:
        """Status and body, whatever the status. Raises OSError or HTTPException when the answer breaks off."""
        try:
            with self._opener.open(request, timeout=self._seconds) as reply:
                content = reply.read(_MOST_BYTES + 1)
                # What is left of the announced length; a read of so many bytes does not say that it fell short.
                if reply.length and len(content) <= _MOST_BYTES:
                    raise IncompleteRead(content, reply.length)
                return reply.status, content
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read(_MOST_BYTES + 1)

    def _post(self, way: str, body: Mapping[str, object], token: str) -> tuple[int, Mapping[str, Any]]:
        """The status and the JSON object of one request. Raises RegistryRefused when nothing or no JSON comes back."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        # The address is the office's own setting, HTTPS or this machine, as checked above.
        request = urllib.request.Request(f"{self._address}/{way}", json.dumps(body).encode(), headers, method="POST")
        try:
            status, content = self._fetch(request)
        except (HTTPException, OSError) as error:
            is_slow = isinstance(getattr(error, "reason", error), TimeoutError)
            says = "register nasional tidak menjawab dalam waktunya" if is_slow else "register nasional tidak terhubung"
            raise refuse_registry(Reason("registry_silent", says), _LATER) from None
        if len(content) > _MOST_BYTES:
            raise refuse_registry(Reason("registry_too_much", "jawaban register nasional terlalu besar"), _LATER)
        try:
            answer = json.loads(content)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            if status in (401, 403, 429):
                return status, {}
            raise refuse_registry(
                Reason("registry_not_json", "register nasional menjawab dengan halaman, bukan data ({status})",
                       {"status": str(status)}), _LATER,
            )  # fmt: skip
        return status, answer


def _check(status: int, answer: Mapping[str, Any]) -> None:
    said = _text(answer.get("message")).casefold()
    if status == 429 or "kuota" in said or "quota" in said:
        raise refuse_registry(Reason("registry_quota", "kuota antarmuka register nasional habis"), _LATER)
    if status != 200:
        raise refuse_registry(
            Reason("registry_says_no", "register nasional menjawab {status}", {"status": str(status)}), _ASK
        )


def _rows(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    rows = answer.get("data")
    if isinstance(rows, dict):
        rows = [rows]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise refuse_registry(Reason("registry_other_shape", "bentuk jawaban register nasional tidak dikenal"), _LATER)
    return rows


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, dict | list) else " ".join(str(value).split())


def _read_kept(path: Path) -> Fetched | None:
    """A kept answer; None where there is none or it cannot be read."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Fetched(said["rows"], datetime.fromisoformat(said["at"]), said["data_on"], from_cache=True)
    except (OSError, ValueError, KeyError, TypeError):
        return None

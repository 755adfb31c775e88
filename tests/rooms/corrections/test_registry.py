"""The adapter to the registry's interface against a verified fake: token, profile, recap, quota, and all that goes wrong."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from telusur.corrections.ports import Fetched, RegistryRefused
from telusur.corrections.registries.choose import national_registry
from telusur.corrections.registries.http_registry import KEPT_FOR, PROFILE_LABELS, RECAP_KEYS, HttpRegistry
from tests.rooms.corrections.fake_registry import PASSWORD, PROFILE, USER, Registry, registry

NOW = datetime(2026, 6, 30, 3, tzinfo=UTC)


@pytest.fixture
def fake() -> Iterator[Registry]:
    """The fake, running."""
    with registry() as told:
        yield told


class Clock:
    """An hour that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def asking(
    fake: Registry, folder: Path, clock: Clock | None = None, *, password: str = PASSWORD, seconds: float = 20.0
) -> HttpRegistry:
    return HttpRegistry(fake.address, USER, password, folder / "kept", seconds=seconds, clock=clock or Clock())


def _post(address: str, body: object, token: str = "") -> tuple[int, Any]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(address, json.dumps(body).encode(), headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=5) as reply:
            return reply.status, json.loads(reply.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def test_the_fake_speaks_as_recorded(fake: Registry) -> None:
    """What is known of the real interface, asked of the fake without our adapter: a fake that drifts would prove nothing."""
    assert _post(f"{fake.address}/odsprofile", {})[0] == 401
    assert _post(f"{fake.address}/odslogin", {"username": USER, "password": "salah"})[0] == 401
    status, answer = _post(f"{fake.address}/odslogin", {"username": USER, "password": PASSWORD})
    assert status == 200 and set(answer) == {"token"}
    status, profile = _post(f"{fake.address}/odsprofile", {}, answer["token"])
    assert status == 200 and set(profile) == {"data"} and set(PROFILE_LABELS) <= set(profile["data"][0])
    status, recap = _post(f"{fake.address}/odsrekap", {"tahun": 2026}, answer["token"])
    assert status == 200 and set(recap) == {"data", "tanggalData"} and set(recap["data"][0]) <= set(RECAP_KEYS)
    assert _post(f"{fake.address}/odsrekap", {}, answer["token"])[0] == 404


def test_a_profile_comes_by_the_public_lists_labels(fake: Registry, tmp_path: Path) -> None:
    fetched = asking(fake, tmp_path).profiles()
    (row,) = fetched.rows
    assert row["Nomor Induk Koperasi (NIK)"] == PROFILE["NIK"]
    assert row["Koperasi"] == PROFILE["Nama_Koperasi"]
    assert row["Tanggal Perubahan Anggaran Dasar (Terbaru)"] == ""
    assert fake.ways == ["odslogin", "odsprofile"]
    assert "Wibisana" not in (tmp_path / "kept" / "profile.json").read_text()


def test_a_recap_names_its_day(fake: Registry, tmp_path: Path) -> None:
    fetched = asking(fake, tmp_path).recap(2026)
    assert (fetched.rows[0]["jumlahSudahRAT"], fetched.data_on) == ("76", "2026-06-30")
    assert fake.asked[-1] == ("odsrekap", {"tahun": 2026})


def test_an_answer_is_kept_for_half_an_hour(fake: Registry, tmp_path: Path) -> None:
    clock = Clock()
    first = asking(fake, tmp_path, clock).profiles()
    clock.now = NOW + KEPT_FOR - timedelta(seconds=1)
    kept = asking(fake, tmp_path, clock).profiles()
    assert (kept.rows, kept.from_cache, kept.fetched_at) == (first.rows, True, NOW)
    assert fake.ways == ["odslogin", "odsprofile"]
    clock.now = NOW + KEPT_FOR
    assert asking(fake, tmp_path, clock).profiles() == Fetched(first.rows, clock.now)
    assert len(fake.ways) == 4


def test_one_token_serves_many_questions_and_an_expired_one_is_renewed_once(fake: Registry, tmp_path: Path) -> None:
    asked = asking(fake, tmp_path)
    asked.recap(2025)
    fake.moods.append("expired")
    asked.recap(2026)
    assert fake.ways == ["odslogin", "odsrekap", "odsrekap", "odslogin", "odsrekap"]
    fake.moods += ["expired", "fine", "expired"]
    with pytest.raises(RegistryRefused) as refused:
        asked.recap(2024)
    assert refused.value.refusal.reason.code == "registry_says_no"
    assert len(fake.ways) == 8


WRONG = [
    ("a page instead of data", ["html"], "registry_not_json"),
    ("a page instead of data, after signing in", ["fine", "html"], "registry_not_json"),
    ("quota used up", ["fine", "quota"], "registry_quota"),
    ("quota used up, said with 200", ["fine", "quota in words"], "registry_quota"),
    ("a broken server", ["fine", "broken"], "registry_not_json"),
    ("a list where an object was", ["fine", "list"], "registry_not_json"),
    ("rows that are no rows", ["fine", "shape"], "registry_other_shape"),
    ("no token", ["no token"], "registry_no_token"),
    ("sent to another address", ["elsewhere"], "registry_not_json"),
    ("an answer that breaks off", ["fine", "cut"], "registry_silent"),
    ("no answer in time", ["silent"], "registry_silent"),
]


@pytest.mark.parametrize(("moods", "code"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_goes_wrong_is_said_in_one_sentence_and_nothing_is_kept(
    fake: Registry, tmp_path: Path, moods: list[str], code: str
) -> None:
    fake.moods += moods
    with pytest.raises(RegistryRefused) as refused:
        asking(fake, tmp_path, seconds=0.2 if "silent" in moods else 20.0).profiles()
    assert refused.value.refusal.reason.code == code
    assert PASSWORD not in str(refused.value) and "\n" not in str(refused.value)
    assert not (tmp_path / "kept").exists()
    assert len(asking(fake, tmp_path).profiles().rows) == 1


def test_a_wrong_password_is_said(fake: Registry, tmp_path: Path) -> None:
    with pytest.raises(RegistryRefused, match="menolak akun kantor"):
        asking(fake, tmp_path, password="salah").profiles()


def test_a_refusal_names_the_answer_that_is_kept(fake: Registry, tmp_path: Path) -> None:
    clock = Clock()
    asking(fake, tmp_path, clock).profiles()
    clock.now = NOW + timedelta(hours=5)
    fake.moods += ["fine", "quota"]
    with pytest.raises(RegistryRefused, match=r"kuota .* habis; jawaban terakhir .* 30/06/2026 03:00 UTC"):
        asking(fake, tmp_path, clock).profiles()
    assert (tmp_path / "kept" / "profile.json").exists()


def test_a_kept_answer_that_was_cut_is_asked_for_again(fake: Registry, tmp_path: Path) -> None:
    asking(fake, tmp_path).profiles()
    path = tmp_path / "kept" / "profile.json"
    path.write_text(path.read_text()[:30])
    assert not asking(fake, tmp_path).profiles().from_cache


def test_nobody_is_there(tmp_path: Path) -> None:
    with registry() as gone:
        pass
    with pytest.raises(RegistryRefused, match="tidak terhubung"):
        asking(gone, tmp_path).profiles()


@pytest.mark.parametrize("address", ["http://register.example/odsapi", "ftp://127.0.0.1/", "register.example"])
def test_words_of_the_account_go_over_https_alone(address: str, tmp_path: Path) -> None:
    with pytest.raises(RegistryRefused, match="bukan HTTPS"):
        HttpRegistry(address, USER, PASSWORD, tmp_path)


def test_it_is_off_until_an_office_sets_it(settings: Settings, tmp_data: Path) -> None:
    assert settings.REGISTRY_ADDRESS == ""
    with pytest.raises(RegistryRefused, match="tidak dihubungkan"):
        national_registry()
    settings.REGISTRY_ADDRESS = "https://register.example/odsapi"
    assert isinstance(national_registry(), HttpRegistry)

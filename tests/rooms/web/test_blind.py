"""The officer who may be sent second learns nothing of the first finding: list, files, filters, photo, card."""

from __future__ import annotations

import io
from collections import deque
from datetime import UTC, datetime

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from telusur.rounds.actions import derive
from telusur.rounds.rules.codes import CODE_LABELS, Code
from tests.rooms.visits.office import account, cooperative, lay_round, phone, picture, send, sent, upload
from tests.rooms.visits.test_field_door import Speaker
from tests.rules.visits.packets import photo

WORDS = CODE_LABELS[Code.ATTEMPTS_TOO_FEW]
HELD = "menunggu petugas kedua"


def _browser(name: str) -> Client:
    client = Client()
    client.force_login(account(name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _sheet(content: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]


def _opens(client: Client, address: str) -> bool:
    reply = client.get(address)
    if reply.streaming:
        # Read to its end, as a browser does: the file is closed there.
        deque(reply, maxlen=0)
    return reply.status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("tmp_data")
@pytest.mark.long
def test_whoever_may_be_second_sees_no_finding_by_any_door() -> None:
    round_ = lay_round()
    budi, _ = phone("budi")
    sha256, data = picture()
    upload(sha256, data)
    found = sent(budi, number=1, finding="other_occupant", informants=["occupant"], photos=[photo(sha256)])
    send(budi, found)
    send(budi, sent(budi, number=2, finding="nobody_present", sequence=2))
    # A located one is read by all; an active too, unless the sealed draw may send a second officer to it.
    send(budi, sent(budi, number=3, finding="refused", informants=["board"], sequence=3))
    derive(round_=round_, on=timezone.localdate(), known_at=datetime.now(UTC), by="terminal")
    first, name = cooperative(1), cooperative(1).entries.get().name
    register, download = reverse("register"), reverse("register-download")
    shown = reverse("photo", kwargs={"sha256": sha256, "kind": "kecil"})
    coded = f"?code={Code.ATTEMPTS_TOO_FEW.value}"
    told = {}
    for who in ("sari", "budi"):
        client = _browser(who)
        page = client.get(register).content.decode()
        (line,) = [part for part in page.split("<tr>") if name in part]
        csv = b"".join(client.get(f"{download}?format=csv").streaming_content).decode()  # type: ignore[attr-defined]
        (row,) = [line for line in csv.splitlines() if str(first.pk) in line]
        (cells,) = [
            cells
            for cells in _sheet(b"".join(client.get(download).streaming_content))  # type: ignore[attr-defined]
            if cells[-1] == str(first.pk)
        ]
        told[who] = {
            "list": WORDS in line and HELD not in line and "<time" in line,
            "csv": WORDS in row and HELD not in row,
            "sheet": WORDS in cells and HELD not in cells and cells[7] is not None,
            "filter": name in client.get(register + coded).content.decode(),
            "filtered file": str(first.pk)
            in b"".join(client.get(f"{download}{coded}&format=csv").streaming_content).decode(),  # type: ignore[attr-defined]
            "officer": name in client.get(f"{register}?officer=budi").content.decode(),
            "photo": _opens(client, shown),
        }
        order = client.get(f"{register}?sort=code").content.decode()
        assert order.count('<th scope="row">') == 6
    assert set(told["budi"].values()) == {True}, told
    assert set(told["sari"].values()) == {False}, told
    located = cooperative(3).entries.get().name
    (line,) = [part for part in _browser("sari").get(register).content.decode().split("<tr>") if located in part]
    assert HELD not in line and "<time" in line
    # The head of the section sees all; and nobody is blind to a visit that claimed nothing.
    assert _browser("sari").get(register).content.decode().count(HELD) == 2
    sari = Speaker(*phone("sari"))
    assert [stop["attempts"] for stop in sari.get(f"cari/?q={name}").json()["stops"]][:1] == [[]]

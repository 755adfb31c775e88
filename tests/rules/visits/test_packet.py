"""A packet is read or kept with the names of what cannot be read; only bytes without an id are refused."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.rounds.rules.visit import Evidence, Finding, Informant
from telusur.visits.rules.packet import PacketRefused, SentVisit, hash_of, read_packet
from tests.rules.visits.packets import COOPERATIVE, DEVICE, SHA, body, packet, photo

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def names(visit: SentVisit) -> str:
    """The fields that a packet's reasons name."""
    return " ".join(reason.values.get("names", "") for reason in visit.reasons)


def test_a_whole_packet_reads_without_a_reason() -> None:
    read = read_packet(body(finding="operating", evidence=["ledger"], business_on="2025-09-01", photos=[photo()]))
    assert read.reasons == ()
    assert (read.device, read.cooperative, read.sequence, read.round_id) == (DEVICE, COOPERATIVE, 1, 1)
    assert read.finding is Finding.OPERATING
    assert read.evidence == (Evidence.LEDGER, Evidence.GEOTAGGED_PHOTO)
    assert read.informants == (Informant.BOARD,)
    assert read.position is not None and read.position.accuracy_m == 9.5 and read.position.is_mock is None


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"<html>login</html>",
        b"[]",
        b"7",
        b'{"id": 7}',
        b'{"finding": "refused"}',
        b"\xff\xfe",
        b"[" * 60_000,
        body()[:-9],
    ],
    ids=["empty", "portal", "list", "number", "id-7", "no-id", "not-utf-8", "deep", "cut"],
)
def test_what_has_no_identity_is_refused_in_a_sentence(sent: bytes) -> None:
    with pytest.raises(PacketRefused, match="kirim ulang"):
        read_packet(sent)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"finding": "abducted"}, "finding"),
        ({"finding": None}, "finding"),
        ({"finding": "no_legal_entity"}, "finding"),
        ({"evidence": ["ledger", "rumour"]}, "evidence"),
        ({"evidence": "ledger"}, "evidence"),
        ({"informants": ["Pak Rekaan"]}, "informants"),
        ({"cooperative": "x"}, "cooperative"),
        ({"cooperative": None}, "cooperative"),
        ({"cooperative": None, "outside": {"name": ""}}, "cooperative"),
        ({"started_at": "2025-10-20T09:00:00"}, "started_at"),
        ({"finished_at": 7}, "finished_at"),
        ({"position": {"lat": 91, "lon": 0}}, "position.lat"),
        ({"position": {}}, "position"),
        ({"position": {"lat": float("nan"), "lon": 0}}, "position.lat"),
        ({"photos": [photo("xyz")]}, "photos"),
        ({"photos": ["x"]}, "photos"),
        ({"sequence": 0}, "sequence"),
        ({"sequence": True}, "sequence"),
        ({"round": "first"}, "round"),
        ({"business_on": "2025-02-30"}, "business_on"),
        ({"meeting": {"for_book_year": 1}}, "meeting.for_book_year"),
        ({"meeting": {"for_book_year": 2024, "contents": ["rumour"]}}, "meeting.contents"),
        ({"meeting": {"for_book_year": 2024, "contents": "state"}}, "meeting.contents"),
        ({"note": "x" * 5000}, "note"),
        ({"device": "phone"}, "device"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_visit_kept(changes: dict[str, Any], named: str) -> None:
    read = read_packet(body(**changes))
    assert named in names(read).replace(",", "").split()


@pytest.mark.parametrize(
    ("said", "contents"),
    [(None, None), ([], ()), (["state", "balance_sheet", "state"], ("balance_sheet", "state"))],
    ids=["nobody looked", "none of them is there", "two, each once"],
)
def test_what_the_minutes_hold(said: list[str] | None, contents: tuple[str, ...] | None) -> None:
    read = read_packet(body(meeting={"for_book_year": 2024, "held_on": None, "contents": said}))
    assert (read.meeting_contents, read.reasons) == (contents, ())


def test_another_form_waits() -> None:
    assert [reason.code for reason in read_packet(body(form=99)).reasons] == ["form_unknown"]
    assert [reason.code for reason in read_packet(body(form=None)).reasons] == ["form_unknown"]


def test_a_ticked_photo_is_no_photo() -> None:
    assert read_packet(body(evidence=["photo", "geotagged_photo", "meeting_minutes"])).evidence == ()


def test_photos_speak_for_themselves() -> None:
    plain = read_packet(body(photos=[photo(geotagged=False), photo("11" * 32, "minutes")]))
    assert plain.evidence == (Evidence.PHOTO, Evidence.MEETING_MINUTES)
    assert read_packet(body(photos=[photo("11" * 32, "document")])).evidence == ()
    assert len(read_packet(body(photos=[photo(SHA), photo(SHA.upper())])).photos) == 1


def test_half_characters_and_nul_are_replaced_and_a_citizens_number_is_masked() -> None:
    sent = json.dumps(packet(note="a\ud83d b\x00 " + "3" * 16)).encode()
    read = read_packet(sent)
    assert read.reasons == ()
    assert read.note == "a\ufffd b\ufffd 3333********3333"
    read.note.encode()


def test_a_hash_or_an_id_that_looks_like_a_citizens_number_is_left_alone() -> None:
    sha256 = "ab" + "3" * 16 + "cd" * 23
    ident, device = "abcd3374-5678-4123-8123-a" + "0" * 11, "abcd6471-1234-4123-9123-b" + "1" * 11
    read = read_packet(body(id=ident, device=device, photos=[photo(sha256)]))
    assert read.reasons == ()
    assert (str(read.id), str(read.device), read.photos[0].sha256) == (ident, device, sha256)


def test_one_found_off_the_register() -> None:
    read = read_packet(
        body(cooperative=None, outside={"name": " Koperasi Rekaan ", "address": "", "kelurahan": "Contoh"})
    )
    assert read.reasons == ()
    assert read.outside is not None and read.outside.name == "Koperasi Rekaan"
    both = read_packet(body(outside={"name": "Koperasi Rekaan"}))
    assert both.outside is None and both.cooperative == COOPERATIVE


def test_hash_is_of_the_bytes_as_sent() -> None:
    assert hash_of(b'{"a":1}') != hash_of(b'{"a": 1}')


@given(st.dictionaries(st.sampled_from(sorted(packet())), JSON, max_size=6))
def test_no_content_makes_the_reading_fall(changes: dict[str, Any]) -> None:
    sent = {**packet(), **changes, "id": packet()["id"]}
    read = read_packet(json.dumps(sent).encode())
    assert read.id == uuid.UUID(packet()["id"])
    for text in (read.note, read.number, read.survivor, read.stop, read.next_step):
        text.encode()
        assert "\x00" not in text

"""Whose things a door shows: each role asks for its own and another's, at every door that doors.txt says shows one's own.

One office for all: two officers with phones, routes, visits and photos; three boards with reports; two clerks at one pair.
Another's thing answers like one that is not there, or without what is another's; and nothing of it is changed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from telusur.matching.actions import claim, match_edition
from telusur.matching.models import Judgement, Lease
from telusur.merah_putih.trade.models import StockPacket
from telusur.notices.rules.stages import Stage
from telusur.people.models import Account
from telusur.selfreport import actions as reporting
from telusur.selfreport.models import Upload
from telusur.selfreport.queries import files_of
from telusur.visits.models import Packet
from telusur.words.answer_code import AnswerCode, answer_code_from
from tests.rooms.matching.city import ToldEngine, edition_of, proposal, rows
from tests.rooms.merah_putih_trade.city import sent as stock_sent
from tests.rooms.notices.city import ago, draft, lay_office, not_found, put_up
from tests.rooms.selfreport.office import ON
from tests.rooms.selfreport.office import draft as drafted
from tests.rooms.visits.office import cooperative, phone, picture, planned, send, sent, upload
from tests.rooms.visits.test_field_door import Speaker
from tests.rooms.web.doors import declared
from tests.rules.visits.packets import photo

DOORS = declared()
HELD = "menunggu petugas kedua"
NOWHERE = answer_code_from(b"\x07" * 10).printed
PEOPLE = {"R": "rani", "O": "sari", "S": "dewi", "H": "hadi"}


@dataclass
class Office:
    """All that somebody owns, and a browser for each role; P nobody's, T sari's phone."""

    browsers: dict[str, Client]
    sari: Speaker
    budi: Speaker
    photos: dict[int, str]
    packets: dict[str, str]
    sent_key: str
    draft_key: str
    sent_report: Any
    other_report: Any
    draft_report: Any
    signed_token: str
    unsigned_token: str
    pair: Any
    judged: Any
    faults: list[str] = field(default_factory=list)


def _status(client: Client, address: str) -> int:
    """What a file answers, read to its end as a browser does."""
    reply = client.get(address)
    if reply.streaming:
        deque(reply, maxlen=0)
    return reply.status_code


def _report(key_of: tuple[Any, AnswerCode]) -> tuple[Any, str]:
    report, key = key_of
    return reporting.submit(report=report, on=ON), key.printed


def _office() -> Office:
    round_ = lay_office(6)
    for number in (5, 6):
        not_found(number)
    speakers, photos, packets = {}, {}, {}
    for number, name in ((1, "sari"), (2, "budi")):
        speakers[name] = Speaker(*phone(name))
        photos[number], data = picture(number)
        upload(photos[number], data)
        device = speakers[name].device
        body = sent(device, number, finding="other_occupant", informants=["occupant"], photos=[photo(photos[number])])
        packets[name] = str(send(device, body).id)
        planned(round_, name, [(number + 2, "value", False)])
    (own, key), (other, _), (open_, open_key) = (
        _report(drafted(None)),
        _report(drafted(None)),
        drafted(None),
    )
    match_edition(edition=edition_of(rows(6)), by="rani", engine=ToldEngine(*_told()))
    pair, judged = proposal(*_told()[0][:2]), proposal(*_told()[1][:2])
    claim(proposal=pair, by="rani")
    browsers = {"P": Client(raise_request_exception=False)}
    for letter, name in PEOPLE.items():
        browsers[letter] = Client(raise_request_exception=False)
        browsers[letter].force_login(
            Account.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend"
        )
    browsers["T"] = Client(raise_request_exception=False, headers=dict(speakers["sari"].headers))
    return Office(
        browsers, speakers["sari"], speakers["budi"], photos, packets, key, open_key.printed, own, other, open_,
        put_up(5, ago(10)).token, draft(6, Stage.PUBLIC_NOTICE, ago(0)).token, pair, judged,
    )  # fmt: skip


def _told() -> tuple[tuple[str, str, float], ...]:
    a, b, c = (str(row["name"]) for row in rows(6)[:3])
    return (a, b, 0.6), (b, c, 0.5)


def _blind_page(office: Office, letter: str, client: Client) -> Iterator[str]:
    for number in (1, 2):
        text = client.get(reverse("cooperative", kwargs={"ident": cooperative(number).pk})).content.decode()
        if (HELD in text) is not (letter == "O" and number == 2):
            yield f"shows {'nothing of' if HELD in text else ''} cooperative {number}"


def _blind_photo(office: Office, letter: str, client: Client) -> Iterator[str]:
    for number, sha256 in office.photos.items():
        status = _status(client, reverse("photo", kwargs={"sha256": sha256, "kind": "kecil"}))
        if status != (404 if letter == "O" and number == 2 else 200):
            yield f"photo {number}: {status}"


def _route(office: Office, letter: str, client: Client) -> Iterator[str]:
    told = client.get(reverse("field-today") + "?officer=budi", headers={"x-telusur-sent-at": "2025-10-24T00:00:00Z"})
    stops = {stop["cooperative"] for stop in told.json()["stops"]}
    if stops != {str(cooperative(3).pk)}:
        yield f"stops {stops}"
    if {stop["cooperative"] for stop in office.budi.get("hari-ini/").json()["stops"]} != {str(cooperative(4).pk)}:
        yield "budi's own stops are not his"


def _search(office: Office, letter: str, client: Client) -> Iterator[str]:
    name = cooperative(2).entries.first().name  # type: ignore[union-attr]
    asked = client.get(reverse("field-search") + f"?q={name}", headers={"x-telusur-sent-at": "2025-10-24T00:00:00Z"})
    found = {stop["cooperative"]: stop["attempts"] for stop in asked.json()["stops"]}
    own = {stop["cooperative"]: stop["attempts"] for stop in office.budi.get(f"cari/?q={name}").json()["stops"]}
    ident = str(cooperative(2).pk)
    if found[ident] or [each["officer"] for each in own[ident]] != ["budi"]:
        yield f"attempts {found[ident]}, of his own {own[ident]}"


def _state(office: Office, letter: str, client: Client) -> Iterator[str]:
    if letter == "O":
        # A signed-in browser is no phone: it has sent nothing.
        if client.get(reverse("field-state"), headers={"x-telusur-sent-at": "x"}).status_code != 404:
            yield "a browser has a phone's state"
    elif set(client.get(reverse("field-state")).json()["received"]) != {office.packets["sari"]}:
        yield "another phone's packets"


def _visit(office: Office, letter: str, client: Client) -> Iterator[str]:
    """A packet that names another's phone is still the token's officer's."""
    body = sent(office.budi.device, 4, 9)
    reply = client.post(reverse("field-visit"), body, content_type="application/json").json()
    if Packet.objects.get(pk=reply["receipt"]["id"]).officer != "sari":
        yield "a visit in another's name"


def _stock(office: Office, letter: str, client: Client) -> Iterator[str]:
    check = stock_sent(office.budi.device)
    client.post(reverse("field-stock"), check, content_type="application/json")
    if set(StockPacket.objects.values_list("device__officer__username", flat=True)) - {"sari"}:
        yield "a check in another's name"


def _pair(office: Office, letter: str, client: Client) -> Iterator[str]:
    text = client.get(reverse("matching-pair", kwargs={"number": office.pair.pk})).content.decode()
    if ('name="verdict"' in text) is not (letter == "R"):
        yield "the desk lies before whoever did not take the pair" if letter != "R" else "no desk for whoever has it"


def _judge(office: Office, letter: str, client: Client) -> Iterator[str]:
    if letter == "S":
        client.post(reverse("matching-judge", kwargs={"number": office.pair.pk}), {"verdict": "same"})
        if Judgement.objects.filter(judged_by="dewi").exists():
            yield "a word on the pair that another has"
    elif letter == "R":
        claim(proposal=office.judged, by="rani")
        client.post(reverse("matching-judge", kwargs={"number": office.judged.pk}), {"verdict": "different"})
        if not Judgement.objects.filter(judged_by="rani").exists():
            yield "no word on the own pair"


def _put_back(office: Office, letter: str, client: Client) -> Iterator[str]:
    claim(proposal=office.pair, by="rani")
    client.post(reverse("matching-put-back"))
    if Lease.objects.filter(claimed_by="rani").exists() is (letter == "R"):
        yield "another's pair put back" if letter != "R" else "the own pair not put back"
    claim(proposal=office.pair, by="rani")


def _withdraw(office: Office, letter: str, client: Client) -> Iterator[str]:
    word = Judgement.objects.get(judged_by="rani", verdict="different")
    reply = client.post(reverse("matching-withdraw", kwargs={"number": word.pk}), {"why": "keliru"})
    if (reply.status_code == 404) is (letter == "R"):
        yield f"withdraws: {reply.status_code}"


def _undo(office: Office, letter: str, client: Client) -> Iterator[str]:
    before = Judgement.objects.count()
    client.post(reverse("matching-undo"))
    if letter != "R" and Judgement.objects.count() != before:
        yield "another's last word taken back"


def _letter(office: Office, letter: str, client: Client) -> Iterator[str]:
    own, other = (
        client.get(reverse("notices-letter", kwargs={"token": token})).status_code
        for token in (office.signed_token, office.unsigned_token)
    )
    if (own, other) != (200, 404):
        yield f"a signed letter {own}, a draft {other}"


def _coded(name: str, method: str = "GET", *, is_draft: bool = False, **more: object) -> Callable[..., Iterator[str]]:
    """A page of a report by its secret code: the own code opens it and no other report, no other code opens anything."""

    def tried(office: Office, letter: str, client: Client) -> Iterator[str]:
        ask = client.get if method == "GET" else partial(client.post, data={"purpose": "deed"})
        key = office.draft_key if is_draft else office.sent_key
        own = ask(reverse(name, kwargs={"key": key, **more}))
        none = ask(reverse(name, kwargs={"key": NOWHERE, **more}))
        if own.status_code == 404 or none.status_code != 404:
            yield f"own {own.status_code}, another's {none.status_code}"
        said = b"".join(own) if own.streaming else own.content
        if not is_draft and office.other_report.number.encode() in said:
            yield "another's report"

    return tried


def _detach(office: Office, letter: str, client: Client) -> Iterator[str]:
    theirs, mine = files_of(office.sent_report)[0], files_of(office.draft_report)[0]
    at = {"key": office.draft_key, "step": "authority"}
    other = client.post(reverse("selfreport-detach", kwargs={**at, "number": theirs.pk})).status_code
    if other != 404 or not Upload.objects.filter(pk=theirs.pk).exists():
        yield f"another's file taken back: {other}"
    if letter == "H" and client.post(reverse("selfreport-detach", kwargs={**at, "number": mine.pk})).status_code != 302:
        yield "the own file not taken back"


def _file(name: str) -> Callable[..., Iterator[str]]:
    def tried(office: Office, letter: str, client: Client) -> Iterator[str]:
        def status(report: Any) -> int:
            found = next(each for each in files_of(report) if each.has_copy)
            return _status(client, reverse(name, kwargs={"number": office.sent_report.pk, "upload": found.pk}))

        own, other, unsent = (status(each) for each in (office.sent_report, office.other_report, office.draft_report))
        if (own, other, unsent) != (200, 404, 404):
            yield f"own {own}, another report's {other}, one not sent {unsent}"

    return tried


# The word of doors.txt → its doors → what is tried there. In this order: what takes something away comes last.
WHOSE: dict[str, dict[str, Callable[[Office, str, Client], Iterator[str]]]] = {
    "blind": {"cooperative": _blind_page, "photo": _blind_photo},
    "route": {"field-today": _route},
    "visits": {"field-search": _search},
    "phone": {"field-state": _state, "field-visit": _visit, "field-stock": _stock},
    "pair": {"matching-pair": _pair, "matching-judge": _judge, "matching-put-back": _put_back},
    "word": {"matching-withdraw": _withdraw, "matching-undo": _undo},
    "letter": {"notices-letter": _letter},
    "code": {
        "selfreport-follow": _coded("selfreport-follow"),
        "selfreport-check": _coded("selfreport-check", is_draft=True),
        "selfreport-receipt": _coded("selfreport-receipt"),
        "selfreport-step": _coded("selfreport-step", is_draft=True, step="state"),
        "selfreport-upload": _coded("selfreport-upload", "POST", is_draft=True, step="authority"),
        "selfreport-withdraw": _coded("selfreport-withdraw", "POST"),
    },
    "file": {
        "report-file": _file("report-file"),
        "report-picture": _file("report-picture"),
        "selfreport-detach": _detach,
    },
}


def test_every_door_that_shows_ones_own_is_tried_with_anothers() -> None:
    said = {name: door.whose for name, door in DOORS.items() if door.whose not in ("office", "-")}
    tried = {name: word for word, doors in WHOSE.items() for name in doors}
    assert said == tried, "doors.txt and WHOSE differ; an own thing needs a try in WHOSE, or the line another word"


@pytest.mark.django_db
@pytest.mark.usefixtures("tmp_data")
@pytest.mark.long
def test_each_role_gets_its_own_and_nothing_of_anothers() -> None:
    office = _office()
    found: list[str] = []
    for word, doors in WHOSE.items():
        for name, tried in doors.items():
            # The clerk whose thing it is comes last: what is tried there may end it.
            for letter in sorted(DOORS[name].who, key="POSHTR".index):
                found += [
                    f"{name} ({word}) by {letter}: {fault}" for fault in tried(office, letter, office.browsers[letter])
                ]
    assert not found, "\n".join(found)

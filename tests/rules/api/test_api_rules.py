"""What the doors for machines decide: addresses that may be told, waits, areas, cursors, keys."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from telusur.api.rules.cursor import BadCursor, Place, open_cursor, seal_cursor
from telusur.api.rules.events import EventKind, kind_of
from telusur.api.rules.idempotency import KEPT, Repeat, judge, key_is_fit
from telusur.api.rules.limits import window_at
from telusur.api.rules.tokens import Grant, Scope, Standing, covers, refuse_grant
from telusur.api.rules.webhooks import WAITS, DeliveryState, address_is_open, after_attempt
from telusur.api.webhooks.address import Target, read_target
from telusur.people.rules import Role

NOW = datetime(2025, 10, 24, 2, tzinfo=UTC)
KEY = b"kunci rekaan"


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
    ],
)
def test_only_the_open_internet(address: str, is_open: bool) -> None:
    assert address_is_open(address) is is_open


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://penerima.example/kabar?x=1", ""),
        ("https://penerima.example:8443/", ""),
        ("http://penerima.example/", "https"),
        ("ftp://penerima.example/", "https"),
        ("https://localhost/", "sendiri"),
        ("https://127.0.0.1/", "sendiri"),
        ("https://10.0.0.1/", "jaringan dalam"),
        ("https://[::ffff:10.0.0.1]/", "jaringan dalam"),
        ("https://penerima.example:25/", "443"),
        ("https://nama:sandi@penerima.example/", "sandi"),
        ("https:///kabar", "dibaca"),
        ("https://penerima.example/#x", "dibaca"),
        ("https://penerima.example:x/", "dibaca"),
        ("https://penerima.example/a b", "tanda"),
        ("https://penerima.example/a\r\nHost: lain", "tanda"),
        ("https://pénerima.example/", "tanda"),
        ("https://penerima.example/" + "a" * 400, "panjang"),
    ],
)
def test_an_endpoints_address(address: str, says: str) -> None:
    read = read_target(address, localhost=False)
    assert isinstance(read, Target) if not says else isinstance(read, str) and says in read


def test_a_demo_may_name_this_machine() -> None:
    assert read_target("http://localhost:8000/x", localhost=True) == Target(False, "localhost", 8000, "/x")
    assert isinstance(read_target("http://penerima.example/", localhost=True), str)


@pytest.mark.parametrize(
    ("attempts", "status", "retry", "state", "wait"),
    [
        (1, 200, None, "delivered", None),
        (3, 204, None, "delivered", None),
        (1, 500, None, "waiting", timedelta(seconds=5)),
        (2, None, None, "waiting", timedelta(minutes=5)),
        (1, 301, None, "waiting", timedelta(seconds=5)),
        (1, 429, 60, "waiting", timedelta(seconds=60)),
        (3, 429, 60, "waiting", timedelta(minutes=30)),
        (1, 503, 10**9, "waiting", timedelta(hours=24)),
        (len(WAITS), 500, None, "waiting", WAITS[-1]),
        (len(WAITS) + 1, 500, None, "given_up", None),
        (1, 410, None, "given_up", None),
    ],
)
def test_what_follows_an_attempt(
    attempts: int, status: int | None, retry: int | None, state: str, wait: timedelta | None
) -> None:
    outcome = after_attempt(attempts, status, NOW, retry)
    assert outcome.state == DeliveryState(state)
    assert outcome.next_at == (NOW + wait if wait else None)
    assert outcome.ends_endpoint is (status == 410)


def grant(**more: object) -> Grant:
    values: dict[str, object] = {
        "account": "a",
        "role": Role.REGISTRAR,
        "account_is_active": True,
        "scopes": frozenset({Scope.VISITS}),
        "areas": (),
        "expires_at": NOW + timedelta(days=1),
        **more,
    }
    return Grant(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "standing"),
    [
        ({}, Standing.IN_FORCE),
        ({"expires_at": NOW}, Standing.EXPIRED),
        ({"revoked_at": NOW}, Standing.REVOKED),
        ({"account_is_active": False}, Standing.ACCOUNT_CLOSED),
    ],
)
def test_a_tokens_standing(more: dict[str, object], standing: Standing) -> None:
    assert grant(**more).standing(NOW) is standing


def test_a_token_never_may_more_than_its_role() -> None:
    assert grant().allows(Scope.VISITS) and not grant().allows(Scope.PLACES)
    assert not grant(role=Role.HEAD).allows(Scope.VISITS)
    assert refuse_grant(Role.OFFICER, [Scope.PLACES], [], 1, "x")
    assert not refuse_grant(Role.OFFICER, [Scope.VISITS], ["99.01.01.1001"], 1, "x")


@pytest.mark.parametrize(
    ("areas", "code", "is_inside"),
    [
        (["99.01"], "99.01.01.1001", True),
        (["99.01.01.1001"], "99.01.01.1001", True),
        (["99.01.01.1001"], "99.01.01.1002", False),
        (["99.01.0"], "99.01.01.1001", False),
        (["99.01"], "", False),
    ],
)
def test_areas_cover_what_lies_below(areas: list[str], code: str, is_inside: bool) -> None:
    assert covers(areas, code) is is_inside
    assert grant(areas=tuple(areas)).reaches(code) is is_inside
    assert grant().reaches(code)


@example("\U00010000" * 60, datetime(2026, 1, 1, tzinfo=UTC), date(2026, 1, 1))
@given(st.text(max_size=60), st.datetimes(timezones=st.just(UTC)), st.dates())
def test_a_cursor_comes_back_as_it_went(after: str, at: datetime, on: date) -> None:
    place = Place("cooperatives 99", after, on, at)
    text = seal_cursor(place, KEY)
    assert open_cursor(text, "cooperatives 99", KEY) == place
    for question, key in (("balance 99", KEY), ("cooperatives 99", b"lain")):
        with pytest.raises(BadCursor):
            open_cursor(text, question, key)


@given(st.text(max_size=200))
def test_no_text_is_a_cursor_of_ours(text: str) -> None:
    with pytest.raises(BadCursor):
        open_cursor(text, "cooperatives", KEY)


def test_keys_are_kept_for_a_day() -> None:
    assert judge("m", NOW, "m", NOW) is Repeat.SAME
    assert judge("m", NOW, "other", NOW) is Repeat.OTHER_BODY
    assert judge("m", NOW, "other", NOW + KEPT) is Repeat.FORGOTTEN
    assert key_is_fit("a" * 100)
    assert not any(map(key_is_fit, ("", "a" * 101, "a b", "é", "a\n")))


def test_a_minute_is_counted_at_a_time() -> None:
    assert window_at(NOW).resets_in == 60 and window_at(NOW + timedelta(seconds=59)).resets_in == 1
    assert window_at(NOW).number + 1 == window_at(NOW + timedelta(seconds=60)).number


def test_only_landed_corrections_are_told() -> None:
    assert kind_of("corrections.followed", {"fates": {"landed": 1}}) is EventKind.CORRECTION_LANDED
    assert kind_of("corrections.followed", {"fates": {"ignored": 1}}) is None
    assert kind_of("visits.recorded", {}) is None

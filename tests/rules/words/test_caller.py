"""Whose address a limit counts: the caller's, behind the proxies that the office trusts, and never what he wrote himself."""

from __future__ import annotations

from ipaddress import IPv6Address

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from telusur.words.caller import caller_of

PROXY, INNER, PHONE, LIE = "10.0.0.1", "10.0.0.2", "203.0.113.7", "198.51.100.9"


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "caller"),
    [
        pytest.param(PHONE, "", 0, PHONE, id="no proxy"),
        pytest.param(PHONE, LIE, 0, PHONE, id="no proxy, and a header that nobody trusts"),
        pytest.param(PROXY, PHONE, 1, PHONE, id="one proxy"),
        pytest.param(PROXY, f"{LIE}, {PHONE}", 1, PHONE, id="one proxy, and a lie before it"),
        pytest.param(PROXY, f"{LIE}, {PHONE}, {INNER}", 2, PHONE, id="two proxies, and a lie before them"),
        pytest.param(PROXY, PHONE, 2, PHONE, id="fewer entries than proxies"),
        pytest.param(PROXY, "", 1, PROXY, id="a proxy that tells nothing"),
        pytest.param(PROXY, f"{PHONE}:51820", 1, PHONE, id="with its port"),
        pytest.param(PROXY, "[2001:db8:1:2:3::9]:443", 1, "2001:db8:1:2::/64", id="a network of IPv6"),
        pytest.param("2001:db8::a:b:c:d", "", 0, "2001:db8::/64", id="IPv6 whose noughts are left out"),
        pytest.param("2001:DB8:0:0:ffff::1", "", 0, "2001:db8::/64", id="the same network, written at length"),
        pytest.param(PROXY, "unknown", 1, "unknown", id="a proxy that does not know"),
        pytest.param("::ffff:203.0.113.7", "", 0, PHONE, id="IPv4 in IPv6's clothes"),
    ],
)
def test_the_caller_behind_proxies(remote: str, forwarded: str, proxies: int, caller: str) -> None:
    assert caller_of(remote, forwarded, proxies) == caller


@given(lies=st.lists(st.ip_addresses(v=4).map(str), max_size=5), proxies=st.integers(1, 3))
def test_what_a_caller_writes_never_makes_him_another(lies: list[str], proxies: int) -> None:
    own = [PHONE, *(f"10.0.0.{number}" for number in range(2, proxies + 1))]
    assert caller_of(PROXY, ", ".join([*lies, *own]), proxies) == PHONE


@given(net=st.integers(0, 2**64 - 1), hosts=st.lists(st.integers(0, 2**64 - 1), min_size=2, max_size=2))
def test_whoever_changes_his_address_within_his_network_is_the_same(net: int, hosts: list[int]) -> None:
    first, second = (IPv6Address(net << 64 | host) for host in hosts)
    assume(first.ipv4_mapped is None and second.ipv4_mapped is None)
    assert caller_of(str(first), "", 0) == caller_of(str(second), "", 0)

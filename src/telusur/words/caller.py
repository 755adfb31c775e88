"""Who asks, by address: behind so many proxies of one's own, the address that the outermost of them saw.

Pure. What a caller writes into X-Forwarded-For stands left of what the office's own proxies add, and is never believed.
"""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address

__all__ = ["caller_of"]

_NETWORK_BITS = 64


def caller_of(remote: str, forwarded: str, proxies: int) -> str:
    """The caller's address. remote: who holds the connection; forwarded: X-Forwarded-For; proxies: how many are trusted.

    An IPv6 address is given as its network of 64 bits, since one caller has as many addresses there as he likes.
    """
    seen = [part.strip() for part in forwarded.split(",") if part.strip()]
    text = _without_port(remote if proxies < 1 or not seen else seen[-min(proxies, len(seen))])
    try:
        address = ip_address(text)
    except ValueError:
        # Some proxies say "unknown": all of those are one caller.
        return text.casefold()
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), _NETWORK_BITS), strict=False))


def _without_port(text: str) -> str:
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text

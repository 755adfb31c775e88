"""Who asks, by address: behind so many proxies of one's own, the address that the outermost of them saw.

Pure. What a caller writes into X-Forwarded-For stands left of what the office's own proxies add, and is never believed.
"""

from __future__ import annotations

__all__ = ["caller_of"]

_NETWORK_PARTS = 4


def caller_of(remote: str, forwarded: str, proxies: int) -> str:
    """The caller's address. remote: who holds the connection; forwarded: X-Forwarded-For; proxies: how many are trusted.

    An IPv6 address is given as its network of 64 bits, since one caller has as many addresses there as he likes.
    """
    seen = [part.strip() for part in forwarded.split(",") if part.strip()]
    address = remote if proxies < 1 or not seen else seen[-min(proxies, len(seen))]
    address = address.removeprefix("[").split("]")[0].casefold()
    if address.startswith("::ffff:") and "." in address:
        # IPv4 as IPv6 writes it: one caller, one address.
        return address.removeprefix("::ffff:")
    if address.count(":") > 1:
        return ":".join(address.split(":")[:_NETWORK_PARTS])
    # Some proxies add the port.
    return address.split(":")[0]

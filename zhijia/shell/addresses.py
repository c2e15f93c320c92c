"""Where a request comes from, also behind a proxy. An address is digested to count attempts, and never kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network


def nearest(remote: str, forwarded: str, proxies: Sequence[Network]) -> str:
    """The last address on the way that is no proxy of ours: each proxy adds at the end who asked it.

    What stands further in front anybody may have written, and it is not looked at.

    >>> ours = [ip_network("127.0.0.1/32")]
    >>> nearest("127.0.0.1", "6.6.6.6, 203.0.113.5", ours), nearest("203.0.113.5", "6.6.6.6", ours)
    ('203.0.113.5', '203.0.113.5')
    """
    way = [remote, *reversed([part for part in forwarded.split(",") if part.strip()])]
    here = ""
    for word in way:
        found = _read(word)
        if found is None:
            break
        here = _counted(found)
        if not _ours(found, proxies):
            break
    return here or remote


def _read(word: str) -> IPv4Address | IPv6Address | None:
    """The address in a word of the header; some proxies write a port behind it."""
    text = word.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _ours(address: IPv4Address | IPv6Address, proxies: Iterable[Network]) -> bool:
    return any(address in network for network in proxies)


def _counted(address: IPv4Address | IPv6Address) -> str:
    """One house has a whole /64 of IPv6: its addresses count as one.

    >>> _counted(ip_address("2001:db8::1")) == _counted(ip_address("2001:db8::2"))
    True
    """
    return str(address) if address.version == 4 else str(ip_network((address, 64), strict=False))

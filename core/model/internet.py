"""Addresses of the Internet by their numbers: which lie open to all, which on this machine."""

import ipaddress

NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Is it an address of the open Internet? Mapped, translated and scoped forms are seen through."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(found)
    return inner.is_global and not inner.is_multicast


def is_literal(host: str) -> bool:
    """Is the host a number, not a name?"""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Is it this very machine, by its name or number?"""
    return host == "localhost" or (is_literal(host) and ipaddress.ip_address(host).is_loopback)


def _inner(
    found: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    if isinstance(found, ipaddress.IPv4Address):
        return found
    if found in NAT64:
        return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour or found

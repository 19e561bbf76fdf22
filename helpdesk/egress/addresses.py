"""Which addresses the product may talk to.

`ipaddress.is_global` is not enough: it lets multicast, site-local addresses and the ranges
through which an IPv4 address hides in an IPv6 one pass.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from django.conf import settings

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

OPEN_PORTS = frozenset({80, 443})
GLOBAL_UNICAST_V6 = IPv6Network("2000::/3")
NEVER = tuple(
    ip_network(cidr)
    for cidr in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT; a cloud's metadata lives at 100.100.100.200
        "168.63.129.16/32",  # a public address that is a cloud's internal wire server
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",  # Teredo, ORCHID and other special purposes
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "3fff::/20",
    )
)


def refusal(address: str, port: int) -> str:
    """Why this literal address may not be connected to at this port; '' where it may."""
    ip = ip_address(address.partition("%")[0])
    if any(ip in network for network in _allowed(tuple(settings.EGRESS_ALLOW))):
        return ""
    if not is_public(ip):
        return f"{address} is not a public address"
    return "" if port in OPEN_PORTS else f"port {port} is not open to the outside"


def is_public(ip: Address) -> bool:
    """Whether an address belongs to the public internet in every reading of it.

    Mapped, compatible, NAT64, site-local and link-local IPv6 all lie outside 2000::/3.
    """
    if isinstance(ip, IPv6Address) and ip not in GLOBAL_UNICAST_V6:
        return False
    return ip.is_global and not any(ip in network for network in NEVER)


@lru_cache(maxsize=8)
def _allowed(cidrs: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ip_network(cidr) for cidr in cidrs)

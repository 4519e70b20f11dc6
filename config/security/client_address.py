"""Who asks, where a proxy stands before the site.

Public: `client_address`, `parse_forwarded_for`, `client_network`.
"""

import re
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Responder = Callable[[HttpRequest], HttpResponseBase]

# What a provider gives to one customer (RFC 6177).
_IPV6_NETWORK: Final = 64
# "203.0.113.7:5123", "[2001:db8::1]:443", "[2001:db8::1]".
_WITH_PORT_RE: Final = re.compile(r"(?:\[([^\]]*)\]|([0-9.]+))(?::[0-9]{1,5})?")


def client_address(get_response: Responder) -> Responder:
    """Middleware that puts the reader's address into ``REMOTE_ADDR``.

    Whatever counts by address then counts readers, and not the proxy.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if address := parse_forwarded_for(forwarded, proxies=settings.PROXY_COUNT):
            request.META["REMOTE_ADDR"] = address
        return get_response(request)

    return respond


def parse_forwarded_for(header: str, *, proxies: int) -> str:
    """The address that the outermost of our *proxies* saw; ``""`` where there is none.

    Each proxy adds at the end, so what stands further left is what the reader says.
    Some write the reader's port behind the address.

    >>> parse_forwarded_for("10.9.8.7, 203.0.113.5", proxies=1)
    '203.0.113.5'
    >>> parse_forwarded_for("203.0.113.5", proxies=2)
    ''
    >>> parse_forwarded_for("a, b", proxies=1)
    ''
    >>> parse_forwarded_for("203.0.113.7:5123", proxies=1)
    '203.0.113.7'
    """
    addresses = header.split(",")
    if len(addresses) < proxies:
        return ""
    entry = addresses[-proxies].strip()
    if with_port := _WITH_PORT_RE.fullmatch(entry):
        entry = with_port[1] or with_port[2]
    try:
        return str(ip_address(entry))
    except ValueError:
        return ""


def client_network(address: str) -> str:
    """The address by which one reader is told from another; ``""`` for none.

    Of IPv6 it is the first one of the network, for one household has more addresses
    than could be counted. IPv4 written as IPv6 is IPv4.

    >>> client_network("2001:db8:1:2:3:4:5:6"), client_network("::ffff:203.0.113.5")
    ('2001:db8:1:2::', '203.0.113.5')
    """
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if known.version == 4:
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    network = ip_network((known.packed, _IPV6_NETWORK), strict=False)
    return str(network.network_address)

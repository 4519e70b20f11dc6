"""The address of the client, behind a proxy or not."""

import re
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Responder = Callable[[HttpRequest], HttpResponseBase]

# The prefix length of the smallest network assigned to a customer (RFC 6177).
_IPV6_PREFIX: Final = 64
# "203.0.113.7:5123", "[2001:db8::1]:443", "[2001:db8::1]".
_WITH_PORT_RE: Final = re.compile(r"(?:\[([^\]]*)\]|([0-9.]+))(?::[0-9]{1,5})?")


def client_address(get_response: Responder) -> Responder:
    """Middleware that sets ``REMOTE_ADDR`` to the client's address behind a proxy.

    Counts by address then distinguish clients.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if address := parse_forwarded_for(forwarded, proxies=settings.PROXY_COUNT):
            request.META["REMOTE_ADDR"] = address
        return get_response(request)

    return respond


def parse_forwarded_for(header: str, *, proxies: int) -> str:
    """The client's address as the outermost of *proxies* saw it; ``""`` if invalid.

    Each proxy appends to the header, so that entries further left come from the client
    and cannot be trusted. Some proxies append the port to the address.

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
    """The address by which clients are counted; ``""`` for an invalid one.

    For IPv6 the first address of the /64 network, because one household has more
    addresses than could be counted. IPv4-mapped addresses are IPv4.

    >>> client_network("2001:db8:1:2:3:4:5:6"), client_network("::ffff:203.0.113.5")
    ('2001:db8:1:2::', '203.0.113.5')
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    network = ip_network((parsed.packed, _IPV6_PREFIX), strict=False)
    return str(network.network_address)

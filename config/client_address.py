"""Who asks, where a proxy stands before the site: `client_address`."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Responder = Callable[[HttpRequest], HttpResponseBase]


def client_address(get_response: Responder) -> Responder:
    """Middleware that puts the reader's address into ``REMOTE_ADDR``.

    Whatever counts by address then counts readers, and not the proxy.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if address := read_forwarded(forwarded, proxies=settings.PROXY_COUNT):
            request.META["REMOTE_ADDR"] = address
        return get_response(request)

    return respond


def read_forwarded(header: str, *, proxies: int) -> str:
    """The address that the outermost of our *proxies* saw; ``""`` where there is none.

    Each proxy adds at the end, so what stands further left is what the reader says.

    >>> read_forwarded("10.9.8.7, 203.0.113.5", proxies=1)
    '203.0.113.5'
    >>> read_forwarded("203.0.113.5", proxies=2), read_forwarded("a, b", proxies=1)
    ('', '')
    """
    addresses = header.split(",")
    if len(addresses) < proxies:
        return ""
    try:
        return str(ip_address(addresses[-proxies].strip()))
    except ValueError:
        return ""

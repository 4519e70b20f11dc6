"""The client's address behind proxies."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.security.client_address import (
    client_address,
    client_network,
    parse_forwarded_for,
)

PROXY = "127.0.0.1"


def address_seen(forwarded: str | None) -> str:
    """``REMOTE_ADDR`` as the views see it."""
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=PROXY)
    client_address(lambda request: HttpResponse())(request)
    return str(request.META["REMOTE_ADDR"])


class TestClientAddress:
    def test_address_is_the_one_appended_by_the_proxy(self) -> None:
        assert address_seen("203.0.113.5") == "203.0.113.5"

    def test_forged_entries_are_ignored(self) -> None:
        assert address_seen("198.51.100.1, 203.0.113.5") == "203.0.113.5"

    @pytest.mark.parametrize("forwarded", [None, "", "unknown", "a" * 10_000, ",,,"])
    def test_missing_header_leaves_the_proxys_address(
        self, forwarded: str | None
    ) -> None:
        assert address_seen(forwarded) == PROXY

    @pytest.mark.parametrize(
        ("entry", "address"),
        [
            ("203.0.113.7:5123", "203.0.113.7"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("2001:db8::1:443", "2001:db8::1:443"),
            ("203.0.113.7:", ""),
            ("[]:80", ""),
            ("[203.0.113.7", ""),
            ("203.0.113:80", ""),
        ],
    )
    def test_port_is_dropped(self, entry: str, address: str) -> None:
        assert parse_forwarded_for(f"198.51.100.1:80, {entry}", proxies=1) == address

    def test_second_entry_from_the_end_is_read_for_two_proxies(self) -> None:
        header = "198.51.100.1, 203.0.113.5, 10.0.0.2"
        assert parse_forwarded_for(header, proxies=2) == "203.0.113.5"

    def test_address_is_normalized(self) -> None:
        long = "2001:0DB8:0000:0000:0000:0000:0000:0001"
        assert parse_forwarded_for(long, proxies=1) == "2001:db8::1"


class TestClientNetwork:
    @pytest.mark.parametrize(
        ("address", "customer"),
        [
            ("203.0.113.5", "203.0.113.5"),
            ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
            ("2001:db8:1:3::1", "2001:db8:1:3::"),
            ("::ffff:203.0.113.5", "203.0.113.5"),
            ("", ""),
            ("unix:", ""),
        ],
    )
    def test_ipv6_gives_the_network(self, address: str, customer: str) -> None:
        assert client_network(address) == customer

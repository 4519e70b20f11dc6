"""Addresses of a cluster that cannot be used, and what is said of them."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import search_url

_NODE = "http://10.0.0.1:9200"


class TestAddresses:
    @pytest.mark.parametrize(
        "address",
        [
            "10.0.0.1:9200",
            "localhost",
            "ftp://10.0.0.1",
            "http://",
            "http:///press",
            "http://10.0.0.1:92000",
            "http://10.0.0.1:port",
            "http://[::1",
            "https://amina:12?3@10.0.0.1",
            "https://amina:12#3@10.0.0.1",
            f"{_NODE}/Press",
            f"{_NODE}/press-archive",
            f"{_NODE}/a/b",
            f"{_NODE}/_all",
            f"{_NODE}/*",
        ],
    )
    def test_unusable_one_is_refused_without_being_told(self, address: str) -> None:
        with pytest.raises(ImproperlyConfigured) as caught:
            search_url.read("SIJILL_SEARCH_URL", [address])
        told = str(caught.value)
        assert told.startswith("SIJILL_SEARCH_URL cannot be used: ")
        assert "amina" not in told
        assert "12" not in told

    @pytest.mark.parametrize(
        "addresses",
        [
            [f"{_NODE}/press", f"{_NODE}/other"],
            [_NODE, "http://amina:secret@10.0.0.2:9200"],
        ],
    )
    def test_nodes_of_two_clusters_are_refused(self, addresses: list[str]) -> None:
        with pytest.raises(ImproperlyConfigured):
            search_url.read("SIJILL_SEARCH_URL", addresses)


class TestCertificates:
    def test_file_that_has_none_is_refused(self, tmp_path: Path) -> None:
        empty = tmp_path / "ca.pem"
        empty.write_text("no certificate")
        for path in (tmp_path / "absent.pem", empty):
            with pytest.raises(ImproperlyConfigured, match="SIJILL_SEARCH_CA_FILE"):
                search_url.check_certificates("SIJILL_SEARCH_CA_FILE", str(path))

    def test_none_is_none(self) -> None:
        assert search_url.check_certificates("SIJILL_SEARCH_CA_FILE", "") == ""

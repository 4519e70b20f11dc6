"""Addresses with more parameters than Django reads."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    "path", ["/ar/", "/ar/nothing/", "/en/calendar/0/", "/ar/search/", "/oai/", "/x"]
)
def test_too_many_are_refused_on_every_page(
    client: Client, db: None, path: str
) -> None:
    """On the page of an error too, whose template reads them."""
    assert client.get(path, {"q": ["a"] * 1001}).status_code == 400

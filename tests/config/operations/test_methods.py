"""Requests with a method that the address does not take."""

import pytest
from django.test import Client

PAGE = {"Accept": "text/html"}


@pytest.mark.django_db
class TestMethods:
    @pytest.mark.parametrize(
        ("method", "path", "sentence", "allowed"),
        [
            ("get", "/ar/basket/add/", "اضغطه", "POST"),
            ("get", "/en/logout/", "press the button there", "POST, OPTIONS"),
            ("post", "/ar/search/", "للقراءة فقط", "GET, HEAD"),
            ("delete", "/en/quotations/", "can only be read", "GET, HEAD, POST"),
        ],
    )
    def test_reader_gets_a_page_with_a_way_out(
        self, client: Client, method: str, path: str, sentence: str, allowed: str
    ) -> None:
        response = getattr(client, method)(path, headers=PAGE)
        assert response.status_code == 405
        assert response["Allow"] == allowed
        page = response.content.decode()
        assert sentence in page
        assert f'href="{path[:4]}actors/"' in page

    def test_program_gets_a_line(self, client: Client) -> None:
        response = client.post("/en/search/export/csv/")
        assert response.status_code == 405
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response.content.decode() == (
            "This address takes GET, HEAD, not POST.\n"
        )

    def test_harvester_gets_the_error_of_its_protocol(self, client: Client) -> None:
        response = client.put("/oai/?verb=Identify")
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")
        assert response["Content-Type"].startswith("text/xml")
        assert '<error code="badVerb">' in response.content.decode()

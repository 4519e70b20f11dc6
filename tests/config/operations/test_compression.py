"""Pages by gzip: who gets them, what they hold, and what is left alone."""

import gzip

import pytest
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory

from config.operations.compression import MIN_BYTES, compression

PAGE = "<p>سجلّ الصحافة العربية</p>".encode() * 200
HTML = "text/html; charset=utf-8"


def answer(response: HttpResponseBase, accepted: str | None) -> HttpResponseBase:
    headers = {} if accepted is None else {"Accept-Encoding": accepted}
    request = RequestFactory().get("/", headers=headers)
    return compression(lambda request: response)(request)


class TestCompression:
    @pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.8", "gzip, deflate"])
    def test_page_is_compressed_and_whole(self, accepted: str) -> None:
        response = answer(HttpResponse(PAGE, content_type=HTML), accepted)
        assert isinstance(response, HttpResponse)
        assert response.headers["Content-Encoding"] == "gzip"
        assert response.headers["Vary"] == "Accept-Encoding"
        assert int(response.headers["Content-Length"]) == len(response.content)
        assert gzip.decompress(response.content) == PAGE
        assert len(response.content) < len(PAGE) / 10

    @pytest.mark.parametrize("accepted", [None, "", "br", "gzip;q=0", "gzip; q=0.0"])
    def test_client_that_takes_none_gets_the_page_itself(
        self, accepted: str | None
    ) -> None:
        response = answer(HttpResponse(PAGE, content_type=HTML), accepted)
        assert isinstance(response, HttpResponse)
        assert response.content == PAGE
        assert response.headers["Vary"] == "Accept-Encoding"

    @pytest.mark.parametrize(
        "response",
        [
            HttpResponse(PAGE[: MIN_BYTES - 1], content_type=HTML),
            HttpResponse(PAGE, content_type="application/pdf"),
            HttpResponse(PAGE, content_type=HTML, headers={"Content-Encoding": "br"}),
            StreamingHttpResponse([PAGE], content_type=HTML),
        ],
    )
    def test_other_answers_are_left_alone(self, response: HttpResponseBase) -> None:
        before = dict(response.headers)
        assert dict(answer(response, "gzip").headers) == before

    def test_length_of_the_same_page_varies(self) -> None:
        lengths = {
            response.headers["Content-Length"]
            for _ in range(50)
            for response in [answer(HttpResponse(PAGE, content_type=HTML), "gzip")]
        }
        assert len(lengths) > 1

"""A search by the API beside the same search on the page."""

import re
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict
from django.test import Client

from archive.models import Article
from search.results.facets.model import Facet
from tests.search.api.asking import ask, refuse
from tests.search.library import Library

# Every kind of query, filter, date and order; the last have no hit at all.
_SEARCHES = (
    "",
    "q=كتاب",
    "q=بيان&sort=newest",
    "q=بيان&sort=oldest&from=1942&to=1944",
    "q=بيان&level=root&source=gazette&source=review",
    'q="سكة حديد الحجاز"',
    "q=عنوان:الزنبق",
    "q=زنبق OR مرصد",
    "q=مطبعة -نشرة",
    "q=كتب*",
    "q=مصيدة",
    "actor=taha&actor=baghdad&any=actor",
    "topic=history&-topic=iraq",
    "actor=~&sort=oldest",
    "within=q%3Dبيان&-within=source%3Dreview",
    "undated=1",
    "q=بيان&from=شباط 1941",
    "q=station",
    "q=طه حسين",
    "q=الجوهرة البعيدة جدا",
    "q=بيان&from=1800&to=1801",
)
_MARK_RE = re.compile(r"<mark>(.*?)</mark>")


@pytest.mark.parametrize("query", _SEARCHES)
class TestSearchIsThatOfThePage:
    def test_counts_and_order_of_all_pages(
        self, client: Client, library: Library, query: str
    ) -> None:
        pairs = parse_qsl(query)
        number, page_count = 1, 1
        while number <= page_count:
            address = _encode([*pairs, ("page", str(number))] if number > 1 else pairs)
            found = client.get(f"/ar/search/?{address}", follow=True).context["found"]
            answer = ask(client, f"/search?{address}")
            page_count = answer["page_count"]
            assert answer["total"] == found.total
            assert page_count == found.page_count
            ids = [hit["id"] for hit in answer["hits"]]
            assert ids == [row.article.pk for row in found.rows]
            ranks = [hit["rank"] for hit in answer["hits"]]
            assert ranks == list(range(found.first_rank, found.first_rank + len(ids)))
            number += 1

    def test_facets_dates_marks_and_explanation(
        self, client: Client, library: Library, query: str
    ) -> None:
        address = _encode(parse_qsl(query))
        found = client.get(f"/ar/search/?{address}", follow=True).context["found"]
        answer = ask(client, f"/search?{address}")
        assert {
            name: [
                (one["value"], one["count"], one["label"]) for one in facet["values"]
            ]
            for name, facet in answer["facets"].items()
        } == {facet.name: _counts(facet) for facet in found.facets}
        dates = {one["value"]: one["count"] for one in answer["dates"]["values"]}
        assert dates == {one.iso: one.count for one in found.dates.counted}
        words = [word["word"] for word in answer["explanation"]["words"]]
        assert words == [word.word for word in found.help.words]
        for hit, row in zip(answer["hits"], found.rows, strict=True):
            assert _marked(hit["title"], hit["title_marks"]) == _on_page(row.title)
            shown = [_marked(one["text"], one["marks"]) for one in hit["excerpts"]]
            assert shown == [_on_page(fragment) for fragment in row.fragments]
            forms = {one["form"]: one["count"] for one in hit["forms"]}
            assert forms == {form.form: form.count for form in row.forms}


def _encode(pairs: list[tuple[str, str]]) -> str:
    data = QueryDict(mutable=True)
    for key, value in pairs:
        data.appendlist(key, value)
    return data.urlencode()


def _counts(facet: Facet) -> list[tuple[str, int, str]]:
    return [(one.value, one.count, str(one.label)) for one in facet.buckets]


def _marked(text: str, spans: list[dict[str, int]]) -> list[str]:
    return [text[span["start"] : span["end"]] for span in spans]


def _on_page(html: str) -> list[str]:
    entities = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&#x27;": "'", "&quot;": '"'}
    marked = _MARK_RE.findall(html)
    for entity, letter in entities.items():
        marked = [text.replace(entity, letter) for text in marked]
    return marked


class TestHits:
    def test_excerpt_is_verbatim_at_its_offsets(
        self, client: Client, library: Library
    ) -> None:
        bodies = dict(Article.objects.values_list("pk", "body"))
        excerpts = 0
        for query in ("كتاب", "الفستق", "رحلة طنجة عدن", "مصيدة", "مرصد"):
            for hit in ask(client, "/search", {"q": query})["hits"]:
                for one in hit["excerpts"]:
                    assert bodies[hit["id"]][one["start"] : one["end"]] == one["text"]
                    excerpts += 1
        assert excerpts >= 8

    def test_names_are_in_the_language_of_the_caller(
        self, client: Client, library: Library
    ) -> None:
        names = {
            code: ask(client, "/search", {"actor": "taha"}, accept_language=code)
            for code in ("ar", "en")
        }
        labels = {
            code: [one["label"] for one in answer["facets"]["actor"]["values"]]
            for code, answer in names.items()
        }
        assert labels == {"ar": ["طه حسين"], "en": ["Taha Hussein"]}
        assert names["en"]["url"] == "http://testserver/en/search/?actor=taha"


class TestMistakes:
    def test_query_with_a_slip_comes_with_a_correction(
        self, client: Client, library: Library
    ) -> None:
        problem = refuse(client, "/search", {"q": '"بيان'}, accept_language="en")
        assert problem["type"].endswith("#bad-query")
        assert problem["correction"] == "بيان"

    @pytest.mark.parametrize("path", ["/search", "/articles", "/nothing", "/actors/x"])
    def test_too_many_parameters_are_a_problem(
        self, client: Client, db: None, path: str
    ) -> None:
        problem = refuse(client, path, {"q": ["a"] * 1001})
        assert problem["type"].endswith("#bad-parameter")

    @pytest.mark.parametrize(
        ("query", "kind", "status"),
        [
            ({"sourc": "gazette"}, "bad-parameter", 400),
            ({"q": ["a", "b"]}, "bad-parameter", 400),
            ({"level": "roots"}, "bad-parameter", 400),
            ({"within": "from=soon"}, "bad-parameter", 400),
            ({"-within": "sourc=gazette"}, "bad-parameter", 400),
            ({"sort": "best"}, "bad-parameter", 400),
            ({"any": "colour"}, "bad-parameter", 400),
            ({"from": "قريبا"}, "bad-parameter", 400),
            ({"as_of": "yesterday"}, "bad-parameter", 400),
            ({"as_of": "1923-02-30"}, "bad-parameter", 400),
            ({"page": "0"}, "bad-parameter", 400),
            ({"page": "two"}, "bad-parameter", 400),
            ({"page": "1000000000"}, "bad-parameter", 400),
            ({"page": "999999999"}, "past-end", 404),
            ({"q": "زيادة", "page": "2"}, "past-end", 404),
            ({"q": "ا" * 1001}, "bad-query", 400),
            ({"q": "*"}, "bad-query", 400),
        ],
    )
    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_bad_parameter_is_named(
        self,
        client: Client,
        library: Library,
        query: dict[str, str],
        kind: str,
        status: int,
        language: str,
    ) -> None:
        problem = refuse(client, "/search", query, accept_language=language)
        assert (problem["type"].rpartition("#")[2], problem["status"]) == (kind, status)
        is_arabic = bool(re.search("[ء-ي]", problem["detail"]))
        assert is_arabic == (language == "ar")
        if kind == "bad-parameter":
            assert [error["parameter"] for error in problem["errors"]] == list(query)

"""The page of a concordance and its file."""

import csv
import io
import re
from urllib.parse import unquote

import pytest
from django.test import Client

from search.highlight.highlighter import get_highlighter
from search.indexing.indexer import drain
from search.query import parse
from tests.search.library import Library

PAGE = "/ar/search/concordance/"


def _rows(client: Client, **parameters: str) -> list[list[str]]:
    response = client.get(f"{PAGE}csv/", parameters)
    assert response.status_code == 200
    text = response.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


class TestPage:
    @pytest.mark.parametrize(
        "query", ["مطبعة", '"سكة حديد الحجاز"', "كتاب OR مطبعة", "كتب*", '"سكة حديد"~5']
    )
    def test_each_line_leads_to_its_mark(
        self, client: Client, library: Library, query: str
    ) -> None:
        page = client.get(PAGE, {"q": query}).context["page"]
        assert page.lines
        for placed in page.lines:
            address, _hash, anchor = placed.address.partition("#")
            article = client.get(address)
            assert article.status_code == 200
            marked = re.search(
                rf'<mark id="{anchor}">(.*?)</mark>', article.content.decode()
            )
            assert marked
            word = placed.line.proclitics + placed.line.word
            assert word.startswith(marked.group(1))
            texts = placed.article.title, placed.article.subtitle, placed.article.body
            marks = [
                (part, mark.start)
                for part, text in enumerate(texts)
                for mark in get_highlighter(parse(query)).find(text)
            ]
            hit = int(anchor.removeprefix("hit-"))
            assert marks[hit - 1] == (placed.line.part, placed.line.start)

    def test_lines_are_counted_and_paged(
        self, client: Client, library: Library
    ) -> None:
        first = client.get(PAGE, {"q": "الطريق", "order": "before"})
        page = first.context["page"]
        assert page.total > 50
        assert len(page.lines) == 50
        last = client.get(
            PAGE, {"q": "الطريق", "order": "before", "page": str(page.page_count)}
        )
        assert last.context["page"].last_rank == page.total
        assert "order=before" in first.content.decode()

    def test_page_after_the_last_leads_back(
        self, client: Client, library: Library
    ) -> None:
        answer = client.get(PAGE, {"q": "الطريق", "page": "999999999"})
        assert answer.status_code == 404
        assert "تنتهي النتائج عند الصفحة" in answer.content.decode()

    def test_every_address_has_a_page(self, client: Client, library: Library) -> None:
        for parameters in (
            {},
            {"q": "كاتب:طه"},
            {"actor": "baghdad"},
            {"q": "مطبعة", "order": "x", "by": "y", "word": "-3", "page": "ألف"},
            {"q": "مطبعة", "word": "7"},
            {"q": "زخزخزخ"},
        ):
            for language in ("ar", "en"):
                answer = client.get(f"/{language}/search/concordance/", parameters)
                assert answer.status_code == 200, parameters

    def test_query_with_a_mistake_is_corrected(
        self, client: Client, library: Library
    ) -> None:
        for path in (PAGE, f"{PAGE}csv/"):
            assert client.get(path, {"q": '"غير مغلق'}).status_code == 400

    def test_articles_that_nobody_may_see_have_no_lines(
        self, client: Client, library: Library
    ) -> None:
        assert client.get(PAGE, {"q": "الزمردة"}).context["page"].total == 0

    def test_the_results_lead_to_it(self, client: Client, library: Library) -> None:
        results = client.get("/ar/search/?q=%D9%85%D8%B7%D8%A8%D8%B9%D8%A9")
        assert f"{PAGE}?q=" in results.content.decode()


class TestFile:
    def test_it_has_the_lines_of_all_pages_in_order(
        self, client: Client, library: Library
    ) -> None:
        heading, *rows = _rows(client, q="الطريق", order="after")
        assert heading[:5] == ["المطلوب", "ما قبلها", "السوابق", "كلمة", "ما بعدها"]
        first = client.get(PAGE, {"q": "الطريق", "order": "after"}).context["page"]
        assert len(rows) == first.total
        shown = [placed.line.after for placed in first.lines]
        assert [row[4] for row in rows[:50]] == shown
        assert rows[0][9].startswith("http://testserver/ar/articles/")
        assert "q=الطريق" in unquote(rows[0][9])

    def test_proclitics_have_a_column(self, client: Client, library: Library) -> None:
        _, *rows = _rows(client, q="=وبالمخطوطة")
        assert [row[2:4] for row in rows] == [["وبال", "مخطوطة"]]

    def test_a_search_without_words_has_no_rows(
        self, client: Client, library: Library
    ) -> None:
        assert len(_rows(client, q="")) == 1


class TestLongTexts:
    def test_line_leads_to_the_part_of_the_text(
        self, client: Client, library: Library
    ) -> None:
        article = library.articles["digits"]
        article.title = "سلحفاة وسلحفاة"
        article.body = f"سلحفاة {'كلمة ' * 20_000}سلحفاة"
        article.save()
        drain()
        page = client.get(PAGE, {"q": "سلحفاة"}).context["page"]
        addresses = [placed.address for placed in page.lines]
        assert len(addresses) == 4
        assert [
            address.partition("?q=")[2].partition("&")[2] for address in addresses
        ] == [
            "hit=1#hit-1",
            "hit=2#hit-2",
            "hit=3#hit-3",
            "part=2&hit=1#hit-1",
        ]
        for address in addresses:
            assert (
                f'id="{address.partition("#")[2]}"'
                in client.get(address).content.decode()
            )

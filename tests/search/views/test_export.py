"""Exports as a browser requests them."""

import csv
import io
import json
from pathlib import Path
from urllib.parse import quote

import pytest
import rispy
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from archive.models import Article
from search.export.formats import FORMATS
from tests.search.library import ENTRIES, Library

CSV = "/ar/search/export/csv/"
LINES = "/ar/search/export/jsonl/"
PUBLISHED = sum(entry.status == "published" for entry in ENTRIES)


@pytest.fixture(autouse=True)
def _forget_holdings() -> None:
    """The numbers in the footer are remembered for a minute, across tests too."""
    cache.clear()


def _table(client: Client, query_string: str = "") -> list[dict[str, str]]:
    response = client.get(f"{CSV}?{query_string}&raw=1")
    assert response.status_code == 200
    text = response.getvalue().decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _pages(client: Client, query_string: str) -> list[int]:
    """The numbers of the articles on all pages of results, in their order."""
    numbers: list[int] = []
    page = 1
    while True:
        address = f"/ar/search/?{query_string}" + (f"&page={page}" if page > 1 else "")
        found = client.get(address).context["found"]
        numbers += [row.article.pk for row in found.rows]
        if page == found.page_count:
            assert len(numbers) == found.total
            return numbers
        page += 1


class TestRows:
    @pytest.mark.parametrize(
        "query_string",
        [
            f"q={quote('بيان')}",
            f"q={quote('بيان')}&sort=newest",
            f"q={quote('مطبعة')}&sort=oldest",
            "actor=observer-1&actor=observer-2&sort=newest",
            f"q={quote('بيان')}&source=review&from=1941&to=1943-06",
            f"q={quote('لا شيء كهذا في الأرشيف')}",
        ],
    )
    def test_rows_are_all_hits_in_the_order_of_pages(
        self, client: Client, library: Library, query_string: str
    ) -> None:
        exported = [int(row["article_id"]) for row in _table(client, query_string)]
        assert exported == _pages(client, query_string)

    def test_page_parameter_is_ignored(self, client: Client, library: Library) -> None:
        query = f"q={quote('بيان')}"
        assert _table(client, f"{query}&page=2") == _table(client, query)
        assert len(_table(client, query)) > 20

    def test_drafts_and_withdrawn_articles_are_absent(
        self, client: Client, library: Library
    ) -> None:
        assert len(_table(client)) == PUBLISHED
        titles = {row["title"] for row in _table(client, f"q={quote('مطبعة')}")}
        assert titles
        assert not titles & {library["draft"].title, library["withdrawn"].title}

    def test_article_withdrawn_since_indexing_is_left_out(
        self, client: Client, library: Library
    ) -> None:
        Article.objects.filter(pk=library["tatweel"].pk).update(status="withdrawn")
        assert len(_table(client)) == PUBLISHED - 1

    def test_each_line_is_one_record(self, client: Client, library: Library) -> None:
        content = client.get(LINES).getvalue()
        records = [json.loads(line) for line in content.splitlines()]
        assert len(records) == PUBLISHED
        assert {record["status"] for record in records} == {"published"}

    def test_export_takes_few_queries(
        self,
        client: Client,
        library: Library,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        with django_assert_max_num_queries(12):
            assert client.get(LINES).getvalue()


class TestFile:
    def test_csv_has_content_type_and_file_name(
        self, client: Client, library: Library
    ) -> None:
        response = client.get(CSV, {"q": "بغداد"})
        assert response.headers["Content-Type"].startswith("text/csv; charset=utf-8")
        assert response.headers["X-Robots-Tag"] == "noindex"
        disposition = response.headers["Content-Disposition"]
        assert disposition.startswith('attachment; filename="sijill-')
        assert f"filename*=UTF-8''{quote('سجلّ-بغداد-')}" in disposition
        assert response.getvalue().decode().startswith("\ufeffرقم المقال في الأرشيف,")

    def test_json_lines_have_content_type_and_file_name(
        self, client: Client, library: Library
    ) -> None:
        response = client.get(LINES, {"q": "بغداد"})
        assert response.headers["Content-Type"] == "application/x-ndjson"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Content-Disposition"].endswith(".jsonl")
        assert response.getvalue().startswith(b'{"external_id"')

    def test_raw_csv_has_unchanged_cells(
        self, client: Client, library: Library
    ) -> None:
        guarded = client.get(CSV, {"q": "حسابات"}).getvalue().decode()
        raw = client.get(CSV, {"q": "حسابات", "raw": "1"}).getvalue().decode()
        assert "'=SUM(1;2) حسابات" in guarded
        assert ",=SUM(1;2) حسابات" in raw
        assert raw.startswith("article_id,address,")

    def test_no_hits_are_an_empty_table(self, client: Client, library: Library) -> None:
        assert _table(client, f"q={quote('زخزخزخ')}") == []
        assert client.get(LINES, {"q": "زخزخزخ"}).getvalue() == b""

    def test_head_has_headers_and_no_body(
        self, client: Client, library: Library
    ) -> None:
        response = client.head(CSV)
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.getvalue() == b""

    def test_post_is_not_allowed(self, client: Client, library: Library) -> None:
        assert client.post(CSV).status_code == 405


class TestColumns:
    def test_chosen_columns_are_the_only_ones(
        self, client: Client, library: Library
    ) -> None:
        rows = _table(client, f"q={quote('بغداد')}&column=title&column=source")
        assert {tuple(row) for row in rows} == {("title", "source")}

    @pytest.mark.parametrize("name", ["colour", "", "العنوان"])
    def test_unknown_column_is_400_and_names_the_known(
        self, client: Client, library: Library, name: str
    ) -> None:
        response = client.get(f"{CSV}?column=title&column={quote(name)}")
        assert response.status_code == 400
        assert f"«{name}»" in response.content.decode()
        assert "article_id, address" in response.content.decode()


class TestChoice:
    """Articles that a reader has chosen, by their numbers."""

    def test_rows_are_the_chosen_articles_in_their_order(
        self, client: Client, library: Library
    ) -> None:
        chosen = [library[name].pk for name in ("tatweel", "digits", "tatweel")]
        rows = _table(client, "&".join(f"article={pk}" for pk in chosen))
        assert [int(row["article_id"]) for row in rows] == chosen[:2]

    def test_what_is_not_public_is_left_out_and_said(
        self, client: Client, library: Library
    ) -> None:
        query = f"article={library['draft'].pk}&article={library['digits'].pk}"
        assert [row["title"] for row in _table(client, query)] == [
            library["digits"].title
        ]
        page = client.get(f"/ar/search/take-away/?{query}").content.decode()
        assert "مقال واحد من المختارة لم يعد منشورًا" in page

    @pytest.mark.parametrize(
        "query", ["article=", "article=x", "article=1e3", "article=" + "9" * 30]
    )
    def test_what_is_no_number_is_400(
        self, client: Client, library: Library, query: str
    ) -> None:
        response = client.get(f"{CSV}?{query}")
        assert response.status_code == 400
        assert "ليس رقم مقال" in response.content.decode()

    def test_nothing_public_is_400(self, client: Client, library: Library) -> None:
        response = client.get(f"{CSV}?article={library['draft'].pk}&article=99999")
        assert response.status_code == 400
        assert "لا شيء للتنزيل" in response.content.decode()


class TestTakeAwayPage:
    def test_page_says_how_many_and_for_what(
        self, client: Client, library: Library
    ) -> None:
        query = f"q={quote('بيان')}&source=review"
        response = client.get(f"/ar/search/take-away/?{query}&page=2")
        page = response.content.decode()
        total = len(_table(client, query))
        assert response.context["taken"].total == total > 10
        assert "بيان؛ المصدر: مجلة التجربة" in page
        for each in FORMATS:
            assert f'formaction="/ar/search/export/{each.name}/"' in page
            assert str(each.purpose) in page
        assert 'name="source" value="review"' in page
        assert 'name="page"' not in page

    def test_page_beyond_the_limit_offers_no_file(
        self, client: Client, library: Library, settings: Settings
    ) -> None:
        settings.EXPORT_GUEST_MAX_ROWS = 3
        page = client.get("/en/search/take-away/").content.decode()
        assert "formaction" not in page
        assert "Narrow it" in page

    def test_search_without_hits_offers_no_file(
        self, client: Client, library: Library
    ) -> None:
        page = client.get("/ar/search/take-away/", {"q": "زخزخزخ"}).content.decode()
        assert "formaction" not in page


class TestReferences:
    def test_search_is_taken_to_a_reference_manager(
        self, client: Client, library: Library
    ) -> None:
        query = {"q": "بيان", "sort": "newest"}
        response = client.get("/ar/search/export/ris/", query)
        records = rispy.loads(response.getvalue().decode())
        numbers = [int(record["accession_number"]) for record in records]
        assert numbers == _pages(client, f"q={quote('بيان')}&sort=newest")
        assert response.headers["Content-Disposition"].endswith(".ris")


class TestRefusals:
    def test_unknown_format_is_404(self, client: Client, library: Library) -> None:
        assert client.get("/ar/search/export/docx/").status_code == 404

    @pytest.mark.parametrize(
        "parameters",
        [{"q": '"غير مغلق'}, {"q": "لون:أحمر"}, {"from": "قريبا"}, {"q": "x" * 10_240}],
    )
    def test_syntax_error_is_400_with_the_form(
        self, client: Client, library: Library, parameters: dict[str, str]
    ) -> None:
        page = client.get("/ar/search/", parameters)
        file = client.get(CSV, parameters)
        assert file.status_code == page.status_code == 400
        assert file.context["form"].errors == page.context["form"].errors
        assert "attachment" not in file.headers.get("Content-Disposition", "")

    @pytest.mark.parametrize("address", [CSV, LINES])
    def test_missing_index_is_503(
        self, client: Client, db: None, no_index: Path, address: str
    ) -> None:
        response = client.get(address)
        assert response.status_code == 503
        assert "rebuild_index" in response.content.decode()

    def test_total_beyond_the_limit_is_refused(
        self, client: Client, library: Library, settings: Settings
    ) -> None:
        settings.EXPORT_GUEST_MAX_ROWS = PUBLISHED - 1
        response = client.get("/en/search/export/csv/")
        assert response.status_code == 400
        assert f"at most {PUBLISHED - 1} articles" in response.content.decode()
        assert "Narrow it" in response.content.decode()

    def test_total_at_the_limit_is_allowed(
        self, client: Client, library: Library, settings: Settings
    ) -> None:
        settings.EXPORT_GUEST_MAX_ROWS = PUBLISHED
        assert len(_table(client)) == PUBLISHED

    def test_editor_may_export_more(
        self, client: Client, library: Library, settings: Settings
    ) -> None:
        settings.EXPORT_GUEST_MAX_ROWS = 1
        client.force_login(User.objects.create_user("editor"))
        assert len(_table(client)) == PUBLISHED


class TestOffer:
    """The links on the page of results."""

    def test_page_links_each_format_with_the_search(
        self, client: Client, library: Library
    ) -> None:
        page = client.get(f"/ar/search/?q={quote('بيان')}&page=2").content.decode()
        query = f"q={quote('بيان')}"
        for address in (
            f"{CSV}?{query}&amp;raw=1",
            f"{CSV}?{query}",
            f"{LINES}?{query}",
        ):
            assert f'href="{address}"' in page

    def test_page_states_the_limit(
        self, client: Client, library: Library, settings: Settings
    ) -> None:
        settings.EXPORT_GUEST_MAX_ROWS = 4321
        page = client.get("/en/search/").content.decode()
        assert "One file holds at most 4,321 articles." in page

    def test_page_beyond_the_limit_links_no_file(
        self, client: Client, library: Library, settings: Settings
    ) -> None:
        settings.EXPORT_GUEST_MAX_ROWS = 3
        page = client.get("/en/search/").content.decode()
        assert "/search/export/" not in page
        assert "Narrow it" in page

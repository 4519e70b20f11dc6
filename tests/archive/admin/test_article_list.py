"""The list of articles in the admin, and its filters."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.models import Article
from tests.archive.admin.conftest import Catalogue

LIST = "/ar/admin/archive/article/"


def titles(client: Client, query: str) -> list[str]:
    """The titles of the list with this query string."""
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    return [article.title for article in response.context["cl"].result_list]


class TestList:
    @pytest.mark.parametrize(
        ("language", "direction", "date"),
        [("ar", "rtl", "تشرين الثاني/نوفمبر 1932"), ("en", "ltr", "November 1932")],
    )
    def test_articles_are_listed_in_the_editors_language(
        self,
        editor: Client,
        article: Article,
        language: str,
        direction: str,
        date: str,
    ) -> None:
        article.authors.create(name="خليل مطران")
        page = editor.get(f"/{language}/admin/archive/article/").content.decode()
        assert f'<html lang="{language}" dir="{direction}">' in page
        assert f'<bdi lang="ar">{article.title}</bdi>' in page
        assert date in page
        assert "<bdi>خليل مطران</bdi>" in page

    def test_queries_do_not_grow_with_articles(
        self, editor: Client, article: Article
    ) -> None:
        article.authors.create(name="خليل مطران")
        editor.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as for_one:
            editor.get(LIST)
        for number in range(20):
            more = Article.objects.create(title=f"{number}", source=article.source)
            more.authors.create(name="كاتب")
        with CaptureQueriesContext(connection) as for_many:
            editor.get(LIST)
        assert len(for_many) == len(for_one), [q["sql"] for q in for_many]

    def test_texts_are_not_fetched(self, editor: Client, article: Article) -> None:
        with CaptureQueriesContext(connection) as queries:
            editor.get(LIST)
        assert not [q for q in queries if '"archive_article"."body"' in q["sql"]]

    @pytest.mark.parametrize(
        "typed",
        [
            "احياء",  # hamza left out
            "شوقى",  # final ya, and the title has marks
            '"ذكري شوقي"',  # a phrase
            "مراسلنا",  # the byline, which has a mark
            "مطران",  # an author
            "ahram-7",  # the identifier at the source
            "شوقي القاهره",  # two words, both
        ],
    )
    def test_other_spellings_are_found(
        self, editor: Client, article: Article, typed: str
    ) -> None:
        article.authors.create(name="خليل مُطران")
        Article.objects.create(title="غيره", source=article.source)
        response = editor.get(LIST, {"q": typed})
        assert list(response.context["cl"].result_list) == [article]

    def test_id_of_the_article_is_found(self, editor: Client, article: Article) -> None:
        assert titles(editor, f"q={article.pk}") == [article.title]

    @pytest.mark.parametrize("typed", ["غائب", "شوقي غائب", "(", "%", "9" * 40])
    def test_search_without_match_is_empty(
        self, editor: Client, article: Article, typed: str
    ) -> None:
        response = editor.get(LIST, {"q": typed})
        assert list(response.context["cl"].result_list) == []

    def test_undated_articles_are_last(self, editor: Client, article: Article) -> None:
        Article.objects.create(title="بلا تاريخ", source=article.source)
        assert titles(editor, "") == [article.title, "بلا تاريخ"]


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ("period=1930s", True),
            ("period=1932", True),
            ("period=1933", False),
            ("period=1920s", False),
            ("period=unknown", False),
            ("status__exact=published", True),
            ("status__exact=draft", False),
            ("source__kind__exact=newspaper", True),
            ("source__kind__exact=book", False),
            ("language=ar", True),
        ],
    )
    def test_filters_narrow_the_list(
        self, editor: Client, article: Article, query: str, shown: bool
    ) -> None:
        assert titles(editor, query) == [article.title] * shown

    def test_chosen_decade_offers_its_years(
        self, editor: Client, article: Article
    ) -> None:
        closed = editor.get(LIST).content.decode()
        opened = editor.get(f"{LIST}?period=1930s").content.decode()
        assert "period=1937" not in closed
        assert "period=1937" in opened

    def test_topic_includes_its_descendants(
        self, editor: Client, article: Article, catalogue: Catalogue
    ) -> None:
        article.topics.set([catalogue.poetry])
        broad, other = catalogue.literature.pk, catalogue.press_poetry.pk
        assert titles(editor, f"topics__id__exact={broad}") == [article.title]
        assert titles(editor, f"topics__id__exact={other}") == []

    def test_article_with_two_topics_of_a_subtree_is_listed_once(
        self, editor: Client, article: Article, catalogue: Catalogue
    ) -> None:
        article.topics.set([catalogue.poetry, catalogue.literature])
        broad = catalogue.literature.pk
        assert titles(editor, f"topics__id__exact={broad}") == [article.title]

    def test_actor_and_source_filters_combine(
        self, editor: Client, article: Article, catalogue: Catalogue
    ) -> None:
        article.actors.set([catalogue.shawqi])
        actor = f"actors__id__exact={catalogue.shawqi.pk}"
        source = f"source__id__exact={catalogue.ahram.pk}"
        assert titles(editor, f"{actor}&{source}") == [article.title]
        page = editor.get(f"{LIST}?{actor}").content.decode()
        name, value = actor.split("=")
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
        assert "Shawq" in page or "شوقي" in page

    @pytest.mark.parametrize(
        "query", ["period=soon", "period=99999", "topics__id__exact=x"]
    )
    def test_invalid_parameter_redirects(
        self, editor: Client, article: Article, query: str
    ) -> None:
        response = editor.get(f"{LIST}?{query}")
        assert response.headers["Location"] == f"{LIST}?e=1"

    def test_topics_are_not_listed_on_the_page(
        self, editor: Client, article: Article, catalogue: Catalogue
    ) -> None:
        page = editor.get(LIST).content.decode()
        assert catalogue.poetry.name_ar not in page

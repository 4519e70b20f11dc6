"""The tree of topics and the page of one topic."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from archive.browsing.subject_counts import list_prominent_topics
from archive.models import Topic
from tests.archive.browsing.conftest import LANGUAGES, ArticleMaker
from tests.archive.browsing.reading import open_page

pytestmark = pytest.mark.django_db
MOST_QUERIES = 14


@pytest.fixture
def press() -> Topic:
    return Topic.objects.create(name_ar="الصحافة", name_latin="Press")


@pytest.fixture
def magazines(press: Topic) -> Topic:
    return Topic.objects.create(name_ar="المجلات", name_latin="Magazines", parent=press)


@pytest.fixture
def weeklies(magazines: Topic) -> Topic:
    return Topic.objects.create(
        name_ar="الأسبوعيات", name_latin="Weeklies", parent=magazines
    )


class TestListTopics:
    def test_filter_keeps_what_is_above_and_below(
        self, client: Client, make_article: ArticleMaker, press: Topic,
        magazines: Topic, weeklies: Topic,
    ) -> None:  # fmt: skip
        other = Topic.objects.create(name_ar="التاريخ")
        make_article(topics=[weeklies, other])
        page = open_page(client, "/ar/topics/?name=مجلات&order=articles")
        (tree,) = page.texts("ul", class_="tree")[:1]
        assert tree == "الصحافة 1 المجلات 1 الأسبوعيات 1"
        assert page.links()["?name=%D9%85%D8%AC%D9%84%D8%A7%D8%AA"] == "بحسب الاسم"
        assert open_page(client, "/en/topics/?name=zebra").texts("p", class_="notice")

    @pytest.mark.parametrize(
        ("language", "tree"),
        [
            ("ar", "التاريخ 1 الصحافة 3 المجلات 2 الأسبوعيات 1"),
            ("en", "History 1 Press 3 Magazines 2 Weeklies 1"),
        ],
    )
    def test_counts_include_descendants_each_article_once(
        self, client: Client, make_article: ArticleMaker, press: Topic,
        magazines: Topic, weeklies: Topic, language: str, tree: str,
    ) -> None:  # fmt: skip
        history = Topic.objects.create(name_ar="التاريخ", name_latin="History")
        make_article(topics=[press])
        make_article(topics=[magazines, press])
        make_article(topics=[weeklies, history])
        make_article(topics=[weeklies], status="draft")
        page = open_page(client, f"/{language}/topics/")
        assert page.texts("ul", class_="tree")[0] == tree

    def test_topics_of_most_articles_come_first_on_request(
        self, client: Client, make_article: ArticleMaker, press: Topic
    ) -> None:
        history = Topic.objects.create(name_ar="التاريخ", name_latin="History")
        letters = Topic.objects.create(name_ar="الرسائل", name_latin="A", parent=press)
        books = Topic.objects.create(name_ar="الكتب", name_latin="B", parent=press)
        make_article(topics=[history, letters, books])
        make_article(topics=[books])
        page = open_page(client, "/en/topics/?order=articles")
        assert page.texts("ul", class_="tree")[0] == "Press 2 B 2 A 1 History 1"
        assert page.links()["?"] == "By name"

    def test_topic_without_published_articles_is_not_listed(
        self, client: Client, make_article: ArticleMaker, press: Topic, weeklies: Topic
    ) -> None:
        make_article(topics=[press])
        make_article(topics=[weeklies], status="withdrawn")
        page = open_page(client, "/en/topics/")
        assert page.texts("ul", class_="tree") == ["Press 1"]

    def test_cached_counts_follow_every_change(
        self, client: Client, make_article: ArticleMaker, press: Topic, weeklies: Topic
    ) -> None:
        article = make_article(topics=[weeklies])

        def tree() -> list[str]:
            return open_page(client, "/en/topics/").texts("ul", class_="tree")[:1]

        assert tree() == ["Press 1 Magazines 1 Weeklies 1"]
        article.topics.set([press])
        assert tree() == ["Press 1"]
        article.topics.set([weeklies])
        weeklies.parent = press
        weeklies.save()
        assert tree() == ["Press 1 Weeklies 1"]
        article.status = "draft"
        article.save()
        assert tree() == []

    def test_empty_archive_says_so(self, client: Client) -> None:
        assert (
            "No published article" in open_page(client, "/en/topics/").texts("main")[0]
        )

    def test_queries_do_not_grow(
        self, client: Client, make_article: ArticleMaker,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        above = None
        for number in range(30):
            above = Topic.objects.create(name_ar=f"موضوع {number}", parent=above)
            make_article(topics=[above])
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get("/ar/topics/")


class TestShowTopic:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_articles_of_descendants_are_listed(
        self, client: Client, make_article: ArticleMaker, press: Topic,
        magazines: Topic, weeklies: Topic, language: str,
    ) -> None:  # fmt: skip
        make_article("عام", "1911", topics=[press])
        make_article("أسبوعية", "1912", topics=[weeklies, magazines])
        make_article("مسودة", "1913", topics=[weeklies], status="draft")
        page = open_page(client, f"/{language}/topics/{press.slug}/")
        assert page.titles == ["أسبوعية", "عام"]
        assert f"/{language}/search/?topic={press.slug}" in page.links()
        page = open_page(client, f"/{language}/topics/{magazines.slug}/")
        assert page.titles == ["أسبوعية"]

    def test_broader_and_narrower_topics_are_linked(
        self, client: Client, make_article: ArticleMaker, press: Topic,
        magazines: Topic, weeklies: Topic,
    ) -> None:  # fmt: skip
        make_article(topics=[weeklies])
        page = open_page(client, f"/en/topics/{magazines.slug}/")
        assert page.texts("ol", class_="crumbs") == ["Topics Press"]
        assert page.texts("ul", class_="tree") == ["Weeklies 1"]

    def test_unknown_topic_is_not_found(self, client: Client) -> None:
        assert client.get("/ar/topics/nothing/").status_code == 404

    def test_queries_do_not_grow(
        self, client: Client, make_article: ArticleMaker, press: Topic,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        for number in range(25):
            narrower = Topic.objects.create(name_ar=f"موضوع {number}", parent=press)
            make_article(published="1911", topics=[narrower])
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(f"/ar/topics/{press.slug}/")


class TestListProminentTopics:
    def test_most_articles_are_first_and_empty_topics_left_out(
        self, make_article: ArticleMaker, press: Topic, weeklies: Topic
    ) -> None:
        history = Topic.objects.create(name_ar="التاريخ", name_latin="History")
        Topic.objects.create(name_ar="الأنهار", name_latin="Rivers")
        make_article(topics=[history])
        make_article(topics=[weeklies])
        make_article(topics=[weeklies])
        assert list_prominent_topics(limit=9) == [press, history]
        assert list_prominent_topics(limit=1) == [press]

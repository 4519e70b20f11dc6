"""The list of actors and the page of one actor."""

from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from archive.models import Actor, ActorAlias
from tests.archive.browsing.conftest import LANGUAGES, ArticleMaker
from tests.archive.browsing.reading import open_page

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20


@pytest.fixture
def jahiz() -> Actor:
    actor = Actor.objects.create(
        name_ar="الجاحظ", name_latin="al-Jāḥiẓ", began="0776", ended="0868-12",
        wikidata_id="Q293497", viaf_id="11070", description="كاتب من البصرة",
    )  # fmt: skip
    ActorAlias.objects.create(actor=actor, name="عمرو بن بحر")
    return actor


@pytest.fixture
def baghdad() -> Actor:
    return Actor.objects.create(name_ar="بغداد", name_latin="Baghdad", kind="place")


def names(client: Client, address: str) -> list[str]:
    """The listed names and counts, in order."""
    page = open_page(client, address)
    spans = [
        element
        for element in page.find("span")
        if element.attributes.get("class") in {"browse-name", "count"}
    ]
    return [element.text for element in spans]


class TestListActors:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_names_are_listed_with_published_articles(
        self, client: Client, make_article: ArticleMaker, jahiz: Actor, baghdad: Actor,
        language: str,
    ) -> None:  # fmt: skip
        make_article(actors=[jahiz, baghdad])
        make_article(actors=[baghdad])
        make_article(actors=[jahiz], status="draft")
        make_article(actors=[jahiz], status="withdrawn")
        in_order = {
            "ar": ["بغداد Baghdad", "2", "الجاحظ al-Jāḥiẓ", "1"],
            "en": ["Baghdad بغداد", "2", "al-Jāḥiẓ الجاحظ", "1"],
        }
        assert names(client, f"/{language}/actors/") == in_order[language]

    def test_actor_without_published_articles_is_not_listed(
        self, client: Client, make_article: ArticleMaker, jahiz: Actor, baghdad: Actor
    ) -> None:
        make_article(actors=[baghdad])
        make_article(actors=[jahiz], status="draft")
        assert names(client, "/ar/actors/") == ["بغداد Baghdad", "1"]
        assert "Jāḥiẓ" not in client.get("/ar/actors/?name=jahiz").content.decode()

    @pytest.mark.parametrize(
        "text", ["الجاحظ", "جاحظ", "JAHIZ", "Jāḥiẓ", "بحر عمرو", "عَمْرو"]
    )
    def test_text_filter_matches_names_and_aliases_in_any_spelling(
        self, client: Client, make_article: ArticleMaker, jahiz: Actor, baghdad: Actor,
        text: str,
    ) -> None:  # fmt: skip
        make_article(actors=[jahiz, baghdad])
        address = f"/ar/actors/?name={quote(text)}"
        assert names(client, address) == ["الجاحظ al-Jāḥiẓ", "1"]
        field = open_page(client, address).find("input", id="name")[0]
        assert field.attributes["value"] == text

    def test_most_named_actors_come_first_on_request(
        self, client: Client, make_article: ArticleMaker, jahiz: Actor, baghdad: Actor
    ) -> None:
        make_article(actors=[jahiz, baghdad])
        make_article(actors=[jahiz])
        assert names(client, "/ar/actors/?order=articles")[1::2] == ["2", "1"]
        page = open_page(client, "/ar/actors/?order=articles&kind=place")
        # The form keeps the order, and the letters do.
        assert page.find("input", name="order", value="articles")
        assert page.links()["?kind=place"] == "بحسب الاسم"

    def test_kinds_are_shown_unless_one_is_chosen(
        self, client: Client, make_article: ArticleMaker, jahiz: Actor, baghdad: Actor
    ) -> None:
        make_article(actors=[jahiz, baghdad])
        page = open_page(client, "/ar/actors/")
        assert page.texts("span", class_="browse-kind") == ["مكان", "شخص"]
        page = open_page(client, "/ar/actors/?kind=place")
        assert page.texts("span", class_="browse-kind") == []

    @pytest.mark.parametrize(
        ("query", "sentence"), [("", "Editors add"), ("?name=x", "Write a part")]
    )
    def test_empty_list_says_what_to_do_next(
        self, client: Client, db: None, query: str, sentence: str
    ) -> None:
        (notice,) = open_page(client, f"/en/actors/{query}").texts("p", class_="notice")
        assert sentence in notice

    def test_kind_narrows_the_list(
        self, client: Client, make_article: ArticleMaker, jahiz: Actor, baghdad: Actor
    ) -> None:
        make_article(actors=[jahiz, baghdad])
        assert names(client, "/en/actors/?kind=place") == ["Baghdad بغداد", "1"]
        chosen = [
            option.text
            for option in open_page(client, "/en/actors/?kind=place").find("option")
            if "selected" in option.attributes
        ]
        assert chosen == ["place (1)"]

    def test_letter_narrows_the_list_and_keeps_other_filters(
        self, client: Client, make_article: ArticleMaker, jahiz: Actor, baghdad: Actor
    ) -> None:
        make_article(actors=[jahiz, baghdad])
        assert names(client, "/ar/actors/?letter=ج") == ["الجاحظ al-Jāḥiẓ", "1"]
        page = open_page(client, "/ar/actors/?kind=place&page=1")
        letters = {
            address: text
            for address, text in page.links().items()
            if "letter=" in address
        }
        assert letters == {f"?kind=place&letter={quote('ب')}": "ب (1)"}

    @pytest.mark.parametrize(
        "query",
        ["kind=nonsense", "letter=ab", "letter=", "page=abc", "name=%00", "x=1"],
    )
    def test_invalid_filters_are_ignored(
        self, client: Client, make_article: ArticleMaker, jahiz: Actor, query: str
    ) -> None:
        make_article(actors=[jahiz])
        assert client.get(f"/ar/actors/?{query}").status_code == 200

    def test_search_without_match_says_so(self, client: Client, jahiz: Actor) -> None:
        page = open_page(client, "/en/actors/?name=%3Cb%3Enobody")
        assert page.texts("p", role="status") == ["0 actors"]
        assert "/en/actors/" in page.links()

    def test_long_list_is_paged(
        self, client: Client, make_article: ArticleMaker
    ) -> None:
        actors = [Actor.objects.create(name_ar=f"سعيد {n:03}") for n in range(101)]
        make_article(actors=actors)
        assert names(client, "/ar/actors/?page=2") == ["سعيد 100", "1"]

    def test_queries_do_not_grow(
        self, client: Client, make_article: ArticleMaker,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        actors = [Actor.objects.create(name_ar=f"سعيد {n:03}") for n in range(60)]
        make_article(actors=actors)
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get("/ar/actors/?name=سعيد")

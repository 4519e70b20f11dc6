"""The page of one actor."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from archive.models import Actor, Source, Topic
from archive.views.actor_profile import COMPANIONS_SHOWN
from tests.archive.browsing.conftest import ArticleMaker
from tests.archive.browsing.reading import open_page
from tests.archive.browsing.test_actor_pages import MOST_QUERIES, baghdad, jahiz

__all__ = ["baghdad", "jahiz"]

pytestmark = pytest.mark.django_db


class TestShowActor:
    @pytest.mark.parametrize(
        ("language", "heading", "born", "died"),
        [("ar", "الجاحظ", "776", "868"), ("en", "al-Jāḥiẓ", "776", "December 868")],
    )
    def test_identity_is_shown(
        self, client: Client, jahiz: Actor, make_article: ArticleMaker, language: str,
        heading: str, born: str, died: str,
    ) -> None:  # fmt: skip
        make_article(actors=[jahiz])
        page = open_page(client, f"/{language}/actors/{jahiz.slug}/")
        assert page.heading == heading
        text = page.texts("main")[0]
        for shown in (
            "الجاحظ",
            "al-Jāḥiẓ",
            "عمرو بن بحر",
            "كاتب من البصرة",
            born,
            died,
        ):
            assert shown in text
        links = page.links()
        assert links["https://www.wikidata.org/wiki/Q293497"] == "Q293497"
        assert links["https://viaf.org/viaf/11070"] == "11070"

    def test_published_articles_are_listed_newest_first(
        self, client: Client, jahiz: Actor, make_article: ArticleMaker
    ) -> None:
        make_article("قديم", "1911", actors=[jahiz])
        make_article("جديد", "1923-05-14", actors=[jahiz], body="صدر الكتاب أمس.")
        make_article("مسودة", "1950", actors=[jahiz], status="draft")
        make_article("مسحوب", "1950", actors=[jahiz], status="withdrawn")
        make_article("عن غيره", "1950")
        page = open_page(client, f"/en/actors/{jahiz.slug}/")
        assert page.titles == ["جديد", "قديم"]
        assert "صدر الكتاب أمس." in page.texts("p", class_="snippet")
        assert page.texts("p", role="status")[0].startswith("2 articles")
        links = page.links()
        assert links["?period=1911"] == "1911 1"
        assert "?period=1950" not in links

    def test_year_narrows_the_list_and_the_search(
        self, client: Client, jahiz: Actor, make_article: ArticleMaker
    ) -> None:
        make_article("قديم", "1911", actors=[jahiz])
        make_article("جديد", "1923-05-14", actors=[jahiz])
        page = open_page(client, f"/en/actors/{jahiz.slug}/?period=1911")
        assert page.titles == ["قديم"]
        assert page.texts("p", role="status")[0].startswith("1 article of 2")
        search = f"/en/search/?actor={jahiz.slug}"
        assert f"{search}&from=1911&to=1911" in page.links()
        assert search in open_page(client, f"/en/actors/{jahiz.slug}/").links()

    def test_pager_keeps_the_year(
        self, client: Client, jahiz: Actor, make_article: ArticleMaker
    ) -> None:
        for _ in range(21):
            make_article(published="1911", actors=[jahiz])
        page = open_page(client, f"/en/actors/{jahiz.slug}/?period=1911&page=2")
        assert len(page.titles) == 1
        assert "/en/actors/al-jahiz/?period=1911&page=1" in page.links()

    def test_companions_are_a_table_most_frequent_first(
        self, client: Client, jahiz: Actor, baghdad: Actor, make_article: ArticleMaker
    ) -> None:
        rare = Actor.objects.create(name_ar="ابن سينا", name_latin="Ibn Sina")
        unseen = Actor.objects.create(name_ar="مجهول", name_latin="Unknown")
        make_article(actors=[jahiz, baghdad, rare])
        make_article(actors=[jahiz, baghdad])
        make_article(actors=[baghdad])
        make_article(actors=[jahiz, unseen], status="draft")
        page = open_page(client, f"/en/actors/{jahiz.slug}/")
        rows = page.texts("tr")[1:]
        assert rows == ["Baghdad place 2 3", "Ibn Sina person 1 1"]
        search = f"/en/search/?actor={jahiz.slug}&actor={baghdad.slug}"
        assert page.links()[search] == "2"

    def test_sources_and_topics_are_counted(
        self, client: Client, jahiz: Actor, make_article: ArticleMaker
    ) -> None:
        hilal = Source.objects.create(name_ar="الهلال", name_latin="al-Hilal")
        prose = Topic.objects.create(name_ar="النثر", name_latin="Prose")
        make_article(published="1911", actors=[jahiz], topics=[prose])
        make_article(published="1923-05", actors=[jahiz], topics=[prose])
        make_article(actors=[jahiz], of=hilal)
        make_article(actors=[jahiz], of=hilal, topics=[prose], status="draft")
        page = open_page(client, f"/en/actors/{jahiz.slug}/")
        sources, topics = page.texts("ol", class_="names")
        assert sources == "al-Muqtabas 1911–1923 Articles: 2 al-Hilal Articles: 1"
        assert topics == "Prose Articles: 2"
        assert "/en/search/?actor=al-jahiz&source=al-hilal" in page.links()
        assert "/en/search/?actor=al-jahiz&topic=prose" in page.links()

    @pytest.mark.parametrize(
        ("language", "of_jahiz", "of_baghdad"),
        [
            ("en", "founder of Baghdad from 776 (probable)", "founded by al-Jāḥiẓ"),
            ("ar", "مؤسس بغداد منذ 776 (مرجَّح)", "مؤسسه الجاحظ"),
        ],
    )
    def test_relations_are_read_from_either_end(
        self, client: Client, jahiz: Actor, baghdad: Actor, make_article: ArticleMaker,
        language: str, of_jahiz: str, of_baghdad: str,
    ) -> None:  # fmt: skip
        hidden = Actor.objects.create(name_ar="مجهول", name_latin="Unknown")
        jahiz.relations.create(
            kind="founder", other=baghdad, began="0776", certainty="probable"
        )
        jahiz.relations.create(kind="ally", other=hidden)
        make_article(actors=[jahiz, baghdad])
        make_article(actors=[hidden], status="draft")
        (own,) = open_page(client, f"/{language}/actors/{jahiz.slug}/").texts(
            "ul", class_="relations"
        )
        assert own == of_jahiz
        (others,) = open_page(client, f"/{language}/actors/{baghdad.slug}/").texts(
            "ul", class_="relations"
        )
        assert others.startswith(of_baghdad)

    def test_aliases_say_what_they_are_and_when(
        self, client: Client, jahiz: Actor, make_article: ArticleMaker
    ) -> None:
        jahiz.aliases.create(name="أبو عثمان", kind="kunya", began="0800", ended="0868")
        make_article(actors=[jahiz])
        (aliases,) = open_page(client, f"/en/actors/{jahiz.slug}/").texts(
            "ul", class_="browse-aliases"
        )[:1]
        assert "أبو عثمان (kunya, 800–868)" in aliases

    def test_further_pages_are_of_articles_alone(
        self, client: Client, jahiz: Actor, baghdad: Actor, make_article: ArticleMaker
    ) -> None:
        for _ in range(21):
            make_article(published="1911", actors=[jahiz, baghdad])
        address = f"/en/actors/{jahiz.slug}/"
        assert open_page(client, address).find("table")
        assert not open_page(client, f"{address}?page=2").find("table")

    def test_row_names_eight_actors_and_counts_the_rest(
        self, client: Client, jahiz: Actor, make_article: ArticleMaker
    ) -> None:
        others = [Actor.objects.create(name_ar=f"سعيد {n}") for n in range(11)]
        make_article(actors=[jahiz, *others])
        page = open_page(client, f"/en/actors/{jahiz.slug}/")
        (tags,) = page.texts("ul", class_="entry-tags")
        assert tags.count("سعيد") + tags.count("al-Jāḥiẓ") == 8
        assert tags.endswith("and 4 more")

    def test_companions_have_a_limit(
        self, client: Client, jahiz: Actor, make_article: ArticleMaker
    ) -> None:
        others = [Actor.objects.create(name_ar=f"سعيد {n}") for n in range(14)]
        make_article(actors=[jahiz, *others])
        response = client.get(f"/ar/actors/{jahiz.slug}/")
        assert len(response.context["profile"].companions) == COMPANIONS_SHOWN

    def test_actor_without_articles_is_for_accounts_with_permission(
        self, client: Client, jahiz: Actor
    ) -> None:
        assert client.get(f"/en/actors/{jahiz.slug}/").status_code == 404
        client.force_login(User.objects.create_superuser("editor"))
        page = open_page(client, f"/en/actors/{jahiz.slug}/")
        assert page.titles == []
        assert "no published article" in page.texts("main")[0]
        assert page.find("meta", name="robots", content="noindex,follow")

    @pytest.mark.parametrize("slug", ["nobody", "AL-JAHIZ-2", "الجاحظ", "a" * 300])
    def test_unknown_actor_is_not_found(
        self, client: Client, jahiz: Actor, slug: str
    ) -> None:
        assert client.get(f"/ar/actors/{slug}/").status_code == 404

    def test_names_are_escaped(
        self, client: Client, make_article: ArticleMaker
    ) -> None:
        actor = Actor.objects.create(name_ar="<script>alert(1)</script>", slug="x")
        make_article(actors=[actor])
        for address in ("/ar/actors/", "/ar/actors/x/"):
            assert "<script>alert" not in client.get(address).content.decode()

    def test_queries_do_not_grow(
        self, client: Client, jahiz: Actor, make_article: ArticleMaker,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        others = [Actor.objects.create(name_ar=f"سعيد {n}") for n in range(12)]
        for _ in range(25):
            make_article(published="1911", actors=[jahiz, *others])
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(f"/ar/actors/{jahiz.slug}/")

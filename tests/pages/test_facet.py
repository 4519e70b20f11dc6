"""The page of all values of a facet."""

import pytest
from django.test import Client

from archive.browsing.name_index import filing_position
from archive.models import Actor, Topic
from search.indexing.rebuild import rebuild
from tests.pages.conftest import Archive
from tests.pages.reading import find, texts

ADDRESS = "/ar/search/facets/actor/"
NAMES = ("أحمد شوقي", "احمد أمين", "طه حسين", "مي زيادة", "جرجي زيدان", "قاسم أمين")


@pytest.fixture
def actors(archive: Archive) -> None:
    for number, name in enumerate(NAMES * 2):
        label = f"{name} {number}"
        archive.vocalised.actors.add(Actor.objects.create(name_ar=label))
    rebuild()


class TestFacet:
    def test_results_page_links_to_all_values(
        self, client: Client, actors: None
    ) -> None:
        page = client.get("/ar/search/", {"q": "دجلة"})
        boxes = find(page, "input", name="actor")
        # Eight names, and the articles without any.
        assert [box["value"] for box in boxes][8:] == ["~"]
        (more,) = [a for a in find(page, "a") if a["href"].startswith(ADDRESS)]
        assert more.text == "عرض البقية (الأعلام) (5)"
        everything = client.get(more["href"])
        assert texts(everything, "p", role="status") == ["14 اسمًا"]

    def test_topics_are_a_tree_that_the_filter_keeps(
        self, client: Client, archive: Archive
    ) -> None:
        nature = Topic.objects.create(name_ar="الطبيعة")
        Topic.objects.filter(pk=archive.rivers.pk).update(parent=nature)
        archive.undated.topics.add(Topic.objects.create(name_ar="الكتب"))
        rebuild()
        page = client.get("/ar/search/facets/topic/", {"contains": "الأنه"})
        assert texts(page, "span", class_="facet-name") == ["الطبيعة", "الأنهار"]
        assert [row["data-depth"] for row in find(page, "li", data_depth="1")] == ["1"]
        assert texts(page, "p", role="status") == ["اسم واحد"]
        by_name = client.get("/ar/search/facets/topic/", {"order": "name"})
        assert find(by_name, "li", data_depth="1") == []
        assert len(texts(by_name, "span", class_="facet-name")) == 4

    def test_filter_folds_spellings(self, client: Client, actors: None) -> None:
        page = client.get(ADDRESS, {"q": "دجلة", "contains": "أحمد"})
        assert texts(page, "p", role="status") == ["4 أسماء"]
        (field,) = find(page, "input", id="contains-actor")
        assert field["value"] == "أحمد"
        # The search itself is kept by the form that narrows the names.
        assert find(page, "input", type="hidden", name="q", value="دجلة")

    def test_ticked_values_are_applied_to_the_same_search(
        self, client: Client, actors: None
    ) -> None:
        slug = Actor.objects.get(name_ar="طه حسين 2").slug
        page = client.get(
            ADDRESS, {"q": "دجلة", "actor": ["tigris", slug], "contains": "شوقي"}
        )
        form = {"form": "search-form", "type": "checkbox"}
        assert {box["value"] for box in find(page, "input", **form)} == {
            "actor",
            *(a.slug for a in Actor.objects.filter(name_ar__contains="شوقي")),
        }
        # What the text filter hides stays chosen.
        hidden = find(page, "input", type="hidden", name="actor")
        assert {field["value"] for field in hidden} == {"tigris", slug}
        assert find(page, "form", id="search-form", action="/ar/search/")
        assert find(page, "input", type="hidden", name="q", value="دجلة")

    def test_names_are_by_count_or_from_a_to_z(
        self, client: Client, actors: None
    ) -> None:
        names = texts(
            client.get(ADDRESS, {"order": "name"}), "span", class_="facet-name"
        )
        assert names[0] == "احمد أمين 1"
        assert names == sorted(
            names, key=lambda name: filing_position(name, language="ar")
        )
        assert texts(client.get(ADDRESS), "span", class_="facet-name") != names

    def test_long_filter_is_truncated(self, client: Client, archive: Archive) -> None:
        page = client.get(ADDRESS, {"q": "دجلة", "contains": "أ" + "َ" * 20_000})
        assert page.status_code == 200
        (field,) = find(page, "input", id="contains-actor")
        assert len(field["value"]) == 200

    def test_unknown_facet_is_404(self, client: Client, archive: Archive) -> None:
        assert client.get("/ar/search/facets/color/").status_code == 404

    def test_syntax_error_is_refused(self, client: Client, archive: Archive) -> None:
        assert client.get(ADDRESS, {"q": "(نهر"}).status_code == 400

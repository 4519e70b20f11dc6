"""The list of all values of a facet."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from archive.models import Actor
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
    def test_results_show_some_and_lead_to_all(
        self, client: Client, actors: None
    ) -> None:
        page = client.get("/ar/search/", {"q": "دجلة"})
        assert len(find(page, "input", name="actor")) == 8
        (more,) = [a for a in find(page, "a") if a["href"].startswith(ADDRESS)]
        assert more.text == "عرض 5 أخرى (الجهات)"
        everything = client.get(more["href"])
        assert texts(everything, "p", role="status") == ["13 اسمًا"]

    def test_names_are_narrowed_however_they_are_spelled(
        self, client: Client, actors: None
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة", "contains": "أحمد"})
        assert texts(page, "p", role="status") == ["4 أسماء"]
        (field,) = find(page, "input", id="contains")
        assert field["value"] == "أحمد"
        # The search itself is kept by the form that narrows the names.
        assert find(page, "input", type="hidden", name="q", value="دجلة")

    def test_a_name_leads_to_the_narrowed_search(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة"})
        (link,) = [a for a in find(page, "a") if "actor=" in a["href"]]
        assert urlsplit(link["href"]).path == "/ar/search/"
        assert parse_qs(urlsplit(link["href"]).query) == {
            "q": ["دجلة"],
            "actor": ["tigris"],
        }

    def test_what_is_longer_than_any_name_is_cut(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة", "contains": "أ" + "َ" * 20_000})
        assert page.status_code == 200
        (field,) = find(page, "input", id="contains")
        assert len(field["value"]) == 200

    def test_an_unknown_facet_is_no_page(
        self, client: Client, archive: Archive
    ) -> None:
        assert client.get("/ar/search/facets/color/").status_code == 404

    def test_a_bad_query_is_refused(self, client: Client, archive: Archive) -> None:
        assert client.get(ADDRESS, {"q": "(نهر"}).status_code == 400

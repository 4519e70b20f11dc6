"""The page of all values of a facet."""

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
    def test_results_page_links_to_all_values(
        self, client: Client, actors: None
    ) -> None:
        page = client.get("/ar/search/", {"q": "دجلة"})
        assert len(find(page, "input", name="actor")) == 8
        (more,) = [a for a in find(page, "a") if a["href"].startswith(ADDRESS)]
        assert more.text == "عرض 5 أخرى (الجهات)"
        everything = client.get(more["href"])
        assert texts(everything, "p", role="status") == ["13 اسمًا"]

    def test_filter_folds_spellings(self, client: Client, actors: None) -> None:
        page = client.get(ADDRESS, {"q": "دجلة", "contains": "أحمد"})
        assert texts(page, "p", role="status") == ["4 أسماء"]
        (field,) = find(page, "input", id="contains")
        assert field["value"] == "أحمد"
        # The search itself is kept by the form that narrows the names.
        assert find(page, "input", type="hidden", name="q", value="دجلة")

    def test_value_links_to_the_filtered_search(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة"})
        (link,) = [a for a in find(page, "a") if "actor=" in a["href"]]
        assert urlsplit(link["href"]).path == "/ar/search/"
        assert parse_qs(urlsplit(link["href"]).query) == {
            "q": ["دجلة"],
            "actor": ["tigris"],
        }

    def test_long_filter_is_truncated(self, client: Client, archive: Archive) -> None:
        page = client.get(ADDRESS, {"q": "دجلة", "contains": "أ" + "َ" * 20_000})
        assert page.status_code == 200
        (field,) = find(page, "input", id="contains")
        assert len(field["value"]) == 200

    def test_unknown_facet_is_404(self, client: Client, archive: Archive) -> None:
        assert client.get("/ar/search/facets/color/").status_code == 404

    def test_syntax_error_is_refused(self, client: Client, archive: Archive) -> None:
        assert client.get(ADDRESS, {"q": "(نهر"}).status_code == 400

"""The switch for the level of words, and the links that keep it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from search.indexing.rebuild import rebuild
from tests.pages.conftest import Archive, ArticleMaker
from tests.pages.reading import find, texts

ADDRESS = "/ar/search/"


def chosen_level(page: object) -> str:
    (level,) = [
        radio["value"]
        for radio in find(page, "input", type="radio", name="level")
        if "checked" in radio.attributes
    ]
    return level


@pytest.fixture
def writers(archive: Archive, make_article: ArticleMaker) -> None:
    """One root in three families, of which one has two forms."""
    make_article("كتاب", "1930")
    make_article("الكتاب", "1931")
    make_article("كاتب", "1932")
    rebuild()


class TestSwitch:
    @pytest.mark.parametrize(
        ("level", "titles"),
        [
            ("exact", {"كتاب"}),
            ("family", {"كتاب", "الكتاب"}),
            ("root", {"كتاب", "الكتاب", "كاتب"}),
        ],
    )
    def test_each_level_has_more_hits_than_the_one_before(
        self, client: Client, writers: None, level: str, titles: set[str]
    ) -> None:
        page = client.get(ADDRESS, {"q": "كتاب", "level": level}, follow=True)
        assert titles <= set(texts(page, "h2", class_="entry-title"))
        found = {"كتاب", "الكتاب", "كاتب"} & set(
            texts(page, "h2", class_="entry-title")
        )
        assert found == titles
        assert chosen_level(page) == level

    @pytest.mark.parametrize(
        ("language", "legend", "labels"),
        [
            ("ar", "الكلمات", ["كما كُتبت", "بكل صيغها", "بكل مشتقات الجذر"]),
            ("en", "Words", ["as written", "in every form", "by root"]),
        ],
    )
    def test_switch_is_a_named_group_of_the_form(
        self,
        client: Client,
        archive: Archive,
        language: str,
        legend: str,
        labels: list[str],
    ) -> None:
        page = client.get(f"/{language}/search/")
        assert legend in texts(page, "legend")
        assert [text for text in texts(page, "label") if text in labels] == labels

    @pytest.mark.parametrize(
        "query_string",
        ["level=", "level=family", "level=EXACT", "level=%00", "level=root&level=x"],
    )
    def test_unknown_level_is_the_family(
        self, client: Client, archive: Archive, query_string: str
    ) -> None:
        answer = client.get(f"{ADDRESS}?q=دجلة&{query_string}")
        assert answer.status_code == 302
        assert parse_qs(urlsplit(answer["Location"]).query) == {"q": ["دجلة"]}


class TestKeeping:
    @pytest.fixture
    def many(self, archive: Archive, make_article: ArticleMaker) -> None:
        for number in range(25):
            make_article(f"سفينة {number}", "1930").actors.add(archive.river)
        rebuild()

    def test_links_of_the_page_keep_the_level(self, client: Client, many: None) -> None:
        page = client.get(ADDRESS, {"q": "سفينة", "level": "root", "actor": "tigris"})
        following = find(page, "a", rel="next")
        (chip,) = find(page, "a", class_="chip")
        files = [link for link in find(page, "a") if "download" in link.attributes]
        years = [link for link in find(page, "a") if "from=1930" in link["href"]]
        order = [link for link in find(page, "a") if "sort=" in link["href"]]
        for links in (following, [chip], files, years, order):
            levels = {
                parse_qs(urlsplit(each["href"]).query)["level"][0] for each in links
            }
            assert levels == {"root"}

    def test_export_has_the_level(self, client: Client, writers: None) -> None:
        lines = [
            b"".join(client.get(f"{ADDRESS}export/jsonl/", {"q": "كاتب", **level}))
            for level in ({}, {"level": "root"})
        ]
        assert len(lines[0].splitlines()) < len(lines[1].splitlines())

    def test_facet_page_keeps_the_level(self, client: Client, archive: Archive) -> None:
        page = client.get(f"{ADDRESS}facets/actor/", {"q": "دجلة", "level": "root"})
        assert find(page, "input", type="hidden", name="level", value="root")
        (link,) = [a for a in find(page, "a") if "-actor=tigris" in a["href"]]
        assert parse_qs(urlsplit(link["href"]).query)["level"] == ["root"]

    @pytest.mark.parametrize("query", ['"نهر', "(نهر"])
    def test_refusal_keeps_the_level(
        self, client: Client, archive: Archive, query: str
    ) -> None:
        page = client.get(ADDRESS, {"q": query, "level": "exact"})
        assert page.status_code == 400
        assert chosen_level(page) == "exact"
        offers = [link for link in find(page, "a") if "level=exact" in link["href"]]
        assert offers

    def test_language_switch_keeps_the_level(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة", "level": "exact"})
        (link,) = find(page, "a", class_="language")
        assert parse_qs(urlsplit(link["href"]).query)["level"] == ["exact"]

"""Atom feeds, as a news reader reads them."""

from pathlib import Path
from urllib.parse import quote

import feedparser
import pytest
from django.http import HttpResponse
from django.test import Client

from archive.models import Article
from tests.search.library import Library

FEED = "/ar/search/feed/"


def _read(response: HttpResponse) -> feedparser.FeedParserDict:
    assert response.status_code == 200
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


class TestEntries:
    def test_entries_are_the_hits_added_last(
        self, client: Client, library: Library
    ) -> None:
        found = _read(client.get(FEED, {"q": "بيان"}))
        first = client.get("/ar/search/", {"q": "بيان"}).context["found"]
        assert found.version == "atom10"
        links = [entry.link for entry in found.entries]
        numbers = [int(link.rstrip("/").rpartition("/")[2]) for link in links]
        assert numbers == sorted(numbers, reverse=True)
        assert len(numbers) == min(50, first.total)
        assert {row.article.pk for row in first.rows} <= set(numbers)

    def test_entry_says_what_and_where(self, client: Client, library: Library) -> None:
        article = library["vocalised"]
        (entry,) = [
            entry
            for entry in _read(client.get(FEED, {"q": "القلم"})).entries
            if entry.link == f"http://testserver/ar/articles/{article.pk}/"
        ]
        assert entry.title == article.title
        assert entry.id == entry.link
        assert "14 أيار/مايو 1923" in entry.summary
        assert article.body[:20] in entry.summary
        assert [tag.term for tag in entry.tags] == ["الجرائد"]

    def test_author_or_byline_is_named(self, client: Client, library: Library) -> None:
        article = library["tatweel"]
        Article.objects.filter(pk=article.pk).update(byline="مراسل <الجريدة>")
        entries = _read(client.get(FEED, {"actor": "baghdad"})).entries
        (entry,) = [each for each in entries if each.title == article.title]
        assert [author.name for author in entry.authors] == ["مراسل <الجريدة>"]

    @pytest.mark.parametrize(
        "query", ["actor=baghdad", "topic=iraq", "source=review", "sort=oldest"]
    )
    def test_filters_of_the_search_are_kept(
        self, client: Client, library: Library, query: str
    ) -> None:
        found = _read(client.get(f"{FEED}?{query}"))
        total = client.get(f"/ar/search/?{query}").context["found"].total
        assert len(found.entries) == min(50, total) > 0

    def test_hidden_articles_are_absent(self, client: Client, library: Library) -> None:
        titles = {entry.title for entry in _read(client.get(FEED)).entries}
        assert not titles & {library["draft"].title, library["withdrawn"].title}

    def test_no_hit_is_a_feed_without_entries(
        self, client: Client, library: Library
    ) -> None:
        assert _read(client.get(FEED, {"q": "زخزخزخ"})).entries == []


class TestFeed:
    def test_feed_leads_to_itself_and_to_the_search(
        self, client: Client, library: Library
    ) -> None:
        feed = _read(client.get(f"/en/search/feed/?q={quote('بيان')}&page=3")).feed
        links = {link.rel: link.href for link in feed.links}
        query = f"?q={quote('بيان')}"
        assert links == {
            "self": f"http://testserver/en/search/feed/{query}",
            "alternate": f"http://testserver/en/search/{query}",
        }
        assert feed.title == "Sijill · بيان"
        assert feed.language == "en"

    def test_unchanged_feed_is_not_sent_again(
        self, client: Client, library: Library
    ) -> None:
        first = client.get(FEED, {"q": "بيان"})
        again = client.get(
            FEED, {"q": "بيان"}, headers={"If-None-Match": first.headers["ETag"]}
        )
        assert (again.status_code, again.content) == (304, b"")

    @pytest.mark.parametrize("query", [{"q": '"غير مغلق'}, {"from": "قريبا"}])
    def test_what_is_no_search_is_400_in_words(
        self, client: Client, library: Library, query: dict[str, str]
    ) -> None:
        response = client.get(FEED, query)
        assert response.status_code == 400
        assert response.headers["Content-Type"].startswith("text/plain")
        assert response.content.decode().strip()

    def test_missing_index_is_503(
        self, client: Client, db: None, no_index: Path
    ) -> None:
        response = client.get(FEED)
        assert response.status_code == 503
        assert "rebuild_index" in response.content.decode()


class TestLinks:
    @pytest.mark.parametrize(
        ("page", "feed"),
        [
            (f"/ar/search/?q={quote('بيان')}&page=2", f"?q={quote('بيان')}"),
            ("/ar/actors/baghdad/", "?actor=baghdad"),
            ("/ar/topics/iraq/", "?topic=iraq"),
            ("/ar/sources/review/", "?source=review"),
        ],
    )
    def test_page_names_its_feed(
        self, client: Client, library: Library, page: str, feed: str
    ) -> None:
        text = client.get(page).content.decode()
        assert text.count(f'href="{FEED}{feed}"') >= 2
        assert f'title="أحدث المقالات إضافة" href="{FEED}{feed}"' in text

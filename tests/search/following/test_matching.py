"""New articles against saved searches: what a search on the site would find, once."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError

from archive.models import Article, Status
from search import searcher
from search.following import match_arrivals, matching, take_in
from search.forms import read_query_string
from search.models import Alert, Arrival, SavedSearch
from tests.search.library import Library

# Each node of the query language, at each level.
QUERIES = (
    "كتاب", "=كتاب", "√كتب", "الكِتَابُ", "كتب*", "*تب", "ك?ب", "بطوظة~", "مسؤول~1",
    "«سكة حديد الحجاز»", '"سكة حديد"~5', "سكة حديد", "سكة أو حديد", "بغداد -قطار",
    "عنوان:العراق", "كاتب:أحمد", "مصدر:التجربة", "جهة:بغداد", "موضوع:الصحافة",
    "سنة:1923", "قبل:1924", "تاريخ:1923..1951", "عنوان:(دجلة أو الفرات)", "1948",
    "press", "=(العرب الكتب) √درس", "لا شيء كهذا في الأرشيف",
)  # fmt: skip

Saver = Callable[..., SavedSearch]


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("reader", email="reader@example.org")


@pytest.fixture
def save(owner: User) -> Saver:
    """A function that saves a search which all articles are new to."""

    def make(query_string: str, **fields: object) -> SavedSearch:
        return SavedSearch.objects.create(
            owner=owner,
            name=query_string[:50],
            query_string=query_string,
            language="ar",
            site_address="https://archive.example",
            **fields,
        )

    return make


def _found(saved: SavedSearch) -> list[int]:
    return list(saved.alerts.values_list("article_id", flat=True))


class TestMatching:
    def test_alerts_are_what_each_search_finds_on_the_site(
        self, library: Library, save: Saver
    ) -> None:
        query_strings = [
            *(urlencode({"q": query}) for query in QUERIES),
            urlencode({"q": "بيان", "source": "review"}),
            "actor=baghdad",
            "topic=iraq&from=1923",
            urlencode({"q": "كتب", "level": "root"}),
            "",
        ]
        searches = [save(query_string) for query_string in query_strings]
        result = match_arrivals()
        for saved in searches:
            request = read_query_string(saved.query_string)
            assert request is not None
            wanted = sorted(article.pk for article in searcher.iter_articles(request))
            assert _found(saved) == wanted, saved.query_string
        assert result.alerts == Alert.objects.count() > 100
        assert result.unread == 0

    def test_article_is_new_once(self, library: Library, save: Saver) -> None:
        saved = save("")
        assert match_arrivals().arrivals == Article.objects.published().count()
        before = _found(saved)
        library["tatweel"].save()
        assert match_arrivals().arrivals == 0
        assert _found(saved) == before

    def test_draft_is_new_when_it_is_published(
        self, library: Library, save: Saver
    ) -> None:
        match_arrivals()
        saved = save("", baseline=take_in())
        article = library["draft"]
        article.status = Status.PUBLISHED
        article.save()
        match_arrivals()
        assert _found(saved) == [article.pk]

    def test_what_was_there_before_is_not_new(
        self, library: Library, save: Saver
    ) -> None:
        older = save("")
        saved = save("", baseline=take_in())
        match_arrivals()
        assert _found(saved) == []
        assert len(_found(older)) == Article.objects.published().count()

    def test_batches_are_small_and_whole(
        self, library: Library, save: Saver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(matching, "BATCH", 20)
        saved = save("")
        match_arrivals()
        published = Article.objects.published().order_by("pk")
        assert _found(saved) == list(published.values_list("pk", flat=True))

    def test_crash_neither_skips_nor_repeats(
        self, library: Library, save: Saver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(matching, "BATCH", 20)
        saved = save("")
        write, calls = Alert.objects.bulk_create, []

        def fail_the_second_time(*args: object, **options: object) -> object:
            written = write(*args, **options)
            calls.append(args)
            if len(calls) == 2:
                raise DatabaseError("The disk is full.")
            return written

        monkeypatch.setattr(Alert.objects, "bulk_create", fail_the_second_time)
        with pytest.raises(DatabaseError):
            match_arrivals()
        match_arrivals()
        found = _found(saved)
        assert len(found) == len(set(found)) == Article.objects.published().count()

    def test_search_that_cannot_be_read_stops_no_other(
        self, library: Library, save: Saver, caplog: pytest.LogCaptureFixture
    ) -> None:
        broken, good = save(urlencode({"q": '"غير مغلق'})), save("actor=baghdad")
        result = match_arrivals()
        assert result.unread == 1
        assert str(broken.pk) in caplog.text
        assert _found(good)

    def test_without_saved_searches_nothing_is_indexed(self, library: Library) -> None:
        match_arrivals()
        assert not Arrival.objects.filter(is_matched=False).exists()
        assert not Alert.objects.exists()

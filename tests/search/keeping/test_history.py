"""Searches that are remembered, and those that are not."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from pytest_django import Settings

from search.keeping import (
    history,
    make_own,
    remember,
    take_in_noted,
)
from search.models import PastSearch
from tests.search.keeping.test_keeping import ADD, QUERY, signed_in, user
from tests.search.library import Library

__all__ = ["signed_in", "user"]

on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL takes searches at once"
)


class TestHistory:
    def test_account_has_each_search_once_with_its_last_total(
        self, signed_in: Client, library: Library
    ) -> None:
        for query in (QUERY, f"{QUERY}&source=review", QUERY, f"{QUERY}&page=2", ""):
            signed_in.get(f"/ar/search/?{query}")
        take_in_noted()
        questions = list(PastSearch.objects.values_list("question", flat=True))
        assert questions == ["بيان", "بيان؛ المصدر: مجلة التجربة"]
        page = signed_in.get("/ar/search/history/").content.decode()
        assert f'href="/ar/search/?{QUERY}"' in page

    def test_visitor_is_noted_only_after_asking_for_it(
        self, client: Client, library: Library
    ) -> None:
        client.post(ADD, {"article": library["tatweel"].pk})
        client.get(f"/ar/search/?{QUERY}")
        take_in_noted()
        assert PastSearch.objects.count() == 0
        client.post("/ar/search/history/begin/")
        client.get(f"/ar/search/?{QUERY}")
        client.post("/ar/search/history/end/")
        client.get(f"/ar/search/?{QUERY}&source=review")
        take_in_noted()
        assert PastSearch.objects.count() == 1

    @on_sqlite
    def test_page_notes_without_writing_to_the_database(
        self, signed_in: Client, user: User, library: Library
    ) -> None:
        """While others write, for minutes maybe, pages are answered at once."""
        with CaptureQueriesContext(connection) as queries:
            assert signed_in.get(f"/ar/search/?{QUERY}").status_code == 200
        asked = {query["sql"].split()[0] for query in queries}
        assert asked == {"SELECT"}
        page = signed_in.get("/ar/search/history/").content.decode()
        assert f'href="/ar/search/?{QUERY}"' in page

    @pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one machine")
    def test_search_of_one_machine_is_known_to_all_at_once(
        self, signed_in: Client, library: Library, tmp_path: Path
    ) -> None:
        """Also where that machine runs no indexer."""
        with override_settings(DATA_DIR=tmp_path):
            assert signed_in.get(f"/ar/search/?{QUERY}").status_code == 200
        page = signed_in.get("/ar/search/history/").content.decode()
        assert f'href="/ar/search/?{QUERY}"' in page

    @on_sqlite
    def test_noted_search_that_cannot_be_read_is_told_and_keeps_no_other(
        self,
        signed_in: Client,
        library: Library,
        settings: Settings,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        signed_in.get(f"/ar/search/?{QUERY}")
        (file,) = (Path(settings.DATA_DIR) / "noted-searches").iterdir()
        for name, text in (("0.json", ""), ("1.json", '{"user": 1}')):
            file.with_name(name).write_text(text)
        assert take_in_noted() == 1
        assert not list(file.parent.iterdir())
        assert "0.json" in caplog.text

    @on_sqlite
    def test_what_an_ended_process_left_half_written_is_deleted(
        self, signed_in: Client, library: Library, settings: Settings
    ) -> None:
        signed_in.get(f"/ar/search/?{QUERY}")
        folder = Path(settings.DATA_DIR) / "noted-searches"
        left, fresh = folder / "0.part", folder / "1.part"
        for file in (left, fresh):
            file.write_text('{"user"')
        os.utime(left, (0, 0))
        assert take_in_noted() == 1
        # Its process may be about to finish it.
        assert list(folder.iterdir()) == [fresh]
        fresh.unlink()

    @on_sqlite
    def test_search_of_a_deleted_account_is_dropped(
        self, signed_in: Client, user: User, library: Library
    ) -> None:
        signed_in.get(f"/ar/search/?{QUERY}")
        user.delete()
        assert take_in_noted() == 0

    def test_searches_are_forgotten_one_by_one_and_all(
        self, signed_in: Client, library: Library, client: Client
    ) -> None:
        for word in ("بيان", "مطبعة", "العراق"):
            signed_in.get("/ar/search/", {"q": word})
        take_in_noted()
        kept = PastSearch.objects.latest("searched_at")
        foreign = {"search": str(kept.pk)}
        client.post("/ar/search/history/forget/", foreign)
        client.post("/ar/search/history/forget-all/")
        assert PastSearch.objects.count() == 3
        for text in (str(kept.pk), "x", "9" * 40):
            signed_in.post("/ar/search/history/forget/", {"search": text})
        assert PastSearch.objects.count() == 2
        signed_in.post("/ar/search/history/forget-all/")
        assert PastSearch.objects.count() == 0
        assert signed_in.post("/ar/search/history/burn/").status_code == 404

    def test_oldest_searches_make_room(
        self, user: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(history, "MOST_SEARCHES", 2)
        keeper = make_own(user)
        for query in ("q=1", "q=2", "q=1", "q=3"):
            remember(keeper, query_string=query, question=query, total=1)
        kept = keeper.searches.values_list("query_string", flat=True)
        assert list(kept) == ["q=3", "q=1"]

    def test_search_longer_than_an_index_entry_is_noted(self, user: User) -> None:
        keeper = make_own(user)
        long = "q=" + "س" * 9_000
        remember(keeper, query_string=long, question="", total=0)
        assert keeper.searches.get().query_string == long

"""Actors, topics, sources and coverage."""

from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client

from archive.browsing.coverage import count_by_source_in_year
from archive.models import Actor, Article
from search.api import records
from tests.search.api.asking import ask, read_problem, refuse, walk
from tests.search.library import Library


class TestActors:
    def test_list_has_all_that_published_articles_name(
        self, client: Client, library: Library
    ) -> None:
        pages = walk(client, "/actors", {"limit": 3})
        slugs = [one["slug"] for page in pages for one in page["actors"]]
        assert len(slugs) == len(set(slugs))
        assert set(slugs) == set(library.actors) - {"hidden"}

    def test_actor_has_its_names_and_count(
        self, client: Client, library: Library
    ) -> None:
        found = ask(client, "/actors/baghdad")
        assert (found["kind"], found["articles"]) == ("place", 2)
        names = {alias["name"] for alias in found["aliases"]}
        assert names == {"مدينة السلام", "الزوراء"}

    @pytest.mark.parametrize("slug", ["hidden", "nobody", "x" * 300])
    def test_actor_of_drafts_is_not_there(
        self, admin_client: Client, library: Library, slug: str
    ) -> None:
        assert refuse(admin_client, f"/actors/{slug}")["status"] == 404


class TestTopicsAndSources:
    def test_topics_count_what_is_below(self, client: Client, library: Library) -> None:
        topics = {one["slug"]: one for one in ask(client, "/topics")["topics"]}
        assert topics["press"]["narrower"] == ["papers"]
        assert topics["papers"]["broader"] == "press"
        on_page = ask(client, "/search", {"topic": "history"})["total"]
        assert topics["history"]["articles"] == on_page
        assert ask(client, "/topics/history") == topics["history"]

    def test_sources_have_their_years(self, client: Client, library: Library) -> None:
        sources = {one["slug"]: one for one in ask(client, "/sources")["sources"]}
        assert set(sources) == set(library.sources)
        gazette = sources["gazette"]
        assert (gazette["first_year"], gazette["last_year"]) == (1923, 1999)
        assert ask(client, "/sources/gazette") == gazette

    @pytest.mark.parametrize("path", ["/topics/none", "/sources/none", "/sources/~"])
    def test_unknown_name_is_refused(
        self, client: Client, library: Library, path: str
    ) -> None:
        assert refuse(client, path)["status"] == 404


class TestCoverage:
    def test_numbers_are_those_of_the_database(
        self, client: Client, library: Library
    ) -> None:
        found = ask(client, "/coverage")
        assert found["articles"] == Article.objects.published().count()
        assert found["undated"] == 1
        years = sum(one["articles"] for one in found["years"])
        assert years + found["undated"] == found["articles"]
        assert sum(one["articles"] for one in found["sources"]) == found["articles"]

    def test_months_of_sources_are_those_of_the_page(
        self, client: Client, library: Library
    ) -> None:
        sources = ask(client, "/coverage/months")["sources"]
        assert [each["slug"] for each in sources] == [
            each["slug"] for each in ask(client, "/sources")["sources"]
        ]
        (gazette,) = (each for each in sources if each["slug"] == "gazette")
        dates = {each["date"]: each["articles"] for each in gazette["dates"]}
        assert list(dates) == sorted(dates)
        assert sum(dates.values()) + gazette["undated"] == gazette["articles"]
        of_page = count_by_source_in_year(1923)[library.sources["gazette"].pk]
        of_1923 = {date: n for date, n in dates.items() if date.startswith("1923")}
        assert of_1923 == {
            f"1923-{month:02}" if month else "1923": n for month, n in of_page.items()
        }

    def test_empty_archive_has_none(self, client: Client, db: None) -> None:
        found = ask(client, "/coverage")
        assert (found["articles"], found["first_year"]) == (0, None)


class TestOutages:
    def test_missing_index_is_told_and_articles_are_read_without(
        self, client: Client, db: None, no_index: Path
    ) -> None:
        problem = refuse(client, "/search", {"q": "بيان"})
        assert (problem["status"], problem["type"].rpartition("#")[2]) == (
            503,
            "no-index",
        )
        assert ask(client, "/articles")["total"] == Article.objects.count()
        assert Actor.objects.count() == len(ask(client, "/actors")["actors"])

    @pytest.mark.parametrize(
        ("error", "kind"),
        [(ZeroDivisionError(), "fault"), (OperationalError("gone"), "no-database")],
    )
    def test_fault_and_outage_are_problems(
        self,
        client: Client,
        library: Library,
        monkeypatch: pytest.MonkeyPatch,
        error: Exception,
        kind: str,
    ) -> None:
        def fail(*arguments: object, **options: object) -> None:
            raise error

        monkeypatch.setattr(records, "build_coverage", fail)
        client.raise_request_exception = False
        assert refuse(client, "/coverage")["type"].endswith(f"#{kind}")


@pytest.mark.parametrize(
    "path",
    ["v1", "v1/", "v1/nothing", "v1/search/", "v1/v2", "v1/articles/", "v2/search"],
)
def test_unknown_address_is_a_problem(
    client: Client, library: Library, path: str
) -> None:
    problem = read_problem(client.get(f"/api/{path}"))
    assert (problem["status"], problem["type"].rpartition("#")[2]) == (404, "not-found")


class TestOtherSites:
    """What browsers let pages of other sites read (CORS)."""

    ORIGIN = {"Origin": "https://notebook.example"}

    @pytest.mark.parametrize(
        ("path", "status"),
        [("/api/v1/coverage", 200), ("/api/v1/nothing", 404), ("/oai/", 200)],
    )
    def test_they_read_answers_and_refusals_without_cookies(
        self, client: Client, library: Library, path: str, status: int
    ) -> None:
        answer = client.get(path, headers=self.ORIGIN)
        assert answer.status_code == status
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "RateLimit" in answer.headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in answer.headers

    def test_they_may_send_a_key(self, client: Client, db: None) -> None:
        asked = {"Access-Control-Request-Method": "GET"} | self.ORIGIN
        answer = client.options("/api/v1/search", headers=asked)
        assert answer.status_code == 204
        assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
        assert "POST" not in answer.headers["Access-Control-Allow-Methods"]

    def test_pages_are_not_theirs(self, client: Client, library: Library) -> None:
        answer = client.get("/ar/about/", headers=self.ORIGIN)
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"

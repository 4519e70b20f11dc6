"""Articles, one by one and all of them."""

import json

import pytest
from django.test import Client

from archive.models import Article, Status
from search.indexing.indexer import drain
from search.indexing.outbox import enqueue
from tests.search.api.asking import API, ask, read_problem, refuse, walk
from tests.search.library import Library


class TestOne:
    def test_article_is_whole(self, client: Client, library: Library) -> None:
        article = library["author_match"]
        found = ask(client, f"/articles/{article.pk}", accept_language="en")
        assert found["text"] == article.body
        assert found["characters"] == len(article.body)
        assert found["authors"] == [{"name": "مي زيادة", "actor": ""}]
        assert found["byline"] == "بقلم مي زيادة"
        assert found["published"] == "1930-02-28"
        assert found["source"]["name_latin"] == "Trial Review"
        assert found["url"] == f"http://testserver/en/articles/{article.pk}/"

    @pytest.mark.parametrize("name", ["draft", "withdrawn"])
    def test_what_is_not_published_is_not_there(
        self, admin_client: Client, library: Library, name: str
    ) -> None:
        problem = refuse(admin_client, f"/articles/{library[name].pk}")
        assert (problem["status"], library[name].title in str(problem)) == (404, False)

    @pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 19, "9" * 5000, "-1", "x"])
    def test_foreign_number_is_refused(
        self, client: Client, library: Library, number: str
    ) -> None:
        assert refuse(client, f"/articles/{number}")["status"] == 404

    def test_unchanged_article_is_not_sent_again(
        self, client: Client, library: Library
    ) -> None:
        path = f"{API}/articles/{library['digits'].pk}"
        etag = client.get(path).headers["ETag"]
        again = client.get(path, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        Article.objects.filter(pk=library["digits"].pk).update(title="عنوان آخر")
        changed = client.get(path, headers={"If-None-Match": etag})
        assert changed.status_code == 200

    def test_languages_have_different_etags(
        self, client: Client, library: Library
    ) -> None:
        responses = [
            client.get(f"{API}/articles/1", headers={"Accept-Language": code})
            for code in ("ar", "en")
        ]
        assert len({response.headers["ETag"] for response in responses}) == 2
        assert all("Accept-Language" in one.headers["Vary"] for one in responses)

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_it_can_only_be_read(
        self, client: Client, library: Library, method: str
    ) -> None:
        response = getattr(client, method)(f"{API}/articles/1")
        assert read_problem(response)["status"] == 405
        assert response.headers["Allow"] == "GET, HEAD"
        assert client.head(f"{API}/articles/1").status_code == 200


class TestAll:
    def test_walk_has_each_published_article_once(
        self, client: Client, library: Library
    ) -> None:
        pages = list(walk(client, "/articles", {"limit": 7}))
        ids = [one["id"] for page in pages for one in page["articles"]]
        published = Article.objects.published().order_by("pk")
        # As they were noted.
        assert ids == list(published.values_list("pk", flat=True))
        assert {page["total"] for page in pages} == {len(ids)}
        assert {one["text"] for page in pages for one in page["articles"]} == {None}

    def test_articles_added_and_withdrawn_meanwhile_move_nothing(
        self, client: Client, library: Library
    ) -> None:
        before = set(Article.objects.published().values_list("pk", flat=True))
        seen, added, withdrawn = [], [], set()
        for page in walk(client, "/articles", {"limit": 5}):
            seen += [one["id"] for one in page["articles"]]
            if len(added) < 20:
                added += [_add(library, number).pk for number in range(4)]
                drain()
            first = next(pk for pk in before if pk not in withdrawn)
            Article.objects.filter(pk=first).update(status=Status.WITHDRAWN)
            withdrawn.add(first)
        assert len(seen) == len(set(seen))
        assert before - withdrawn <= set(seen)
        assert set(added) <= set(seen)
        assert library["draft"].pk not in seen

    def test_article_that_becomes_public_late_is_not_passed_over(
        self, client: Client, library: Library
    ) -> None:
        """Its number is lower than those that the cursor has passed."""
        *_rest, last = walk(client, "/articles", {"limit": 50})
        draft = library["draft"]
        draft.status = Status.PUBLISHED
        draft.save()
        drain()
        query = {"limit": 50, "cursor": last["cursor"]}
        (found,) = ask(client, "/articles", query)["articles"]
        assert found["id"] == draft.pk

    def test_last_cursor_goes_on_with_what_is_added_later(
        self, client: Client, library: Library
    ) -> None:
        *_rest, last = walk(client, "/articles", {"limit": 50})
        assert last["next"] is None
        query = {"limit": 50, "cursor": last["cursor"]}
        assert ask(client, "/articles", query)["articles"] == []
        new = _add(library, 1)
        drain()
        (found,) = ask(client, "/articles", query)["articles"]
        assert found["id"] == new.pk

    def test_search_is_walked_to_its_end(
        self, client: Client, library: Library
    ) -> None:
        total = ask(client, "/search", {"q": "بيان"})["total"]
        query = {"q": "بيان", "limit": 10, "text": "true"}
        pages = list(walk(client, "/articles", query))
        ids = [one["id"] for page in pages for one in page["articles"]]
        assert len(ids) == len(set(ids)) == total
        assert {page["total"] for page in pages} == {total}
        texts = [one["text"] for page in pages for one in page["articles"]]
        assert all("بيان" in text for text in texts)

    def test_article_withdrawn_since_indexing_is_left_out(
        self, client: Client, library: Library
    ) -> None:
        gone = library["bulletin_3"].pk
        Article.objects.filter(pk=gone).update(status=Status.WITHDRAWN)
        found = ask(client, "/articles", {"q": "بيان", "limit": 500})
        assert gone not in [one["id"] for one in found["articles"]]
        enqueue([gone])
        drain()
        assert ask(client, "/articles", {"q": "بيان"})["total"] == found["total"] - 1


def _add(library: Library, number: int) -> Article:
    return Article.objects.create(
        title=f"خبر {number}", body="نص", source=library.sources["gazette"]
    )


class TestCursors:
    @pytest.mark.parametrize("cursor", ["1", "x", "5.abc", "\x00", "ا", "9" * 400])
    def test_invented_cursor_is_refused(
        self, client: Client, library: Library, cursor: str
    ) -> None:
        problem = refuse(client, "/articles", {"cursor": cursor})
        assert problem["type"].endswith("#bad-cursor")

    def test_cursor_of_another_list_is_refused(
        self, client: Client, library: Library
    ) -> None:
        cursor = ask(client, "/articles", {"limit": 2})["cursor"]
        for path, query in (("/articles", {"q": "بيان"}), ("/actors", {})):
            problem = refuse(client, path, {**query, "cursor": cursor})
            assert problem["type"].endswith("#bad-cursor")

    @pytest.mark.parametrize("limit", ["0", "501", "many"])
    def test_limit_is_kept(self, client: Client, library: Library, limit: str) -> None:
        problem = refuse(client, "/articles", {"limit": limit})
        assert [error["parameter"] for error in problem["errors"]] == ["limit"]

    def test_empty_boxes_of_a_form_do_not_count(
        self, client: Client, library: Library
    ) -> None:
        query = {"q": "", "any": "", "limit": "", "cursor": "", "text": ""}
        assert ask(client, "/articles", query)["total"] == 72
        response = client.get(f"{API}/articles", query)
        assert json.loads(response.content)["articles"][0]["text"] is None

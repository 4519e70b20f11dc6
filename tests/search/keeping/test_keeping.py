"""Baskets, earlier searches and shared lists, as readers meet them."""

import csv
import datetime as dt
import io
import os
from pathlib import Path
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone
from pytest_django import Settings

from archive.models import Article, Status
from search.keeping import (
    MOST_ARTICLES,
    MOST_NOTE,
    BasketFull,
    add_articles,
    history,
    list_ids,
    make_own,
    make_visitor,
    move_to_account,
    remember,
    remove_expired,
    sharing,
    take_in_noted,
)
from search.models import BasketItem, Keeper, PastSearch, SharedList
from tests.search.library import Library

BASKET = "/ar/basket/"
ADD = "/ar/basket/add/"
QUERY = f"q={quote('بيان')}"
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL takes searches at once"
)


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("reader", password="p" * 12)


@pytest.fixture
def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _withdraw(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(status=Status.WITHDRAWN)


def _rows(client: Client, query_string: str) -> list[dict[str, str]]:
    text = client.get(f"/ar/search/export/csv/?{query_string}&raw=1").getvalue()
    return list(csv.DictReader(io.StringIO(text.decode(), newline="")))


class TestAdding:
    def test_visitor_has_no_cookie_of_a_session_before_adding(
        self, client: Client, library: Library
    ) -> None:
        client.get(f"/ar/search/?{QUERY}")
        client.get(BASKET)
        client.get("/ar/search/history/")
        assert "sessionid" not in client.cookies
        assert Keeper.objects.count() == 0

    def test_chosen_articles_stand_in_the_order_of_adding(
        self, client: Client, library: Library
    ) -> None:
        first, second = library["tatweel"].pk, library["digits"].pk
        client.post(ADD, {"article": [first]})
        client.post(ADD, {"article": [second, first]})
        assert [row["article_id"] for row in _rows(client, "basket=1")] == [
            str(first),
            str(second),
        ]
        page = client.get(BASKET).content.decode()
        assert page.index(library["digits"].title) < page.index(
            library["tatweel"].title
        )

    def test_all_of_a_search_are_added(self, client: Client, library: Library) -> None:
        client.post(ADD, {"q": "بيان", "source": "review"})
        found = client.get(f"/ar/search/?{QUERY}&source=review").context["found"]
        assert BasketItem.objects.count() == found.total > 1

    @pytest.mark.parametrize(
        ("there", "back"),
        [
            ("/ar/search/?q=x", "/ar/search/?q=x"),
            ("//evil.example/", BASKET),
            ("https://evil.example/", BASKET),
            ("javascript:alert(1)", BASKET),
        ],
    )
    def test_reader_goes_back_to_pages_of_this_site_only(
        self, client: Client, library: Library, there: str, back: str
    ) -> None:
        fields = {"article": library["tatweel"].pk, "next": there}
        assert client.post(ADD, fields).headers["Location"] == back

    @pytest.mark.parametrize("number", ["999999999", "-1", "1' OR 1", "٣", "9" * 40])
    def test_article_that_is_none_is_400(
        self, client: Client, library: Library, number: str
    ) -> None:
        assert client.post(ADD, {"article": number}).status_code == 400
        assert Keeper.objects.count() == 0

    def test_draft_is_not_added(self, client: Client, library: Library) -> None:
        draft = Article.objects.exclude(status=Status.PUBLISHED).earliest("pk")
        client.post(ADD, {"article": [draft.pk, library["tatweel"].pk]})
        items = BasketItem.objects.values_list("article_id", flat=True)
        assert list(items) == [library["tatweel"].pk]

    def test_full_basket_takes_nothing_and_says_so(self, library: Library) -> None:
        keeper = make_visitor()
        BasketItem.objects.bulk_create(
            BasketItem(keeper=keeper, article_id=-number)
            for number in range(1, MOST_ARTICLES)
        )
        with pytest.raises(BasketFull):
            add_articles(keeper, [library["tatweel"].pk, library["digits"].pk])
        assert add_articles(keeper, [library["tatweel"].pk]) == 1
        with pytest.raises(BasketFull):
            add_articles(keeper, [library["digits"].pk])

    def test_get_adds_nothing(self, client: Client, library: Library) -> None:
        assert client.get(ADD, {"article": library["tatweel"].pk}).status_code == 405

    def test_pages_without_a_session_ask_for_no_basket(
        self, client: Client, library: Library
    ) -> None:
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/ar/articles/{library['tatweel'].pk}/")
        assert not [each for each in asked.captured_queries if "keeper" in each["sql"]]


class TestButtons:
    def test_results_add_the_ticked_ones_and_leak_no_token(
        self, client: Client, library: Library
    ) -> None:
        page = client.get(f"/ar/search/?{QUERY}").content.decode()
        assert f'formaction="{ADD}?next=%2Far%2Fsearch%2F%3Fq%3D' in page
        form = page[page.index('<form id="take-away"') :]
        form = form[: form.index("</form>")]
        assert "<input" not in form
        assert 'name="csrfmiddlewaretoken"' in form

    def test_buttons_pass_the_check_against_forgery(self, library: Library) -> None:
        client = Client(enforce_csrf_checks=True)
        address = f"/ar/articles/{library['tatweel'].pk}/"
        page = client.get(address).content.decode()
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        fields = {"article": library["tatweel"].pk, "csrfmiddlewaretoken": token}
        assert client.post(ADD, fields).status_code == 302
        assert client.post(ADD, {"article": library["tatweel"].pk}).status_code == 403

    def test_article_page_shows_what_is_kept(
        self, client: Client, library: Library
    ) -> None:
        pk = library["tatweel"].pk
        address = f"/ar/articles/{pk}/"
        assert "أضف إلى السلة" in client.get(address).content.decode()
        client.post(ADD, {"article": pk})
        client.post(f"/ar/basket/{pk}/note/", {"note": "قارن بالمقتبس"})
        page = client.get(address).content.decode()
        assert "هذا المقال في سلتك" in page
        assert "قارن بالمقتبس" in page


class TestNotes:
    @pytest.fixture
    def kept(self, client: Client, library: Library) -> int:
        client.post(ADD, {"article": library["tatweel"].pk})
        return library["tatweel"].pk

    def test_note_goes_into_tables_and_reading_list(
        self, client: Client, kept: int
    ) -> None:
        client.post(f"/ar/basket/{kept}/note/", {"note": "=HYPERLINK(1)\r\nسطر"})
        (row,) = _rows(client, "basket=1")
        assert row["note"] == "=HYPERLINK(1)\nسطر"
        listed = client.get("/ar/search/export/reading-list/?basket=1").getvalue()
        assert "=HYPERLINK(1)<br>سطر" in listed.decode()
        assert "note" not in _rows(client, f"article={kept}")[0]

    def test_long_note_is_refused_and_stays_in_the_form(
        self, client: Client, kept: int
    ) -> None:
        long = "س" * (MOST_NOTE + 1)
        answer = client.post(f"/ar/basket/{kept}/note/", {"note": long})
        assert answer.status_code == 400
        assert long in answer.content.decode()
        assert BasketItem.objects.get().note == ""

    def test_what_no_database_can_keep_is_left_out(
        self, client: Client, kept: int
    ) -> None:
        client.post(f"/ar/basket/{kept}/note/", {"note": "قبل\0بعد"})
        assert BasketItem.objects.get().note == "قبلبعد"

    def test_article_with_a_note_is_taken_out_after_a_question(
        self, client: Client, kept: int
    ) -> None:
        client.post(f"/ar/basket/{kept}/note/", {"note": "مهم"})
        asked = client.post(f"/ar/basket/{kept}/remove/")
        assert "مهم" in asked.content.decode()
        assert BasketItem.objects.count() == 1
        client.post(f"/ar/basket/{kept}/remove/", {"sure": "1"})
        assert BasketItem.objects.count() == 0

    def test_note_outlives_a_withdrawn_article(
        self, client: Client, library: Library, kept: int
    ) -> None:
        client.post(f"/ar/basket/{kept}/note/", {"note": "مهم"})
        _withdraw(library["tatweel"])
        page = client.get(BASKET).content.decode()
        assert "مهم" in page
        assert library["tatweel"].title not in page
        assert client.get("/ar/search/export/csv/?basket=1").status_code == 400

    def test_others_cannot_change_it(self, kept: int, signed_in: Client) -> None:
        for action in ("note", "remove"):
            answer = signed_in.post(f"/ar/basket/{kept}/{action}/", {"note": "x"})
            assert answer.status_code == 404
        assert BasketItem.objects.get().note == ""

    def test_emptying_asks_first(self, client: Client, kept: int) -> None:
        assert client.get("/ar/basket/empty/").status_code == 200
        assert BasketItem.objects.count() == 1
        client.post("/ar/basket/empty/")
        assert BasketItem.objects.count() == 0


class TestSigningIn:
    def test_what_a_visitor_keeps_moves_to_the_account(
        self, client: Client, library: Library, user: User
    ) -> None:
        own = make_own(user)
        both = library["tatweel"].pk
        BasketItem.objects.create(keeper=own, article_id=both, note="من قبل")
        client.post(ADD, {"article": [both, library["digits"].pk]})
        client.post(f"/ar/basket/{both}/note/", {"note": "الآن"})
        client.post("/ar/search/history/begin/")
        client.get(f"/ar/search/?{QUERY}")
        client.post("/ar/login/", {"username": "reader", "password": "p" * 12})
        notes = dict(own.basket.values_list("article_id", "note"))
        assert notes == {both: "من قبل\nالآن", library["digits"].pk: ""}
        assert own.searches.get().question == "بيان"
        assert list(Keeper.objects.all()) == [own]
        client.post("/ar/logout/")
        assert client.get(BASKET).context["total"] == 0

    def test_visitor_that_has_ended_moves_nothing(self, user: User) -> None:
        move_to_account(12345, user)
        assert Keeper.objects.count() == 0

    def test_account_of_another_is_never_moved(self, user: User) -> None:
        other = make_own(User.objects.create_user("other"))
        move_to_account(other.pk, user)
        assert Keeper.objects.get().user != user

    def test_ended_visitors_are_removed_and_accounts_stay(
        self, library: Library, user: User
    ) -> None:
        own, ended, fresh = make_own(user), make_visitor(), make_visitor()
        add_articles(ended, [library["tatweel"].pk])
        Keeper.objects.filter(pk=ended.pk).update(
            expires_at=timezone.now() - dt.timedelta(seconds=1)
        )
        assert remove_expired() == 1
        assert set(Keeper.objects.all()) == {own, fresh}


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


class TestSharing:
    @pytest.fixture
    def shared(self, signed_in: Client, library: Library) -> SharedList:
        numbers = [library["tatweel"].pk, library["digits"].pk]
        signed_in.post(ADD, {"article": numbers})
        signed_in.post(f"/ar/basket/{numbers[0]}/note/", {"note": "سرّي"})
        fields = {"title": "عن <العراق>", "word": "سطر\n\nوآخر"}
        answer = signed_in.post("/ar/basket/share/", fields)
        assert answer.status_code == 302, answer.content.decode()
        return SharedList.objects.get()

    def test_whoever_has_the_link_sees_the_list_and_no_note(
        self, client: Client, library: Library, shared: SharedList
    ) -> None:
        page = client.get(f"/ar/lists/{shared.key}/").content.decode()
        assert "عن &lt;العراق&gt;" in page
        assert page.index(library["tatweel"].title) < page.index(
            library["digits"].title
        )
        assert "سرّي" not in page
        assert "reader" not in page
        assert "noindex" in page
        rows = _rows(client, f"list={shared.key}")
        assert [int(row["article_id"]) for row in rows] == shared.article_ids
        assert "note" not in rows[0]

    def test_withdrawn_article_vanishes(
        self, client: Client, library: Library, shared: SharedList
    ) -> None:
        _withdraw(library["tatweel"])
        page = client.get(f"/ar/lists/{shared.key}/").content.decode()
        assert library["tatweel"].title not in page
        assert len(_rows(client, f"list={shared.key}")) == 1
        _withdraw(library["digits"])
        assert (
            "لم يعد أي مقال" in client.get(f"/ar/lists/{shared.key}/").content.decode()
        )

    def test_list_that_is_taken_back_is_gone(
        self, client: Client, signed_in: Client, shared: SharedList
    ) -> None:
        signed_in.post(f"/ar/lists/{shared.key}/revoke/")
        assert client.get(f"/ar/lists/{shared.key}/").status_code == 404
        assert (
            client.get(f"/ar/search/export/csv/?list={shared.key}").status_code == 400
        )

    def test_list_keeps_its_articles_until_the_basket_takes_their_place(
        self, signed_in: Client, library: Library, shared: SharedList
    ) -> None:
        before = shared.article_ids
        signed_in.post(f"/ar/basket/{before[1]}/remove/")
        fields = {"title": "عنوان جديد", "word": ""}
        signed_in.post(f"/ar/lists/{shared.key}/edit/", fields)
        shared.refresh_from_db()
        assert (shared.title, shared.article_ids) == ("عنوان جديد", before)
        fields["takes_basket"] = "on"
        signed_in.post(f"/ar/lists/{shared.key}/edit/", fields)
        shared.refresh_from_db()
        assert shared.article_ids == before[:1]

    def test_others_cannot_change_it(self, client: Client, shared: SharedList) -> None:
        client.force_login(User.objects.create_user("other"))
        for action in ("edit", "revoke"):
            answer = client.post(f"/ar/lists/{shared.key}/{action}/", {"title": "x"})
            assert answer.status_code == 404
        assert "/edit/" not in client.get(f"/ar/lists/{shared.key}/").content.decode()

    def test_list_of_a_visitor_stands_for_a_time_and_moves_to_an_account(
        self, client: Client, library: Library
    ) -> None:
        client.post(ADD, {"article": library["tatweel"].pk})
        made = client.post("/ar/basket/share/", {"title": "للصف", "word": ""})
        shared = SharedList.objects.get(owner=None)
        assert made.headers["Location"] == f"/ar/lists/{shared.key}/"
        assert shared.expires_at is not None
        assert "/edit/" in client.get(f"/ar/lists/{shared.key}/").content.decode()
        other = Client()
        assert "/edit/" not in other.get(f"/ar/lists/{shared.key}/").content.decode()
        assert other.post(f"/ar/lists/{shared.key}/revoke/").status_code == 404
        # It outlives the session that it was made in, and not its own time.
        Keeper.objects.all().delete()
        assert other.get(f"/ar/lists/{shared.key}/").status_code == 200
        ended = timezone.now() - dt.timedelta(seconds=1)
        SharedList.objects.update(expires_at=ended)
        assert other.get(f"/ar/lists/{shared.key}/").status_code == 404
        assert other.post(ADD, {"list": shared.key}).status_code == 400
        remove_expired()
        assert not SharedList.objects.exists()

    def test_list_of_a_visitor_moves_to_the_account(
        self, client: Client, library: Library
    ) -> None:
        client.post(ADD, {"article": library["tatweel"].pk})
        client.post("/ar/basket/share/", {"title": "للصف", "word": ""})
        user = User.objects.create_user("later", password="a long password 7")
        client.post(
            "/ar/login/", {"username": "later", "password": "a long password 7"}
        )
        shared = SharedList.objects.get()
        assert (shared.owner, shared.keeper, shared.expires_at) == (user, None, None)
        assert "للصف" in client.get("/ar/lists/").content.decode()

    def test_visitor_shares_so_many_lists(
        self, client: Client, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sharing, "MOST_OF_VISITOR", 1)
        client.post(ADD, {"article": library["tatweel"].pk})
        fields = {"title": "للصف", "word": ""}
        assert client.post("/ar/basket/share/", fields).status_code == 302
        assert client.post("/ar/basket/share/", fields).status_code == 400

    def test_list_goes_into_the_basket_of_another_reader(
        self, client: Client, shared: SharedList
    ) -> None:
        client.post(ADD, {"list": shared.key})
        keeper = Keeper.objects.get(user=None)
        assert list_ids(keeper) == shared.article_ids

    def test_empty_basket_is_not_shared(self, client: Client, db: None) -> None:
        client.force_login(User.objects.create_user("empty"))
        answer = client.get("/ar/basket/share/")
        assert answer.headers["Location"] == BASKET

"""Baskets, earlier searches and shared lists, as readers meet them."""

import csv
import datetime as dt
import io
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive.models import Article, Status
from search.keeping import (
    MOST_ARTICLES,
    MOST_NOTE,
    BasketFull,
    add_articles,
    make_own,
    make_visitor,
    move_to_account,
    remove_expired,
)
from search.models import BasketItem, Keeper
from tests.search.library import Library

BASKET = "/ar/basket/"
ADD = "/ar/basket/add/"
QUERY = f"q={quote('بيان')}"


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

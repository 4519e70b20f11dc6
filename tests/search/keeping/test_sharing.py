"""Lists that are shared, and taken back."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from search.keeping import (
    list_ids,
    remove_expired,
    sharing,
)
from search.models import Keeper, SharedList
from tests.search.keeping.test_keeping import (
    ADD,
    BASKET,
    _rows,
    _withdraw,
    signed_in,
    user,
)
from tests.search.library import Library

__all__ = ["signed_in", "user"]


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

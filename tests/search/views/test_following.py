"""Saved searches as their owners see them."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from search.following import match_arrivals
from search.models import Arrival, SavedSearch
from search.views import following
from tests.search.library import Library

QUERY = f"q={quote('بيان')}&source=review"


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("reader", email="reader@example.org")


@pytest.fixture
def signed_in(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client


def _save(client: Client, query: str = QUERY, **fields: str) -> SavedSearch:
    answer = client.post(
        f"/ar/search/saved/new/?{query}",
        {"name": "بيانات", "reason": "للبحث", "frequency": "daily", **fields},
    )
    assert answer.status_code == 302, answer.content.decode()
    return SavedSearch.objects.latest("pk")


class TestSaving:
    def test_search_is_saved_with_all_its_filters(
        self, signed_in: Client, library: Library, owner: User
    ) -> None:
        saved = _save(signed_in, f"{QUERY}&page=2")
        assert (saved.owner, saved.query_string) == (owner, QUERY)
        assert (saved.name, saved.reason) == ("بيانات", "للبحث")
        assert saved.site_address == "http://testserver"
        page = signed_in.get("/ar/search/saved/").content.decode()
        assert f'href="/ar/search/?{QUERY.replace("&", "&amp;")}"' in page
        assert "لا جديد" in page

    def test_form_proposes_the_search_as_a_name(
        self, signed_in: Client, library: Library
    ) -> None:
        page = signed_in.get(f"/ar/search/saved/new/?{QUERY}").content.decode()
        assert 'value="بيان؛ المصدر: مجلة التجربة"' in page

    def test_visitor_signs_in_and_keeps_the_search(
        self, client: Client, library: Library
    ) -> None:
        answer = client.get(f"/ar/search/saved/new/?{QUERY}")
        assert answer.status_code == 302
        assert quote(f"/ar/search/saved/new/?{QUERY}") in answer.headers["Location"]

    def test_email_needs_an_address(
        self, signed_in: Client, library: Library, owner: User
    ) -> None:
        owner.email = ""
        owner.save()
        answer = signed_in.post(
            f"/ar/search/saved/new/?{QUERY}", {"name": "س", "frequency": "daily"}
        )
        assert answer.status_code == 400
        assert "ليس في حسابك عنوان بريد" in answer.content.decode()
        _save(signed_in, frequency="never")

    @pytest.mark.parametrize(
        "fields", [{"name": ""}, {"name": "س" * 201}, {"frequency": "hourly"}]
    )
    def test_bad_field_is_400_and_nothing_typed_is_lost(
        self, signed_in: Client, library: Library, fields: dict[str, str]
    ) -> None:
        answer = signed_in.post(
            f"/ar/search/saved/new/?{QUERY}",
            {"name": "س", "reason": "سبب طويل", "frequency": "never", **fields},
        )
        assert answer.status_code == 400
        assert "سبب طويل" in answer.content.decode()
        assert not SavedSearch.objects.exists()

    def test_what_is_no_search_is_400(
        self, signed_in: Client, library: Library
    ) -> None:
        assert signed_in.get('/ar/search/saved/new/?q="').status_code == 400


class TestNews:
    def test_new_articles_are_counted_shown_and_seen(
        self, signed_in: Client, library: Library
    ) -> None:
        saved = _save(signed_in, "actor=baghdad")
        Arrival.objects.filter(article_id=library["tatweel"].pk).delete()
        match_arrivals()
        page = signed_in.get("/ar/search/saved/").content.decode()
        assert "مقال جديد واحد" in page
        shown = signed_in.get(f"/ar/search/saved/{saved.pk}/")
        assert library["tatweel"].title in shown.content.decode()
        last = shown.context["last"]
        signed_in.post(f"/ar/search/saved/{saved.pk}/seen/", {"last": last})
        assert "لا جديد" in signed_in.get("/ar/search/saved/").content.decode()

    def test_next_visit_begins_with_what_came_after_this_one(
        self, signed_in: Client, library: Library
    ) -> None:
        saved = _save(signed_in, "actor=baghdad")
        address = f"/ar/search/saved/{saved.pk}/"

        def visit(*, after: dt.timedelta) -> int:
            moment = SavedSearch.objects.get().shown_at
            if moment:
                SavedSearch.objects.update(shown_at=moment - after)
            return int(signed_in.get(address).context["total"])

        Arrival.objects.filter(article_id=library["tatweel"].pk).delete()
        match_arrivals()
        signed_in.head(address)
        assert visit(after=dt.timedelta(0)) == 1
        # The same visit: nothing vanishes while one reads.
        assert visit(after=dt.timedelta(hours=1)) == 1
        Arrival.objects.filter(article_id=library["hamza_variants"].pk).delete()
        match_arrivals()
        SavedSearch.objects.update(shown_at=timezone.now() - dt.timedelta(hours=5))
        assert "مقال جديد واحد" in signed_in.get("/ar/search/saved/").content.decode()
        assert visit(after=dt.timedelta(0)) == 1
        assert visit(after=dt.timedelta(hours=5)) == 0

    def test_what_is_not_listed_stays_new(
        self, signed_in: Client, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(following, "MOST_LISTED", 1)
        saved = _save(signed_in, "actor=baghdad")
        Arrival.objects.all().delete()
        match_arrivals()
        first = signed_in.get(f"/ar/search/saved/{saved.pk}/")
        assert len(first.context["articles"]) == 1 < first.context["total"]
        SavedSearch.objects.update(shown_at=timezone.now() - dt.timedelta(hours=5))
        later = signed_in.get(f"/ar/search/saved/{saved.pk}/")
        assert later.context["total"] == first.context["total"] - 1

    @pytest.mark.parametrize("last", ["", "x", "-1", "9" * 40, "٣"])
    def test_bad_number_counts_nothing_as_seen(
        self, signed_in: Client, library: Library, last: str
    ) -> None:
        saved = _save(signed_in, "actor=baghdad")
        answer = signed_in.post(f"/ar/search/saved/{saved.pk}/seen/", {"last": last})
        assert answer.status_code == 302
        saved.refresh_from_db()
        assert saved.seen == 0


class TestOwners:
    def test_search_of_another_reader_is_unknown(
        self, signed_in: Client, library: Library
    ) -> None:
        saved = _save(signed_in)
        other = Client()
        other.force_login(User.objects.create_user("other"))
        assert other.get(f"/ar/search/saved/{saved.pk}/").status_code == 404
        for page in ("edit", "seen", "delete"):
            address = f"/ar/search/saved/{saved.pk}/{page}/"
            assert other.post(address).status_code == 404
        assert "بيانات" not in other.get("/ar/search/saved/").content.decode()

    def test_search_is_changed_and_deleted(
        self, signed_in: Client, library: Library
    ) -> None:
        saved = _save(signed_in)
        signed_in.post(
            f"/ar/search/saved/{saved.pk}/edit/",
            {"name": "اسم آخر", "reason": "", "frequency": "weekly"},
        )
        saved.refresh_from_db()
        assert (saved.name, saved.frequency, saved.query_string) == (
            "اسم آخر",
            "weekly",
            QUERY,
        )
        signed_in.post(f"/ar/search/saved/{saved.pk}/delete/")
        assert not SavedSearch.objects.exists()

    def test_get_deletes_nothing(self, signed_in: Client, library: Library) -> None:
        saved = _save(signed_in)
        address = f"/ar/search/saved/{saved.pk}/delete/"
        assert signed_in.get(address).status_code == 405

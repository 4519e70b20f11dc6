"""Alike articles in the admin: told at saving, compared, answered, shown to readers."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from archive.models import Article, Likeness
from archive.roles import Role
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.posted_forms import make_article_form
from tests.archive.duplicates.test_find import ALTERED, TEXT

pytestmark = pytest.mark.django_db
LIST = "admin:archive_article_alike"


@pytest.fixture
def first(article: Article) -> Article:
    article.body = TEXT
    article.save()
    return article


@pytest.fixture
def pair(first: Article) -> Likeness:
    Article.objects.create(
        title="ذكرى شوقي", body=ALTERED, source=first.source, published_on="1933-01-01",
        published_precision="day",
    )  # fmt: skip
    return Likeness.objects.get()


class TestSaving:
    def test_the_editor_is_told_with_a_link_to_the_difference(
        self, editor: Client, first: Article, catalogue: Catalogue
    ) -> None:
        form = make_article_form(catalogue.ahram, body=ALTERED)
        answer = editor.post(
            reverse("admin:archive_article_add"), form, follow=True
        ).content.decode()
        pair = Likeness.objects.get()
        assert reverse("admin:archive_article_pair", args=[pair.pk]) in answer
        assert first.title in answer

    def test_a_contributor_is_told_of_no_hidden_article(
        self, client: Client, first: Article, catalogue: Catalogue
    ) -> None:
        first.status = "draft"
        first.save()
        writer = User.objects.create_user("writer", is_staff=True)
        writer.groups.add(Group.objects.get(name=Role.CONTRIBUTOR))
        client.force_login(writer)
        form = make_article_form(catalogue.ahram, body=ALTERED)
        answer = client.post(reverse("admin:archive_article_add"), form, follow=True)
        assert Likeness.objects.exists()
        assert first.title not in answer.content.decode()


class TestAnswers:
    def test_the_pair_with_the_words_that_differ(
        self, editor: Client, pair: Likeness
    ) -> None:
        assert f'value="{pair.pk}"' in editor.get(reverse(LIST)).content.decode()
        address = reverse("admin:archive_article_pair", args=[pair.pk])
        page = editor.get(address).content.decode()
        assert "أمس" in page.partition("<ins>")[2]

    def test_linked_articles_name_each_other(
        self, editor: Client, client: Client, pair: Likeness
    ) -> None:
        data = {"pair": [pair.pk], "answer": "reprint"}
        page = editor.post(reverse(LIST), data, follow=True).content.decode()
        assert "لا مقالين" in page
        client.logout()
        older = client.get(pair.other.get_absolute_url()).content.decode()
        newer = client.get(pair.article.get_absolute_url()).content.decode()
        assert "أُعيد نشره في" in older
        assert pair.article.title in older
        assert "نُشر من قبل في" in newer

    def test_one_of_them_moved_to_the_trash(
        self, editor: Client, pair: Likeness
    ) -> None:
        address = reverse("admin:archive_article_pair", args=[pair.pk])
        editor.post(address, {"trash": pair.article_id})
        pair.article.refresh_from_db()
        assert pair.article.status == "trash"
        assert pair.article.changes.get().former["status"] == "published"
        assert f'value="{pair.pk}"' not in editor.get(reverse(LIST)).content.decode()

    @pytest.mark.parametrize(
        "data",
        [{"answer": "x"}, {"answer": "reprint", "pair": "x"}, {"trash": "0"}, {}],
    )
    def test_odd_answers_change_nothing(
        self, editor: Client, pair: Likeness, data: dict[str, str]
    ) -> None:
        for address in (
            reverse(LIST),
            *(
                [reverse("admin:archive_article_pair", args=[pair.pk])]
                if data.get("answer") != "reprint"
                else []
            ),
        ):
            assert editor.post(address, data).status_code == 302
        pair.refresh_from_db()
        assert pair.answer == "waiting"

    def test_only_editors(self, reader_staff: Client, pair: Likeness) -> None:
        address = reverse("admin:archive_article_pair", args=[pair.pk])
        for page in (reverse(LIST), address):
            assert reader_staff.get(page).status_code == 403

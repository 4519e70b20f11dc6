"""Forms that cannot be saved any more: nothing that was typed is lost."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client, override_settings

from archive.models import Actor, ActorAlias, Article, ArticleAuthor, Source, Status
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.posted_forms import (
    make_actor_form,
    make_article_form,
    make_form_of,
    make_source_form,
    make_topic_form,
)
from tests.config.security.test_members_only import MIDDLEWARE
from tests.pages.reading import find

DESK = "/en/admin/archive/"
TYPED = "سطر كتبته\nوسطر «ثانٍ» <b>"
TITLE = "What you typed has not been saved"
ORIGIN = "http://testserver"


def change_page(record: Any) -> str:
    return f"{DESK}{type(record).__name__.lower()}/{record.pk}/change/"


def read_typed(page: Any) -> list[str]:
    """The texts that the page shows, each in an input of its own."""
    text = page.content.decode()
    assert TITLE in text
    return [
        unescape(one.partition("\n")[2]).partition("</textarea>")[0]
        for one in text.split("<textarea")[1:]
    ]


def read_sent(page: Any) -> tuple[str, dict[str, list[str]]]:
    """The address and the hidden inputs of the form that can be sent again."""
    (form,) = find(page, "form", id="again")
    sent: dict[str, list[str]] = {}
    for one in find(page, "input", type="hidden"):
        if one.attributes["name"] != "csrfmiddlewaretoken":
            sent.setdefault(one.attributes["name"], []).append(one.attributes["value"])
    return form.attributes["action"], sent


@pytest.fixture
def contributor(db: None) -> User:
    user = User.objects.create_user("samira", is_staff=True)
    user.groups.add(Group.objects.get(name="contributor"))
    return user


@pytest.fixture
def draft(catalogue: Catalogue, contributor: User) -> Article:
    return Article.objects.create(
        title="مسودتي",
        source=catalogue.ahram,
        status=Status.DRAFT,
        created_by=contributor,
    )


class TestPublishedMeanwhile:
    @pytest.mark.parametrize("status", [Status.PUBLISHED, Status.WITHDRAWN])
    def test_contributor_keeps_what_was_typed(
        self, client: Client, contributor: User, draft: Article, status: Status
    ) -> None:
        client.force_login(contributor)
        authors = {
            "authors-TOTAL_FORMS": "1",
            "authors-0-name": "مي زيادة",
            "authors-0-position": "0",
        }
        form = make_form_of(draft) | {"body": TYPED, **authors}
        Article.objects.update(status=status)
        page = client.post(change_page(draft), form)
        assert page.status_code == 403
        wanted = {"مسودتي", TYPED, "Al-Ahram", "مي زيادة · 0"}
        assert wanted <= set(read_typed(page))
        assert "An editor has published or withdrawn" in page.content.decode()
        assert not find(page, "button", name="_continue")
        assert Article.objects.get().body == ""

    def test_published_between_check_and_save_keeps_it_too(
        self,
        client: Client,
        contributor: User,
        draft: Article,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        client.force_login(contributor)
        monkeypatch.setattr(
            "archive.admin.ownership.OwnDrafts._lock_own_draft", lambda *_: False
        )
        form = make_form_of(draft) | {"body": TYPED}
        page = client.post(change_page(draft), form)
        assert page.status_code == 403
        assert TYPED in read_typed(page)
        assert Article.objects.get().body == ""

    def test_lost_right_keeps_what_was_typed(
        self, client: Client, contributor: User, catalogue: Catalogue
    ) -> None:
        client.force_login(contributor)
        contributor.groups.set([])
        form = make_article_form(catalogue.ahram, body=TYPED)
        page = client.post(f"{DESK}article/add/", form)
        assert page.status_code == 403
        assert TYPED in read_typed(page)
        assert "ask an administrator" in page.content.decode()


class TestDeletedMeanwhile:
    def test_article_can_be_added_anew_with_its_authors(
        self, editor: Client, article: Article, catalogue: Catalogue
    ) -> None:
        author = ArticleAuthor.objects.create(article=article, name="خليل مطران")
        form = make_form_of(article) | {
            "body": TYPED,
            "mentioned": [catalogue.hafiz.pk, catalogue.shawqi.pk],
            "_version": "[]",
            "authors-TOTAL_FORMS": "2",
            "authors-INITIAL_FORMS": "1",
            "authors-0-id": author.pk,
            "authors-0-article": article.pk,
            "authors-0-name": "خليل مطران",
            "authors-0-position": "0",
            "authors-1-name": "مي زيادة",
            "authors-1-position": "1",
        }
        address = change_page(article)
        article.delete()
        page = editor.post(address, form)
        assert page.status_code == 409
        assert {TYPED, "خليل مطران · 0\nمي زيادة · 1"} <= set(read_typed(page))
        action, sent = read_sent(page)
        assert action == f"{DESK}article/add/"
        assert editor.post(action, {**sent, "_continue": "1"}).status_code == 302
        added = Article.objects.get()
        assert added.body == TYPED.replace("\n", "\r\n") or added.body == TYPED
        assert [one.name for one in added.authors.all()] == ["خليل مطران", "مي زيادة"]
        assert added.actors.count() == 2

    @pytest.mark.parametrize("kind", ["actor", "source", "topic"])
    def test_authority_record_can_be_added_anew(
        self, editor: Client, catalogue: Catalogue, kind: str
    ) -> None:
        records: dict[str, tuple[Any, Callable[..., dict[str, object]]]] = {
            "actor": (catalogue.hafiz, make_actor_form),
            "source": (catalogue.ahram, make_source_form),
            "topic": (
                catalogue.poetry,
                lambda **new: make_topic_form(catalogue.poetry, **new),
            ),
        }
        record, make_form = records[kind]
        name = "اسم كتبته أنا"
        form, model, address = (
            make_form(name_ar=name),
            type(record),
            change_page(record),
        )
        record.delete()
        page = editor.post(address, form)
        assert page.status_code == 409
        assert name in read_typed(page)
        action, sent = read_sent(page)
        assert editor.post(action, sent).status_code == 302
        assert model.objects.filter(name_ar=name).count() == 1

    def test_aliases_are_shown_and_added(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        alias = catalogue.hafiz.aliases.get()
        form = make_actor_form() | {
            "aliases-TOTAL_FORMS": "2",
            "aliases-INITIAL_FORMS": "1",
            "aliases-0-id": alias.pk,
            "aliases-0-actor": catalogue.hafiz.pk,
            "aliases-0-name": alias.name,
            "aliases-1-name": "عميد الأدب",
        }
        address = change_page(catalogue.hafiz)
        catalogue.hafiz.delete()
        page = editor.post(address, form)
        assert "شاعر النيل\nعميد الأدب" in read_typed(page)
        action, sent = read_sent(page)
        editor.post(action, sent)
        actor = Actor.objects.get(name_ar="طه حسين")
        names = set(
            ActorAlias.objects.filter(actor=actor).values_list("name", flat=True)
        )
        assert names == {"شاعر النيل", "عميد الأدب"}

    def test_account_keeps_what_was_typed(self, editor: Client) -> None:
        user = User.objects.create_user("hani")
        user_form = {"username": "hani", "first_name": "هاني", "last_name": "الحاج"}
        address = f"/en/admin/auth/user/{user.pk}/change/"
        user.delete()
        assert {"هاني", "الحاج"} <= set(read_typed(editor.post(address, user_form)))

    def test_link_to_a_deleted_record_leads_to_the_desk(
        self, editor: Client, article: Article
    ) -> None:
        address = change_page(article)
        article.delete()
        assert editor.get(address).status_code == 302
        assert editor.post(address, {"csrfmiddlewaretoken": "x"}).status_code == 302

    def test_hidden_article_of_others_is_as_one_deleted(
        self, client: Client, contributor: User, draft: Article
    ) -> None:
        Article.objects.update(created_by=None, external_id="secret-7")
        client.force_login(contributor)
        form = make_form_of(draft) | {"title": "دسّ", "external_id": ""}
        page = client.post(change_page(draft), form)
        assert page.status_code == 409
        assert "دسّ" in read_typed(page)
        assert "secret-7" not in page.content.decode()
        draft.refresh_from_db()
        assert draft.title == "مسودتي"


class TestSignedOut:
    def post_signed_out(self, client: Client, article: Article, **more: Any) -> Any:
        client.logout()
        form = make_form_of(article) | {"body": TYPED}
        return client.post(change_page(article), form, **more)

    def test_form_is_shown_and_can_be_sent_again(
        self, editor: Client, article: Article
    ) -> None:
        page = self.post_signed_out(editor, article)
        assert page.status_code == 403
        assert "no-store" in page["Cache-Control"]
        assert TYPED in read_typed(page)
        (sign_in,) = find(page, "a", target="_blank")
        assert sign_in.attributes["href"] == "/en/admin/login/"
        editor.force_login(User.objects.get(username="editor"))
        action, sent = read_sent(page)
        assert editor.post(action, sent).status_code == 302
        assert Article.objects.get().body.split() == TYPED.split()

    def test_names_of_the_archive_are_not_shown(
        self, editor: Client, article: Article
    ) -> None:
        hidden = Source.objects.create(name_ar="مصدر محجوب")
        editor.logout()
        form = make_form_of(article) | {"source": hidden.pk}
        page = editor.post(change_page(article), form)
        assert "مصدر محجوب" not in page.content.decode()

    def test_passwords_are_not_shown(self, editor: Client) -> None:
        editor.logout()
        form = {"username": "hani", "password1": "s3cret-word", "password2": "s3cret-"}
        page = editor.post("/en/admin/auth/user/add/", form)
        assert read_typed(page) == ["hani"]
        assert "s3cret" not in page.content.decode()

    def test_site_for_members_keeps_it_too(
        self, editor: Client, article: Article
    ) -> None:
        with override_settings(LOGIN_REQUIRED=True, MIDDLEWARE=MIDDLEWARE):
            assert TYPED in read_typed(self.post_signed_out(editor, article))
            page = editor.get(change_page(article))
            assert page["Location"].startswith("/en/admin/login/?next=")

    def test_form_without_a_valid_token_is_refused(self, article: Article) -> None:
        page = self.post_signed_out(Client(enforce_csrf_checks=True), article)
        assert page.status_code == 403
        assert TITLE not in page.content.decode()


class TestExpiredToken:
    @pytest.fixture
    def strict(self, editor: Client) -> Client:
        editor.handler.enforce_csrf_checks = True
        editor.get(f"{DESK}article/add/")
        return editor

    def post(self, client: Client, article: Article, **headers: str) -> Any:
        form = make_form_of(article) | {"body": TYPED, "csrfmiddlewaretoken": "x" * 64}
        return client.post(change_page(article), form, headers=headers)

    def test_form_of_this_site_is_shown_and_can_be_sent_again(
        self, strict: Client, article: Article
    ) -> None:
        page = self.post(strict, article, origin=ORIGIN)
        assert page.status_code == 403
        assert TYPED in read_typed(page)
        assert Article.objects.get().body == article.body
        action, sent = read_sent(page)
        token = find(page, "input", name="csrfmiddlewaretoken")[0].attributes["value"]
        sent["csrfmiddlewaretoken"] = [token]
        assert strict.post(action, sent, headers={"origin": ORIGIN}).status_code == 302
        assert Article.objects.get().body.split() == TYPED.split()

    def test_signed_out_editor_is_told_to_sign_in(
        self, strict: Client, article: Article
    ) -> None:
        strict.logout()
        page = self.post(strict, article, origin=ORIGIN)
        assert TYPED in read_typed(page)
        assert "Sign in in a new tab" in page.content.decode()

    @pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
    def test_form_of_another_site_is_not_shown(
        self, strict: Client, article: Article, origin: str
    ) -> None:
        page = self.post(strict, article, **({"origin": origin} if origin else {}))
        assert page.status_code == 403
        assert TYPED.split()[0] not in page.content.decode()

    def test_other_forms_say_that_they_have_expired(self, strict: Client) -> None:
        answer = strict.post(
            "/en/login/", {"username": "a"}, headers={"origin": ORIGIN}
        )
        assert "The form has expired" in answer.content.decode()

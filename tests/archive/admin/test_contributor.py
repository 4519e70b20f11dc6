"""The admin for contributors: their own drafts, and nothing else."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from archive.dates import PartialDate
from archive.models import Article, ArticleAuthor, Status
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.posted_forms import make_article_form, make_form_of

LIST = "/en/admin/archive/article/"
SECRET = "زمردة مخبوءة"


def page_of(article: Article, page: str = "change") -> str:
    return f"{LIST}{article.pk}/{page}/"


@pytest.fixture
def author(db: None) -> User:
    user = User.objects.create_user("samira", is_staff=True)
    user.groups.add(Group.objects.get(name="contributor"))
    return user


@pytest.fixture
def desk(client: Client, author: User) -> Client:
    """A client of a contributor."""
    client.force_login(author)
    return client


@pytest.fixture
def draft(catalogue: Catalogue, author: User) -> Article:
    """A draft of the contributor."""
    return Article.objects.create(
        title="مسودتي",
        source=catalogue.ahram,
        status=Status.DRAFT,
        created_by=author,
    )


@pytest.fixture(params=[Status.DRAFT, Status.WITHDRAWN])
def foreign(request: pytest.FixtureRequest, catalogue: Catalogue) -> Article:
    """An unpublished article of another account."""
    article = Article.objects.create(
        title=SECRET,
        source=catalogue.ahram,
        status=request.param,
        external_id="secret-7",
        created_by=User.objects.create_user("other"),
        published=PartialDate(1611),
    )
    article.actors.add(catalogue.hafiz)
    ArticleAuthor.objects.create(article=article, name=SECRET)
    return article


class TestWriting:
    def test_new_article_is_their_draft(
        self, desk: Client, catalogue: Catalogue, author: User
    ) -> None:
        page = desk.get(f"{LIST}add/").content.decode()
        assert 'name="title"' in page
        assert 'name="status"' not in page
        desk.post(f"{LIST}add/", make_article_form(catalogue.ahram))
        article = Article.objects.get()
        assert (article.status, article.created_by) == (Status.DRAFT, author)

    def test_own_drafts_can_be_changed(self, desk: Client, draft: Article) -> None:
        form = make_form_of(draft, subtitle="جديد")
        assert desk.post(page_of(draft), form).status_code == 302
        draft.refresh_from_db()
        assert (draft.subtitle, draft.status) == ("جديد", Status.DRAFT)

    def test_authors_can_be_added(self, desk: Client, draft: Article) -> None:
        authors = {
            "authors-TOTAL_FORMS": "1",
            "authors-0-name": "طه حسين",
            "authors-0-position": "0",
        }
        desk.post(page_of(draft), make_form_of(draft, **authors))
        assert [one.name for one in draft.authors.all()] == ["طه حسين"]

    def test_sources_topics_and_actors_can_be_chosen(
        self, desk: Client, catalogue: Catalogue
    ) -> None:
        for field in ("source", "topics", "actors"):
            assert choices(desk, "article", field).status_code == 200

    def test_editors_new_article_is_owned_by_them(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        editor.post(f"{LIST}add/", make_article_form(catalogue.ahram))
        assert Article.objects.get().created_by == User.objects.get(username="editor")


class TestPublishing:
    @pytest.mark.parametrize("status", ["published", "withdrawn"])
    def test_form_does_not_change_the_status(
        self, desk: Client, draft: Article, catalogue: Catalogue, status: str
    ) -> None:
        assert 'name="status"' not in desk.get(page_of(draft)).content.decode()
        form = {**make_form_of(draft), "status": status, "_save": "Save"}
        desk.post(page_of(draft), form)
        desk.post(f"{LIST}add/?status={status}", {**form, "title": "آخر"})
        assert Article.objects.count() == 2
        assert set(Article.objects.values_list("status", flat=True)) == {Status.DRAFT}

    @pytest.mark.parametrize("action", ["publish", "withdraw", "make_draft"])
    def test_no_action_changes_the_status(
        self, desk: Client, draft: Article, action: str
    ) -> None:
        page = desk.get(LIST).content.decode()
        assert draft.title in page
        assert f'value="{action}"' not in page
        desk.post(LIST, {"action": action, "_selected_action": [draft.pk]})
        draft.refresh_from_db()
        assert draft.status == Status.DRAFT
        assert not LogEntry.objects.exists()

    def test_forged_editable_list_does_not_change_the_status(
        self, desk: Client, draft: Article
    ) -> None:
        forged = {
            "_save": "Save",
            "form-TOTAL_FORMS": "1",
            "form-INITIAL_FORMS": "1",
            "form-0-id": draft.pk,
            "form-0-status": "published",
        }
        desk.post(LIST, forged)
        draft.refresh_from_db()
        assert draft.status == Status.DRAFT

    @pytest.mark.parametrize("status", [Status.PUBLISHED, Status.WITHDRAWN])
    def test_published_or_withdrawn_draft_cannot_be_changed(
        self, desk: Client, draft: Article, status: Status
    ) -> None:
        form = make_form_of(draft, subtitle="دسّ")
        Article.objects.update(status=status)
        page = desk.get(page_of(draft)).content.decode()
        assert draft.title in page
        assert 'name="title"' not in page
        assert desk.post(page_of(draft), form).status_code == 403
        draft.refresh_from_db()
        assert (draft.subtitle, draft.status) == ("", status)

    def test_drafts_cannot_be_deleted(self, desk: Client, draft: Article) -> None:
        assert desk.post(page_of(draft, "delete"), {"post": "yes"}).status_code == 403
        form = {"action": "delete_selected", "_selected_action": [draft.pk]}
        desk.post(LIST, {**form, "post": "yes"})
        assert Article.objects.filter(pk=draft.pk).exists()


class TestOthersArticles:
    @pytest.mark.parametrize("page", ["change", "history"])
    def test_pages_of_others_articles_are_not_shown(
        self, desk: Client, foreign: Article, page: str
    ) -> None:
        answer = desk.get(page_of(foreign, page), follow=True)
        assert SECRET not in answer.content.decode()
        assert answer.redirect_chain == [("/en/admin/", 302)]

    def test_confirmation_of_deletion_is_not_shown(
        self, desk: Client, author: User, foreign: Article
    ) -> None:
        assert desk.get(page_of(foreign, "delete")).status_code == 403
        author.user_permissions.add(Permission.objects.get(codename="delete_article"))
        answer = desk.get(page_of(foreign, "delete"), follow=True)
        assert SECRET not in answer.content.decode()
        assert answer.redirect_chain == [("/en/admin/", 302)]

    def test_others_articles_cannot_be_changed(
        self, desk: Client, foreign: Article
    ) -> None:
        desk.post(page_of(foreign), make_form_of(foreign, subtitle="دسّ"))
        desk.post(LIST, {"action": "publish", "_selected_action": [foreign.pk]})
        before = foreign.status
        foreign.refresh_from_db()
        assert (foreign.subtitle, foreign.status) == ("", before)

    @pytest.mark.parametrize(
        "query",
        [
            "",
            f"?q={SECRET}",
            "?q=secret-7",
            "?status__exact=draft",
            "?status__exact=withdrawn",
            "?_facets=True",
            "?all=",
        ],
    )
    def test_lists_and_searches_omit_them(
        self, desk: Client, foreign: Article, draft: Article, query: str
    ) -> None:
        page = desk.get(f"{LIST}{query}")
        assert page.status_code == 200
        # The search box repeats the term.
        shown = page.content.decode().replace(f'value="{SECRET}"', "")
        assert SECRET not in shown
        assert foreign not in page.context["cl"].queryset

    def test_filters_omit_their_years(self, desk: Client, foreign: Article) -> None:
        assert "1610" not in desk.get(LIST).content.decode()

    @pytest.mark.parametrize("lookup", ["created_by", "created_by__username"])
    def test_lists_do_not_filter_by_owner(self, desk: Client, lookup: str) -> None:
        assert desk.get(f"{LIST}?{lookup}=1").status_code == 400

    def test_editors_filter_by_owner(self, editor: Client, foreign: Article) -> None:
        page = editor.get(f"{LIST}?created_by={foreign.created_by_id}")
        assert list(page.context["cl"].queryset) == [foreign]

    @pytest.mark.parametrize("family", ["actor", "source"])
    def test_counts_omit_them(
        self, desk: Client, foreign: Article, draft: Article, family: str
    ) -> None:
        page = desk.get(f"/en/admin/archive/{family}/")
        counts = {row.number_of_articles for row in page.context["cl"].result_list}
        assert counts == ({0} if family == "actor" else {1})

    @pytest.mark.parametrize(
        ("family", "lookup"),
        [
            ("actor", "articles"),
            ("actor", "articles__id__exact"),
            ("actor", "authorships__article__id__exact"),
            ("source", "articles__id__exact"),
            ("topic", "articles__isnull"),
        ],
    )
    def test_reverse_lookups_are_refused(
        self, desk: Client, foreign: Article, family: str, lookup: str
    ) -> None:
        page = desk.get(f"/en/admin/archive/{family}/?{lookup}={foreign.pk}")
        assert page.status_code == 400

    @pytest.mark.parametrize("model", ["articleauthor", "article_actors"])
    def test_articles_are_not_autocompleted(
        self, desk: Client, foreign: Article, model: str
    ) -> None:
        assert choices(desk, model, "article").status_code == 403

    def test_forged_author_form_is_refused(
        self, desk: Client, foreign: Article, draft: Article
    ) -> None:
        row = foreign.authors.get()
        forged = {
            "authors-TOTAL_FORMS": "1",
            "authors-INITIAL_FORMS": "1",
            "authors-0-id": row.pk,
            "authors-0-article": draft.pk,
            "authors-0-name": "دسّ",
            "authors-0-position": "0",
        }
        desk.post(page_of(draft), make_form_of(draft, **forged))
        row.refresh_from_db()
        assert (row.name, row.article) == (SECRET, foreign)

    def test_status_page_is_forbidden(self, desk: Client, foreign: Article) -> None:
        assert desk.get("/en/admin/status/").status_code == 403
        assert "/admin/status/" not in desk.get("/en/admin/").content.decode()

    def test_site_answers_not_found(
        self, desk: Client, foreign: Article, draft: Article
    ) -> None:
        page = desk.get(foreign.get_absolute_url())
        assert page.status_code == (410 if foreign.status == "withdrawn" else 404)
        assert SECRET not in page.content.decode()
        assert desk.get(draft.get_absolute_url()).status_code == 200


def choices(desk: Client, model: str, field: str):
    """The response of the autocomplete view for a field of a form."""
    asked = {"app_label": "archive", "model_name": model, "field_name": field}
    return desk.get("/en/admin/autocomplete/", {**asked, "term": ""})

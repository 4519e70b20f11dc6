"""The admin in a real browser, under the site's security policy."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from archive.dates import PartialDate
from archive.models import Article, ArticleAuthor
from tests.archive.admin.conftest import Catalogue
from tests.browser.conftest import ContextMaker

pytestmark = pytest.mark.slow

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def page(
    take_context: ContextMaker, live_server: LiveServer, transactional_db: None
) -> Iterator[Page]:
    """A page of somebody signed in; fails on errors in the console."""
    page = sign_in(take_context(base_url=live_server.url), live_server)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" else None,
    )
    yield page
    page.close()
    assert complaints == []


@pytest.fixture
def inspected(
    take_context: ContextMaker, live_server: LiveServer, transactional_db: None
) -> Page:
    """A page for axe-core, whose own inline styles the site's policy would refuse."""
    context = take_context(base_url=live_server.url, bypass_csp=True)
    return sign_in(context, live_server)


def sign_in(context: BrowserContext, live_server: LiveServer) -> Page:
    """A new page of somebody signed in."""
    # Signing in by hand is in tests/config/test_policy.py.
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
    )
    return context.new_page()


def choose(page: Page, field: str, typed: str, offered: str) -> None:
    """Type into an autocomplete field and choose the item that contains *offered*."""
    page.click(f".field-{field} .select2-selection")
    type_and_choose(page, typed, offered)


def type_and_choose(page: Page, typed: str, offered: str) -> None:
    """Type at the caret and choose the item that contains *offered*.

    A list that opens gives its search field the focus by a timer: letters typed before
    that reach no field. Until the last answer has come, earlier items are shown below
    a line that moves them when it goes.
    """
    expect(page.locator(".select2-search__field:focus")).to_have_count(1)
    with page.expect_response(lambda answer: f"term={quote(typed)}" in answer.url):
        page.keyboard.type(typed)
    expect(page.locator(".select2-results .loading-results")).to_have_count(0)
    option = page.locator(".select2-results__option", has_text=offered)
    expect(option).to_have_count(1)
    option.click()
    expect(page.locator(".select2-results")).to_have_count(0)


@pytest.mark.browser
class TestAddingByHand:
    def test_article_is_added_with_autocompleted_names(
        self, page: Page, catalogue: Catalogue
    ) -> None:
        page.goto("/ar/admin/archive/article/add/")
        page.fill("#id_title", "تكريم شاعر النيل")
        page.fill("#id_byline", "بقلم مراسلنا")
        choose(page, "source", "الاهرام", "الأهرام")
        page.fill("#id_published", "٣ شباط ١٩٢٣")
        page.fill("#id_body", "الفقرة الأولى.\n\nالفقرة الثانية.")
        choose(page, "mentioned", "شاعر النيل", "حافظ إبراهيم")
        choose(page, "mentioned", "احمد شوقي", "1868–1932")
        choose(page, "topics", "الشعر", "الأدب")
        page.fill("#id_authors-0-name", "خليل مطران")
        page.click("[name=_continue]")
        page.wait_for_url("**/change/**")

        article = Article.objects.get()
        assert article.title == "تكريم شاعر النيل"
        assert article.source == catalogue.ahram
        assert article.published == PartialDate(1923, 2, 3)
        assert article.paragraphs() == ["الفقرة الأولى.", "الفقرة الثانية."]
        assert set(article.actors.all()) == {catalogue.hafiz, catalogue.shawqi}
        assert list(article.topics.all()) == [catalogue.poetry]
        assert [author.name for author in article.authors.all()] == ["خليل مطران"]
        expect(page.locator(".field-understood_date .readonly")).to_have_text(
            "3 شباط/فبراير 1923"
        )

    def test_invalid_date_keeps_the_form_filled(
        self, page: Page, catalogue: Catalogue
    ) -> None:
        page.goto("/ar/admin/archive/article/add/")
        page.fill("#id_title", "بلا تاريخ")
        choose(page, "source", "الاهرام", "الأهرام")
        page.fill("#id_published", "في الربيع")
        page.click("[name=_save]")
        expect(page.locator(".field-published .errorlist")).to_be_visible()
        assert page.input_value("#id_published") == "في الربيع"
        assert page.input_value("#id_title") == "بلا تاريخ"
        expect(page.locator(".field-source .select2-selection")).to_contain_text(
            "الأهرام"
        )
        assert not Article.objects.exists()

    def test_empty_title_is_right_to_left(self, page: Page) -> None:
        page.goto("/ar/admin/archive/article/add/")
        direction = "el => getComputedStyle(el).direction"
        assert page.locator("#id_title").evaluate(direction) == "rtl"
        assert page.locator("#id_url").evaluate(direction) == "ltr"
        page.fill("#id_title", "The Nile")
        assert page.locator("#id_title").evaluate(direction) == "ltr"


@pytest.mark.browser
class TestTheList:
    def test_autocompleted_topic_narrows_the_list(
        self, page: Page, catalogue: Catalogue
    ) -> None:
        for title, topic in (("قصيدة", catalogue.poetry), ("خبر", None)):
            article = Article.objects.create(title=title, source=catalogue.ahram)
            if topic:
                article.topics.add(topic)
        page.goto("/ar/admin/archive/article/")
        form = page.locator(".chosen-filter:has(#filter-topics)")
        form.locator(".select2-selection").click()
        type_and_choose(page, "الادب", "الأدب")
        form.locator("button").click()
        page.wait_for_url("**topics__id__exact=**")
        expect(page.locator("#result_list .field-headline")).to_have_text(["قصيدة"])
        expect(form.locator(".select2-selection")).to_contain_text("الأدب")

    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_pages_fit_a_phone(
        self, page: Page, catalogue: Catalogue, language: str
    ) -> None:
        Article.objects.create(title="عنوان طويل " * 20, source=catalogue.ahram)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        wide = []
        for address in ("article/", "article/add/", "topic/"):
            page.goto(f"/{language}/admin/archive/{address}")
            if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
                wide.append(address)
        assert wide == []


@pytest.mark.browser
class TestTwoEditors:
    def test_both_versions_are_shown_and_one_of_each_part_is_chosen_on_a_phone(
        self, page: Page, catalogue: Catalogue
    ) -> None:
        article = Article.objects.create(
            title="وفاة أمير الشعراء", body="نص الخبر.", source=catalogue.ahram
        )
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        page.goto(f"/ar/admin/archive/article/{article.pk}/change/")
        page.fill("#id_title", "وفاة شاعر النيل")
        page.fill("#id_byline", "بقلم مراسلنا")
        page.fill("#id_authors-0-name", "خليل مطران")
        # Another editor, or an import.
        Article.objects.update(title="وفاة شوقي", body="نص آخر.")
        ArticleAuthor.objects.create(article=article, name="مي زيادة")
        page.click("[name=_continue]")

        expect(page.locator(".differences fieldset")).to_have_count(3)
        title = page.locator("#difference-title")
        expect(title.locator("mark")).to_have_text(["شاعر النيل", "شوقي"])
        expect(page.locator("#difference-body [value=theirs]")).to_be_checked()
        expect(title.locator(":checked")).to_have_count(0)
        assert page.input_value("#id_title") == "وفاة شاعر النيل"
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"]
        title.get_by_label("إبقاء ما كتبته").check()
        page.locator("#difference-authors [value=mine]").check()
        page.click("[name=_continue]")
        expect(page.locator(".differences")).to_have_count(0)
        article.refresh_from_db()
        assert article.title == "وفاة شاعر النيل"
        assert article.byline == "بقلم مراسلنا"
        assert article.body == "نص آخر."
        assert [author.name for author in article.authors.all()] == ["خليل مطران"]

    # What it is made of is the same in both languages.
    def test_comparison_has_no_barriers(
        self, inspected: Page, catalogue: Catalogue
    ) -> None:
        form = inspected
        article = Article.objects.create(title="خبر", source=catalogue.ahram)
        form.goto(f"/ar/admin/archive/article/{article.pk}/change/")
        Article.objects.update(title="خبر آخر", byline="بقلم مراسلنا")
        form.fill("#id_title", "خبري")
        form.click("[name=_save]")
        expect(form.locator(".differences fieldset")).to_have_count(2)
        report = Axe().run(form, ".differences")
        problems = report.response["violations"]
        assert [problem["id"] for problem in problems] == []


class TestWholeDesk:
    """Pages that an editor works with, by the rules of axe-core."""

    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_pages_have_no_barriers(
        self, inspected: Page, article: Article, catalogue: Catalogue, language: str
    ) -> None:
        page = inspected
        actor = catalogue.hafiz.pk
        paths = (
            f"archive/article/{article.pk}/change/",
            "",
            "archive/article/",
            "archive/article/add/",
            "archive/actor/",
            f"archive/actor/{actor}/change/",
        )
        # What pages are made of is the same in both languages.
        for path in paths if language == "ar" else paths[:2]:
            page.goto(f"/{language}/admin/{path}", wait_until="networkidle")
            found = Axe().run(page).response["violations"]
            assert [(path, one["id"]) for one in found] == []

    def test_proposals_come_while_one_types(
        self, page: Page, catalogue: Catalogue
    ) -> None:
        page.goto("/ar/admin/archive/article/add/")
        page.fill("[name=body]", "رثى شوقي صديقه حافظ إبراهيم.")
        box = page.locator(f"[name=_take][value='actor:{catalogue.hafiz.pk}']")
        expect(box).to_be_checked()
        page.click("[name=_accept]")
        expect(page.locator(".field-mentioned .select2-selection")).to_contain_text(
            "حافظ إبراهيم"
        )
        assert not Article.objects.exists()

"""The desk by the keyboard alone: an article is added, answered and compared."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from archive.models import Article, Likeness
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.test_in_browser import inspected, page, type_and_choose
from tests.archive.duplicates.test_find import ALTERED, TEXT

__all__ = ["inspected", "page"]

pytestmark = pytest.mark.slow
# Stops of the focus on the way to what is looked for: the longest form has 60.
_MOST_STOPS = 90


def go_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on *selector*, which has to be seen to have it."""
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("s => !!document.activeElement?.matches(s)", selector):
            break
    else:
        pytest.fail(f"the focus does not come to {selector}")
    ring = page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement);"
        " return s.outlineStyle !== 'none' || s.boxShadow !== 'none'"
        " || s.borderStyle !== 'none'; }"
    )
    assert ring, f"nothing shows the focus on {selector}"


def follow(page: Page) -> None:
    """Press Enter on what has the focus, and wait for the next page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_an_article_is_added_sent_for_review_and_restored(
    page: Page, catalogue: Catalogue
) -> None:
    page.goto("/ar/admin/")
    go_to(page, ".desk-add a")
    follow(page)
    go_to(page, "[name=title]")
    page.keyboard.type("رحلة إلى تدمر")
    go_to(page, ".field-source .select2-selection")
    page.keyboard.press("Enter")
    type_and_choose(page, "الأه", "الأهرام")
    go_to(page, "[name=body]")
    page.keyboard.type("وصلنا إلى تدمر مساء.")
    go_to(page, "[name=_review]")
    follow(page)
    expect(page.locator(".messagelist")).to_contain_text("رحلة إلى تدمر")
    article = Article.objects.get()
    assert (article.status, article.source) == ("review", catalogue.ahram)
    article.title = "عنوان آخر"
    article.save()
    page.goto(f"/ar/admin/archive/article/{article.pk}/change/")
    go_to(page, ".historylink")
    follow(page)
    go_to(page, f"a[href$='/{article.pk}/history/1/']")
    follow(page)
    expect(page.locator(".difference ins").first).to_contain_text("آخر")
    go_to(page, "form[action$='/restore/'] button")
    follow(page)
    expect(page.locator(".messagelist")).to_contain_text("استُعيد الإصدار 1")
    article.refresh_from_db()
    assert article.title == "رحلة إلى تدمر"


def test_pages_of_versions_pairs_and_trash_have_no_barriers(
    inspected: Page, article: Article, catalogue: Catalogue
) -> None:
    article.title, article.body = "ذكرى شوقي", TEXT
    article.save()
    article.topics.add(catalogue.poetry)
    Article.objects.create(title="خبر", body=ALTERED, source=catalogue.ahram)
    Article.objects.create(title="م", source=catalogue.ahram, status="trash")
    pair = Likeness.objects.get()
    lists = "archive/article/"
    paths = (
        f"{lists}{article.pk}/history/2/",
        f"{lists}alike/{pair.pk}/",
        f"{lists}?status__exact=trash",
        f"{lists}{article.pk}/change/",
        f"{lists}{article.pk}/history/",
        f"{lists}alike/",
        f"{lists}trash/empty/",
        f"{lists}{article.pk}/delete/",
    )
    # In Arabic and, the last, in English: they are made of the same in both.
    for language, path in (*(("ar", path) for path in paths), ("en", paths[1])):
        inspected.goto(f"/{language}/admin/{path}", wait_until="networkidle")
        found = Axe().run(inspected).response["violations"]
        assert [(path, one["id"]) for one in found] == []

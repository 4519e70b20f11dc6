"""The basket and files in preparation on a running site, with and without scripts."""

import csv
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, ContextMaker
from tests.browser.test_pages import AXE_RULES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_FETCH = "a[href$='/file/']"
# The indexer looks once a second and starts a process.
_PATIENCE = 60_000


def _has_no_fault(page: Page) -> None:
    found = Axe().run(page, options=AXE_RULES).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_ticked_results_are_kept_noted_and_taken_out(
    site: str, make_context: ContextMaker
) -> None:
    page = make_context(PHONE, java_script_enabled=False).new_page()
    page.goto(f"{site}/ar/search/")
    boxes = page.locator("input[name=article]")
    boxes.nth(0).check()
    boxes.nth(2).check()
    page.locator("#take-away button[formmethod=post]").click()
    expect(page.locator(".messages")).to_contain_text("مقالان")
    page.locator(".basket-link").click()
    expect(page.locator(".entry")).to_have_count(2)
    page.locator(".kept summary").first.click()
    page.locator("textarea[name=note]").first.fill("للفصل الثاني")
    page.locator("form[action$='/note/'] button").first.click()
    expect(page.locator(".note")).to_contain_text("للفصل الثاني")
    page.locator("form[action$='/remove/'] button").first.click()
    page.locator("main .button").click()
    expect(page.locator(".entry")).to_have_count(1)


@pytest.mark.parametrize("scripts", [True, False])
def test_list_of_searches_is_watched_and_fetched(
    site: str, make_context: ContextMaker, tmp_path: Path, scripts: bool
) -> None:
    context = make_context(DESKTOP, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{site}/en/search/batch/")
    page.locator("textarea").fill("دجلة\nالفرات\n" * 75)
    page.locator("main form .button").click()
    if scripts:
        _has_no_fault(page)
        expect(page.locator(_FETCH)).to_be_visible(timeout=_PATIENCE)
        expect(page.locator("#job-said")).to_have_text("Finished")
        _has_no_fault(page)
    else:
        for _ in range(_PATIENCE // 500):
            if page.locator(_FETCH).count():
                break
            page.wait_for_timeout(500)
            page.locator(".no-script a").click()
    with page.expect_download() as download:
        page.locator(_FETCH).click()
    file = tmp_path / "table.csv"
    download.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        assert len(list(csv.reader(opened))) == 151

"""Stepping through the hits of an article, with a script and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, ContextMaker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# The title and each of the twelve paragraphs of the article.
HITS = 13
NEXT, PREVIOUS = '[data-step="1"]', '[data-step="-1"]'
# Which hit is highlighted as the current one.
CURRENT = "mark:target"


@pytest.fixture
def opened(page: Page, address_of_article: str) -> Page:
    page.goto(f"{address_of_article}?q=دجلة")
    return page


class TestWithScript:
    def test_next_steps_without_loading_the_page(self, opened: Page) -> None:
        opened.evaluate("window.stayed = true")
        for number in (1, 2, 3):
            opened.locator(NEXT).click()
            expect(opened.locator(f"#hit-{number}")).to_be_in_viewport()
            expect(opened.locator(CURRENT)).to_have_id(f"hit-{number}")
        assert opened.evaluate("window.stayed")
        expect(opened.locator(".hit-number")).to_contain_text("3")
        expect(opened.locator(".hit-number")).to_contain_text(str(HITS))

    def test_previous_wraps_around_to_the_last_hit(self, opened: Page) -> None:
        opened.locator(PREVIOUS).click()
        expect(opened.locator(f"#hit-{HITS}")).to_be_in_viewport()

    def test_passage_of_the_hit_is_announced(self, opened: Page) -> None:
        opened.locator(NEXT).click()
        opened.locator(NEXT).click()
        expect(opened.locator(".hit-place")).to_contain_text("نَهْرُ دِجْلَةَ في الجبال.")

    def test_focus_stays_on_the_next_link(self, opened: Page) -> None:
        opened.locator(NEXT).focus()
        for number in (1, 2):
            opened.keyboard.press("Enter")
            expect(opened.locator(CURRENT)).to_have_id(f"hit-{number}")
        expect(opened.locator(NEXT)).to_be_focused()

    def test_shortcut_letters_work_in_the_bar_only(self, opened: Page) -> None:
        opened.keyboard.press("n")
        expect(opened.locator(CURRENT)).to_have_count(0)
        opened.locator(PREVIOUS).focus()
        for key, number in (("n", 1), ("n", 2), ("p", 1)):
            opened.keyboard.press(key)
            expect(opened.locator(CURRENT)).to_have_id(f"hit-{number}")

    def test_steps_add_nothing_to_the_history(self, opened: Page) -> None:
        before = opened.evaluate("history.length")
        opened.locator(NEXT).click()
        opened.locator(NEXT).click()
        assert opened.evaluate("history.length") == before

    def test_content_security_policy_allows_the_script(
        self, page: Page, address_of_article: str
    ) -> None:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address_of_article}?q=دجلة")
        page.locator(NEXT).click()
        assert complaints == []


class TestWithoutScript:
    def test_links_lead_from_hit_to_hit(
        self, make_context: ContextMaker, address_of_article: str
    ) -> None:
        page = make_context(java_script_enabled=False).new_page()
        page.goto(f"{address_of_article}?q=دجلة")
        for step, number in ((NEXT, 1), (NEXT, 2), (NEXT, 3), (PREVIOUS, 2)):
            page.wait_for_load_state()
            page.locator(step).click()
            # The word may stand in view before the next page has come.
            expect(page).to_have_url(re.compile(rf"hit={number}#hit-{number}$"))
            expect(page.locator(f"#hit-{number}")).to_be_in_viewport()
            expect(page.locator(".hit-number")).to_contain_text(str(number))


class TestTheBar:
    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_bar_is_one_line_on_a_phone(
        self, make_context: ContextMaker, address_of_article: str, language: str
    ) -> None:
        page = make_context(PHONE).new_page()
        address = address_of_article.replace("/ar/", f"/{language}/")
        page.goto(f"{address}?q=دجلة&hit=13#hit-13")
        bar = page.locator(".hit-bar")
        expect(bar).to_be_in_viewport()
        box = bar.bounding_box()
        assert box
        assert box["height"] < 80
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE

    def test_bar_is_the_next_tab_stop_behind_the_hit(
        self, page: Page, address_of_article: str
    ) -> None:
        page.goto(f"{address_of_article}?q=دجلة&hit=13#hit-13")
        page.keyboard.press("Tab")
        expect(page.locator(NEXT)).to_be_focused()

    def test_bar_is_not_printed(self, opened: Page) -> None:
        opened.emulate_media(media="print")
        expect(opened.locator(".hit-bar")).to_be_hidden()

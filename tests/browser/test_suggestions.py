"""Suggestions below the search box: by keyboard, by pointer, and without scripts."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, ContextMaker
from tests.browser.test_pages import AXE_RULES

pytestmark = pytest.mark.slow


class TestCombobox:
    def test_arrows_choose_and_enter_opens(self, page: Page, site: str) -> None:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{site}/ar/")
        page.keyboard.press("/")
        box = page.get_by_role("combobox")
        expect(box).to_be_focused()
        box.press_sequentially("دجل")
        options = page.get_by_role("option")
        expect(options.first).to_contain_text("دجلة")
        expect(box).to_have_attribute("aria-expanded", "true")
        box.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")
        chosen = options.first.get_attribute("id")
        expect(box).to_have_attribute("aria-activedescendant", chosen or "")
        box.press("Enter")
        page.wait_for_url("**/ar/search/?q=*")
        # A word, or a phrase that begins with it.
        expect(page.locator("#q")).to_have_value(re.compile("^«?دجلة"))
        assert complaints == []

    def test_open_list_passes_axe(self, page: Page, site: str) -> None:
        page.goto(f"{site}/ar/search/")
        page.get_by_role("combobox").press_sequentially("دجل")
        expect(page.get_by_role("option").first).to_be_visible()
        report = Axe().run(page, options=AXE_RULES)
        assert report.violations_count == 0, report.generate_report()

    def test_escape_closes_and_enter_then_sends_what_is_typed(
        self, page: Page, site: str
    ) -> None:
        page.goto(f"{site}/ar/search/")
        box = page.get_by_role("combobox")
        box.press_sequentially("العلم")
        expect(page.get_by_role("option").first).to_be_visible()
        box.press("Escape")
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(box).to_have_value("العلم")
        box.press("Enter")
        page.wait_for_url("**q=*")

    def test_pointer_opens_on_a_phone(
        self, make_context: ContextMaker, site: str
    ) -> None:
        page = make_context(PHONE).new_page()
        page.goto(f"{site}/en/")
        page.get_by_role("combobox").press_sequentially("العلم 1")
        option = page.get_by_role("option").first
        expect(option).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
        option.click()
        page.wait_for_url("**actor=actor-1*")

    def test_without_scripts_the_form_is_as_before(
        self, make_context: ContextMaker, site: str
    ) -> None:
        page = make_context(java_script_enabled=False).new_page()
        page.goto(f"{site}/ar/")
        page.locator("#q").fill("دجلة")
        page.locator("main form button").click()
        expect(page.locator("#count")).to_contain_text("30")

"""Narrowing in place: boxes, exclusions and long facets, with and without scripts."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, ContextMaker

pytestmark = pytest.mark.slow

SEARCH = "ar/search/?q=دجلة"


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


class TestInPlace:
    def test_ticks_narrow_and_keep_focus_scroll_and_the_page(
        self, page: Page, site: str
    ) -> None:
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        page.goto(f"{site}/{SEARCH}")
        page.evaluate("window.kept = true")
        box = page.locator("#actor-actor-6")
        box.scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        box.focus()
        page.keyboard.press("Space")
        expect(page.locator("#live")).to_contain_text("عُثر على 30 مقالًا")
        page.locator("#actor-actor-4").click()
        expect(page.locator("#live")).to_contain_text("عُثر على 25 مقالًا")
        assert parameters(page)["actor"] == ["actor-6", "actor-4"]
        assert page.evaluate("window.kept")
        assert page.evaluate("document.activeElement.id") == "actor-actor-4"
        assert abs(page.evaluate("scrollY") - before) < 600
        assert page.title().startswith("بحث: \u2068دجلة\u2069 · \u2068العلم 6\u2069")
        page.locator("#any-actor").click()
        expect(page.locator("#live")).to_contain_text("عُثر على 30 مقالًا")
        # A step back is the search before, loaded anew.
        page.go_back()
        expect(page.locator("#count")).to_contain_text("عُثر على 25 مقالًا")
        assert refused == []

    def test_exclusion_is_one_click_and_one_back(self, page: Page, site: str) -> None:
        page.goto(f"{site}/{SEARCH}")
        page.locator("#not-actor-actor-4").click()
        page.wait_for_url("**/*-actor=actor-4*")
        expect(page.locator("#count")).to_contain_text("عُثر على 5 مقالات")
        page.locator("#actor-actor-4").click()
        expect(page.locator("#live")).to_contain_text("عُثر على 30 مقالًا")
        assert "-actor" not in parameters(page)

    def test_long_facet_unfolds_and_is_filtered_in_place(
        self, page: Page, site: str
    ) -> None:
        page.goto(f"{site}/{SEARCH}")
        page.locator("#facet-actor .facet-more a").click()
        # What comes in listens a moment after it can be seen.
        expect(page.locator("#contains-actor")).to_be_visible()
        expect(page.locator(".htmx-added, .htmx-settling")).to_have_count(0)
        page.locator("#contains-actor").fill("العلم 1")
        values = page.locator("#facet-actor-list .facet-values > li")
        expect(values).to_have_count(3)
        page.locator("#actor-actor-11").click()
        expect(page.locator("#live")).to_contain_text("عُثر على")
        assert parameters(page)["actor"] == ["actor-11"]
        assert "contains" not in parameters(page)

    def test_unfolded_filters_stay_so_on_a_phone(
        self, make_context: ContextMaker, site: str
    ) -> None:
        page = make_context(PHONE).new_page()
        page.goto(f"{site}/{SEARCH}")
        page.locator(".filters-summary").click()
        page.locator("#actor-actor-4").click()
        expect(page.locator("#live")).to_contain_text("عُثر على")
        expect(page.locator("#actor-actor-4")).to_be_visible()


class TestWithoutScripts:
    @pytest.mark.parametrize("width", [PHONE, DESKTOP])
    def test_several_boxes_then_the_button_in_reach(
        self, make_context: ContextMaker, site: str, width: int
    ) -> None:
        page = make_context(width, java_script_enabled=False).new_page()
        page.goto(f"{site}/{SEARCH}")
        if width == PHONE:
            page.locator(".filters-summary").click()
        page.locator("#actor-actor-6").check()
        page.locator("#actor-actor-4").check()
        button = page.locator(".filters-apply button")
        expect(button).to_be_in_viewport()
        button.click()
        expect(page.locator("#count")).to_contain_text("عُثر على 25 مقالًا")

    def test_values_of_the_whole_list_are_applied(
        self, make_context: ContextMaker, site: str
    ) -> None:
        page = make_context(java_script_enabled=False).new_page()
        page.goto(f"{site}/{SEARCH}&actor=actor-6")
        page.goto(f"{site}/ar/search/facets/actor/?q=دجلة&actor=actor-6")
        page.locator("#contains-actor").fill("العلم 4")
        page.locator(".facet-find button").click()
        page.locator("#actor-actor-4").check()
        page.locator(".filters-apply button").click()
        assert parameters(page)["actor"] == ["actor-6", "actor-4"]

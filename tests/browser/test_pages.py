"""Reflow, keyboard, contrast and pages without scripts, in a browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, HEIGHT, PHONE, WIDTHS, ContextMaker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Every kind of page this project shows to readers.
PATHS = {
    "home": "",
    "results": "search/?q=دجلة",
    "narrowed": "search/?q=دجلة&actor=actor-7&from=1910&to=1919",
    "dates": "search/?q=دجلة قبل:سلخ رمضان 1345&from=بين 5 و7 شباط/فبراير 1910",
    "by root": "search/?q=دجلة منبع&level=root",
    "most words": "search/?q=دجلة جبال قطار",
    "name of an actor": "search/?q=«العلم 7»",
    "nothing": "search/?q=قطار&actor=actor-7&from=1910",
    "refusal": 'search/?q="دجلة&from=غدا',
    "facet": "search/facets/actor/?q=دجلة",
    "help": "search/help/",
    "no page": "nowhere/",
    "actors": "actors/",
    "actor": "actors/actor-7/",
    "topics": "topics/",
    "topic": "topics/rivers/",
    "sources": "sources/",
    "source": "sources/al-muqtabas/",
    "calendar": "calendar/",
    "year": "calendar/1910/",
    "month": "calendar/1910/2/",
    "day": "calendar/1910/2/3/",
    "about": "about/",
    "coverage": "coverage/",
    "coverage of a year": "coverage/?period=1910",
    "days": "calendar/any-year/",
    "day in any year": "calendar/any-year/2/3/",
    "hijri": "calendar/hijri/",
    "hijri year": "calendar/hijri/1328/",
    "hijri month": "calendar/hijri/1328/1/",
    "with hijri days": "calendar/1910/2/?hijri=1",
    "concordance": "search/concordance/?q=دجلة منبع&order=after",
    "frequency": "search/frequency/?q=دجلة&q=منبع",
    "basket": "basket/",
    "earlier searches": "search/history/",
    "files": "files/",
    "compared": "search/compare/?a.q=دجلة&b.actor=actor-7",
}
OPEN_PANELS = "document.querySelectorAll('details.words').forEach(d => d.open = true)"
# Of WCAG 2.2; best practices that are no criterion are not asked for.
AXE_RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    # Do not describe the hundreds of elements that pass.
    "resultTypes": ["violations"],
}


# One page of each build.
AXE_PAGES = (
    *("home", "dates", "narrowed", "most words", "nothing", "refusal", "facet"),
    *("actors", "actor", "source", "year", "month", "day", "about", "coverage"),
    *("days", "hijri", "hijri month"),
    *("concordance", "frequency", "compared"),
)
# Each language, scheme and width once: colors are those of the scheme in either
# language, and what a page is made of is the same in either scheme.
AXE_LOOKS = [("ar", "light", PHONE), ("en", "dark", DESKTOP)]
# What has colors of its own: of these the second look, too.
AXE_COLORS = {
    *("home", "narrowed", "refusal", "facet", "actor", "month", "frequency"),
    "compared",
}


class TestEveryPage:
    @pytest.mark.parametrize(("language", "scheme", "width"), AXE_LOOKS)
    def test_page_fits_every_width_and_passes_axe(
        self,
        make_context: ContextMaker,
        site: str,
        language: str,
        scheme: str,
        width: int,
    ) -> None:
        page = make_context(width, color_scheme=scheme).new_page()
        found, wide = {}, []
        looked_at = AXE_COLORS if scheme == "dark" else AXE_PAGES
        # The width that axe looks at last.
        widths = (*(one for one in WIDTHS if one != width), width)
        for name, path in PATHS.items():
            page.goto(f"{site}/{language}/{path}")
            page.evaluate(OPEN_PANELS)
            for one in widths:
                page.set_viewport_size({"width": one, "height": HEIGHT})
                if page.evaluate("document.documentElement.scrollWidth") > one:
                    wide.append((name, one))
            if name in looked_at:
                report = Axe().run(page, options=AXE_RULES)
                if report.violations_count:
                    found[name] = report.generate_report()
        assert (found, wide) == ({}, [])

    def test_content_security_policy_blocks_nothing(
        self, page: Page, site: str
    ) -> None:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for path in ("", "search/?q=دجلة", "actors/", "calendar/1910/"):
            page.goto(f"{site}/ar/{path}")
        assert complaints == []

    def test_both_fonts_are_loaded(self, page: Page, site: str) -> None:
        page.goto(f"{site}/ar/")
        page.evaluate("document.fonts.ready")
        loaded = page.evaluate(
            "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)"
        )
        assert {name.strip('"') for name in loaded} == {"Sijill Naskh", "Sijill Plex"}


class TestArticlePage:
    @pytest.mark.parametrize("width", [PHONE, DESKTOP])
    def test_long_words_and_addresses_wrap(
        self, make_context: ContextMaker, address_of_article: str, width: int
    ) -> None:
        page = make_context(width).new_page()
        page.goto(f"{address_of_article}?q=دجلة")
        page.locator("details.provenance summary").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_page_passes_axe(
        self, make_context: ContextMaker, address_of_article: str, scheme: str
    ) -> None:
        page = make_context(color_scheme=scheme).new_page()
        page.goto(f"{address_of_article}?q=دجلة")
        page.locator("details.provenance summary").click()
        report = Axe().run(page, options=AXE_RULES)
        assert report.violations_count == 0, report.generate_report()

    def test_print_shows_text_and_citation_only(
        self, page: Page, address_of_article: str
    ) -> None:
        page.emulate_media(media="print")
        page.goto(f"{address_of_article}?q=دجلة")
        expect(page.locator("#citation-arabic")).to_be_visible()
        expect(page.locator(".sections")).to_be_hidden()
        expect(page.locator(".hits")).to_be_hidden()


class TestWithoutScripts:
    def test_search_filter_and_article_work(
        self, make_context: ContextMaker, site: str
    ) -> None:
        page = make_context(java_script_enabled=False).new_page()
        page.goto(f"{site}/ar/")
        page.locator("#q").fill("دجلة")
        page.locator("main button").click()
        expect(page.locator("#count")).to_contain_text("30")
        page.get_by_label("العلم 4").check()
        page.get_by_role("button", name="تطبيق").click()
        expect(page.locator("#count")).to_contain_text("25")
        expect(page.locator("a.chip")).to_have_count(1)
        page.locator(".entry-title a").first.click()
        expect(page.locator("mark").first).to_be_visible()
        page.get_by_text("العودة إلى النتائج").click()
        expect(page.locator("a.chip")).to_have_count(1)

    def test_level_is_chosen_and_kept(
        self, make_context: ContextMaker, site: str
    ) -> None:
        page = make_context(PHONE, java_script_enabled=False).new_page()
        page.goto(f"{site}/ar/search/?q=جبال")
        expect(page.locator("#count")).to_contain_text("30")
        page.locator("#options > summary").click()
        page.locator("[name=level][value=exact]").check()
        page.locator("#search-form button").click()
        # The articles have the word with its article only.
        expect(page.locator(".entry")).to_have_count(0)
        expect(page.locator("[name=level][value=exact]")).to_be_checked()
        page.locator("[name=level][value=family]").check()
        page.locator("#search-form button").click()
        expect(page).not_to_have_url(re.compile("level="))
        expect(page.locator("#count")).to_contain_text("30")

    def test_form_of_a_word_is_searched_from_the_panel(
        self, make_context: ContextMaker, site: str
    ) -> None:
        page = make_context(PHONE, java_script_enabled=False).new_page()
        page.goto(f"{site}/ar/search/?q=جبال")
        form = page.locator(".words-forms a")
        expect(form).to_be_hidden()
        page.locator("details.words > summary").click()
        form.click()
        expect(page.locator("#q")).to_have_value("=الجبال")
        expect(page.locator("#count")).to_contain_text("30")

    def test_filters_unfold_on_a_phone(
        self, make_context: ContextMaker, site: str
    ) -> None:
        page = make_context(PHONE, java_script_enabled=False).new_page()
        page.goto(f"{site}/ar/search/?q=دجلة")
        box = page.get_by_label("العلم 4")
        expect(box).to_be_hidden()
        page.locator("summary.filters-summary").click()
        expect(box).to_be_visible()

    def test_filters_are_open_on_a_desktop(
        self, make_context: ContextMaker, site: str
    ) -> None:
        page = make_context(java_script_enabled=False).new_page()
        page.goto(f"{site}/ar/search/?q=دجلة")
        expect(page.get_by_label("العلم 4")).to_be_visible()


MOST_STOPS = 80
# Which part of the page the focus is in.
NAME_OF_STOP = """() => {
    const parts = {entry: '.entry-title', facet: 'fieldset.facet',
                   dates: '.bars, .decades',
                   search: '#q'};
    const here = document.activeElement;
    return Object.keys(parts).find(name => here.closest(parts[name])) || '';
}"""


class TestKeyboard:
    def test_first_tab_stop_skips_to_the_content(self, page: Page, site: str) -> None:
        page.goto(f"{site}/ar/search/?q=دجلة")
        page.keyboard.press("Tab")
        skip = page.locator("a.skip")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()

    def test_tab_order_is_search_filters_results(self, page: Page, site: str) -> None:
        page.goto(f"{site}/ar/search/?q=دجلة")
        stops: list[str] = []
        while "entry" not in stops and len(stops) < MOST_STOPS:
            page.keyboard.press("Tab")
            stops.append(page.evaluate(NAME_OF_STOP))
        order = [stops.index(name) for name in ("search", "dates", "facet", "entry")]
        assert order == sorted(order)

    def test_focus_has_a_visible_outline(self, page: Page, site: str) -> None:
        page.goto(f"{site}/ar/search/?q=دجلة")
        for _ in range(12):
            page.keyboard.press("Tab")
            outlined = page.evaluate(
                """() => {
                    const shows = (e, style = getComputedStyle(e)) =>
                        parseFloat(style.outlineWidth) >= 2
                        && style.outlineStyle != 'none';
                    const e = document.activeElement;
                    return shows(e) || shows(e.closest('.search-line') || e);
                }"""
            )
            assert outlined

    def test_enter_in_the_field_submits_the_search(self, page: Page, site: str) -> None:
        page.goto(f"{site}/ar/")
        page.locator("#q").focus()
        page.keyboard.type("دجلة")
        page.keyboard.press("Enter")
        expect(page.locator("#count")).to_contain_text("30")


class TestTargets:
    @pytest.mark.parametrize(
        "path",
        [
            "",
            "search/?q=دجلة",
            "search/?q=دجلة جبال قطار",
            "actors/",
            "calendar/1910/2/",
        ],
    )
    def test_targets_outside_sentences_are_24_pixels_high(
        self, make_context: ContextMaker, site: str, path: str
    ) -> None:
        """24 pixels, WCAG 2.5.8; links within a paragraph are exempt."""
        page = make_context(PHONE).new_page()
        page.goto(f"{site}/ar/{path}")
        page.evaluate(OPEN_PANELS)
        small = page.evaluate(
            """() => [...document.querySelectorAll('a, button, input, summary')]
                .filter(e => e.checkVisibility() && !e.closest('p, .hidden-visually')
                    && !e.matches('.hidden-visually, .skip')
                    && !e.matches('[type=checkbox], [type=radio]'))
                .filter(e => e.getBoundingClientRect().height < 24)
                .map(e => e.outerHTML.slice(0, 90))"""
        )
        assert small == []


class TestDirection:
    def test_bars_are_mirrored_in_arabic_only(self, page: Page, site: str) -> None:
        for language, mirrored in (("ar", True), ("en", False)):
            page.goto(f"{site}/{language}/search/?q=دجلة")
            matrix = page.locator("svg.bar").first.evaluate(
                "bar => getComputedStyle(bar).transform"
            )
            assert ("-1" in matrix) is mirrored

    def test_empty_field_has_the_direction_of_the_page(
        self, page: Page, site: str
    ) -> None:
        for language, direction in (("ar", "rtl"), ("en", "ltr")):
            page.goto(f"{site}/{language}/")
            field = page.locator("#q")
            assert field.evaluate("f => getComputedStyle(f).direction") == direction
        field.fill("دجلة")
        assert field.evaluate("f => getComputedStyle(f).direction") == "rtl"

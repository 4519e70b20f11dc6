"""Dates as typed and as read, in a browser without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, ContextMaker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

READINGS = {
    "ar": ("20 شباط/فبراير 1911", "نحو 20 صفر 1329 هـ"),
    "en": ("20 February 1911", "about 20 Safar 1329 AH"),
}


class TestDateBoxes:
    @pytest.mark.parametrize("language", READINGS)
    def test_typed_date_stays_with_its_reading(
        self, site: str, make_context: ContextMaker, language: str
    ) -> None:
        page = make_context(PHONE, java_script_enabled=False).new_page()
        page.goto(f"{site}/{language}/search/?q=دجلة")
        page.locator("#options > summary").click()
        page.fill("#date-from", "٢٠ شباط ١٩١١")
        page.press("#date-from", "Enter")
        expect(page.locator("#date-from")).to_have_value("٢٠ شباط ١٩١١")
        for part in READINGS[language]:
            expect(page.locator("#date-from-reading")).to_contain_text(part)

    def test_relative_date_takes_its_day_along(
        self, site: str, make_context: ContextMaker
    ) -> None:
        page = make_context(PHONE, java_script_enabled=False).new_page()
        page.goto(f"{site}/ar/search/?q=دجلة")
        page.locator("#options > summary").click()
        page.fill("#date-to", "أمس")
        page.press("#date-to", "Enter")
        expect(page).to_have_url(re.compile(r"as_of=\d{4}-\d{2}-\d{2}"))
        expect(page.locator("#date-to")).to_have_value("أمس")
        expect(page.locator("#date-to-reading")).to_contain_text("محسوب من")

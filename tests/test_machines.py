"""The browser and the database server of the tests run."""

import pytest
from playwright.sync_api import Browser


@pytest.mark.browser
class TestChromium:
    def test_chromium_lays_out_arabic_from_right_to_left(
        self, chromium: Browser
    ) -> None:
        page = chromium.new_page()
        page.set_content('<html lang="ar" dir="rtl"><p><b>أ</b> <i>ب</i>')
        first, second = (
            page.locator("b").bounding_box(),
            page.locator("i").bounding_box(),
        )
        assert first is not None and second is not None
        assert first["x"] > second["x"]
        page.close()


@pytest.mark.postgresql
class TestPostgreSQL:
    def test_postgresql_stores_arabic(self, postgresql_url: str) -> None:
        psycopg = pytest.importorskip("psycopg")
        with psycopg.connect(postgresql_url) as connection:
            row = connection.execute("SELECT 'سِجِلّ' || version()").fetchone()
        assert row[0].startswith("سِجِلّPostgreSQL")

"""Signing in and out, and the password, in a browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import DESKTOP, PHONE, WIDTHS, ContextMaker
from tests.browser.test_pages import AXE_LOOKS, AXE_RULES, HEIGHT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

PASSWORD = "زيتون-وتين-وطور"


@pytest.fixture
def server(live_server: LiveServer) -> str:
    """The address of a site with an account and nothing else."""
    cache.clear()
    User.objects.create_user("amina", password=PASSWORD)
    return str(live_server.url)


def sign_in(page: Page, address: str, password: str = PASSWORD) -> None:
    page.goto(address)
    page.fill("[name=username]", "amina")
    page.fill("[name=password]", password)
    send(page)


def send(page: Page) -> None:
    """Press Enter in the field that was filled last, and wait for the answer."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def iter_pages(page: Page, home: str):
    """The names of the pages of an account, with the browser on each in turn."""
    page.goto(f"{home}login/")
    yield "empty"
    sign_in(page, f"{home}login/", "wrong")
    yield "refused"
    sign_in(page, f"{home}login/")
    page.goto(f"{home}password/")
    yield "password"
    page.fill("[name=old_password]", "x")
    page.fill("[name=new_password1]", "short")
    page.fill("[name=new_password2]", "other")
    send(page)
    yield "password refused"
    with page.expect_navigation():
        page.locator("footer form button").click()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(page, f"{home}login/", "wrong")
    yield "locked"


class TestLooks:
    @pytest.mark.parametrize(("language", "scheme", "width"), AXE_LOOKS)
    def test_sign_in_pages_pass_axe_and_fit_every_width(
        self,
        make_context: ContextMaker,
        server: str,
        language: str,
        scheme: str,
        width: int,
    ) -> None:
        page = make_context(width, color_scheme=scheme).new_page()
        found, wide, seen = {}, [], []
        for name in iter_pages(page, f"{server}/{language}/"):
            seen.append(page.locator("h1").inner_text())
            report = Axe().run(page, options=AXE_RULES)
            if report.violations_count:
                found[name] = report.generate_report()
            for other in WIDTHS:
                page.set_viewport_size({"width": other, "height": HEIGHT})
                if page.evaluate("document.documentElement.scrollWidth") > other:
                    wide.append((name, other))
            page.set_viewport_size({"width": width, "height": HEIGHT})
        assert (found, wide) == ({}, [])
        assert len(set(seen)) == 3

    @pytest.mark.parametrize("width", [PHONE, DESKTOP])
    def test_targets_are_24_pixels_high(
        self, make_context: ContextMaker, server: str, width: int
    ) -> None:
        page = make_context(width).new_page()
        for path in ("login/", "password/"):
            sign_in(page, f"{server}/ar/login/")
            page.goto(f"{server}/ar/{path}")
            small = page.evaluate(
                """() => [...document.querySelectorAll('a, button, input')]
                    .filter(e => e.checkVisibility() && !e.closest('p'))
                    .filter(e => !e.matches('.skip, [type=hidden]'))
                    .filter(e => e.getBoundingClientRect().height < 24)
                    .map(e => e.outerHTML.slice(0, 90))"""
            )
            assert small == []


class TestJourney:
    def test_keyboard_is_enough_to_sign_in_and_out(
        self, page: Page, server: str
    ) -> None:
        page.goto(f"{server}/en/sources/")
        page.get_by_role("link", name="Sign in").click()
        # The first field waits for them.
        expect(page.locator("[name=username]")).to_be_focused()
        page.keyboard.type("amina")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        send(page)
        page.get_by_role("button", name="Sign out amina").click()
        expect(page.get_by_role("link", name="Sign in")).to_be_visible()

    def test_errors_describe_their_fields(self, page: Page, server: str) -> None:
        sign_in(page, f"{server}/en/login/?next=/en/password/")
        page.fill("[name=old_password]", "x")
        page.fill("[name=new_password1]", "short")
        page.fill("[name=new_password2]", "other")
        send(page)
        field = page.locator("[name=new_password2]")
        expect(field).to_have_attribute("aria-invalid", "true")
        names = (field.get_attribute("aria-describedby") or "").split()
        told = " ".join(page.locator(f"#{name}").inner_text() for name in names)
        assert "didn’t match" in told

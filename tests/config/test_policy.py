"""The Content-Security-Policy in a real browser, on pages of the admin."""

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

pytestmark = pytest.mark.slow

LOGIN = "/{language}/admin/login/"


@pytest.fixture
def page(chromium: Browser):
    page = chromium.new_page()
    yield page
    page.close()


def _listen(page: Page) -> list[str]:
    """The errors in the page's console from now on."""
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestAdmin:
    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_signing_in_and_changing_a_user_violates_no_rule(
        self, live_server, admin_user, page: Page, language: str
    ) -> None:
        errors = _listen(page)
        page.goto(live_server.url + LOGIN.format(language=language))
        page.fill("#id_username", "admin")
        page.fill("#id_password", "password")
        page.click("[type=submit]")
        page.wait_for_url(f"**/{language}/admin/")
        page.goto(
            f"{live_server.url}/{language}/admin/auth/user/{admin_user.pk}/change/"
        )
        page.fill("#id_first_name", "أمينة")
        page.click("[name=_continue]")
        page.wait_for_selector(".messagelist .success")
        assert page.input_value("#id_first_name") == "أمينة"
        assert errors == []

    def test_inline_script_is_blocked(self, live_server, page: Page) -> None:
        errors = _listen(page)
        page.goto(live_server.url + LOGIN.format(language="en"))
        page.evaluate(
            "const s = document.createElement('script');"
            "s.textContent = 'window.ran = true'; document.body.append(s)"
        )
        assert page.evaluate("window.ran") is None
        assert "Content Security Policy" in errors[0]

"""An HTTP client that keeps cookies, follows redirects and posts forms.

Without a page to draw, it makes many requests at once.
"""

import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.cookiejar import CookieJar
from typing import Final

from tests.installed import PASSWORD, PATIENCE

# Seconds until a form that was refused is sent again.
_PAUSE: Final = 0.5
_TOKEN_RE: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
# <p class="results-count" role="status">1,203 articles match</p>
_COUNT_RE: Final = re.compile(r'class="results-count"[^>]*>(.*?)</p>', re.DOTALL)
_TAG_RE: Final = re.compile(r"<[^>]*>")
_NUMBER_RE: Final = re.compile(r"[0-9][0-9,]*")


@dataclass(frozen=True)
class Page:
    """An answer; ``address`` is that of the last redirect."""

    status: int
    address: str
    text: str


class _Staying(urllib.request.HTTPRedirectHandler):
    """Does not follow redirects."""

    def redirect_request(self, *_anything: object) -> None:
        return None


class Browser:
    """The session of one reader or editor on the site at *address*."""

    def __init__(self, address: str) -> None:
        self.address = address
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(jar)
        self._staying = urllib.request.build_opener(jar, _Staying)

    def get(self, path: str) -> Page:
        return self._open(urllib.request.Request(self._whole(path)))

    def post(
        self,
        path: str,
        form: Mapping[str, object],
        *,
        token: str,
        follow: bool = True,
    ) -> Page:
        """Post a form with the CSRF token of its page."""
        whole = {"csrfmiddlewaretoken": token, **form}
        body = urllib.parse.urlencode(whole, doseq=True).encode()
        headers = {"Referer": self._whole(path)}
        request = urllib.request.Request(self._whole(path), body, headers)
        return self._open(request, self._opener if follow else self._staying)

    def _whole(self, path: str) -> str:
        return path if path.startswith("http") else f"{self.address}{path}"

    def _open(
        self,
        request: urllib.request.Request,
        opener: urllib.request.OpenerDirector | None = None,
    ) -> Page:
        try:
            with (opener or self._opener).open(request, timeout=PATIENCE) as answer:
                text = answer.read().decode()
                return Page(answer.status, answer.geturl(), text)
        except urllib.error.HTTPError as error:
            return Page(error.code, error.geturl(), error.read().decode())

    def sign_in(self, name: str = "editor") -> None:
        """Sign in through the form of the admin."""
        page = self.get("/ar/admin/")
        form = {"username": name, "password": PASSWORD}
        done = self.post(page.address, form, token=find_token(page))
        # Of many who sign in at one moment some are asked to send the form again.
        while done.status == HTTPStatus.SERVICE_UNAVAILABLE:
            time.sleep(_PAUSE)
            done = self.post(page.address, form, token=find_token(page))
        assert done.status == 200, done.text
        home = self.get("/ar/admin/")
        assert "login" not in home.address, home.address

    def search(self, query: str) -> Page:
        """The results page, in English."""
        return self.get(f"/en/search/?q={urllib.parse.quote(query)}")


def read_total(page: Page) -> int:
    """The total that a results page states."""
    assert page.status == 200, f"{page.status}: {page.text[:2000]}"
    said = _COUNT_RE.search(page.text)
    assert said, page.text[:2000]
    number = _NUMBER_RE.search(_TAG_RE.sub("", said.group(1)))
    return int(number.group().replace(",", "")) if number else 0


def find_token(page: Page) -> str:
    """The CSRF token of the forms in the page."""
    found = _TOKEN_RE.search(page.text)
    assert found, page.text[:2000]
    return found.group(1)

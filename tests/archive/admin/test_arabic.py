"""The admin in Arabic: no sentence is left in English, no comma is Latin."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from archive.models import Article
from tests.archive.admin.conftest import Catalogue

pytestmark = pytest.mark.django_db
ADMIN = "/ar/admin/"
# Attributes that are read out or shown.
_SAID = ("title", "aria-label", "placeholder", "alt", "value", "data-filter-title")
_SKIPPED = ("script", "style", "code", "textarea", "bdi", "option")
_VOID = ("input", "img", "br", "hr", "link", "meta", "col", "source", "wbr")
# Two Latin words or more in a row, outside of examples and addresses.
_ENGLISH_RE = re.compile(r"\b[A-Za-z]{3,}[ ’'][A-Za-z]{2,}\b")
_LATIN_MARK_RE = re.compile(r"[ء-ي][,;?]|[,;?]\s[ء-ي]")


def list_pages(article: Article, catalogue: Catalogue) -> list[str]:
    user, group = User.objects.latest("pk"), Group.objects.create(name="أصدقاء")
    rows = {
        "archive/article": article.pk,
        "archive/actor": catalogue.shawqi.pk,
        "archive/topic": catalogue.poetry.pk,
        "archive/source": catalogue.ahram.pk,
        "auth/user": user.pk,
        "auth/group": group.pk,
    }
    return [
        "",
        "password_change/",
        "archive/article/alike/",
        "archive/article/trash/empty/",
        "archive/importbatch/",
        "archive/importbatch/add/",
        f"auth/user/{user.pk}/password/",
        *(
            f"{model}/{page}"
            for model, pk in rows.items()
            for page in ("", "add/", *(f"{pk}/{each}/" for each in _PAGES))
        ),
    ]


_PAGES = ("change", "delete", "history")


class _Reader(HTMLParser):
    """Gathers what a page shows and says, but for names, codes and other languages."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        # The open elements, and whether each is left out with what is in it.
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_foreign = given.get("dir") == "ltr" or (
            tag != "html" and not (given.get("lang") or "ar").startswith("ar")
        )
        is_out = self._is_out() or tag in _SKIPPED or is_foreign
        if not is_out:
            self.texts += [given[name] or "" for name in _SAID if name in given]
        if tag not in _VOID:
            self._open.append((tag, is_out))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._is_out():
            self.texts.append(data.strip())

    def _is_out(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def read_texts(page: str) -> list[str]:
    reader = _Reader()
    reader.feed(page)
    return [text for text in reader.texts if text]


def test_nothing_is_left_in_english_and_marks_are_arabic(
    editor: Client, article: Article, catalogue: Catalogue
) -> None:
    editor.post(f"{ADMIN}archive/article/{article.pk}/history/1/restore/")
    left: dict[str, list[str]] = {}
    for path in list_pages(article, catalogue):
        answer = editor.get(ADMIN + path, follow=True)
        assert answer.status_code == 200, path
        for text in read_texts(answer.content.decode()):
            if _ENGLISH_RE.search(text) or _LATIN_MARK_RE.search(text):
                left.setdefault(text, []).append(path)
    assert left == {}


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("archive/article/add/", {"title": ""}),
        ("archive/actor/add/", {"name_ar": ""}),
        ("auth/user/add/", {"username": "a b", "password1": "1", "password2": "2"}),
        ("password_change/", {"old_password": "x", "new_password1": "a"}),
        ("archive/article/", {"action": "publish"}),
    ],
)
def test_complaints_are_arabic(
    editor: Client, catalogue: Catalogue, path: str, data: dict[str, str]
) -> None:
    answer = editor.post(ADMIN + path, data, follow=True)
    texts = read_texts(answer.content.decode())
    wrong = [t for t in texts if _ENGLISH_RE.search(t) or _LATIN_MARK_RE.search(t)]
    assert wrong == []

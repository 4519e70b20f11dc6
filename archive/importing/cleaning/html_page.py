"""A saved page of HTML: its title, text, date, author and address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from archive.importing.cleaning.markup import strip_markup

# What a page has around its text.
_AROUND: Final = frozenset({"nav", "header", "footer", "aside", "form", "button"})
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"}
    | {"source", "track", "wbr"}
)
# Where a page says what it is, the most reliable first: Open Graph, Dublin Core, names.
_TITLES: Final = ("og:title", "dc.title", "twitter:title")
_DATES: Final = (
    "article:published_time", "datepublished", "dc.date", "dcterms.created",
    "publish-date", "pubdate", "date",
)  # fmt: skip
_AUTHORS: Final = ("author", "article:author", "dc.creator")
_ADDRESSES: Final = ("og:url",)
_SITES: Final = ("og:site_name",)
_CHARSET_RE: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w\-]+)", re.IGNORECASE
)
_HEAD_LENGTH: Final = 8192
# Characters of <article> or <main> from which it is taken for the text of the page.
_FEWEST_CHARACTERS: Final = 80


@dataclass(slots=True)
class _Page:
    meta: dict[str, str] = field(default_factory=dict)
    title: str = ""
    heading: str = ""
    time: str = ""
    canonical: str = ""
    language: str = ""


def declared_charset(content: bytes) -> str | None:
    """The encoding that the page declares; None where it declares none.

    >>> declared_charset(b'<meta charset="windows-1256">')
    'windows-1256'
    """
    match = _CHARSET_RE.search(content[:_HEAD_LENGTH])
    return match[1].decode("ascii").lower() if match else None


def read_page(html: str) -> Mapping[str, str]:
    """The columns of an article of a page.

    >>> page = "<title>خبر - موقع</title><h1>خبر</h1><nav>قائمة</nav><p>نص الخبر</p>"
    >>> columns = read_page(page)
    >>> columns["title"], columns["body"]
    ('خبر', 'نص الخبر')
    """
    parser = _PageParser()
    parser.feed(html)
    parser.close()
    page = parser.page

    def named(names: tuple[str, ...]) -> str:
        return next((page.meta[name] for name in names if page.meta.get(name)), "")

    title = named(_TITLES) or page.heading or page.title
    body = parser.body()
    heading = page.heading or title
    if body.startswith(heading):
        body = body[len(heading) :].strip()
    columns = {
        "title": title,
        "body": body,
        "published": named(_DATES) or page.time,
        "byline": named(_AUTHORS),
        "url": page.canonical or named(_ADDRESSES),
        "container": named(_SITES),
        "language": page.language,
    }
    return {name: value for name, value in columns.items() if value}


class _PageParser(HTMLParser):
    """Gathers the head of a page and the markup of its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.page = _Page()
        self._open: list[str] = []
        self._around = 0
        self._inner = 0
        self._whole: list[str] = []
        self._main: list[str] = []
        self._text_of = ""

    def body(self) -> str:
        """The text of <article> or <main>, else of the page without what is around."""
        main = strip_markup("".join(self._main))
        if len(main) >= _FEWEST_CHARACTERS:
            return main
        return strip_markup("".join(self._whole)) or main

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._read_head(tag, values)
        if tag in _VOID:
            self._keep(self.get_starttag_text() or "")
            return
        self._open.append(tag)
        self._around += tag in _AROUND
        self._inner += tag in {"article", "main"}
        if tag in {"title", "h1"}:
            self._text_of = tag
        self._keep(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._keep(f"</{tag}>")
        if tag not in self._open:
            return
        while self._open:
            closed = self._open.pop()
            self._around -= closed in _AROUND
            self._inner -= closed in {"article", "main"}
            if closed == tag:
                break
        if tag in {"title", "h1"}:
            self._text_of = ""

    def handle_data(self, data: str) -> None:
        self._keep(data)
        if self._text_of == "title" and "head" not in self._open[-1:]:
            self.page.title = " ".join((self.page.title + data).split())
        elif self._text_of == "h1" and not self._around:
            self.page.heading = " ".join((self.page.heading + data).split())

    def handle_entityref(self, name: str) -> None:
        self.handle_data(strip_markup(f"&{name};") or " ")

    def handle_charref(self, name: str) -> None:
        self.handle_data(strip_markup(f"&#{name};") or " ")

    def _keep(self, markup: str) -> None:
        if self._around or self._text_of == "title":
            return
        self._whole.append(markup)
        if self._inner:
            self._main.append(markup)

    def _read_head(self, tag: str, values: Mapping[str, str]) -> None:
        page = self.page
        if tag == "meta":
            name = (
                values.get("property") or values.get("name") or values.get("itemprop")
            )
            if name and values.get("content"):
                page.meta.setdefault(name.lower(), values["content"].strip())
        elif tag == "html":
            page.language = values.get("lang", "")
        elif tag == "time" and not page.time:
            page.time = values.get("datetime", "")
        elif tag == "link" and values.get("rel") == "canonical":
            page.canonical = values.get("href", "")

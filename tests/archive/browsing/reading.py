"""Pages as a reader sees them: their text, their links, their table cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

_BLOCKS = frozenset({"li", "td", "th", "p", "dt", "dd", "h1", "h2", "h3", "option"})
_VOID = frozenset({"meta", "link", "input", "br", "hr", "img"})


@dataclass
class Element:
    """An element of a page with all text inside it, white space collapsed."""

    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())


class Page(HTMLParser):
    """A page taken apart; `elements` lists all of them in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass
        if tag in _BLOCKS:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)

    def texts(self, tag: str, **attributes: str) -> list[str]:
        """The texts of the elements with this tag; ``role="status"`` narrows."""
        return [element.text for element in self.find(tag, **attributes)]

    def find(self, tag: str, **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag and wanted.items() <= element.attributes.items()
        ]

    def links(self) -> dict[str, str]:
        """The texts of the links by their addresses."""
        return {link.attributes.get("href", ""): link.text for link in self.find("a")}

    @property
    def heading(self) -> str:
        return self.texts("h1")[0]

    @property
    def titles(self) -> list[str]:
        """The titles of the articles listed, in order."""
        return self.texts("h3", class_="entry-title")


def open_page(client: Client, address: str) -> Page:
    """The page at the address, which must be there."""
    response = client.get(address)
    assert response.status_code == 200, address
    return Page(response.content.decode())

"""Reads a page as a parser does: elements with their attributes and their text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse

_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "rect"})


@dataclass
class Element:
    """An element of a page; ``text`` is all text inside it, with single spaces."""

    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]


class Reader(HTMLParser):
    """Takes a page apart; ``elements`` lists all of them in order."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        # Raises ValueError where the page closes what it never opened.
        while self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.pieces.append(data)


def read(page: HttpResponse) -> list[Element]:
    """Every element of the page, in order."""
    reader = Reader()
    reader.feed(page.content.decode())
    reader.close()
    return reader.elements


def find(page: HttpResponse, tag: str, **attributes: str) -> list[Element]:
    """The elements with this tag and these attributes; ``class_`` is one class."""
    wanted_class = attributes.pop("class_", None)
    return [
        element
        for element in read(page)
        if element.tag == tag
        and all(
            element.attributes.get(name.replace("_", "-")) == value
            for name, value in attributes.items()
        )
        and (
            wanted_class is None
            or wanted_class in element.attributes.get("class", "").split()
        )
    ]


def texts(page: HttpResponse, tag: str, **attributes: str) -> list[str]:
    """The texts of the elements that ``find`` finds."""
    return [element.text for element in find(page, tag, **attributes)]

"""Pages as a reader sees them: texts, links and table cells."""

from __future__ import annotations

from django.test import Client

from tests.pages.reading import Element, Reader

_BLOCKS = frozenset({"li", "td", "th", "p", "dt", "dd", "h1", "h2", "h3", "option"})


class Page(Reader):
    """A parsed page; the texts of block elements are separated by spaces."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.feed(html)
        self.close()

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        if tag in _BLOCKS:
            self.handle_data(" ")

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
        """The texts of the links by URL."""
        return {link.attributes.get("href", ""): link.text for link in self.find("a")}

    @property
    def heading(self) -> str:
        return self.texts("h1")[0]

    @property
    def titles(self) -> list[str]:
        """The titles of the articles listed, in order."""
        return self.texts("h3", class_="entry-title")


def open_page(client: Client, address: str) -> Page:
    """The page at the URL, with status 200."""
    response = client.get(address)
    assert response.status_code == 200, address
    return Page(response.content.decode())

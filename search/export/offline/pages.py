"""A ZIP of web pages: a list and a page for each article, read without a network."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.utils.translation import gettext

from archive.citing import Reference
from archive.references import build_reference
from search.export.about import About, list_facts
from search.export.entries import Entry
from search.export.offline.directory import PackedDirectory
from search.export.offline.sink import Sink

CONTENT_TYPE: Final = "application/zip"
_STYLE: Final = "css/offline.css"
# Of zlib: texts shrink to a third; higher levels take twice the time for a twentieth.
_LEVEL: Final = 4
# Lines of the list on one page of it.
PAGE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the list: a file of the ZIP and what it holds."""

    name: str
    reference: Reference


def write_pages(entries: Iterable[Entry], about: About) -> Iterator[bytes]:
    """The ZIP, an article at a time; a page of the list follows its articles."""
    sink = Sink()
    page = get_template("export/offline_article.html")
    lists = max(1, -(-about.total // PAGE))
    items: list[Item] = []
    number = 1
    with zipfile.ZipFile(
        sink, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL
    ) as archive:
        archive.filelist = PackedDirectory()
        archive.writestr("style.css", _read_style())
        for entry in entries:
            if len(items) == PAGE:
                archive.writestr(
                    list_name(number), _render(items, about, number, lists)
                )
                items, number = [], number + 1
            reference = build_reference(entry.article, about.place)
            name = f"articles/{entry.article.pk}.html"
            context = {"article": entry.article, "reference": reference, "about": about}
            archive.writestr(name, page.render(context))
            # By name a file is looked up only when an archive is read.
            archive.NameToInfo.clear()
            items.append(Item(name, reference))
            yield sink.take()
        # Articles may have been withdrawn since they were counted.
        for last in range(number, max(number, lists) + 1):
            archive.writestr(list_name(last), _render(items, about, last, lists))
            items = []
    yield sink.take()


def _read_style() -> str:
    path = finders.find(_STYLE)
    if path is None:
        raise FileNotFoundError(_STYLE)
    return Path(path).read_text("utf-8")


def list_name(number: int) -> str:
    """The file name of a page of the list, from 1.

    >>> list_name(1), list_name(2)
    ('index.html', 'index-2.html')
    """
    return "index.html" if number == 1 else f"index-{number}.html"


def _render(items: list[Item], about: About, number: int, lists: int) -> str:
    """Page *number* of the list."""
    return get_template("export/offline_list.html").render(
        {
            "about": about,
            "facts": list_facts(about),
            "items": items,
            "start": (number - 1) * PAGE + 1,
            "number": number,
            "pages": [(each, list_name(each)) for each in range(1, lists + 1)],
            "title": gettext("Articles"),
        }
    )

"""A reading list: the citations of all articles on one page, to be printed."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.template.loader import get_template
from django.utils.translation import get_language

from archive.citing import Style, cite
from archive.references import build_reference
from archive.templatetags.display import digits_of_dates, names_of_months
from search.export.about import About, list_facts
from search.export.entries import Entry

CONTENT_TYPE: Final = "text/html; charset=utf-8"


def write_reading_list(entries: Iterable[Entry], about: About) -> Iterator[str]:
    """The page piece by piece, an item for each entry, in the style of its language."""
    context = {"about": about, "facts": list_facts(about)}
    yield get_template("export/reading_list_head.html").render(context)
    style = Style.ARABIC if _is_arabic() else Style.CHICAGO
    item = get_template("export/reading_list_item.html")
    months, digits = names_of_months(), digits_of_dates()
    for entry in entries:
        reference = build_reference(entry.article, about.place)
        yield item.render(
            {
                "reference": reference,
                "note": about.notes.get(entry.article.pk, ""),
                "citation": cite(reference, style, months=months, digits=digits),
            }
        )
    yield get_template("export/reading_list_foot.html").render({})


def _is_arabic() -> bool:
    return (get_language() or "ar").startswith("ar")

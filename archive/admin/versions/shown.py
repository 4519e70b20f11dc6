"""What differs between two versions, for people: labels, and runs of words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from archive.admin.forms.dates import show_date
from archive.models import ActorRole, Article, DatePrecision, Status, TextKind
from archive.versions import (
    LINKS,
    History,
    Run,
    State,
    compare_lines,
    compare_texts,
)

# Fields whose versions are shown together with another one's.
_SHOWN_ELSEWHERE: Final = ("published_precision",)
_ORDER: Final = ("title", "subtitle", "byline", "source_id", "published_on")


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that two versions have otherwise, as runs of words."""

    name: str
    label: str
    runs: tuple[Run, ...]


def label_of(name: str) -> str:
    """The label of a field of versions.

    >>> from django.utils import translation
    >>> with translation.override("ar"):
    ...     label_of("source_id"), label_of("published_on")
    ('المصدر', 'تاريخ النشر')
    """
    if name == "authors":
        return str(_("Authors"))
    if name in ("published_on", "published_precision"):
        return str(_("Date of publication"))
    field: Any = Article._meta.get_field(name.removesuffix("_id"))
    return str(capfirst(field.verbose_name))


def list_labels(names: tuple[str, ...]) -> list[str]:
    """The labels of these fields, each once."""
    return list(dict.fromkeys(map(label_of, names)))


def list_differences(
    history: History, older: State, newer: State
) -> list[FieldDifference]:
    """The fields that differ, the short ones first and the text last."""
    names = [name for name in older if older[name] != newer[name]]
    if "published_precision" in names and "published_on" not in names:
        names.append("published_on")
    ordered = sorted(set(names) - set(_SHOWN_ELSEWHERE), key=_place)
    found = [
        FieldDifference(name, label_of(name), tuple(_compare(history, name, *pair)))
        for name in ordered
        for pair in [(older, newer)]
    ]
    return [each for each in found if each.runs]


def _place(name: str) -> tuple[bool, int, str]:
    place = _ORDER.index(name) if name in _ORDER else len(_ORDER)
    return name == "body", place, name


def _compare(history: History, name: str, older: State, newer: State) -> list[Run]:
    if name in LINKS:
        lines = [list(_list_links(history, name, each)) for each in (older, newer)]
        return compare_lines(*lines)
    describe = _DESCRIPTIONS.get(name)
    texts = [
        describe(history, each) if describe else str(each[name] or "")
        for each in (older, newer)
    ]
    if describe:
        return compare_lines(*([text] if text else [] for text in texts))
    return compare_texts(*texts)


def _list_links(history: History, name: str, state: State) -> Iterator[str]:
    for link in state[name]:
        if name == "topics":
            yield history.name_of(name, link)
        elif name == "actors":
            pk, role = link
            yield f"{history.name_of(name, pk)} ({ActorRole(role).label})"
        else:
            printed, pk = link
            yield f"{printed} → {history.name_of(name, pk)}" if pk else printed


def _describe_date(history: History, state: State) -> str:
    precision = state["published_precision"] or DatePrecision.UNKNOWN
    article = Article(published_precision=precision)
    article.published_on = parse_date(state["published_on"] or "")
    return show_date(article.published)


def _describe_moment(history: History, state: State) -> str:
    moment = parse_datetime(state["acquired_at"] or "")
    return date_format(localtime(moment), "DATETIME_FORMAT") if moment else ""


_DESCRIPTIONS: Final[dict[str, Callable[[History, State], str]]] = {
    "published_on": _describe_date,
    "acquired_at": _describe_moment,
    "source_id": lambda history, state: history.name_of(
        "source_id", state["source_id"]
    ),
    "status": lambda history, state: str(Status(state["status"]).label),
    "kind": lambda history, state: str(TextKind(state["kind"]).label),
}

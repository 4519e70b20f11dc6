"""``{% load entries %}``: an article in a list, as pages and results show it.

Written in Python because a results page has twenty of them: as a template with its
includes they took a third of the page's time (docs/decisions/0092-fast-pages.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from archive.models import Actor, Article, Named
from archive.templatetags.display import (
    bdi,
    direction,
    isolate,
    listed_date,
    named,
    number,
    times,
)
from archive.templatetags.display import named_link as link_name

register = template.Library()

# More actors than these are counted.
MAX_ACTORS: Final = 8
LINKS_CACHE_SIZE: Final = 10_000
LANGUAGES_CACHE_SIZE: Final = 10


class Form(Protocol):
    """A word that matched, as printed, and how often."""

    @property
    def form(self) -> str:
        """The word."""
        ...

    @property
    def count(self) -> int:
        """Its frequency in the article."""
        ...


class AliasHit(Protocol):
    """An alias by which an article was found."""

    @property
    def alias(self) -> str:
        """The alias, as stored."""
        ...

    @property
    def actor(self) -> Actor:
        """Whose name it is."""
        ...


@dataclass(frozen=True, slots=True)
class Shown:
    """What a search adds to an article: marked texts, and why it was found.

    ``query`` is the query string for its address, and ``part`` the part of the text
    that the first fragment is from. With ``narrow``, the address of the search up to
    another parameter, source and actors narrow the search instead of leaving it.
    ``counted`` are the characters of a long text that were searched for ``forms``, 0
    for the whole. ``tail`` ends the entry.
    """

    title: str = ""
    subtitle: str = ""
    fragments: Sequence[str] = ()
    forms: Sequence[Form] = ()
    counted: int = 0
    aliases: Iterable[AliasHit] = ()
    part: int = 1
    query: str = ""
    narrow: str = ""
    choosable: bool = False
    tail: SafeString | str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words that every entry has, in one language."""

    actors: str
    matched: str
    direction: str


@lru_cache(LANGUAGES_CACHE_SIZE)
def _words(language: str) -> _Words:
    return _Words(gettext("Actors"), gettext("Words that matched"), direction(language))


@register.simple_tag
def entry(
    article: Article, *, level: int = 3, fragments: Sequence[str] = ()
) -> SafeString:
    """An article of a list, with the beginnings of its text."""
    return render_entry(article, Shown(fragments=fragments), level=level)


def render_entry(article: Article, shown: Shown, *, level: int = 2) -> SafeString:
    """The list item of an article, in the direction of the article.

    *level* is that of its heading. Take articles of ``for_entries``.
    """
    language = get_language() or "ar"
    words = _words(language)
    own = direction(article.language)
    turned = format_html(' dir="{}"', own) if own != words.direction else ""
    return format_html(
        '<li class="entry"{}>{}<h{} class="entry-title"><a href="{}">{}</a></h{}>'
        '<abbr class="unapi-id" title="article-{}" aria-hidden="true"></abbr>{}'
        '<ul class="entry-meta"><li>{}</li> <li>{}</li>{}</ul>{}{}{}{}{}</li>',
        turned,
        _choice(article) if shown.choosable else "",
        level,
        _address(article, shown),
        _text(article, shown.title or article.title),
        level,
        article.pk,
        _subtitle(article, shown),
        _value(article.source, "source", shown, language),
        listed_date(article.published),
        _bylines(article),
        format_html_join(
            "",
            '<p class="snippet" lang="{}" dir="{}">{}</p>',
            ((article.language, own, text) for text in shown.fragments),
        ),
        _forms(article, shown, words),
        _aliases(shown, language),
        _actors(article, shown, words, language),
        shown.tail,
    )


def link(row: Named, language: str) -> SafeString | str:
    """The name of an actor, a topic or a source as a link to its page; cached."""
    return _link(_Linked(row), language)


class _Linked:
    """A row as a key of the cache: equal where its page and its names are.

    A key that is kept lets go of its row.
    """

    __slots__ = ("key", "row")

    def __init__(self, row: Named) -> None:
        self.key = (type(row), row.slug, row.name_ar, row.name_latin)
        self.row: Named | None = row

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Linked) and self.key == other.key


@lru_cache(LINKS_CACHE_SIZE)
def _link(linked: _Linked, language: str) -> SafeString | str:
    row, linked.row = linked.row, None
    return link_name(row) if row else ""


def _address(article: Article, shown: Shown) -> str:
    address = article.get_absolute_url()
    if not shown.query:
        return address
    part = f"&part={shown.part}" if shown.part > 1 else ""
    return f"{address}?{shown.query}{part}"


def _text(article: Article, text: str) -> SafeString:
    return format_html('<bdi lang="{}">{}</bdi>', article.language, text)


def _choice(article: Article) -> SafeString:
    return format_html(
        '<label class="choose no-print"><input type="checkbox" name="article"'
        ' value="{}" form="take-away"><span class="hidden-visually">{}</span></label>',
        article.pk,
        gettext("Choose %(title)s") % {"title": isolate(article.title)},
    )


def _subtitle(article: Article, shown: Shown) -> SafeString | str:
    if not article.subtitle:
        return ""
    text = _text(article, shown.subtitle or article.subtitle)
    return format_html('<p class="entry-subtitle">{}</p>', text)


def _bylines(article: Article) -> SafeString:
    """Who wrote it: the authors of the record, else what was printed."""
    names = [author.name for author in article.authors.all()]
    if not names and article.byline:
        names = [article.byline]
    return format_html_join("", " <li>{}</li>", ((bdi(name),) for name in names))


def _forms(article: Article, shown: Shown, words: _Words) -> SafeString | str:
    length = number(shown.counted) if shown.counted else ""
    if not shown.forms:
        if not length:
            return ""
        return format_html(
            '<p class="soft">{}</p>',
            gettext(
                "Its text is long: none of the words is in the first %(length)s "
                "characters, and the rest was not looked through here."
            )
            % {"length": length},
        )
    rows = format_html_join(
        " ",
        "<li>{} {}</li>",
        ((_text(article, form.form), times(form.count)) for form in shown.forms),
    )
    rest: SafeString | str = ""
    if length:
        sentence = gettext("in the first %(length)s characters of the text")
        rest = format_html('<li class="soft">{}</li>', sentence % {"length": length})
    return format_html(
        '<ul class="entry-forms" aria-label="{}">{}{}</ul>', words.matched, rows, rest
    )


def _aliases(shown: Shown, language: str) -> SafeString:
    sentence = gettext("Found through the name “%(alias)s”, another name of %(actor)s.")
    return format_html_join(
        "",
        '<p class="entry-alias">{}</p>',
        (
            (
                format_html(
                    sentence.replace("%(alias)s", "{alias}").replace(
                        "%(actor)s", "{actor}"
                    ),
                    alias=bdi(hit.alias),
                    actor=link(hit.actor, language),
                ),
            )
            for hit in shown.aliases
        ),
    )


def _value(row: Named, key: str, shown: Shown, language: str) -> SafeString | str:
    """A name that narrows the search, or leads to its page where there is none."""
    if not shown.narrow:
        return link(row, language)
    return format_html(
        '<a href="{}{}={}" rel="nofollow">{}</a>',
        shown.narrow,
        key,
        row.slug,
        named(row),
    )


def _actors(
    article: Article, shown: Shown, words: _Words, language: str
) -> SafeString | str:
    actors = list(article.actors.all())
    if not actors:
        return ""
    links = (
        (_value(actor, "actor", shown, language),) for actor in actors[:MAX_ACTORS]
    )
    more = len(actors) - MAX_ACTORS
    rest: SafeString | str = ""
    if more > 0:
        counted = ngettext("and %(shown)s more", "and %(shown)s more", more)
        rest = format_html(
            '<li class="soft">{}</li>', counted % {"shown": number(more)}
        )
    return format_html(
        '<ul class="entry-tags" aria-label="{}">{}{}</ul>',
        words.actors,
        format_html_join(" ", "<li>{}</li>", links),
        rest,
    )

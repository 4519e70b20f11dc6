"""What is taken away: the articles of a search, or those that a reader has chosen."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from archive.models import Article
from archive.templatetags.display import number
from search import searcher
from search.cited import compare, read_hashes
from search.export.columns import COLUMNS, choose_columns
from search.forms import SearchForm
from search.models import CitedSearch
from search.views.errors import BAD_REQUEST, refuse

# Keys of the query string, each of which may stand there several times.
ARTICLE: Final = "article"
COLUMN: Final = "column"
# Of a cited search, what was found then or what is found now.
CITED: Final = "cited"
STATE: Final = "state"
THEN: Final = "then"
# SQLite's integers end after as many digits.
_MAX_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class Taken:
    """Articles to take away: ``total`` of them, in the order of ``articles()``.

    ``question`` says in words what they are, ``text`` is the query, ``query_string``
    gets the same ones again.
    """

    form: SearchForm
    question: str
    text: str
    query_string: str
    total: int
    articles: Callable[[], Iterator[Article]]
    is_choice: bool = False
    missing: int = 0
    numbers: tuple[int, ...] = ()

    def pairs(self) -> list[tuple[str, str]]:
        """The pairs of ``query_string``, for hidden fields of a form."""
        return parse_qsl(self.query_string)


class NotTaken(Exception):
    """Nothing can be taken away: *sentence* says why, and what helps."""

    def __init__(self, sentence: str, form: SearchForm | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.form = form


def read_taken(request: HttpRequest) -> Taken:
    """What the address asks for; raises NotTaken and the errors of a search."""
    form = SearchForm(request.GET)
    if key := request.GET.get(CITED):
        return _read_cited(form, key, request.GET.get(STATE, THEN))
    if chosen := request.GET.getlist(ARTICLE):
        return _read_choice(form, chosen)
    if not form.is_valid():
        raise NotTaken("", form)
    asked = replace(form.search_request, page=1)
    return Taken(
        form=form,
        question=searcher.describe_question(asked, language=get_language() or "ar"),
        text=asked.text,
        query_string=asked.query_string(),
        total=searcher.count_articles(asked),
        articles=lambda: searcher.iter_articles(asked),
    )


def read_columns(request: HttpRequest) -> tuple[str, ...]:
    """The names of the columns that the address asks for; raises NotTaken."""
    names = tuple(request.GET.getlist(COLUMN))
    try:
        choose_columns(names)
    except KeyError as error:
        known = ", ".join(column.name for column in COLUMNS)
        sentence = _("There is no column “%(name)s”. The columns are: %(known)s.")
        raise NotTaken(
            sentence % {"name": error.args[0][:100], "known": known}
        ) from error
    return names


def show_refusal(request: HttpRequest, refusal: NotTaken) -> HttpResponse:
    """The page that says why, with status 400."""
    if refusal.form:
        return refuse(request, refusal.form)
    context = {"sentence": refusal.sentence}
    return render(request, "search/not_taken.html", context, status=BAD_REQUEST)


def _read_choice(form: SearchForm, chosen: Iterable[str]) -> Taken:
    """The chosen articles in the order of choosing, each once, that readers may see."""
    numbers = list(dict.fromkeys(_read_number(text) for text in chosen))
    taken = _take_public(form, numbers)
    return replace(
        taken, query_string="&".join(f"{ARTICLE}={pk}" for pk in taken.numbers)
    )


def _read_cited(form: SearchForm, key: str, state: str) -> Taken:
    """The articles of a cited search then or now, those that are public."""
    cited = CitedSearch.objects.filter(key=key).first()
    if cited is None:
        sentence = _("There is no cited search “%(key)s”.")
        raise NotTaken(sentence % {"key": key[:100]})
    comparison = compare(cited)
    numbers = comparison.then if state == THEN else comparison.now
    taken = _take_public(form, list(numbers))
    return replace(
        taken,
        question=cited.question,
        query_string=urlencode({CITED: cited.key, STATE: state}),
    )


def _take_public(form: SearchForm, numbers: list[int]) -> Taken:
    """Those of the articles with these numbers that are public; raises NotTaken."""
    public = read_hashes(numbers)
    kept = [pk for pk in numbers if pk in public]
    if not kept:
        raise NotTaken(
            _("None of these articles is public, so there is nothing to take away.")
        )
    total = len(kept)
    question = ngettext(
        "%(shown)s chosen article", "%(shown)s chosen articles", total
    ) % {"shown": number(total)}
    return Taken(
        form=form,
        question=question,
        text="",
        query_string="",
        total=total,
        articles=lambda: searcher.iter_chosen(kept),
        is_choice=True,
        missing=len(numbers) - total,
        numbers=tuple(kept),
    )


def _read_number(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS:
        return int(text)
    sentence = _("“%(text)s” is not the number of an article: choose articles again.")
    raise NotTaken(sentence % {"text": text[:100]})

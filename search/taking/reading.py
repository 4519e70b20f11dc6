"""Addresses to what they take away."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from archive.templatetags.display import number
from search import searcher
from search.cited import compare, read_hashes
from search.export.columns import COLUMNS, choose_columns
from search.forms import SearchForm
from search.models import BasketItem, CitedSearch, SharedList
from search.taking.taken import NotTaken, Taken

# Keys of the query string, each of which may stand there several times.
ARTICLE: Final = "article"
COLUMN: Final = "column"
# Of a cited search, what was found then or what is found now.
CITED: Final = "cited"
STATE: Final = "state"
THEN: Final = "then"
NOW: Final = "now"
# The reader's own basket; a shared list by its key.
BASKET: Final = "basket"
LIST: Final = "list"
# SQLite's integers end after as many digits.
_MAX_DIGITS: Final = 18

Basket = Callable[[], Sequence[BasketItem]]


# A query string that was read.
Parameters = MultiValueDict[str, str]


def _no_basket() -> Sequence[BasketItem]:
    return ()


def read_parameters(query_string: str) -> Parameters:
    """The parameters of a query string that the site has kept, as a page gets them.

    Their number is not limited, as it is of a request: a basket has two thousand.
    """
    parameters: Parameters = MultiValueDict()
    for name, value in parse_qsl(query_string, keep_blank_values=True):
        parameters.appendlist(name, value)
    return parameters


def read_taken(parameters: Parameters, *, basket: Basket = _no_basket) -> Taken:
    """What the address asks for; raises NotTaken and the errors of a search.

    *basket* is that of whoever asks, read where the address asks for it.
    """
    if key := parameters.get(CITED):
        return _read_cited(key, parameters.get(STATE) or THEN)
    if key := parameters.get(LIST):
        return _read_list(key)
    if parameters.get(BASKET):
        return _read_basket(basket())
    if chosen := parameters.getlist(ARTICLE):
        return _read_choice(chosen)
    form = SearchForm(parameters)
    if not form.is_valid():
        raise NotTaken("", form)
    asked = replace(form.search_request, page=1)
    query_string = asked.query_string()
    return Taken(
        question=searcher.describe_question(asked, language=get_language() or "ar"),
        text=asked.text,
        query_string=query_string,
        path=f"{reverse('search:results')}?{query_string}",
        total=searcher.count_articles(asked),
        iter_ids=lambda: searcher.iter_ids(asked),
        is_search=True,
    )


def read_columns(parameters: Parameters) -> tuple[str, ...]:
    """The names of the columns that the address asks for; raises NotTaken."""
    names = tuple(parameters.getlist(COLUMN))
    try:
        choose_columns(names)
    except KeyError as error:
        known = ", ".join(column.name for column in COLUMNS)
        sentence = _("There is no column “%(name)s”. The columns are: %(known)s.")
        raise NotTaken(
            sentence % {"name": error.args[0][:100], "known": known}
        ) from error
    return names


def _read_choice(chosen: Iterable[str]) -> Taken:
    """The chosen articles in the order of choosing, each once, that readers may see."""
    numbers = list(dict.fromkeys(_read_number(text) for text in chosen))
    public = _keep_public(numbers)
    total = len(public)
    question = ngettext(
        "%(shown)s chosen article", "%(shown)s chosen articles", total
    ) % {"shown": number(total)}
    query_string = "&".join(f"{ARTICLE}={pk}" for pk in public)
    path = f"{reverse('search:take_away')}?{query_string}"
    return _take(numbers, public, question=question, query=query_string, path=path)


def _read_cited(key: str, state: str) -> Taken:
    """The articles of a cited search then or now, those that are public."""
    cited = CitedSearch.objects.filter(key=_without_nul(key)).first()
    if cited is None:
        sentence = _("There is no cited search “%(key)s”.")
        raise NotTaken(sentence % {"key": key[:100]})
    if state not in (THEN, NOW):
        sentence = _(
            "A cited search has no state “%(state)s”: it has then, what was found when"
            " it was cited, and now, what is found today."
        )
        raise NotTaken(sentence % {"state": state[:100]})
    comparison = compare(cited)
    numbers = comparison.then if state == THEN else comparison.now
    query_string = urlencode({CITED: cited.key, STATE: state})
    path = reverse("search:cited", args=[cited.key])
    public = _keep_public(numbers)
    return _take(
        numbers, public, question=cited.question, query=query_string, path=path
    )


def _read_list(key: str) -> Taken:
    shared = SharedList.objects.standing().filter(key=_without_nul(key)).first()
    if shared is None:
        raise NotTaken(
            _("There is no such list, or its owner does not share it any more.")
        )
    path = reverse("search:shared_list", args=[shared.key])
    public = _keep_public(shared.article_ids)
    return _take(
        shared.article_ids,
        public,
        question=shared.title,
        query=urlencode({LIST: shared.key}),
        path=path,
    )


def _read_basket(items: Sequence[BasketItem]) -> Taken:
    if not items:
        raise NotTaken(_("Your basket is empty, so there is nothing to download."))
    numbers = [item.article_id for item in items]
    public = _keep_public(numbers)
    notes = {item.article_id: item.note for item in items if item.note}
    taken = _take(
        numbers,
        public,
        question=_("Basket"),
        query=urlencode({BASKET: "1"}),
        path=reverse("search:basket"),
    )
    return replace(taken, notes={pk: notes[pk] for pk in public if pk in notes})


def _keep_public(numbers: Sequence[int]) -> list[int]:
    """Those of the articles that are public, in their order; raises NotTaken."""
    hashes = read_hashes(numbers)
    if not hashes:
        raise NotTaken(
            _("None of these articles is public, so there is nothing to download.")
        )
    return [pk for pk in numbers if pk in hashes]


def _take(
    numbers: Sequence[int], public: list[int], *, question: str, query: str, path: str
) -> Taken:
    return Taken(
        question=question,
        query_string=query,
        path=path,
        total=len(public),
        iter_ids=lambda: public,
        missing=len(numbers) - len(public),
    )


def _without_nul(key: str) -> str:
    """PostgreSQL refuses to be asked for text with the character; no key has it."""
    return key.replace("\0", "")


def _read_number(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS:
        return int(text)
    sentence = _("“%(text)s” is not the number of an article: choose articles again.")
    raise NotTaken(sentence % {"text": text[:100]})

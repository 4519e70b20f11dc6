"""The frequency of words by period and source: a page, and the counts as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.templatetags.display import number
from search import searcher
from search.comparing import (
    MOST_WORDS,
    Asked,
    Grain,
    count_frequencies,
    write_frequencies,
)
from search.engines.corpus import list_words
from search.forms import SearchForm
from search.views.comparing.files import send_table
from search.views.errors import BAD_REQUEST, answers_search_errors

FEWEST_BOXES: Final = 3
GRAIN_KEY: Final = "grain"
_PAGE: Final = "comparing/frequency.html"
GRAINS: Final[dict[Grain, Promise]] = {
    Grain.MONTH: gettext_lazy("months"),
    Grain.YEAR: gettext_lazy("years"),
    Grain.DECADE: gettext_lazy("decades"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """A box for a word: what was typed, and why it cannot be counted."""

    text: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks for; it can be answered without ``problem``."""

    form: SearchForm
    asked: tuple[Asked, ...]
    boxes: tuple[Box, ...]
    grain: Grain | None
    problem: str

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters, in one order; the form has to be valid."""
        pairs = [("q", one.text) for one in self.asked]
        pairs += self.form.search_request.pairs()
        return pairs + ([(GRAIN_KEY, self.grain.value)] if self.grain else [])


@require_safe
@answers_search_errors
def frequency(request: HttpRequest) -> HttpResponse:
    """How often words occur, relative to what is held: table and chart."""
    question = read_question(request.GET)
    filled = len(question.boxes)
    empty = min(MOST_WORDS, max(filled + 1, FEWEST_BOXES)) - filled
    boxes = [*question.boxes, *[Box("")] * empty]
    context: dict[str, Any] = {"question": question, "boxes": boxes}
    if question.problem:
        return render(request, _PAGE, context, status=BAD_REQUEST)
    if not question.asked:
        return render(request, _PAGE, context)
    scope = question.form.search_request
    with searcher.page_time():
        found = count_frequencies(scope, question.asked, question.grain)
    context["found"] = found
    context["grains"] = [(grain, GRAINS[grain]) for grain in found.grains]
    context["csv"] = urlencode(question.pairs())
    if scope.query_string():
        context["scope"] = searcher.describe_question(
            scope, language=get_language() or "ar"
        )
    return render(request, _PAGE, context)


@require_safe
@answers_search_errors
def frequency_csv(request: HttpRequest) -> HttpResponseBase:
    """The counts by month, source and word as CSV."""
    question = read_question(request.GET)
    if question.problem or not question.asked:
        return frequency(request)
    found = count_frequencies(question.form.search_request, question.asked)
    name = " ".join(one.text for one in question.asked)
    return send_table(request, write_frequencies(found), name)


def read_question(parameters: QueryDict) -> Question:
    """The words, the filters of the search around them, and the grain."""
    around = parameters.copy()
    texts = list(dict.fromkeys(filter(None, map(str.strip, around.pop("q", [])))))
    for key in ("sort", "page"):
        around.pop(key, None)
    form = SearchForm(around)
    problems = [] if form.is_valid() else [_name_problem(form)]
    if len(texts) > MOST_WORDS:
        sentence = ngettext(
            "At most %(shown)s word or phrase is counted at once.",
            "At most %(shown)s words or phrases are counted at once.",
            MOST_WORDS,
        )
        problems.append(sentence % {"shown": number(MOST_WORDS)})
    asked, boxes = [], []
    for text in texts[:MOST_WORDS]:
        one, box = _read_word(text, around)
        boxes.append(box)
        asked += [one] if one else []
        problems += [box.problem] if box.problem else []
    grain = parameters.get(GRAIN_KEY, "")
    return Question(
        form=form,
        asked=tuple(asked),
        boxes=tuple(boxes),
        grain=Grain(grain) if grain in set(Grain) else None,
        problem=problems[0] if problems else "",
    )


def _read_word(text: str, around: QueryDict) -> tuple[Asked | None, Box]:
    """The word of a box, or why there is none."""
    parameters = around.copy()
    parameters["q"] = text
    form = SearchForm(parameters)
    # What is wrong with the filters is wrong with all words.
    if not form.is_valid() and "q" in form.errors:
        return None, Box(text, str(form.errors["q"][0]))
    query = form.search_request.query
    if not list_words(query):
        problem = _("“%(text)s” has no word of a text: write a word or a phrase.")
        return None, Box(text, problem % {"text": text[:100]})
    return Asked(text, query), Box(text)


def _name_problem(form: SearchForm) -> str:
    sentences = [str(error) for errors in form.errors.values() for error in errors]
    return sentences[0]

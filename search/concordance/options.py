"""How a concordance is sorted and paged, as it stands in an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from search.engines.corpus import ContextOrder
from search.forms import read_page

ORDER_KEY: Final = "order"
BY_KEY: Final = "by"
LEMMA: Final = "lemma"
WORD_KEY: Final = "word"
PAGE_KEY: Final = "page"


@dataclass(frozen=True, slots=True)
class Options:
    """The order, whether words are sorted by lemma, which word, and the page from 1.

    ``word`` is a number of ``list_words``; ``None`` for all of the search.
    """

    order: ContextOrder = ContextOrder.OLDEST
    by_lemma: bool = False
    word: int | None = None
    page: int = 1

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of an address, without the page; defaults are left out."""
        pairs = []
        if self.order is not ContextOrder.OLDEST:
            pairs.append((ORDER_KEY, self.order.value))
        if self.by_lemma:
            pairs.append((BY_KEY, LEMMA))
        if self.word is not None:
            pairs.append((WORD_KEY, str(self.word + 1)))
        return pairs


def read_options(parameters: Mapping[str, str], *, words: int) -> Options:
    """The options in *parameters* of a search of so many words.

    What cannot be read counts as the default.

    >>> read_options({"order": "before", "by": "lemma", "word": "2"}, words=2)
    ... # doctest: +ELLIPSIS
    Options(order=<ContextOrder.BEFORE: 'before'>, by_lemma=True, word=1, page=1)
    >>> read_options({"order": "x", "word": "9", "page": "0"}, words=2) == Options()
    True
    """
    order = parameters.get(ORDER_KEY, "")
    word = read_page(parameters.get(WORD_KEY, "")) - 1
    is_word = parameters.get(WORD_KEY, "").isdecimal() and word < words > 1
    return Options(
        order=ContextOrder(order)
        if order in set(ContextOrder)
        else ContextOrder.OLDEST,
        by_lemma=parameters.get(BY_KEY) == LEMMA,
        word=word if is_word else None,
        page=read_page(parameters.get(PAGE_KEY, "")),
    )

"""Articles to take away, and why there are none."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from archive.models import Article
from search import searcher
from search.forms import SearchForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Articles to take away: ``total`` of them, in the order of ``iter_ids()``.

    ``question`` says in words what they are, ``text`` is the query, ``query_string``
    gets the same ones again, and ``path`` opens them as a page. ``missing`` were chosen
    and are not public any more; ``notes`` are the reader's own, by number of article.
    """

    question: str
    text: str = ""
    query_string: str
    path: str
    total: int
    iter_ids: Callable[[], Iterable[int]]
    is_search: bool = False
    missing: int = 0
    notes: Mapping[int, str] = field(default_factory=dict)

    def articles(self) -> Iterator[Article]:
        """The articles with their sources, without those withdrawn meanwhile."""
        return searcher.iter_chosen(self.iter_ids())

    def pairs(self) -> list[tuple[str, str]]:
        """The pairs of ``query_string``, for hidden fields of a form."""
        return parse_qsl(self.query_string)


class NotTaken(Exception):
    """Nothing can be taken away: *sentence* says why, and what helps."""

    def __init__(self, sentence: str, form: SearchForm | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.form = form

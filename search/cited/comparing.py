"""Then and now: what has come, gone and changed since a search was cited."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from search import searcher
from search.cited.making import read_hashes
from search.cited.results import unpack
from search.forms import read_query_string
from search.models import CitedSearch


@dataclass(frozen=True, slots=True)
class Comparison:
    """Numbers of articles, ascending; each of then and of now is in one list.

    ``withdrawn`` were found then and are not public any more, ``lost`` are public and
    not found any more, ``changed`` are found with another text, ``same`` with the same
    one, ``added`` are found now and were not then. Without ``is_readable`` the search
    itself cannot be run any more, and nothing is found now.
    """

    added: tuple[int, ...] = ()
    withdrawn: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    same: tuple[int, ...] = ()
    is_readable: bool = True

    @property
    def then(self) -> tuple[int, ...]:
        """What was found then."""
        return tuple(sorted(self.withdrawn + self.lost + self.changed + self.same))

    @property
    def now(self) -> tuple[int, ...]:
        """What is found now."""
        return tuple(sorted(self.added + self.changed + self.same))


def compare(cited: CitedSearch) -> Comparison:
    """The results then and now; raises the errors of a search."""
    return search_now(cited)()


def search_now(cited: CitedSearch) -> Callable[[], Comparison]:
    """Run the search; what is returned looks at the texts, and compares.

    Raises the errors of a search, so that they come before a file is begun.
    """
    request = read_query_string(cited.query_string)
    ids = list(searcher.iter_ids(request)) if request else []

    def compare_texts() -> Comparison:
        then, found = unpack(bytes(cited.results)), read_hashes(ids)
        public = read_hashes(number for number in then if number not in found)
        return compare_results(then, found, public, is_readable=request is not None)

    return compare_texts


def compare_results(
    then: Mapping[int, bytes],
    now: Mapping[int, bytes],
    public: Mapping[int, bytes],
    *,
    is_readable: bool = True,
) -> Comparison:
    """The comparison of two results; *public* are those of then that still are.

    >>> a, b = b"a" * 16, b"b" * 16
    >>> compare_results({1: a, 2: a, 3: a}, {2: b, 4: a}, {3: a})
    ... # doctest: +ELLIPSIS
    Comparison(added=(4,), withdrawn=(1,), lost=(3,), changed=(2,), same=(), ...)
    """
    gone = sorted(then.keys() - now.keys())
    both = sorted(then.keys() & now.keys())
    return Comparison(
        added=tuple(sorted(now.keys() - then.keys())),
        withdrawn=tuple(number for number in gone if number not in public),
        lost=tuple(number for number in gone if number in public),
        changed=tuple(number for number in both if then[number] != now[number]),
        same=tuple(number for number in both if then[number] == now[number]),
        is_readable=is_readable,
    )

"""Filters by the values of a facet, as in the address of a search.

``actor=a&actor=b`` are articles that name both, with ``any=actor`` those that name
either, ``-actor=c`` those that do not name the third; ``actor=~`` are those that name
nobody. The same value takes the place of slugs and of terms of the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from search.fields import FACETS, FacetField

# The value of an article without any; no slug and no primary key is written so.
NOT_STATED: Final = "~"
# The key of facets of which any value is enough, and what opens a key of exclusion.
ANY_KEY: Final = "any"
EXCLUDED_PREFIX: Final = "-"

_FIELDS: Final = {row.name: row for row in FACETS}


@dataclass(frozen=True, slots=True)
class FacetFilter:
    """What the facet *name* must and must not have.

    An article passes that has all of *values*, with *match_any* one of them at least,
    and none of *excluded*. Without values only the exclusions count.
    """

    name: str
    values: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    match_any: bool = False

    def __bool__(self) -> bool:
        """Whether an address has to name it."""
        return bool(self.values or self.excluded or self._is_switched)

    @property
    def _is_switched(self) -> bool:
        field = _FIELDS.get(self.name)
        return self.match_any and field is not None and field.has_many

    @property
    def contradictions(self) -> tuple[str, ...]:
        """The values on account of which no article can pass.

        >>> FacetFilter("actor", ("a", "b"), excluded=("b",)).contradictions
        ('b',)
        >>> FacetFilter("actor", ("a", "~")).contradictions
        ('~',)
        """
        left = [value for value in self.values if value not in self.excluded]
        if self.match_any:
            return () if left else self.values
        both = [value for value in self.values if value in self.excluded]
        if NOT_STATED in left and len(self.values) > 1:
            both.append(NOT_STATED)
        return tuple(both)

    def toggled(self, value: str) -> FacetFilter:
        """The filter with *value* asked for, or not any more; it is not excluded."""
        return replace(
            self,
            values=_toggle(self.values, value),
            excluded=_without(self.excluded, value),
        )

    def toggled_exclusion(self, value: str) -> FacetFilter:
        """The filter with *value* excluded, or not any more; it is not asked for."""
        return replace(
            self,
            values=_without(self.values, value),
            excluded=_toggle(self.excluded, value),
        )

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The keys and values of the filter in an address."""
        yield from ((self.name, value) for value in self.values)
        if self._is_switched:
            yield ANY_KEY, self.name
        key = f"{EXCLUDED_PREFIX}{self.name}"
        yield from ((key, value) for value in self.excluded)


def make_filter(
    name: str,
    values: Iterable[str] = (),
    excluded: Iterable[str] = (),
    *,
    match_any: bool = False,
) -> FacetFilter:
    """The filter of the facet *name* with distinct values; empty ones do not count.

    Of a facet that an article has once, any of the values is enough: it cannot have
    two. Raises KeyError for an unknown facet.
    """
    return FacetFilter(
        name,
        tuple(dict.fromkeys(filter(None, values))),
        tuple(dict.fromkeys(filter(None, excluded))),
        match_any=match_any or not _FIELDS[name].has_many,
    )


def read_filters(parameters: Mapping[str, Sequence[str]]) -> tuple[FacetFilter, ...]:
    """The filters in *parameters*, in the order of ``FACETS``, with distinct values.

    >>> (found,) = read_filters({"actor": ["a", "b", "a"], "-actor": ["c"]})
    >>> found.values, found.excluded, found.match_any
    (('a', 'b'), ('c',), False)
    >>> read_filters({"source": ["a"]})[0].match_any
    True
    """
    switched = parameters.get(ANY_KEY, ())
    filters = (_read(row, parameters, switched) for row in FACETS)
    return tuple(one for one in filters if one)


def _read(
    row: FacetField, parameters: Mapping[str, Sequence[str]], switched: Sequence[str]
) -> FacetFilter:
    return make_filter(
        row.name,
        _without_nul(parameters.get(row.name, ())),
        _without_nul(parameters.get(f"{EXCLUDED_PREFIX}{row.name}", ())),
        match_any=row.name in switched,
    )


def _without_nul(values: Sequence[str]) -> list[str]:
    """No value has the character, and a search that has it cannot be stored."""
    return [value.replace("\0", "") for value in values]


def _toggle(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return _without(values, value) if value in values else (*values, value)


def _without(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(other for other in values if other != value)

"""What the lexicon in use says of many forms, cached by form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from search.arabic.lexicon.lookup import Lexicon

# Forms whose result each cache of this package has, at some 400 bytes a form: the same
# words come again in every text.
CACHED_FORMS: Final = 50_000

_Value = TypeVar("_Value")


def lexicon() -> Lexicon:
    """The lexicon in use."""
    # NumPy takes a tenth of a second to import, and most commands look no word up.
    from search.arabic.lexicon.installed import current  # noqa: PLC0415 - see above

    return current()


class FormCache(dict[str, _Value]):
    """Values by form, computed for many forms at once; emptied when it is full."""

    def __init__(self, compute: Callable[[Sequence[str]], Iterable[_Value]]) -> None:
        super().__init__()
        self._compute = compute

    def prime(self, forms: Iterable[str]) -> None:
        """Compute the values of those of *forms* that are not there."""
        new = [form for form in set(forms) if form not in self]
        if new:
            if len(self) + len(new) > CACHED_FORMS:
                self.clear()
            self.update(zip(new, self._compute(new), strict=True))

    def __missing__(self, form: str) -> _Value:
        [value] = self._compute([form])
        self.add(form, value)
        return value

    def add(self, form: str, value: _Value) -> None:
        """Add the value of a *form* that is known already."""
        if len(self) >= CACHED_FORMS:
            self.clear()
        self[form] = value

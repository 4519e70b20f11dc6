"""Display forms: how the words of a posting list are printed.

The display form of المقاومه, as terms are folded, is المقاومة or المقاومه; each has a
posting list. Where printed vowels tell to which family a word belongs it has a list of
its own, which is known by its telling form: كُتّاب beside كتاب. Only telling forms that
differ from their terms are stored.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping

import numpy as np

from search.arabic.diacritics import without_diacritics
from search.engines.whoosh.arrays import Array, narrow
from search.engines.whoosh.codec.segment_file import SegmentFile
from search.engines.whoosh.codec.term_dict import TermDict, pack_strings


def pack_display_forms(
    name: str, display_forms: Mapping[int, bytes]
) -> dict[str, Array]:
    """The sections of the *display_forms* of a field, which are keyed by posting list.

    The lists ascend. ``codec.families.pack_families`` describes the sections.
    """
    return {
        f"{name}/spelled/lists": narrow(np.array([*display_forms], np.int64)),
        **pack_strings(f"{name}/spelled/forms", [*display_forms.values()]),
    }


class DisplayForms:
    """The display form of each posting list of a field in one segment.

    *term_of* gives the term of a posting list, *list_of* the list of a term's ordinal.
    """

    def __init__(
        self,
        file: SegmentFile,
        name: str,
        term_of: Callable[[int], bytes],
        list_of: Callable[[Array], Array],
    ) -> None:
        self._term_of = term_of
        if f"{name}/spelled/lists" in file:
            self._lists = file.array(f"{name}/spelled/lists")
            self._forms = TermDict(file, f"{name}/spelled/forms")
            self._order = None
        else:
            # A segment from before has one list a term, and forms in order of terms.
            lists = list_of(file.array(f"{name}/spelled").astype(np.int64))
            self._order = np.argsort(lists)
            self._lists = lists[self._order]
            self._forms = TermDict(file, f"{name}/spellings")

    def exception(self, posting_list: int) -> bytes:
        """The telling form of a posting list; ``b""`` if it is the term."""
        # np.searchsorted would convert the whole narrow array for each lookup.
        at = bisect_left(self._lists, posting_list)
        if at == self._lists.size or int(self._lists[at]) != posting_list:
            return b""
        return self._forms[at if self._order is None else int(self._order[at])]

    def exceptions(self) -> dict[int, bytes]:
        """The telling forms that differ from their terms, by posting list."""
        forms = list(self._forms)
        order = range(len(forms)) if self._order is None else self._order.tolist()
        return {
            posting_list: forms[at]
            for posting_list, at in zip(self._lists.tolist(), order, strict=True)
        }

    def telling(self, posting_list: int) -> str:
        """The telling form of a posting list."""
        form = self.exception(posting_list) or self._term_of(posting_list)
        return form.decode()

    def __getitem__(self, posting_list: int) -> str:
        """The display form of a posting list, without diacritics."""
        return without_diacritics(self.telling(posting_list))

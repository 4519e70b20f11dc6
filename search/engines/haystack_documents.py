"""The documents of a Haystack ``SearchIndex``, the same for every engine.

Both Haystack's ``update`` of a back end and a rebuild of a connection need them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from haystack.exceptions import SkipDocument
from haystack.utils import get_identifier

log = logging.getLogger(__name__)


def prepare_documents(index: Any, instances: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """The documents of *instances*; those that *index* skips are left out.

    An index may have ``prepare_all``, which takes all instances at once.
    """
    if hasattr(index, "prepare_all"):
        yield from index.prepare_all(instances)
        return
    for instance in instances:
        try:
            yield index.full_prepare(instance)
        except SkipDocument:
            log.debug("Indexing of %s skipped", get_identifier(instance))

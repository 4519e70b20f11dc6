"""Texts in an index of either engine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pytest

from search.engines.opensearch.backend import OpenSearchBackend
from search.engines.whoosh.backend import WhooshBackend
from search.indexing.documents import build_identifier
from tests.search.text_index import Text, TextIndex, make_document


@dataclass(frozen=True)
class Corpus:
    """Texts that are indexed, numbered from 1."""

    engine: WhooshBackend | OpenSearchBackend


class BuildCorpus(Protocol):
    """Indexes texts, but those that are deleted again, in some segments or shards."""

    def __call__(
        self,
        texts: Sequence[Text | str],
        more: Mapping[int, Mapping[str, Any]] | None = None,
        *,
        segments: int = 1,
        deleted: Sequence[int] = (),
    ) -> Corpus: ...


@pytest.fixture(
    scope="module",
    params=["whoosh", pytest.param("opensearch", marks=pytest.mark.opensearch)],
)
def build_corpus(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> BuildCorpus:
    def embedded(
        texts: Sequence[Text | str],
        more: Mapping[int, Mapping[str, Any]] | None = None,
        *,
        segments: int = 1,
        deleted: Sequence[int] = (),
    ) -> Corpus:
        folder = tmp_path_factory.mktemp("corpus")
        index = TextIndex(folder, texts, more, segments=segments)
        if deleted:
            index.delete(*deleted)
        return Corpus(index.engine)

    def on_cluster(
        texts: Sequence[Text | str],
        more: Mapping[int, Mapping[str, Any]] | None = None,
        *,
        segments: int = 1,
        deleted: Sequence[int] = (),
    ) -> Corpus:
        engine = make_cluster(SHARDS=segments)
        documents = [
            make_document(number, text) | dict((more or {}).get(number, {}))
            for number, text in enumerate(texts, 1)
        ]
        engine.build([documents])
        if deleted:
            engine.apply((), map(build_identifier, deleted), merge_all=True)
        return Corpus(engine)

    if request.param == "whoosh":
        return embedded
    make_cluster: Callable[..., OpenSearchBackend]
    make_cluster = request.getfixturevalue("make_cluster")
    return on_cluster

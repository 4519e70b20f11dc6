"""The two engines with the same documents, and a cluster to write to."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from benchmarks.scratch_index import build_document, open_scratch_engine
from search.engines.contract import Document, Engine
from search.engines.opensearch.backend import OpenSearchBackend
from tests.search.library_entries import NAMED

# Beside the library: spellings, compounds, particles, names, numbers, equal texts.
_TEXTS: Final = (
    "كِتاب جديد",
    "كُتّاب القرية",
    "كتاب عبدالله",
    "عبد الله كتب الكتاب",
    "بقول البقول",
    "اللامركزية في الإدارة",
    "علي على أعلام إعلام",
    "والمكتبات والمكتب بالمكتب للمكتب المكتبة",
    "نيو يورك نيويورك",
    "a b c A.B. U.S.A l'Orient 3.5 1,000",
    "محمّد مُحَمَّد محمد",
    *("نص مكرر عن النفط والغاز",) * 4,
)


@dataclass(frozen=True)
class Engines:
    """Both engines on the same documents."""

    embedded: Engine
    cluster: OpenSearchBackend

    def ask(self, call: Callable[[Engine], Any]) -> tuple[Any, Any]:
        """What *call* returns of each."""
        return call(self.embedded), call(self.cluster)


def make_documents() -> list[Document]:
    documents: list[Document] = []
    for number, entry in enumerate(NAMED, 1):
        day = entry.published.replace("-", "")
        documents.append(
            build_document(
                number,
                title=entry.title,
                body=f"{entry.subtitle}\n{entry.body}",
                source=entry.source,
                subjects=entry.topics,
                day=int(day) if len(day) == 8 else 0,
            )
        )
    for text in _TEXTS:
        number = len(documents) + 1
        subjects = ("t1", "t,2", "ت/٣ |")[: number % 4]
        document = build_document(
            number, title="", body=text, source=f"s{number % 3}", subjects=subjects
        )
        # Known to the year, to the month, and across two months.
        first, last = (
            (19230101, 19231231),
            (19500201, 19500228),
            (19501231, 19510101),
        )[number % 3]
        document |= {"published_first": first, "published_last": last}
        documents.append(document)
    for document in documents:
        document["document_hash"] = 2**63 - 1 - document["article_id"]
    return documents


@pytest.fixture(scope="session")
def engines(
    make_cluster: Callable[..., OpenSearchBackend],
    tmp_path_factory: pytest.TempPathFactory,
) -> Engines:
    """Both engines with ``make_documents``; tests leave them as they are."""
    embedded = open_scratch_engine(Path(tmp_path_factory.mktemp("both")))
    embedded.timeout = 60
    documents = make_documents()
    embedded.apply(make_documents(), [], merge_all=True)
    cluster = make_cluster()
    cluster.build([documents])
    return Engines(embedded, cluster)

"""What a query may cost: words that are compared with every form of the index."""

from pathlib import Path

import pytest

from search.engines.contract import EngineRequest
from search.engines.limits import MAX_SCANNING_TERMS
from search.errors import QueryTooExpensive
from search.query.parse import parse
from tests.search.text_index import TextIndex


@pytest.fixture
def index(tmp_path: Path) -> TextIndex:
    return TextIndex(tmp_path, ["كتاب مكتبة", "كتاب"])


class TestCheckCost:
    @pytest.mark.parametrize("word", ["م?تبة", "*تبة", "مكتبه~", "title:*تبة", "-*تبة"])
    def test_query_at_the_limit_runs_and_beyond_it_is_refused(
        self, index: TextIndex, word: str
    ) -> None:
        allowed = " ".join([word] * MAX_SCANNING_TERMS)
        index.find(allowed)
        for query in (f"{allowed} {word}", f"({allowed}) OR (كتاب {word})"):
            with pytest.raises(QueryTooExpensive, match=str(MAX_SCANNING_TERMS)):
                index.find(query)
            with pytest.raises(QueryTooExpensive):
                index.engine.run(EngineRequest(parse(query)))

    def test_terms_and_prefixes_do_not_count(self, index: TextIndex) -> None:
        assert index.find(" ".join(["كتاب", "كت*"] * 30)) == {1, 2}

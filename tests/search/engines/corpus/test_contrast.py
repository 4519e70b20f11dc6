"""Words that set two sets of articles apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.lexicon.function_words import function_words, is_content_word
from search.engines.contract import EngineRequest
from search.engines.corpus import Contrast
from search.engines.whoosh.corpus.contrast import log_likelihood
from search.query import Everything, parse
from tests.search.engines.corpus.conftest import BuildCorpus, Corpus

_COUNTS = st.integers(0, 10_000)


class TestLogLikelihood:
    @pytest.mark.parametrize(
        ("first", "second", "sizes", "wanted"),
        [
            # 2 * (20 ln 2 + 0): all of twenty words in one of two equal corpora.
            (20, 0, (1_000, 1_000), 27.73),
            (10, 20, (1_000, 2_000), 0.0),
            # By hand: E1 = 15, E2 = 15; 2 * (20 ln(20/15) + 10 ln(10/15)).
            (20, 10, (500, 500), 3.4),
        ],
    )
    def test_values(
        self, first: int, second: int, sizes: tuple[int, int], wanted: float
    ) -> None:
        g2 = log_likelihood(np.array([first]), np.array([second]), *sizes)
        assert g2[0] == pytest.approx(wanted, abs=0.01)

    @given(_COUNTS, _COUNTS, st.integers(1, 10**6), st.integers(1, 10**6))
    def test_sides_can_be_exchanged(
        self, first: int, second: int, size: int, other: int
    ) -> None:
        pair = np.array([first]), np.array([second])
        g2 = log_likelihood(*pair, size, other)
        assert g2 == pytest.approx(log_likelihood(*pair[::-1], other, size))
        assert g2[0] >= -1e-6


def _texts() -> list[str]:
    """Twelve texts of cotton, twelve of silk, five of both; all have bread."""
    cotton = "سوق القطن والخبز في المدينة، وللأسواق تجارة 1923"
    silk = "دود الحرير والخبز في القرية، ودودة الحرير تجارة 1923"
    return [cotton] * 12 + [silk] * 12 + [f"{cotton} {silk}"] * 5


@pytest.fixture(scope="module", params=[1, 3])
def index(request: pytest.FixtureRequest, build_corpus: BuildCorpus) -> Corpus:
    return build_corpus(_texts(), segments=request.param)


def _contrast(index: Corpus, first: str, second: str) -> Contrast:
    requests = [
        EngineRequest(parse(text) if text else Everything()) for text in (first, second)
    ]
    return index.engine.contrast(*requests, limit=20)


class TestContrast:
    def test_each_side_has_its_own_words(self, index: Corpus) -> None:
        found = _contrast(index, "قطن", "حرير")
        first = {row.form: (row.first, row.second) for row in found.first}
        second = {row.form: (row.first, row.second) for row in found.second}
        # سوق and أسواق are one word, which stands twice in each text.
        [market] = {"سوق", "وللأسواق"} & first.keys()
        assert first[market] == (24, 0)
        assert second["الحرير"] == (0, 24)
        assert {"المدينة", "القطن"} <= first.keys()
        assert "القرية" in second
        assert found.articles == (12, 12)

    def test_what_is_alike_and_what_says_nothing_is_not_shown(
        self, index: Corpus
    ) -> None:
        found = _contrast(index, "قطن", "حرير")
        shown = {row.form for row in (*found.first, *found.second)}
        assert shown.isdisjoint({"والخبز", "تجارة", "في", "1923"})

    def test_most_telling_come_first(self, index: Corpus) -> None:
        found = _contrast(index, "قطن", "حرير")
        for rows in (found.first, found.second):
            ratios = [row.g2 for row in rows]
            assert ratios == sorted(ratios, reverse=True)
            assert min(ratios) >= 15.13

    def test_a_part_is_compared_with_the_rest(self, index: Corpus) -> None:
        found = _contrast(index, "قطن", "")
        assert found.articles == (17, 12)
        assert _contrast(index, "", "قطن").articles == (12, 17)

    @pytest.mark.parametrize("pair", [("قطن", "قطن"), ("قطن", "زخزخ"), ("زخ", "زخ")])
    def test_nothing_to_compare_is_no_error(
        self, index: Corpus, pair: tuple[str, str]
    ) -> None:
        found = _contrast(index, *pair)
        assert (found.first, found.second, found.compared) == ((), (), 0)

    def test_a_word_of_two_articles_is_not_shown(
        self, build_corpus: BuildCorpus
    ) -> None:
        often = "سلحفاة " * 20
        texts = [f"قطن {often}"] * 2 + ["قطن نهر"] * 18 + ["حرير جبل"] * 30
        found = _contrast(build_corpus(texts), "قطن", "حرير")
        forms = {row.form for row in found.first}
        assert "سلحفاة" not in forms
        assert "قطن" in forms


class TestOverlap:
    def test_articles_of_both_are_counted(self, index: Corpus) -> None:
        requests = [EngineRequest(parse(text)) for text in ("قطن", "حرير")]
        found = index.engine.overlap(*requests)
        assert (found.first, found.second, found.both) == (17, 17, 5)


class TestFunctionWords:
    def test_words_of_the_matter_are_not_among_them(self) -> None:
        words = "قطن سوق مدينة تجارة حرب سلام وطن علم كتاب ملك وزير رأي قلب نفط"
        assert function_words().isdisjoint(words.split())
        assert all(map(is_content_word, words.split()))

    @pytest.mark.parametrize(
        "surface",
        ["في", "وفيها", "الذي", "والتي", "لكنهم", "منها", "كانت", "ولم", "له"],
    )
    def test_particles_are(self, surface: str) -> None:
        assert not is_content_word(surface)

"""What comes first where all else is equal, and that the order is one on all pages."""

from pathlib import Path
from typing import Final

import pytest

from search.engines.contract import EngineRequest
from search.engines.whoosh.execution.rescoring import RESCORE_WINDOW
from search.fields import DATE_FIRST, DATE_LAST
from search.query import Level
from search.query.parse import parse
from tests.search.text_index import Text, TextIndex

# Words of no query, so that no text is longer than another.
_FILLER: Final = "كان الطريق طويلا بين القرى والحقول"
_PAGE: Final = 20

# Query, what comes first, what comes after, and why.
ORDERS: list[tuple[str, Text | str, Text | str, str]] = [
    ("كتاب", f"كتاب {_FILLER}", f"وكتابهم {_FILLER}", "the form that was typed"),
    ("√كتب", f"كتب {_FILLER}", f"مكتبة {_FILLER}", "the form, at the root, too"),
    ("√كتاب", f"الكتاب {_FILLER}", f"مكتبة {_FILLER}", "the family before the root"),
    (
        "كتاب",
        ("كتاب", f"{_FILLER} قلم"),
        ("قلم", f"{_FILLER} كتاب"),
        "the title before the text",
    ),
    ("كتاب", f"كتاب كتاب {_FILLER}", f"كتاب قلم {_FILLER}", "twice before once"),
    ("كتاب", "كتاب", f"كتاب {_FILLER}", "a short text before a long one"),
    (
        "سكة حديد",
        f"سكة حديد {_FILLER} طويل",
        f"سكة {_FILLER} طويل حديد",
        "side by side before apart",
    ),
    (
        "سكة حديد",
        f"{_FILLER} السكة الحديد ثم",
        f"{_FILLER} الحديد السكة ثم",
        "in their order before turned round",
    ),
    (
        "مدرسة قرية",
        f"مدرسة قرية درس {_FILLER}",
        f"مدرسة قرية بحر {_FILLER}",
        "with a word of the same root before none",
    ),
    (
        "البرتغال قرية",
        f"البرتغال قرية برتغالي {_FILLER}",
        f"البرتغال قرية جبل {_FILLER}",
        "with a word of the same light stem, whose root is another, before none",
    ),
    (
        "نفط OR غاز OR فحم",
        f"نفط غاز فحم {_FILLER}",
        f"نفط غاز ورد {_FILLER}",
        "more of the words before fewer",
    ),
]


def _others(count: int) -> list[str]:
    """Texts without the words, so that these are worth something."""
    return [f"{_FILLER} {at}" for at in range(count)]


class TestOrder:
    @pytest.mark.parametrize(("query", "first", "second", "why"), ORDERS)
    @pytest.mark.parametrize("first_number", [1, 2])
    def test_better_match_ranks_first(
        self,
        tmp_path: Path,
        query: str,
        first: Text | str,
        second: Text | str,
        why: str,
        first_number: int,
    ) -> None:
        """Whichever of the two has the larger number."""
        texts = [first, second] if first_number == 1 else [second, first]
        index = TextIndex(tmp_path, [*texts, *_others(20)])
        assert index.rank(query) == [first_number, 3 - first_number], why

    def test_equal_scores_rank_by_date_undated_last(self, tmp_path: Path) -> None:
        days = {1: 19230514, 2: 0, 3: 20180203, 4: 19230514}
        more = {at: {DATE_FIRST: day, DATE_LAST: day} for at, day in days.items()}
        index = TextIndex(tmp_path, ["كتاب"] * 4, more)
        assert index.rank("كتاب") == [3, 4, 1, 2]
        assert index.rank("كتاب قلم OR كتاب") == [3, 4, 1, 2]

    def test_rare_title_word_scores_by_its_frequency_in_texts(
        self, tmp_path: Path
    ) -> None:
        """A common word in one title does not outweigh a rare word in the text."""
        common = [f"جديد {_FILLER} {at}" for at in range(30)]
        texts = [("جديد", _FILLER), f"جديد نادر {_FILLER}", *common]
        index = TextIndex(tmp_path, texts)
        assert index.rank("جديد OR نادر")[:2] == [2, 1]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TextIndex:
    """More hits than are looked at again, many of them with equal scores."""
    texts = [
        f"{'سكة حديد' if at % 3 else 'حديد ثم سكة'} {'مكتبة ' * (at % 4)}"
        f"{'درس' if at % 5 else 'يدرسون'} مدرسة"
        for at in range(RESCORE_WINDOW + 3 * _PAGE + 7)
    ]
    return TextIndex(tmp_path_factory.mktemp("pages"), texts, segments=3)


class TestPages:
    @pytest.mark.parametrize(
        "query", ["سكة حديد", "مدرسة", "حديد OR مكتبة", '"سكة حديد"', "√درس", "-ورد"]
    )
    @pytest.mark.parametrize("level", Level)
    def test_pages_in_a_row_are_all_hits_in_order(
        self, index: TextIndex, query: str, level: Level
    ) -> None:
        everything = index.rank(query, level)
        assert len(everything) == len(set(everything))
        shown: list[int] = []
        scores: list[float] = []
        for offset in range(0, len(everything) + _PAGE, _PAGE):
            request = EngineRequest(parse(query, level), offset=offset, limit=_PAGE)
            answer = index.engine.run(request)
            assert answer.total == len(everything)
            shown += [hit.article_id for hit in answer.hits]
            scores += [hit.score for hit in answer.hits]
        assert shown == everything
        assert scores == sorted(scores, reverse=True)

    def test_hits_exceed_the_rescore_window(self, index: TextIndex) -> None:
        assert len(index.rank("سكة حديد")) > RESCORE_WINDOW

    def test_order_is_the_same_after_merging(self, tmp_path: Path) -> None:
        texts = [f"سكة حديد {'كتاب ' * (at % 5)}" for at in range(40)]
        index = TextIndex(tmp_path, texts, segments=4)
        before = {query: index.rank(query) for query in ("سكة حديد", "كتاب", "√كتب")}
        index.merge()
        assert {query: index.rank(query) for query in before} == before

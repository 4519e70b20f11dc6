"""The printed report, and the comparison of answers."""

from benchmarks.data.questions import Question
from benchmarks.engines.agreement import Disagreement, Overlap, compare, count_shared
from benchmarks.engines.process import Built
from benchmarks.peer import Answer
from benchmarks.report import PeerFigures, Report, render

_QUESTION = Question("common", ("نفط",))


def _figures(
    name: str, times: tuple[float, ...], seconds: float, size: int
) -> PeerFigures:
    built = Built(seconds, cpu_seconds=1.0, size=size, memory=0)
    twice = tuple(2 * time for time in times)
    return PeerFigures(
        name,
        first={"common": twice},
        hot={"common": times},
        cold=(8.0,),
        built=built,
        reused=name == "fts5",
        peak_memory=2**20,
        own_memory=0,
    )


def _report(*disagreements: Disagreement, overlaps: tuple[Overlap, ...] = ()) -> Report:
    return Report(
        machine="x86_64",
        articles=100,
        text_bytes=1000,
        questions=3,
        rounds=1,
        clock="wall",
        peers=(
            _figures("sijill", (1.0, 2.0, 9.0), 2.0, 400),
            _figures("fts5", (5.0, 6.0, 30.0), 4.0, 800),
        ),
        disagreements=disagreements,
        overlaps=overlaps,
    )


def _rows(text: str, title: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith(f"| {title}")
    ]


class TestRender:
    def test_times_are_medians_and_95th_percentiles(self) -> None:
        hot, first, _ = _rows(render(_report()), "sijill")
        assert (hot[1], first[1]) == ("2.00 / 9.00", "4.00 / 18.00")

    def test_ratios_are_judged_by_the_aims_below_them(self) -> None:
        text = render(_report())
        [ratios] = _rows(text, "fts5 ÷ sijill, hot")
        [aims] = _rows(text, "– to reach")
        assert ratios[1:] == ["3.00 ✗", "3.00", "1.00 ✓", "2.00 ✓", "2.00"]
        assert aims[1:] == ["4.00", "", "0.33", "1.20", ""]

    def test_first_round_has_its_own_ratios(self) -> None:
        [row] = _rows(render(_report()), "fts5 ÷ sijill, asked for the first time")
        assert row[1:] == ["3.00 ✗", "3.00", "", "", ""]

    def test_indexing_has_documents_a_second_and_share_of_text(self) -> None:
        text = render(_report())
        text = text[text.index("| index |") :]
        [ours], [theirs] = _rows(text, "sijill"), _rows(text, "fts5 (reused)")
        assert (ours[1], ours[2], ours[3], ours[5]) == ("2", "50", "100", "0.40 ✓")
        assert (theirs[1], theirs[2], theirs[5]) == ("4", "25", "0.80")

    def test_shared_hits_are_averaged_by_class(self) -> None:
        overlaps = (Overlap("fts5", "common", 20), Overlap("fts5", "common", 15))
        text = render(_report(overlaps=overlaps))
        [row] = _rows(text[text.index("| of the best") :], "fts5")
        assert row == ["fts5", "17.5"]

    def test_disagreement_is_printed_with_its_question(self) -> None:
        text = render(_report(Disagreement("fts5", _QUESTION, "total", 5, 4)))
        assert "fts5 differs in total of 1 questions of 'common'" in text
        assert "نفط: 4 for 5" in text

    def test_agreement_is_printed(self) -> None:
        assert "All engines agree" in render(_report())


class TestCountShared:
    def test_overlap_is_counted_where_the_total_exceeds_the_page(self) -> None:
        few = {"sijill-family": Answer(20, (1, 2)), "fts5": Answer(20, (1, 2))}
        many = {"sijill-family": Answer(21, (1, 2)), "fts5": Answer(21, (2, 3))}
        assert list(count_shared(_QUESTION, few)) == []
        assert list(count_shared(_QUESTION, many)) == [Overlap("fts5", "common", 1)]


class TestCompare:
    def test_counts_are_compared_where_totals_agree(self) -> None:
        answers = {
            "sijill": Answer(2, (1, 2), {"source": {"الهلال": 2}}),
            "fts5": Answer(1, (1,), {"source": {"الهلال": 1}}),
            "tantivy": Answer(2, (2, 1), {"source": {"الهلال": 1, "المنار": 1}}),
            "haystack": Answer(2, (1, 2), {"source": {"الهلال": 2}}),
        }
        assert list(compare(_QUESTION, answers)) == [
            Disagreement("fts5", _QUESTION, "total", 2, 1),
            Disagreement("tantivy", _QUESTION, "source", 2, 2),
        ]

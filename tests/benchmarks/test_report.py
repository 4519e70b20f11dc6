"""What the benchmark says of its measurements."""

from benchmarks.agreement import Disagreement, compare
from benchmarks.peer import Answer, Question
from benchmarks.report import PeerFigures, Report, render

_ASKED = Question("common", ("نفط",))


def _figures(
    name: str, times: tuple[float, ...], seconds: float | None, size: int
) -> PeerFigures:
    return PeerFigures(name, {"common": times}, (8.0,), seconds, 0, size, 0)


def _report(*disagreements: Disagreement) -> Report:
    return Report(
        machine="x86_64",
        articles=100,
        text_bytes=1000,
        questions=3,
        rounds=1,
        peers=(
            _figures("sijill", (1.0, 2.0, 9.0), 2.0, 400),
            _figures("fts5", (10.0, 20.0, 30.0), 4.0, 800),
        ),
        disagreements=disagreements,
    )


def _row(text: str, title: str) -> list[str]:
    lines = text.splitlines()
    line = next(line for line in lines if line.startswith(f"| {title} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


class TestRender:
    def test_ratios_are_of_medians_and_above_one_where_ours_is_faster(self) -> None:
        row = _row(render(_report()), "fts5 ÷ sijill")
        assert row == ["fts5 ÷ sijill", "10.00", "10.00", "1.00"]

    def test_times_are_median_and_95th_percentile(self) -> None:
        assert _row(render(_report()), "sijill")[1] == "2.00 / 9.00"

    def test_indexing_is_documents_a_second_and_bytes_of_text(self) -> None:
        text = render(_report())
        [ours, theirs] = [
            line.split(" | ")
            for line in text[text.index("| index |") :].splitlines()[2:4]
        ]
        assert (ours[1], ours[4]) == ("50", "0.40")
        assert (theirs[1], theirs[2], theirs[5]) == ("25", "0.50", "0.50")

    def test_disagreement_is_told_with_its_question(self) -> None:
        text = render(_report(Disagreement("fts5", _ASKED, "total", 5, 4)))
        assert "fts5 differs in total of 1 questions of 'common'" in text
        assert "نفط: 4 for 5" in text

    def test_agreement_is_told_too(self) -> None:
        assert "All engines agree" in render(_report())


class TestCompare:
    def test_totals_come_before_counts(self) -> None:
        answers = {
            "sijill": Answer(2, (1, 2), {"source": {"الهلال": 2}}),
            "fts5": Answer(1, (1,), {"source": {"الهلال": 1}}),
            "tantivy": Answer(2, (2, 1), {"source": {"الهلال": 1, "المنار": 1}}),
            "haystack": Answer(2, (1, 2), {"source": {"الهلال": 2}}),
        }
        assert list(compare(_ASKED, answers)) == [
            Disagreement("fts5", _ASKED, "total", 2, 1),
            Disagreement("tantivy", _ASKED, "source", 2, 2),
        ]

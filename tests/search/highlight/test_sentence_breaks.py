"""Sentence breaks: where texts may be cut, and what is quoted there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlight.sentence_breaks import Cut, find_boundaries

# Text with a bar at each end of a sentence, and what the row tests.
SENTENCES = [
    ("وصل الوفد.| ثم غادر", "a full stop"),
    ("أحقا وصل؟| نعم!| غادر…| وعاد", "question, exclamation and ellipsis"),
    ("قال «وصلنا.»| ثم مضى", "the stop inside the quotation"),
    ("عنوان|\nنص", "the end of a line"),
    ("قال د. علي وأ.د. سمير", "titles of persons"),
    ("انظر ص. 15 وج. 2", "pages and volumes"),
    ("سنة 1440 هـ. الموافق", "an era, with tatweel"),
    ("عام 1908.| وفي", "a year at the end of a sentence"),
    ("كانا اثنين.|\n1. الأول", "the number of a line"),
    ("بلغ 1.5 طن في 3/2/1908 ثم", "points inside numbers"),
    ("Mr. Smith left.| He went", "Latin letters"),
    ("ڈاکٹر۔| پھر", "the full stop of Urdu"),
]


class TestFindBoundaries:
    @pytest.mark.parametrize(("text", "why"), SENTENCES)
    def test_ends_of_sentences_are_found(self, text: str, why: str) -> None:
        plain = text.replace("|", "")
        ends = [
            boundary.end
            for boundary in find_boundaries(plain, 0, len(plain))
            if boundary.cut is Cut.SENTENCE
        ]
        bars = [at for at, letter in enumerate(text) if letter == "|"]
        assert ends == [at - before for before, at in enumerate(bars)], why

    @pytest.mark.parametrize("mark", "،؛:,;")
    def test_ends_of_clauses_are_found(self, mark: str) -> None:
        (boundary,) = find_boundaries(f"أولا{mark} ثانيا", 0, 12)
        assert boundary.cut is Cut.CLAUSE

    @pytest.mark.parametrize("pair", ["«»", "“”", '""', "()", "[]", "‹›"])
    def test_boundaries_in_quotations_are_quoted(self, pair: str) -> None:
        text = f"قال {pair[0]}نعم ثم لا{pair[1]} ومضى"
        quoted = [boundary.quoted for boundary in find_boundaries(text, 0, len(text))]
        assert quoted == [False, True, True, False]

    def test_quotation_opened_before_the_range_counts(self) -> None:
        text = "«نعم ثم لا» ومضى"
        assert [p.quoted for p in find_boundaries(text, 6, len(text))] == [True, False]

    def test_line_end_closes_quotations(self) -> None:
        text = "قال «نعم\nثم لا"
        assert [
            boundary.quoted for boundary in find_boundaries(text, 0, len(text))
        ] == [
            False,
            True,
            False,
        ]

    @given(st.text(alphabet='اب. ،«»\n\t\u00a0"د1', max_size=60), st.data())
    def test_boundaries_are_all_runs_of_white_space(
        self, text: str, data: st.DataObject
    ) -> None:
        first = data.draw(st.integers(0, len(text)))
        last = data.draw(st.integers(first, len(text)))
        boundaries = find_boundaries(text, first, last)
        for boundary in boundaries:
            assert first <= boundary.end < boundary.start <= last
            assert text[boundary.end : boundary.start].isspace()
        gaps = sum(boundary.start - boundary.end for boundary in boundaries)
        assert gaps == sum(map(str.isspace, text[first:last]))

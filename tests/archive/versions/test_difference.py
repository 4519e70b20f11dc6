"""Differences in words: they lose nothing, and say what differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.versions import Run, RunKind, compare_lines, compare_texts

SAME, REMOVED, ADDED = RunKind.SAME, RunKind.REMOVED, RunKind.ADDED
WORDS = st.lists(
    st.sampled_from(["بغداد", "كتابٌ", "و", "،", "1911", "\n", "دجلة."]), max_size=30
)


def side(runs: list[Run], kind: RunKind) -> str:
    """One of the two texts, without blanks."""
    return "".join(
        "".join(run.text.split()) for run in runs if run.kind in (SAME, kind)
    )


@given(WORDS, WORDS)
def test_both_texts_can_be_read_from_the_runs(old: list[str], new: list[str]) -> None:
    texts = " ".join(old), " ".join(new)
    runs = compare_texts(*texts)
    assert side(runs, REMOVED) == "".join(texts[0].split())
    assert side(runs, ADDED) == "".join(texts[1].split())


@pytest.mark.parametrize(
    ("old", "new", "removed", "added"),
    [
        ("زار الوفد بغداد أمس.", "زار الوفد دمشق أمس.", ["بغداد"], ["دمشق"]),
        ("كَتَبَ الشاعر", "كتب الشاعر", ["كَتَبَ"], ["كتب"]),
        ("قال، ثم سكت", "قال؛ ثم سكت", ["،"], ["؛"]),
        ("فقرة أولى\n\nفقرة ثانية", "فقرة أولى", ["فقرة ثانية"], []),
    ],
)
def test_words_that_differ(
    old: str, new: str, removed: list[str], added: list[str]
) -> None:
    runs = compare_texts(old, new)
    found = {
        kind: [
            run.text.strip() for run in runs if run.kind is kind and run.text.strip()
        ]
        for kind in (REMOVED, ADDED)
    }
    assert found == {REMOVED: removed, ADDED: added}


def test_blanks_alone_make_no_difference() -> None:
    runs = compare_texts("قال  الكاتب\r\n", "قال الكاتب")
    assert [run.kind for run in runs] == [SAME]


def test_long_stretches_of_both_are_shortened_between_differences() -> None:
    filling = " ".join(f"كلمة{n}" for n in range(400))
    runs = compare_texts(f"أول {filling} آخر", f"ثان {filling} نهاية")
    assert [run.kind for run in runs] == [REMOVED, ADDED, SAME, REMOVED, ADDED]
    assert len(runs[2].text) < 500
    assert "…" in runs[2].text


def test_two_large_texts_without_a_common_word_are_replaced_as_a_whole() -> None:
    old, new = (" ".join(f"{letter}{n}" for n in range(5000)) for letter in ("ك", "ل"))
    assert [run.kind for run in compare_texts(old, new)] == [REMOVED, ADDED]


def test_lists_are_compared_by_item() -> None:
    runs = compare_lines(["أحمد شوقي", "مصر"], ["أحمد أمين", "مصر"])
    assert [(run.kind, run.text) for run in runs] == [
        (REMOVED, "أحمد شوقي\n"),
        (ADDED, "أحمد أمين\n"),
        (SAME, "مصر\n"),
    ]

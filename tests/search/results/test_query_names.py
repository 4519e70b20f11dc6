"""The names that a query may be, and how many of them are looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import parse
from search.results.query_names import MAX_NAMES, list_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("الجاحظ", ("الجاحظ",)),
        ("طه حسين", ("طه حسين",)),
        ("«طه حسين»", ("طه حسين",)),
        ("كتاب عبدالله", ("كتاب عبدالله",)),
        ("كتاب ابن سينا", ("كتاب ابن سينا", "كتاب ابن", "ابن سينا")),
        ("خلافة أبوبكر", ("خلافة أبوبكر", "أبوبكر")),
        ("«طه حسين» أدب", ("طه حسين",)),
        ("طه أو حسين", ("طه", "حسين")),
        ("جهة:حسين", ("حسين",)),
        ("عنوان:حسين", ()),
        ("حسين -مصر", ("حسين",)),
        ("سنة:1908 حسين", ("حسين",)),
        ("حس*", ()),
    ],
)
def test_names_of_a_query(text: str, names: tuple[str, ...]) -> None:
    assert list_names(parse(text)) == names


def test_number_of_names_is_bounded() -> None:
    words = [f"كلمة{letter}" for letter in "بتثجحخدذرزسشصضطظعغفقكلمن"]
    names = list_names(parse(" ".join(words)))
    assert names[0] == " ".join(words)
    assert len(names) <= MAX_NAMES
    alternatives = list_names(parse(" أو ".join(words * 2)))
    assert len(alternatives) <= MAX_NAMES


@given(
    st.lists(
        st.sampled_from(["طه", "عبد", "الله", "بن", "x1"]), min_size=1, max_size=12
    )
)
def test_whole_query_is_first_and_parts_are_in_it(words: list[str]) -> None:
    text = " ".join(words)
    names = list_names(parse(text))
    assert names[:1] == (text,)
    assert all(f" {name} " in f" {text} " for name in names)

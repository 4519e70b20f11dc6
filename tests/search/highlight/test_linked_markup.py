"""Marks and links in one text: its letters stay, and elements nest."""

import re
from html import unescape
from itertools import count, pairwise

from hypothesis import given
from hypothesis import strategies as st

from archive.browsing.text_parts import TextLink
from search.highlight.highlighter import Mark
from search.highlight.markup import linked_markup, markup

_TAG_RE = re.compile(r"<(/?)(\w+)[^>]*>")
_TEXT = 'قال «طه» <حسين> & "أحمد" أمين'


@st.composite
def _spans(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Stretches of the text, in order, none of which overlaps another."""
    at = sorted(draw(st.sets(st.integers(0, len(_TEXT)), max_size=8)))
    return list(pairwise(at))[:: draw(st.sampled_from((1, 2)))]


@given(marked=_spans(), linked=_spans())
def test_text_stays_and_elements_nest(
    marked: list[tuple[int, int]], linked: list[tuple[int, int]]
) -> None:
    marks = [Mark(start, end, 0) for start, end in marked]
    links = [TextLink(start, end, "/a?b&c") for start, end in linked]
    html = linked_markup(_TEXT, (0, len(_TEXT)), marks, links, count(1))
    assert unescape(_TAG_RE.sub("", html)) == _TEXT
    open_: list[str] = []
    for closing, name in _TAG_RE.findall(html):
        if closing:
            assert open_.pop() == name
        else:
            assert name not in open_
            open_.append(name)
    assert not open_
    assert re.findall(r'id="hit-(\d+)"', html) == [
        str(number) for number in range(1, len(marks) + 1)
    ]


@given(marked=_spans())
def test_without_links_it_is_what_markup_writes(marked: list[tuple[int, int]]) -> None:
    marks = [Mark(start, end, 0) for start, end in marked]
    whole = 0, len(_TEXT)
    assert linked_markup(_TEXT, whole, marks, (), count(1)) == markup(
        _TEXT, whole, marks, numbers=count(1)
    )

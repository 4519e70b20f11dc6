"""A query for a compound asks for it joined and apart, whichever is typed."""

import pytest

from search.query import And, Level, Or, Phrase, Term
from search.query.parse import parse
from search.query.render import render

JOINED, APART = Term("حضرموت"), Phrase(("حضر", "موت"))
BOTH = Or((JOINED, APART))
ALL = Or((And((Term("حضر"), Term("موت"))), JOINED, APART))
OIL = Term("نفط")


class TestParse:
    @pytest.mark.parametrize(
        ("text", "tree"),
        [
            ("حضرموت", BOTH),
            ('"حضر موت"', BOTH),
            ("حضر موت", ALL),
            ("حضرموت نفط", And((BOTH, OIL))),
            ("نفط حضر موت", And((OIL, ALL))),
            ("حضرموت أو نفط", Or((JOINED, APART, OIL))),
            ("=حضرموت", Term("حضرموت", Level.EXACT)),
            ("==حضرموت", Term("حضرموت", Level.LETTERS)),
            ("حضر نفط موت", And((Term("حضر"), OIL, Term("موت")))),
            ('"حضر موت نفط"', Phrase(("حضر", "موت", "نفط"))),
        ],
    )
    def test_text_is_read_with_alternatives(self, text: str, tree: object) -> None:
        assert parse(text) == tree

    @pytest.mark.parametrize(
        "text",
        [
            *("حضرموت", "حضر موت", '"حضر موت"', "√حضرموت", "√(حضر موت)", "-حضرموت نفط"),
            *("حضرموت أو نفط", "title:حضرموت", "قائم مقام القضاء", "حضر -موت"),
            *("(حضر موت) أو (بور سعيد)", "بورسعيد بور سعيد", "(حضرموت OR نفط) OR غاز"),
        ],
    )
    def test_rendered_tree_is_read_as_the_same(self, text: str) -> None:
        tree = parse(text)
        assert parse(render(tree)) == tree

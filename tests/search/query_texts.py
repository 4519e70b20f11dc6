"""A hypothesis strategy of query texts, valid and not."""

from hypothesis import strategies as st

_ALPHABET = (
    "()\"«»“”‹›''‘’<>-−=√*?؟~:|&.،/ \tأوبدونORANDNOTabعن12٠\u200f\u064e\u0640\x00\ud800"
)
_LEXEMES = (
    *(
        "نفط",
        "غاز",
        "كِتاب",
        "a b",
        "ab*",
        "ن?ط",
        "*تب",
        "كتاب~",
        "نفط~2",
        " ",
        " ",
        " ",
    ),
    *("title:", "كاتب:", "لون:", "جذر:", "exact:", "family:", "√", "=", "~3", "1908"),
    *("OR", "أو", "AND", "و", "NOT", "بدون", "-", "|", "*", "؟", "(", ")", "((", "))"),
    *('"', "«", "»", "‘", "’", "''", "<<", ">>", ".", "،", "\u200f"),
    *("http://a.b/", "ftp://", "،غاز", ",b", "1,000", "1.5", "F-16", "U.S.A.", "ﷺ"),
    *("سنة:", "before:", "بعد:", "date:", "1908..1910", "..", "3 شباط 2018", "م", "هـ"),
    *(
        "14 رمضان 1445",
        "15 آذار/مارس 2019",
        "12/31/2018",
        "31 شباط 2018",
        "يوم",
        "9999",
    ),
)


def query_texts() -> st.SearchStrategy[str]:
    """Random characters of the query language, and its words and signs in any order."""
    return st.one_of(
        st.text(alphabet=_ALPHABET, max_size=40),
        st.lists(st.sampled_from(_LEXEMES), max_size=25).map("".join),
        st.lists(st.sampled_from(_LEXEMES), max_size=15).map(" ".join),
    )

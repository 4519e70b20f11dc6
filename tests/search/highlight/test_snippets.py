"""Snippets and articles with marks: original text, escaped, cut between words."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.models import Article
from search.highlight.body_text import BLOCK_LENGTH
from search.highlight.highlighter import Highlighter
from search.highlight.markup import ELLIPSIS
from search.highlight.passages import PASSAGE_LENGTH
from search.highlight.snippets import build_fragments, mark_article, mark_title
from search.query import Everything
from search.query.parse import parse

_TAG_RE = re.compile(r"</?mark(?: id=\"hit-\d+\")?>")
HOSTILE = [
    "<script>alert(1)</script> نفط",
    "نفط <img src=x onerror=alert(1)>",
    "نفط</mark><script>alert(1)</script>",
    "<mark>نفط</mark>",
    "'\"><svg/onload=alert(1)> نفط",
    "&lt;script&gt; نفط &amp;",
    "javascript:alert(1) نفط",
    "نفط\u2028<script>",
    "<<نفط>>",
    "<نفط>",
    "&نفط;",
]


# Texts that would be markup if any part of them were not escaped.
_ADVERSARIAL = st.lists(
    st.sampled_from(
        [
            *HOSTILE,
            "نفط",
            "كلمة.",
            '"',
            "'",
            "<",
            ">",
            "&",
            "&#60;",
            "]]>",
            "<!--",
            "\0",
        ]
    ),
    max_size=60,
).map(" ".join)


def _text_of(marked: str) -> str:
    """The text that a reader sees; fails if there is another tag than marks."""
    without = _TAG_RE.sub("", marked)
    assert not set(without) & set("<>\"'")
    return html.unescape(without)


class TestEscaping:
    @pytest.mark.parametrize("text", HOSTILE)
    @pytest.mark.parametrize("query", ["نفط", "script OR نفط", "لاوجودلها", "a*b"])
    def test_only_marks_are_tags(self, text: str, query: str) -> None:
        tree = parse(query)
        assert _text_of(mark_title(text, tree)) == text
        (fragment,) = build_fragments(text, tree)
        assert _text_of(fragment) == re.sub(r"\s+", " ", text).strip()

    @given(st.text(alphabet="<>&\"'نفط =/\n", max_size=80))
    def test_text_without_marks_is_the_original(self, text: str) -> None:
        assert _text_of(mark_title(text, parse("نفط"))) == text

    @given(_ADVERSARIAL, st.sampled_from(["نفط script", "نفط*", '"نفط نفط"', "غائب"]))
    def test_hostile_text_stays_text(self, text: str, query: str) -> None:
        tree = parse(query)
        article = Article(title=text, subtitle=text, body=text)
        marked = mark_article(article, tree)
        assert _text_of(mark_title(text, tree)) == text
        assert (_text_of(marked.title), _text_of(marked.subtitle)) == (text, text)
        assert [_text_of(each) for each in marked.paragraphs] == article.paragraphs()
        whole = " ".join(text.split())
        for fragment in build_fragments(text, tree):
            shown = _text_of(fragment).removeprefix(ELLIPSIS).removesuffix(ELLIPSIS)
            assert shown in whole

    @given(_ADVERSARIAL)
    def test_fragments_mark_what_the_highlighter_found(self, text: str) -> None:
        tree = parse("نفط script")
        found = [text[mark.start : mark.end] for mark in Highlighter(tree).find(text)]
        shown = [
            html.unescape(word)
            for fragment in build_fragments(text, tree)
            for word in re.findall("<mark>(.*?)</mark>", fragment)
        ]
        assert bool(shown) is bool(found)
        for word in shown:
            found.remove(word)


class TestBuildFragments:
    def test_diacritics_of_the_original_are_shown(self) -> None:
        assert build_fragments("قَرَأَ كِتَابَهُ ثُمَّ نامَ.", parse("كتاب")) == (
            "قَرَأَ <mark>كِتَابَهُ</mark> ثُمَّ نامَ.",
        )

    def test_character_for_several_words_is_marked_once(self) -> None:
        [fragment] = build_fragments("قال النبي ﷺ ذلك.", parse("الله عليه"))
        assert fragment == "قال النبي <mark>ﷺ</mark> ذلك."

    def test_without_marks_the_beginning_is_shown(self) -> None:
        text = "بداية " + "كلمة " * 200
        for query in (Everything(), parse("title:نفط"), parse("-نفط")):
            (fragment,) = build_fragments(text, query)
            assert fragment.startswith("بداية كلمة")
            assert fragment.endswith("كلمة" + ELLIPSIS)

    def test_empty_text_has_no_fragment(self) -> None:
        assert build_fragments("", parse("نفط")) == ()
        assert build_fragments(" \n ", parse("نفط")) == ()

    def test_words_far_apart_are_shown_in_two_fragments(self) -> None:
        filler = "حشو " * 200
        text = f"من طنجة {filler} إلى عدن {filler}"
        first, second = build_fragments(text, parse("عدن طنجة"))
        assert "<mark>طنجة</mark>" in first
        assert "<mark>عدن</mark>" in second
        assert not first.startswith(ELLIPSIS)
        assert second.startswith(ELLIPSIS)
        assert second.endswith(ELLIPSIS)

    def test_passage_with_most_words_is_shown(self) -> None:
        filler = "حشو " * 100
        text = f"طنجة {filler} عدن {filler} ثم من طنجة إلى عدن {filler}"
        assert any(
            "<mark>طنجة</mark> إلى <mark>عدن</mark>" in fragment
            for fragment in build_fragments(text, parse("عدن طنجة"))
        )

    def test_fragment_begins_at_a_sentence(self) -> None:
        filler = "حشو " * 60
        (fragment,) = build_fragments(
            f"{filler}انتهى. بلغ 1.500 طن من النفط.", parse("نفط")
        )
        assert fragment == "بلغ 1.500 طن من <mark>النفط</mark>."

    @pytest.mark.parametrize("space", [" ", "\n", "\t", "\u00a0"])
    def test_words_are_not_cut(self, space: str) -> None:
        words = [f"كلمة{number}" for number in range(400)]
        text = space.join(words)
        for number in (0, 17, 200, 399):
            for fragment in build_fragments(text, parse(f"={words[number]}")):
                shown = _text_of(fragment).strip(ELLIPSIS).split()
                assert set(shown) <= set(text.split())
                assert words[number].rstrip("0123456789") in " ".join(shown)

    @given(
        st.lists(
            st.sampled_from(["نفط", "غاز", "كلمة", "أخرى.", "طويلة،"]), max_size=300
        )
    )
    def test_fragments_are_short_and_do_not_overlap(self, words: list[str]) -> None:
        numbered = [f"{word} {number}" for number, word in enumerate(words)]
        fragments = build_fragments(" ".join(numbered), parse("نفط غاز"))
        shown: list[str] = []
        for fragment in fragments:
            text = _text_of(fragment)
            assert len(text) <= PASSAGE_LENGTH + 2
            shown += re.findall(r"\d+", text)
        assert len(shown) == len(set(shown))

    @pytest.mark.parametrize("query", ["=نفط", "نفط*"])
    @pytest.mark.parametrize("off", range(-6, 2))
    def test_word_at_the_end_of_a_block_is_read_whole(
        self, query: str, off: int
    ) -> None:
        text = f"{'حشو ' * (BLOCK_LENGTH // 4 - 1)}{'x' * (off + 6)} نفطية بعد ذلك"
        (fragment,) = build_fragments(text, parse(query))
        assert ("<mark>نفطية</mark>" in fragment) is query.endswith("*")
        assert "<mark>نفط</mark>" not in fragment

    def test_match_at_the_end_of_a_long_text_is_shown(self) -> None:
        text = f"{'حشو ' * BLOCK_LENGTH}وأخيرا نفط الشمال."
        (fragment,) = build_fragments(text, parse("نفط"))
        assert fragment.endswith("وأخيرا <mark>نفط</mark> الشمال.")

    def test_words_far_apart_in_a_long_text_are_both_shown(self) -> None:
        text = f"من طنجة.\n{'حشو ' * BLOCK_LENGTH}\nإلى عدن."
        first, second = build_fragments(text, parse("عدن طنجة"))
        assert first.startswith("من <mark>طنجة</mark>. حشو")
        assert second.endswith("إلى <mark>عدن</mark>.")

    def test_title_above_the_text_is_skipped(self) -> None:
        text = "عودة النفط\nعاد النفط أمس."
        assert build_fragments(text, parse("نفط"), title="عودة النفط") == (
            "عاد <mark>النفط</mark> أمس.",
        )
        assert build_fragments(text[:10], parse("نفط"), title="عودة النفط") == ()


def _article(body: str, title: str = "", subtitle: str = "") -> Article:
    return Article(title=title, subtitle=subtitle, body=body)


class TestMarkArticle:
    def test_marks_are_numbered_in_reading_order(self) -> None:
        article = _article("نفط أولا.\n\nثم النفط.", "النفط", "نفط الشمال")
        marked = mark_article(article, parse("نفط"))
        assert marked.title == '<mark id="hit-1">النفط</mark>'
        assert marked.subtitle == '<mark id="hit-2">نفط</mark> الشمال'
        assert marked.paragraphs == (
            '<mark id="hit-3">نفط</mark> أولا.',
            'ثم <mark id="hit-4">النفط</mark>.',
        )
        assert marked.count == 4

    def test_article_without_matches_is_unchanged(self) -> None:
        article = _article("سطر.\n\n  سطر آخر.  \n\n\n", "عنوان")
        marked = mark_article(article, parse("نفط"))
        assert marked.paragraphs == tuple(article.paragraphs())
        assert (marked.title, marked.count) == ("عنوان", 0)

    def test_phrase_across_lines_is_marked(self) -> None:
        """The index knows no lines."""
        marked = mark_article(_article("من سكة\nحديد الحجاز"), parse('"سكة حديد"'))
        assert marked.paragraphs == (
            'من <mark id="hit-1">سكة</mark>',
            '<mark id="hit-2">حديد</mark> الحجاز',
        )

    def test_phrase_across_title_and_body_is_not_marked(self) -> None:
        marked = mark_article(_article("حديد", "سكة"), parse('"سكة حديد"'))
        assert marked.count == 0

    def test_title_word_is_not_marked_in_the_body(self) -> None:
        marked = mark_article(_article("نفط", "نفط"), parse("title:نفط"))
        assert (marked.title, marked.paragraphs) == (
            '<mark id="hit-1">نفط</mark>',
            ("نفط",),
        )

    @given(st.text(alphabet="نفط <&\n\r\u2028\u0085 .", max_size=60))
    def test_paragraphs_equal_those_of_the_article(self, body: str) -> None:
        article = _article(body)
        marked = mark_article(article, parse("نفط"))
        assert [_text_of(each) for each in marked.paragraphs] == article.paragraphs()
        assert sum(each.count("<mark") for each in marked.paragraphs) == marked.count

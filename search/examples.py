"""What can be asked, by example: the help page and the home page show these.

Public: `Example`, `Chapter`, `CHAPTERS`, `HOME_EXAMPLES`.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.request import SearchRequest


@dataclass(frozen=True, slots=True)
class Example:
    """A query as a reader may type it, and what it finds."""

    query: str
    meaning: Promise

    @property
    def query_string(self) -> str:
        """The address of its results, behind the question mark."""
        return SearchRequest(text=self.query).query_string()


@dataclass(frozen=True, slots=True)
class Chapter:
    """Examples that belong together."""

    title: Promise
    examples: tuple[Example, ...]


HOME_EXAMPLES: Final = (
    Example("الصحافة دمشق", _("both words, in any form")),
    Example("«لغة العرب»", _("the words side by side")),
    Example("عنوان:جامعة", _("in the title only")),
)

CHAPTERS: Final = (
    Chapter(
        _("Words and phrases"),
        (
            Example("نهر دجلة", _("articles with both words, in any order")),
            Example(
                "«دار الكتب»", _('the words side by side; "…" and “…” do the same')
            ),
            Example("دجلة أو الفرات", _("either word; OR does the same")),
            Example(
                "جامعة -دمشق",
                _("the first word without the second; بدون does the same"),
            ),
            Example(
                "(دجلة أو الفرات) سفينة", _("parentheses say what belongs together")
            ),
            Example("مكتب*", _("every word that begins so")),
        ),
    ),
    Chapter(
        _("In one part of the article"),
        (
            Example("عنوان:الجامعة", _("in the title; title: does the same")),
            Example("كاتب:أحمد", _("by an author; author: does the same")),
            Example(
                "مصدر:الأخبار", _("in a newspaper or magazine; source: does the same")
            ),
            Example("جهة:بغداد", _("naming an actor; actor: does the same")),
            Example("موضوع:الصحافة", _("on a topic; topic: does the same")),
        ),
    ),
    Chapter(
        _("How strictly a word must match"),
        (
            Example(
                "كاتب", _("the word with its prefixes and endings: والكاتب، كاتبة")
            ),
            Example("=كاتب", _("this form only, whatever its vowel marks")),
        ),
    ),
)

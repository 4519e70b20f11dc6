"""Example queries of the syntax page."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.suggest import Example


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of the syntax page with its examples."""

    title: Promise
    examples: tuple[Example, ...]


CHAPTERS: Final = (
    Chapter(
        _("Words and phrases"),
        (
            Example("نهر دجلة", _("articles with both words, in any order")),
            Example(
                "«دار الكتب»", _('the words side by side; "…" and “…” do the same')
            ),
            Example(
                "«جامعة بغداد»~5", _("the words within five places of one another")
            ),
            Example("دجلة أو الفرات", _("either word; OR does the same")),
            Example(
                "جامعة -دمشق",
                _("the first word without the second; بدون does the same"),
            ),
            Example("(دجلة أو الفرات) سد", _("parentheses say what belongs together")),
        ),
    ),
    Chapter(
        _("How strictly a word must match"),
        (
            Example(
                "كاتب", _("the word with its prefixes and endings: والكاتب، كاتبة")
            ),
            Example(
                "=كاتب", _("this form only; vowel marks count where you write them")
            ),
            Example("=«لغة العرب»", _("exactly these words side by side")),
            Example(
                "√كتب",
                _("every word of the root: كتاب، مكتبة، كاتب (the same as جذر:كتب)"),
            ),
            Example(
                "=(العرب الكتب) √درس",
                _("a sign before parentheses is for every word between them"),
            ),
            Example(
                "عائلة:كاتب",
                _("the word with its endings, whatever the page is set to"),
            ),
        ),
    ),
    Chapter(
        _("Parts of words and misspelled words"),
        (
            Example("مكتب*", _("words that begin so: مكتبة، والمكتبات")),
            Example("=مكتب*", _("words printed so from their first letter on: مكتبة")),
            Example("كت?ب", _("exactly one letter in this place: كتاب، كتيب")),
            Example("الب*ني", _("any letters in this place: البيروني، البستاني")),
            Example("بطوظة~", _("words that differ in a letter: بطوطة")),
            Example(
                "الطحطاوي~1",
                _("the number says how many letters may differ: الطهطاوي"),
            ),
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
            Example("علم:بغداد", _("naming an actor; actor: does the same")),
            Example("موضوع:الصحافة", _("on a topic; topic: does the same")),
            Example("عنوان:(دجلة أو الفرات)", _("either word in the title")),
        ),
    ),
    Chapter(
        _("By date of publication"),
        (
            Example("الجامعة سنة:1908", _("in that year; year: does the same")),
            Example("بغداد تاريخ:1920..1930", _("in those years; date: does the same")),
            Example(
                "مجلة قبل:شباط 1908", _("before the month began; before: does the same")
            ),
            Example(
                "دجلة بعد:«15 آذار/مارس 1950»",
                _("after that day; after: does the same"),
            ),
            Example("قطار قبل:14 رمضان 1345", _("before a day of the Hijri calendar")),
            Example(
                "بغداد تاريخ:من 5 شباط إلى 7 آذار 1911",
                _("from one day to another; بين … و… does the same"),
            ),
            Example("دجلة تاريخ:تموز/آب 1911", _("in both months of a double issue")),
            Example(
                "العراق تاريخ:النصف الأول من 1911",
                _("in half of a year or month; الربع الأول is a quarter of a year"),
            ),
            Example("الكتب -سنة:1908", _("not in that year")),
        ),
    ),
)

"""Dates in real newspapers and magazines; needs the collections."""

import datetime as dt
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from archive.dates import Calendar, DateNotUnderstood, HijriDate, parse_date
from tests import corpora

pytestmark = corpora.NEEDED

# 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م, as mastheads and datelines print it.
HIJRI_DAY = (
    r"[0-9٠-٩]{1,2} (?:محرم|صفر|ربيع \w+|جمادى \w+|رجب|شعبان|رمضان|شوال|ذ[وي] \w+) "
    r"(?:سنة )?[0-9٠-٩]{4} ?(?:هـ?)?"
)
GREGORIAN_DAY = (
    r"[0-9٠-٩]{1,2} (?:كانون (?:الأول|الثاني)|شباط|آذار|نيسان|أيار|حزيران|تموز"
    r"|آب|أيلول|تشرين (?:الأول|الثاني)"
    r"|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر) "
    r"(?:سنة )?[0-9٠-٩]{4}"
)
BOTH_RE = re.compile(
    f"(?<![0-9٠-٩])({HIJRI_DAY})،? ?(?:الموافق|-|\\() ?({GREGORIAN_DAY})"
)

# Errors of dates that newspapers misprint, such as 34 رجب or a wrong year.
MISPRINTED = {"DATES_DIFFER", "IMPOSSIBLE", "CALENDARS_DIFFER"}
CLOSE = dt.timedelta(days=2)
# A misprinted month or year; such pairs say nothing about a calendar.
MISPRINT = dt.timedelta(days=5)


def articles(collection: str) -> Iterator[dict[str, Any]]:
    """The articles of one collection."""
    path = corpora.FOLDER / collection / "articles.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


class TestHijriDatesOfIssues:
    def test_hijri_dates_differ_by_two_days_at_most(self) -> None:
        """98 % are equal: the editors computed with the same civil calendar."""
        distances: Counter[int] = Counter()
        for article in articles("openarabicpe"):
            hijri, published = article["hijri"] or "", article["published"]
            if len(hijri) == len("1324-01-01") and published:
                day = HijriDate(*map(int, hijri.split("-"))).first_day()
                distances[(dt.date.fromisoformat(published) - day).days] += 1
        total = distances.total()
        assert total > 5000
        assert distances[0] / total > 0.97
        close = sum(n for days, n in distances.items() if abs(days) <= CLOSE.days)
        assert close / total > 0.99

    def test_partial_dates_are_read(self) -> None:
        for article in articles("openarabicpe"):
            text = article["date_partial"]
            if text:
                parsed = parse_date(text)
                assert parsed.partial is not None
                assert parsed.partial.iso() == text


class TestDatesPrintedInBothCalendars:
    @pytest.mark.parametrize("collection", ["openarabicpe", "saudinewsnet"])
    def test_conversions_differ_by_two_days_at_most(self, collection: str) -> None:
        """Independent of editors: the newspapers printed both dates."""
        distances = Counter(printed_pairs(collection))
        near = sum(n for days, n in distances.items() if abs(days) <= MISPRINT.days)
        close = sum(n for days, n in distances.items() if abs(days) <= CLOSE.days)
        assert near > 30
        assert close / near > 0.97

    @pytest.mark.parametrize("collection", ["openarabicpe", "saudinewsnet"])
    def test_pairs_are_read_unless_they_disagree(self, collection: str) -> None:
        for text, _, _ in printed_in_both(collection):
            try:
                parsed = parse_date(text)
            except DateNotUnderstood as error:
                assert error.trouble.name in MISPRINTED, text
                continue
            assert parsed.calendar is Calendar.GREGORIAN
            assert parsed.hijri is not None


@cache
def printed_in_both(collection: str) -> list[tuple[str, str, str]]:
    """The dates printed in both calendars: full text, Hijri part, Gregorian part."""
    return [
        (match[0], match[1], match[2])
        for article in articles(collection)
        for match in BOTH_RE.finditer(article["body"])
    ]


def printed_pairs(collection: str) -> Iterator[int]:
    """Days from the converted Hijri date to the printed Gregorian one."""
    for _, hijri, gregorian in printed_in_both(collection):
        try:
            days = parse_date(gregorian).first_day - parse_date(hijri).first_day
        except DateNotUnderstood:
            continue
        yield days.days


class TestDatelines:
    def test_full_dates_of_the_tunisian_site_are_read(self) -> None:
        day = re.compile(
            r"(?<![0-9])[0-9]{1,2} (?:جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية|أوت|سبتمبر"
            r"|أكتوبر|نوفمبر|ديسمبر) 20[0-9]{2}(?![0-9])"
        )
        texts = {
            text for article in articles("ant") for text in day.findall(article["body"])
        }
        assert len(texts) > 500
        refused = [text for text in texts if _trouble(text)]
        assert [_trouble(text) for text in refused] == ["IMPOSSIBLE"] * len(refused)
        assert len(refused) < 5


def _trouble(text: str) -> str:
    try:
        parse_date(text)
    except DateNotUnderstood as error:
        return error.trouble.name
    return ""

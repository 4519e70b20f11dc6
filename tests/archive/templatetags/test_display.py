"""Template filters of names, numbers, dates and directions."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import PartialDate
from archive.models import Actor
from archive.templatetags.display import (
    date,
    direction,
    isolate,
    named,
    number,
    page_numbers,
    times,
)

RIVER = Actor(slug="tigris", name_ar="نهر دجلة", name_latin="Tigris")
NAMELESS = Actor(slug="nile", name_ar="نهر <النيل>")


class TestNamed:
    def test_name_is_in_the_page_language(self) -> None:
        with override("ar"):
            assert named(RIVER) == "<bdi>نهر دجلة</bdi>"
        with override("en"):
            assert named(RIVER) == "<bdi>Tigris</bdi>"

    def test_arabic_name_on_an_english_page_has_lang_ar(self) -> None:
        with override("en"):
            assert named(NAMELESS) == '<bdi lang="ar">نهر &lt;النيل&gt;</bdi>'


class TestDate:
    @pytest.mark.parametrize(
        ("partial", "language", "html"),
        [
            (
                PartialDate(1923, 2, 3),
                "ar",
                '<time datetime="1923-02-03">3 شباط/فبراير 1923</time>',
            ),
            (
                PartialDate(1923, 2),
                "en",
                '<time datetime="1923-02">February 1923</time>',
            ),
            (PartialDate(1923), "ar", '<time datetime="1923">1923</time>'),
            (None, "ar", "<span>بلا تاريخ</span>"),
        ],
    )
    def test_date_is_shown_to_its_precision(
        self, partial: PartialDate | None, language: str, html: str
    ) -> None:
        with override(language):
            assert date(partial) == html


class TestNumber:
    def test_digits_follow_the_setting(self, settings: object) -> None:
        settings.DIGITS = "arabic"  # type: ignore[attr-defined]
        with override("ar"):
            assert number(11260) == "١١٬٢٦٠"
        with override("en"):
            assert number(11260) == "11,260"


class TestTimes:
    def test_count_is_in_the_language_and_digits_of_the_page(
        self, settings: object
    ) -> None:
        """Repeated, because the result is cached by language and digits."""
        for digits, shown in (("latin", "12"), ("arabic", "١٢"), ("latin", "12")):
            settings.DIGITS = digits  # type: ignore[attr-defined]
            with override("ar"):
                assert times(12) == (
                    f'<span class="count"><bdi dir="rtl" aria-hidden="true">×{shown}'
                    f'</bdi><span class="hidden-visually">{shown} مرة</span></span>'
                )
            with override("en"):
                assert '<bdi dir="ltr" aria-hidden="true">×12</bdi>' in times(12)
                assert ">12 times<" in times(12)


class TestDirection:
    @pytest.mark.parametrize(
        ("language", "expected"),
        [("ar", "rtl"), ("fa", "rtl"), ("en", "ltr"), ("ar-IQ", "rtl"), ("q", "auto")],
    )
    def test_direction_follows_the_script(self, language: str, expected: str) -> None:
        assert direction(language) == expected


class TestIsolate:
    def test_text_is_between_isolates(self) -> None:
        assert isolate("Tigris") == "\u2068Tigris\u2069"


class TestPageNumbers:
    @given(st.integers(1, 500), st.integers(1, 500))
    def test_list_is_short_and_has_both_ends(self, one: int, other: int) -> None:
        current, last = sorted((one, other))
        pages = page_numbers(current, last)
        numbers = [page for page in pages if page is not None]
        assert len(pages) <= 9
        assert numbers == sorted(set(numbers))
        assert {1, current, last} <= set(numbers)

    def test_gap_replaces_at_least_two_pages(self) -> None:
        assert page_numbers(5, 9) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
        assert page_numbers(6, 12) == [1, None, 4, 5, 6, 7, 8, None, 12]

"""Parsing of rates."""

import pytest

from config.security.rate_limits.rates import Rate, parse


class TestParse:
    @pytest.mark.parametrize(
        ("text", "seconds"),
        [("5/second", 1), ("5 / minute", 60), ("5/hour", 3600), ("5/day", 86_400)],
    )
    def test_units_are_converted_to_seconds(self, text: str, seconds: int) -> None:
        assert parse(text) == Rate(5, seconds)

    def test_off_is_none(self) -> None:
        assert parse("off") is None

    @pytest.mark.parametrize(
        "text", ["", "5", "0/minute", "-1/minute", "5/week", "many/minute", "9" * 5000]
    )
    def test_other_text_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError):
            parse(text)

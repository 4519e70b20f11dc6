"""Arabic that was typed with the keyboard set to Latin letters."""

import pytest

from search.suggest import to_arabic


class TestToArabic:
    @pytest.mark.parametrize(
        ("keys", "text"),
        [
            ("hgsu,]dm", "السعودية"),
            ("fy]h]", "بغداد"),
            ("ldoJhzdg", ""),
            (";jhf", "كتاب"),
            ("Hpl]", "أحمد"),
            ("hgwphtm hguvfdm", "الصحافة العربية"),
            ("Ylhl", "إمام"),
            ("bgi", "لالله"[0:2] + "له"),
        ],
    )
    def test_keys_type_what_is_printed_on_them(self, keys: str, text: str) -> None:
        assert to_arabic(keys) == text

    @pytest.mark.parametrize("text", ["", "ab", "1908", "BBC", "بغداد", "Le Monde"])
    def test_what_types_no_arabic_word_is_none(self, text: str) -> None:
        assert to_arabic(text) == ""

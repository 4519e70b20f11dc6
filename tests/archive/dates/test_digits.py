"""The digit sets of dates."""

from archive.dates import to_arabic_digits, to_latin_digits


class TestToLatinDigits:
    def test_all_three_digit_sets_are_converted(self) -> None:
        assert to_latin_digits("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ 0123456789") == (
            "0123456789 0123456789 0123456789"
        )

    def test_superscripts_and_letters_are_unchanged(self) -> None:
        assert to_latin_digits("آذار² ½") == "آذار² ½"


class TestToArabicDigits:
    def test_all_digit_sets_are_converted(self) -> None:
        assert to_arabic_digits("2018 ۲۰۱۸ ٢٠١٨") == "٢٠١٨ ٢٠١٨ ٢٠١٨"

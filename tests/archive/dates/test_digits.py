"""The digit sets of dates."""

from archive.dates import to_arabic_digits, to_latin_digits


class TestToLatinDigits:
    def test_it_reads_all_three_digit_sets(self) -> None:
        assert to_latin_digits("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ 0123456789") == (
            "0123456789 0123456789 0123456789"
        )

    def test_it_leaves_superscripts_and_letters_alone(self) -> None:
        assert to_latin_digits("آذار² ½") == "آذار² ½"


class TestToArabicDigits:
    def test_it_writes_each_set_in_arabic_digits(self) -> None:
        assert to_arabic_digits("2018 ۲۰۱۸ ٢٠١٨") == "٢٠١٨ ٢٠١٨ ٢٠١٨"

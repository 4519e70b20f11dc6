"""Digits that stand for letters in romanized names, and digits that do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names.phonetic import name_sounds, query_sounds, sounds_match

# Arabic names, and their spellings in the chat alphabet.
SPELLINGS = {
    "حسين": "7ussein, 7usayn, 7osein",
    "طه حسين": "6aha 7ussein, 6ah 7usein",
    "عبد الله": "3abdallah, 3abd allah, 3abdullah",
    "محمد عبده": "mu7ammad 3abdu, mo7amed 3abdo, mu7ammad 3abdu",
    "خالد": "5aled, 7'aled, 7’alid, '7aled, 5alid",
    "غسان": "3'assan, 3`assan, '3assan, 3ʾassan",
    "غازي القصيبي": "3'azi al8u9aybi, 3'azi al-8u9aybi",
    "قاسم": "8asim, 9asim, 8asem",
    "صالح": "9ale7, 9ali7",
    "ضياء الدين": "9'iya2 al-din, 9'iya2 eddine",
    "مظفر": "mu6'affar, mo6'afar",
    "أبو ظبي": "abu 6'abi",
    "مصطفى": "mu96afa, mo96afa",
    "سعيد": "sa3id, sa3eed",
    "رؤوف": "ra2uf, ra2ouf",
    "رئيس": "ra2is, ra2ees",
    "أحمد": "a7mad, 2a7mad, A7MED",
    "عمر المختار": "3omar al-mu5tar, 3umar mo7'tar",
    "ربيع": "rabi3, rabee3",
    "فتحي": "fat7i, fat7y",
    "عمرو دياب": "3amr diab, 3mr diab",
    "ابن سينا": "ibn sina, ibnsina",
}
PAIRS = [(typed, name) for name, row in SPELLINGS.items() for typed in row.split(", ")]


def meets(typed: str, name: str) -> bool:
    words, stored = query_sounds(typed), name_sounds(name)
    return bool(words) and all(
        any(sounds_match(sound, other) for sound in sounds for other in stored)
        for sounds in words
    )


@pytest.mark.parametrize(("typed", "name"), PAIRS)
def test_digits_are_letters(typed: str, name: str) -> None:
    assert meets(typed, name)


@pytest.mark.parametrize(("typed", "name"), PAIRS)
def test_name_stored_with_digits_is_found_by_digits(typed: str, name: str) -> None:
    assert meets(typed, typed)


def test_name_stored_with_digits_is_found_without_them() -> None:
    assert meets("Hussein", "7ussein")
    assert meets("Khaled", "5aled")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("7usayn", "ابن سينا"),
        ("7usayn", "سينا"),
        ("5aled", "حالد"),
        ("3'assan", "حسان"),
        ("7asan", "سان"),
        ("9adr", "بدر"),
    ],
)
def test_digit_is_not_dropped_to_match_another_name(typed: str, name: str) -> None:
    assert not meets(typed, name)


@pytest.mark.parametrize(
    "typed",
    [
        "4ussein", "0mar", "nasser1", "F16", "F-16", "MIG29", "G20", "MP3", "W3C",
        "R2D2", "B52", "H5N1", "7777", "a2357b", "25th", "covid19", "Hussein 4li",
        "ɣassan", "hussein\u0661", "Nasserʕ", "Nasserن1", "x" * 40,
    ],
)  # fmt: skip
def test_letter_or_digit_that_is_not_read_makes_no_offer(typed: str) -> None:
    assert query_sounds(typed) == ()


def test_word_of_vowels_counts() -> None:
    assert meets("Aya Hussein", "آية حسين")
    assert not meets("Aya Hussein", "طه حسين")
    assert meets("Taha M. Hussein", "طه محمود حسين") is meets("M Taha", "طه محمود")


@given(st.text(alphabet="23567898'abdhstu ’", max_size=20))
def test_any_mixture_is_read_or_refused(text: str) -> None:
    name_sounds(text)
    query_sounds(text)


@given(st.sampled_from([typed for typed, _ in PAIRS]), st.sampled_from("’‘ʼʾʿ`′"))
def test_any_apostrophe_is_read(typed: str, apostrophe: str) -> None:
    assert query_sounds(typed.replace("'", apostrophe)) == query_sounds(typed)

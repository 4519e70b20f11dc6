import pytest
from django.core.exceptions import ValidationError

from archive.admin.forms.fields import (
    IsoDateField,
    NameField,
    PublishedField,
    ViafField,
    WikidataField,
)
from archive.dates import PartialDate


class TestNameField:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("\u200fأحمد شوقي\u200e", "أحمد شوقي"),
            ("\u202bأحمد\u202c  \u2067شوقي\u2069", "أحمد شوقي"),
            ("\u061cأحمد\n شوقي\t", "أحمد شوقي"),
            ("أَحْمَـد", "أَحْمَـد"),
            ("می\u200cخواهم", "می\u200cخواهم"),  # the joiner is part of the word
        ],
    )
    def test_invisible_characters_are_removed(self, typed: str, stored: str) -> None:
        assert NameField().clean(typed) == stored

    def test_controls_only_are_empty(self) -> None:
        with pytest.raises(ValidationError):
            NameField(required=True).clean("\u200f \u200e")


class TestPublishedField:
    @pytest.mark.parametrize(
        ("typed", "understood"),
        [
            ("٣ شباط ١٩٢٣", PartialDate(1923, 2, 3)),
            ("1923-02", PartialDate(1923, 2)),
            ("1923", PartialDate(1923)),
            ("١٤ أيار/مايو ١٩٢٣", PartialDate(1923, 5, 14)),
            ("\u200f1923\u200f", PartialDate(1923)),
        ],
    )
    def test_dates_are_understood(self, typed: str, understood: PartialDate) -> None:
        assert PublishedField().clean(typed) == understood

    def test_empty_field_is_none(self) -> None:
        assert PublishedField(required=False).clean(" ") is None

    @pytest.mark.parametrize("typed", ["قديم", "31 شباط 1923", "0", "a\x00b"])
    def test_invalid_date_is_refused_with_the_remedy(
        self, english: None, typed: str
    ) -> None:
        with pytest.raises(ValidationError) as refusal:
            PublishedField().clean(typed)
        assert "Write for example 3 February 2018" in refusal.value.messages[0]

    def test_hijri_year_in_two_gregorian_ones_is_refused(self, english: None) -> None:
        with pytest.raises(ValidationError) as refusal:
            PublishedField().clean("1345 هـ")
        assert "write the month as well" in refusal.value.messages[0]

    def test_unchanged_date_is_unchanged(self) -> None:
        assert not PublishedField().has_changed(PartialDate(1923, 2), "1923-02")


class TestIsoDateField:
    @pytest.mark.parametrize(
        ("typed", "stored"), [("شباط 1868", "1868-02"), ("1868", "1868"), ("", "")]
    )
    def test_dates_are_stored_in_iso_form(self, typed: str, stored: str) -> None:
        assert IsoDateField(required=False).clean(typed) == stored


class TestWikidataField:
    @pytest.mark.parametrize(
        "typed",
        [
            "Q293497",
            " q293497 ",
            "https://www.wikidata.org/wiki/Q293497",
            "http://www.wikidata.org/entity/Q293497#sitelinks",
        ],
    )
    def test_identifier_is_extracted(self, typed: str) -> None:
        assert WikidataField().clean(typed) == "Q293497"

    @pytest.mark.parametrize(
        "typed", ["293497", "Q", "Q0", "P31", "https://example.org/Q1", "Q١٢"]
    )
    def test_invalid_identifier_is_refused_with_the_remedy(
        self, english: None, typed: str
    ) -> None:
        with pytest.raises(ValidationError) as refusal:
            WikidataField().clean(typed)
        assert "write for example Q34660" in refusal.value.messages[0]


class TestViafField:
    @pytest.mark.parametrize("typed", ["11070", "https://viaf.org/viaf/11070/"])
    def test_identifier_is_extracted(self, typed: str) -> None:
        assert ViafField().clean(typed) == "11070"

    def test_invalid_identifier_is_refused_with_the_remedy(self, english: None) -> None:
        with pytest.raises(ValidationError) as refusal:
            ViafField().clean("VIAF 11070")
        assert "write for example 44300643" in refusal.value.messages[0]

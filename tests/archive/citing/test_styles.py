"""Citations as text: every part in its place, and nothing where it is unknown."""

from dataclasses import replace

import pytest

from archive.citing import STYLES, Reference, Style, cite
from archive.dates import PartialDate
from tests.archive.citing.references import ARABIC_REFERENCES, REFERENCE


def _cite(style: Style, **changes: object) -> str:
    return str(cite(replace(REFERENCE, **changes), style))


class TestArabic:
    def test_all_parts_stand_in_their_order(self) -> None:
        assert _cite(Style.ARABIC) == (
            "طه حسين وأحمد أمين، «الكتاب والقلم»، المقتبس (دمشق)، مج 3، ع 12،"
            " 15 رمضان 1345 هـ (18 آذار/مارس 1927)، ص 4–5، سجلّ،"
            " https://archive.example/ar/articles/12/،"
            " تاريخ الاطلاع: 30 تشرين الثاني/نوفمبر 2026."
        )

    def test_unknown_parts_leave_no_trace(self) -> None:
        assert _cite(
            Style.ARABIC,
            creators=(),
            place="",
            volume="",
            issue="",
            pages="",
            published=None,
            printed_date="",
        ).startswith("«الكتاب والقلم»، المقتبس، بلا تاريخ، سجلّ، https")

    @pytest.mark.parametrize(
        ("printed", "published", "written"),
        [
            ("١٨ آذار ١٩٢٧", PartialDate(1927, 3, 18), "، 18 آذار/مارس 1927،"),
            ("رمضان 1345", PartialDate(1927), "، رمضان 1345 هـ (1927)،"),
            (
                "15 رمضان 1345 الموافق 18 آذار 1927",
                PartialDate(1927, 3, 18),
                "، 15 رمضان 1345 هـ (18 آذار/مارس 1927)،",
            ),
            ("صيف 1927", PartialDate(1927), "، صيف 1927 (1927)،"),
            ("1345", None, "، 1345 هـ،"),
            ("", PartialDate(1927, 3), "، آذار/مارس 1927،"),
        ],
    )
    def test_date_is_in_the_printed_and_the_gregorian_calendar(
        self, printed: str, published: PartialDate | None, written: str
    ) -> None:
        text = _cite(Style.ARABIC, printed_date=printed, published=published)
        assert written in text

    def test_quotation_within_the_title_has_other_marks(self) -> None:
        assert "«في «" not in _cite(Style.ARABIC, title="في «الأغاني»")
        assert "«في “الأغاني”»" in _cite(Style.ARABIC, title="في «الأغاني»")

    def test_months_and_digits_are_those_of_the_site(self) -> None:
        text = str(cite(REFERENCE, Style.ARABIC, months="maghrebi_dz", digits="arabic"))
        assert "١٥ رمضان ١٣٤٥ هـ (١٨ مارس ١٩٢٧)" in text
        assert "مج ٣، ع ١٢" in text


class TestEnglish:
    @pytest.mark.parametrize(
        ("style", "written"),
        [
            (
                Style.CHICAGO,
                "Taha Husayn. “الكتاب والقلم.” al-Muqtabas 3, no. 12"
                " (15 Ramadan 1345 AH/March 18, 1927): 4–5. Sijill."
                " Accessed November 30, 2026. https://archive.example/ar/articles/12/.",
            ),
            (
                Style.MLA,
                "Taha Husayn. “الكتاب والقلم.” al-Muqtabas, vol. 3, no. 12,"
                " 15 Ramadan 1345 AH/18 Mar. 1927, pp. 4–5. Sijill,"
                " https://archive.example/ar/articles/12/. Accessed 30 Nov. 2026.",
            ),
            (
                Style.APA,
                "Taha Husayn. (15 Ramadan 1345 AH/1927, March 18). الكتاب والقلم."
                " al-Muqtabas, 3(12), 4–5. Sijill. Retrieved November 30, 2026, from"
                " https://archive.example/ar/articles/12/",
            ),
        ],
    )
    def test_all_parts_stand_in_their_order(self, style: Style, written: str) -> None:
        assert _cite(style, creators=("Taha Husayn",), place="") == written

    def test_newspaper_without_numbers_is_dated_after_a_comma(self) -> None:
        text = _cite(Style.CHICAGO, volume="", issue="", pages="", printed_date="")
        assert "al-Muqtabas (دمشق), March 18, 1927. Sijill." in text

    def test_without_author_apa_begins_with_the_title(self) -> None:
        text = _cite(Style.APA, creators=(), printed_date="")
        assert text.startswith("الكتاب والقلم. (1927, March 18). al-Muqtabas")

    def test_question_needs_no_full_stop(self) -> None:
        assert "“هل عاد؟” al" in _cite(Style.CHICAGO, title="هل عاد؟")

    @pytest.mark.parametrize("style", [Style.CHICAGO, Style.MLA, Style.APA])
    def test_undated_is_said(self, style: Style) -> None:
        assert "n.d." in _cite(style, published=None, printed_date="")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("reference", ARABIC_REFERENCES[::7])
class TestEveryStyle:
    def test_author_or_byline_title_and_address_are_there(
        self, style: Style, reference: Reference
    ) -> None:
        text = str(cite(reference, style))
        assert all(name in text for name in reference.creators)
        assert reference.address in text
        assert str(reference.accessed.year) in text

    def test_punctuation_is_not_doubled(
        self, style: Style, reference: Reference
    ) -> None:
        text = str(cite(reference, style)).replace("TY  - ", "")
        for slip in ("..", "،،", ", ,", "  ", "()", "«»", "؟.", " ،", " ,"):
            assert slip not in text

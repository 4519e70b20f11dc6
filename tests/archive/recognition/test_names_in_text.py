"""Known actors in running text: spellings, proclitics, certainty, shorter namings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names.spelling import spelling_key
from archive.recognition.actors_in_text import Answers, FoundActor, find_actors
from archive.recognition.name_table import KnownName, NameTable, build_name_table
from archive.recognition.words import split_text

PERSONS = {
    1: ("طه حسين", "عميد الأدب العربي"),
    2: ("عبد الله بن المقفع",),
    3: ("أبو بكر الرازي",),
    4: ("نازك الملائكة", "Nazik al-Malaika"),
    5: ("الجاحظ",),
    6: ("جرجي زيدان",),
    7: ("علي الوردي",),
    8: ("علي الوردي",),
}
BODIES = {20: ("نقابة الصحفيين العراقيين",), 21: ("الجامعة العربية",)}
PLACES = {30: ("بغداد",), 31: ("أم الفحم",)}
KINDS = {
    **dict.fromkeys(PERSONS, "person"),
    **dict.fromkeys(BODIES, "organisation"),
    **dict.fromkeys(PLACES, "place"),
}


@pytest.fixture(scope="module")
def table() -> NameTable:
    named = {**PERSONS, **BODIES, **PLACES}
    return build_name_table(
        KnownName(pk, name) for pk, names in named.items() for name in names
    )


def find(table: NameTable, text: str) -> list[FoundActor]:
    return find_actors(text, table, kinds=KINDS)


class TestSpellings:
    @pytest.mark.parametrize(
        ("text", "actor", "passage"),
        [
            ("وصل طه حسين أمس", 1, "طه حسين"),
            ("وقال لطه حسينٍ", 1, "طه حسينٍ"),
            ("كتاب عبدالله ابن المقفّع", 2, "عبدالله ابن المقفّع"),
            ("وعبد الله بن المقفع", 2, "عبد الله بن المقفع"),
            ("رأي أبي بكر الرازي", 3, "أبي بكر الرازي"),
            ("ذكر أبابكر الرازي", 3, "أبابكر الرازي"),
            ("قصيدة نـازك المَلائكة", 4, "نـازك المَلائكة"),
            ("a poem by Nāzik al-Malāʾika", 4, "Nāzik al-Malāʾika"),
            ("مقال جرجي بك زيدان", 6, "جرجي بك زيدان"),
            ("حضر نقابةَ الصحفيّين العراقيّين", 20, "نقابةَ الصحفيّين العراقيّين"),
            ("دُعيت للجامعة العربية", 21, "للجامعة العربية"),
            ("سافر إلى بغداد", 30, "بغداد"),
            ("من أمّ الفحم", 31, "أمّ الفحم"),
            ("طه\nحسين", 1, "طه\nحسين"),
            # An "and" that was written to the wrong word.
            ("عن طه حسينو العقاد", 1, "طه حسين"),
            # A noun that was written to the name.
            ("كتاب طه حُسَينالمصري", 1, "طه حُسَين"),
            ("كتاب طه حسينالذي", 1, "طه حسين"),
        ],
    )
    def test_name_is_found_as_texts_have_it(
        self, table: NameTable, text: str, actor: int, passage: str
    ) -> None:
        (found,) = find(table, text)
        assert found.actor_ids == (actor,)
        (own,) = found.passages
        assert own.text == passage == text[own.start : own.end]
        assert found.ticked

    @pytest.mark.parametrize(
        "text", ["طه. حسين", "طه\n\nحسين", "حسين طه", "طهران حسينية", "", "؟!", "َ"]
    )
    def test_other_words_are_no_name(self, table: NameTable, text: str) -> None:
        assert find(table, text) == []

    @given(st.text(alphabet="طهحسين وبلَُّ.\nـ٠", max_size=40))
    def test_passages_are_of_the_text_and_in_order(self, text: str) -> None:
        own = build_name_table([KnownName(1, "طه حسين"), KnownName(2, "حسين")])
        ends = [0]
        for match in own.find(split_text(text)):
            assert ends[-1] <= match.start < match.end <= len(text)
            assert not text[match.start : match.end].isspace()
            ends.append(match.end)

    def test_longer_name_wins_over_one_that_begins_before(self) -> None:
        own = build_name_table(
            [KnownName(1, "الشيخ محمد"), KnownName(2, "محمد عبده المصري")]
        )
        matches = own.find(split_text("قال الشيخ محمد عبده المصري"))
        assert [match.actor_ids for match in matches] == [(2,)]

    def test_article_of_a_name_in_alef_and_lam_is_left_out_once(self) -> None:
        own = build_name_table(
            [KnownName(1, "ناصر الألباني"), KnownName(2, "محمود شكري الآلوسي")]
        )
        text = "عن ناصر الباني وعن ناصر الألباني، ومحمود شكري الالوسي"
        found = [match.actor_ids for match in own.find(split_text(text))]
        assert found == [(1,), (2,)]


class TestCertainty:
    @pytest.mark.parametrize(
        ("text", "certainty", "ticked"),
        [
            ("قال طه حسين", "sure", True),
            ("ابن طه حسين", "part", False),
            ("طه حسين بن علي", "part", False),
            ("كان الجاحظ", "single", False),
            ("قال علي الوردي", "ambiguous", False),
        ],
    )
    def test_only_sure_namings_are_ticked(
        self, table: NameTable, text: str, certainty: str, ticked: bool
    ) -> None:
        (found,) = find(table, text)
        assert (found.certainty, found.ticked) == (certainty, ticked)

    def test_ambiguous_name_shows_all_its_actors(self, table: NameTable) -> None:
        (found,) = find(table, "قال علي الوردي")
        assert found.actor_ids == (7, 8)

    def test_answers_decide_about_a_single_word(self, table: NameTable) -> None:
        for answers, ticked in ((Answers(3, 1), True), (Answers(0, 4), False)):
            memory = {(5, spelling_key("الجاحظ")): answers}
            (found,) = find_actors("الجاحظ", table, kinds=KINDS, memory=memory)
            assert found.ticked is ticked

    def test_part_of_a_longer_name_is_ticked_where_people_took_it(
        self, table: NameTable
    ) -> None:
        for answers, ticked in ((Answers(2, 1), True), (Answers(2, 0), False)):
            memory = {(1, spelling_key("طه حسين")): answers}
            text = "قال طه حسين بن علي"
            (found,) = find_actors(text, table, kinds=KINDS, memory=memory)
            assert found.ticked is ticked

    def test_name_that_is_always_refused_is_not_ticked(self, table: NameTable) -> None:
        memory = {(1, spelling_key("طه حسين")): Answers(0, 5)}
        (found,) = find_actors("طه حسين", table, kinds=KINDS, memory=memory)
        assert not found.ticked


class TestShorterNamings:
    def test_last_name_of_a_person_named_in_full(self, table: NameTable) -> None:
        (found,) = find(table, "قالت نازك الملائكة. وأضافت الملائكة، ثم مضت الملائكةُ")
        assert [one.certainty.value for one in found.passages] == [
            "sure", "short", "short",
        ]  # fmt: skip

    def test_adjective_of_a_body_is_no_name_of_it(self) -> None:
        own = build_name_table([KnownName(1, "الاتحاد العام التونسي للشغل")])
        text = "قال الاتحاد العام التونسي للشغل إن أمينه العام حضر، وأضاف الاتحاد"
        (found,) = find_actors(text, own, kinds={1: "organisation"})
        assert [one.text for one in found.passages[1:]] == ["الاتحاد"]

    def test_body_is_named_by_its_first_words(self, table: NameTable) -> None:
        text = "نقابة الصحفيين العراقيين … نقابة الصحفيين … النقابة"
        (found,) = find(table, text)
        assert [one.text for one in found.passages[1:]] == ["نقابة الصحفيين"]

    def test_without_the_full_name_there_are_none(self, table: NameTable) -> None:
        assert find(table, "قالت الملائكة") == []

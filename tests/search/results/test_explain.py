"""Explanations: counts are totals of real searches, and links lead to them."""

import re
from pathlib import Path

import pytest
from pytest import MonkeyPatch

from archive.models import Article, Status
from search.engines.whoosh.query import multi_term
from search.highlight.highlighter import Highlighter
from search.indexing.indexer import drain
from search.indexing.outbox import enqueue
from search.query import Level, Term
from search.query.parse import parse
from search.query.word_slots import list_slots
from search.results.explain import MAX_MATCHED_FORMS, MAX_WORDS, count_forms
from search.results.model import MatchedForm
from tests.search.searching import make_request, search
from tests.search.text_archive import ArticleText, follow, read_address, write_archive

_BOOKS = (
    "كتاب القراءة",
    "الكتاب الأول والكتاب الثاني",
    "وكتابهم قديم",
    "في كتاب وكتابين",
    "المكتبة العامة",
    "كاتبٌ ومكتبة",
    "كِتَابٌ مشكول",
    "كُتّاب العصر وأدباؤه",
    "المقاومة الشعبية",
    "المقاومه والأسرى",
    "للمقاومة في سنة ١٩٤٨",
    "L’Orient و café",
    "قال أو كتب",
    "المكتبات العامة",
    "لا علاقة له",
    "الكتاب والكُتّاب",
    "وسائل إعلام",
    "أعلام خفاقة",
)


@pytest.fixture
def books(db: None, no_index: Path) -> list[int]:
    return write_archive(_BOOKS)


@pytest.mark.usefixtures("books")
class TestExplainWords:
    @pytest.mark.parametrize(
        "text",
        [
            *("كتاب", "=كتاب", "√كتاب", "مقاومة", "=كِتَاب", "=كُتَّاب", "الكتاب", '"كتاب"'),
            *("orient", "L’Orient", "café", "1948", "١٩٤٨", '="أو"', "مكتبة", "كُتّاب"),
            *("الكتّاب", "إعلام", "أعلام", "==إعلام"),
            *("المكتبة-العامة", "=مكتبة-عامة", "عنوان:عنوان", "أسرى", "غائب"),
        ],
    )
    def test_each_count_is_the_total_of_its_link(self, text: str) -> None:
        results = search(text)
        [word] = results.help.words
        [slot] = list_slots(results.request.query)
        assert isinstance(slot.word, Term)
        assert [count.level for count in word.levels] == list(Level)
        for count in word.levels:
            if count.level is slot.word.level:
                assert (count.query_string, count.articles) == ("", results.total)
                continue
            assert follow(count.query_string).total == count.articles
        for form in word.forms:
            assert follow(form.query_string).total == form.articles > 0

    @pytest.mark.parametrize("text", ["كت*", "=كت*", "*قاوم*", "ك?اب", "كتابين~2"])
    def test_form_of_a_multi_term_word_leads_to_its_articles(self, text: str) -> None:
        [word] = search(text).help.words
        assert word.levels == ()
        assert word.forms
        for form in word.forms:
            assert follow(form.query_string).total == form.articles > 0

    def test_forms_are_ordered_by_articles(self) -> None:
        [word] = search("مقاومة").help.words
        assert [(form.form, form.articles) for form in word.forms] == [
            ("المقاومة", 2),
            ("للمقاومة", 1),
        ]
        [word] = search("√كتب").help.words
        counts = [form.articles for form in word.forms]
        assert counts == sorted(counts, reverse=True)
        assert {form.form for form in word.forms} >= {"كتاب", "كاتب", "المكتبة", "كتب"}

    def test_link_changes_its_word_only(self) -> None:
        request = make_request(
            'كتاب -غاز "المكتبة العامة" (نفط OR √درس)', {"source": ["gazette"]}
        )
        words = search(request).help.words
        assert [word.word for word in words] == [
            *("كتاب", "المكتبة", "العامة", "نفط", "درس"),
        ]
        widened = read_address(words[0].levels[3].query_string)
        assert widened.query == parse('√كتاب -غاز "المكتبة العامة" (نفط OR √درس)')
        assert widened.filters == request.filters
        narrowed = read_address(words[4].levels[1].query_string)
        assert narrowed.query == parse('كتاب -غاز "المكتبة العامة" (نفط OR =درس)')

    def test_level_of_the_page_is_written_into_links(self) -> None:
        """Words keep their level where one of them gets another."""
        results = follow("q=%D9%83%D8%AA%D8%A7%D8%A8%20%D9%82%D9%84%D9%85&level=root")
        assert results.request.level is Level.ROOT
        narrowed = read_address(results.help.words[0].levels[0].query_string)
        assert narrowed.query == parse("==كتاب √قلم")
        assert narrowed.level is Level.FAMILY

    def test_words_of_a_phrase_have_counts_and_no_links(self) -> None:
        words = search('"المكتبة العامة"').help.words
        assert [word.levels[2].articles for word in words] == [
            search("مكتبة").total,
            search("العامة").total,
        ]
        links = [
            one.query_string for word in words for one in (*word.levels, *word.forms)
        ]
        assert set(links) == {""}

    def test_links_of_a_later_page_lead_to_the_first_page(
        self,
    ) -> None:
        first, second = (search(make_request("كتاب", page=page)) for page in (1, 2))
        assert first.help.words == second.help.words

    def test_at_most_max_words_are_explained(self) -> None:
        words = search(" OR ".join(["كتاب"] * (MAX_WORDS + 3))).help.words
        assert len(words) == MAX_WORDS

    def test_excluded_words_and_dates_are_not_explained(self) -> None:
        assert [word.word for word in search("كتاب -مكتبة سنة:1923").help.words] == [
            "كتاب"
        ]
        assert search("").help.words == ()

    def test_deleted_documents_are_not_counted(self) -> None:
        Article.objects.filter(pk__in=(1, 9)).update(status=Status.DRAFT)
        enqueue([1, 9])
        drain()
        for text in ("كتاب", "مقاومة", "√كتب"):
            results = search(text)
            [word] = results.help.words
            assert results.total == {count.articles for count in word.levels
                                     if not count.query_string}.pop()  # fmt: skip
            for one in (*word.levels, *word.forms):
                if one.query_string:
                    assert follow(one.query_string).total == one.articles


# Instead of thousands.
_LOOKED_FOR = 6


class TestListCapped:
    @pytest.fixture(autouse=True)
    def few_forms(self, db: None, no_index: Path, monkeypatch: MonkeyPatch) -> None:
        """At most six forms of a word are searched; eight begin with مكتب."""
        monkeypatch.setattr(multi_term, "MAX_EXPANSIONS", _LOOKED_FOR)
        endings = ("ة", "ات", "ي", "ية", "هم", "نا", "ها", "كم")
        write_archive([f"مكتب{ending} " * 2 for ending in endings] + ["مكتبة", "كتاب"])

    @pytest.mark.embedded("a cluster searches all forms")
    @pytest.mark.parametrize("text", ["مك?ب*", "*تب*", "مكتبة~2"])
    def test_word_of_too_many_forms_gets_a_notice(self, text: str) -> None:
        results = search(text)
        [notice] = results.help.notices
        assert text in str(notice)
        [word] = results.help.words
        looked_for = len(word.forms)
        assert re.findall("[0-9]+", str(notice).replace(text, "")) == [
            str(looked_for + word.hidden),
            str(looked_for),
        ]
        assert (looked_for, word.hidden > 0) == (_LOOKED_FOR, True)

    @pytest.mark.parametrize("text", ["مكتب*", "=مكتب*"])
    def test_prefix_is_searched_in_all_its_forms(self, text: str) -> None:
        results = search(text)
        assert (results.total, results.help.notices) == (9, ())

    @pytest.mark.embedded("a cluster searches all forms")
    def test_forms_with_most_articles_are_searched(self) -> None:
        results = search("مك?ب*")
        assert 1 in {row.article.pk for row in results.rows}
        assert results.total < 9

    def test_word_of_few_forms_gets_no_notice(self) -> None:
        assert search("مكت?ة").help.notices == ()
        assert search("كتاب").help.notices == ()

    def test_forms_of_deleted_documents_give_no_notice(
        self, monkeypatch: MonkeyPatch
    ) -> None:
        """Deleted documents stay in the segment until it is merged."""
        monkeypatch.undo()
        Article.objects.filter(pk__in=(2, 3)).update(status=Status.DRAFT)
        enqueue([2, 3])
        drain()
        results = search("مك?ب*")
        assert results.total == 7
        assert results.help.notices == ()
        assert [(len(word.forms), word.hidden) for word in results.help.words] == [
            (6, 0)
        ]


class TestCountForms:
    def test_forms_are_counted_as_first_printed(self) -> None:
        text = "المُقاومة ثم المقاومه وللمقاومة"
        assert count_forms([Highlighter(parse("مقاومة")).find_matches(text)]) == (
            MatchedForm("المقاومة", 2),
            MatchedForm("وللمقاومة", 1),
        )

    def test_title_and_text_are_counted_together(self) -> None:
        query = parse("كتاب title:قلم")
        texts = [
            Highlighter(query, field="title").find_matches("كتاب القلم"),
            Highlighter(query).find_matches("قلم كتاب"),
        ]
        assert count_forms(texts) == (MatchedForm("كتاب", 2), MatchedForm("القلم", 1))

    def test_at_most_max_matched_forms_are_listed(self) -> None:
        text = "كتابا كتابه كتابها كتابهم كتابنا كتابكم كتابك كتابي كتاب كتاب"
        forms = count_forms([Highlighter(parse("√كتاب")).find_matches(text)])
        assert len(forms) == MAX_MATCHED_FORMS
        assert forms[0] == MatchedForm("كتاب", 2)

    def test_of_equal_counts_the_first_word_of_the_query_comes_first(self) -> None:
        text = "غاز نفط"
        assert count_forms([Highlighter(parse("نفط غاز")).find_matches(text)]) == (
            MatchedForm("نفط", 1),
            MatchedForm("غاز", 1),
        )

    def test_row_has_the_forms_of_its_article(self, db: None, no_index: Path) -> None:
        write_archive(
            [ArticleText("المقاومة والمقاومة، ثم المقاومة", title="للمقاومة")]
        )
        [row] = search("مقاومة").rows
        assert row.forms == (
            MatchedForm("المقاومة", 2),
            MatchedForm("للمقاومة", 1),
            MatchedForm("والمقاومة", 1),
        )

"""Help on the results page: explanations, suggestion, relaxation, conditions."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from archive.models import Article
from archive.templatetags.entries import Shown, render_entry
from search.indexing.rebuild import rebuild
from search.request import SearchRequest
from search.results.facets.model import DateFacet
from search.results.model import (
    Condition,
    MatchedForm,
    Relaxation,
    SearchHelp,
    SearchResults,
    Suggestion,
)
from tests.pages.conftest import Archive, ArticleMaker
from tests.pages.reading import Reader, find, texts

ADDRESS = "/ar/search/"
FOUND = SearchResults(
    SearchRequest(text="نهر"), 6, (), (), DateFacet("year", (), 0, None), ()
)
# One number for each of the six plural forms.
NUMBERS = (0, 1, 2, 3, 11, 100)


def show(template: str, language: str = "ar", **context: object) -> str:
    """The text of a piece of a page, with single spaces."""
    with override(language):
        reader = Reader()
        reader.feed(f"<div>{render_to_string(f'search/{template}', context)}</div>")
    return reader.elements[0].text


def relaxed(matched: int, asked: int) -> SearchHelp:
    return SearchHelp(relaxation=Relaxation(FOUND.request, matched, asked))


def query_of(link: object) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link["href"]).query)  # type: ignore[index]


class TestSuggestion:
    @pytest.fixture
    def rivers(self, archive: Archive, make_article: ArticleMaker) -> None:
        for number in range(6):
            make_article(f"المستنصرية {number}", "1930")
        rebuild()

    def test_suggestion_is_offered_and_not_applied(
        self, client: Client, rivers: None
    ) -> None:
        page = client.get(ADDRESS, {"q": "المستنصزية"})
        (offer,) = texts(page, "div", class_="did-you-mean")
        assert offer.startswith("هل قصدت ")
        assert offer.endswith("؟ (6 مقالات)")
        assert texts(page, "p", id="count") == ["لم يُعثر على أي مقال"]
        (link,) = [a for a in find(page, "a") if a.text.startswith("المستنصري")]
        answer = client.get(link["href"])
        assert texts(answer, "p", id="count") == ["عُثر على 6 مقالات"]

    def test_frequent_word_has_no_suggestion(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة"})
        assert find(page, "div", class_="did-you-mean") == []

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            (
                "ar",
                "هل قصدت نهار؟ (مقالان) النتائج المعروضة هنا هي نتائج البحث عن «نهر».",
            ),
            (
                "en",
                "Did you mean نهار? (2 articles) "
                "This page shows what was found for نهر.",
            ),
        ],
    )
    def test_suggestion_beside_hits_says_what_was_searched(
        self, language: str, text: str
    ) -> None:
        found = replace(FOUND, help=SearchHelp(suggestion=Suggestion("نهار", 2, "q=x")))
        assert show("_suggestion.html", language, found=found) == text

    def test_query_is_escaped(self) -> None:
        suggestion = Suggestion("<b>نهر", 2, "q=x")
        found = replace(FOUND, help=SearchHelp(suggestion=suggestion))
        with override("ar"):
            page = render_to_string("search/_suggestion.html", {"found": found})
        assert "<b>" not in page


class TestRelaxation:
    @pytest.mark.parametrize(
        ("asked", "sentence"),
        [
            (3, "لا مقال فيه كلمات البحث كلها، وفي كل مقال مما يلي 2 من 3 كلمات."),
            (11, "لا مقال فيه كلمات البحث كلها، وفي كل مقال مما يلي 10 من 11 كلمة."),
            (100, "لا مقال فيه كلمات البحث كلها، وفي كل مقال مما يلي 99 من 100 كلمة."),
        ],
    )
    def test_words_have_arabic_plurals(self, asked: int, sentence: str) -> None:
        found = replace(FOUND, help=relaxed(asked - 1, asked))
        assert show("_relaxation.html", found=found) == sentence

    def test_words_are_counted_in_english(self) -> None:
        found = replace(FOUND, help=relaxed(4, 5))
        assert show("_relaxation.html", "en", found=found) == (
            "No article has all 5 words. Each of these has 4 of them."
        )

    @pytest.mark.parametrize(
        ("total", "sentence"),
        list(
            zip(
                NUMBERS,
                [
                    "لا مقال فيه معظم الكلمات",
                    "مقال واحد فيه معظم الكلمات",
                    "مقالان فيهما معظم الكلمات",
                    "3 مقالات فيها معظم الكلمات",
                    "11 مقالًا فيها معظم الكلمات",
                    "100 مقال فيها معظم الكلمات",
                ],
                strict=True,
            )
        ),
    )
    def test_count_says_most_of_the_words(self, total: int, sentence: str) -> None:
        found = replace(FOUND, total=total, help=relaxed(2, 3))
        assert show("_count.html", found=found).startswith(sentence)

    def test_relaxed_search_has_its_label_and_rows(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "منبع دجلة قطار"})
        assert "2 من 3 كلمات" in texts(page, "h2")[0]
        assert archive.vocalised.title in texts(page, "h2", class_="entry-title")
        # A file would hold what has all of the words: nothing.
        assert [link for link in find(page, "a") if "download" in link.attributes] == []
        # The boxes beside the titles have their form.
        assert find(page, "input", type="checkbox", name="article")
        assert find(page, "form", id="take-away")

    def test_search_with_all_words_has_no_label(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "منبع نهر دجلة"})
        assert find(page, "h2", id="most-words") == []
        assert [link for link in find(page, "a") if "download" in link.attributes]


class TestConditions:
    def test_total_without_each_condition_is_shown(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة قطار"})
        assert texts(page, "ul", class_="without") == [
            "من دون «دجلة» (كلمة) لا مقالات من دون «قطار» (كلمة) 3 مقالات"
        ]
        (link,) = [a for a in find(page, "a") if a.text == "من دون «قطار»"]
        assert query_of(link) == {"q": ["دجلة"]}

    def test_filters_and_dates_are_conditions(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get("/en/search/", {"q": "فرات", "actor": "tigris"})
        links = {a.text: query_of(a) for a in find(page, "a") if "without" in a.text}
        assert links == {"without Tigris": {"q": ["فرات"]}}

    def test_search_with_hits_has_no_conditions(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة", "actor": "tigris"})
        assert find(page, "ul", class_="without") == []

    def test_conditions_without_hits_are_not_shown(self) -> None:
        conditions = (Condition("كلمة", "قطار", 0, "q=x"),)
        found = replace(FOUND, total=0, help=SearchHelp(conditions=conditions))
        assert "من دون" not in show("_nothing.html", found=found)


class TestMatchedForms:
    def test_row_lists_its_matched_forms(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "فرات"})
        (forms,) = texts(page, "ul", class_="entry-forms")
        assert forms == "الفرات ×1مرة واحدة"
        (label,) = find(page, "ul", class_="entry-forms")
        assert label["aria-label"] == "الصيغ المطابقة"

    @pytest.mark.parametrize(
        ("count", "words"),
        list(
            zip(
                NUMBERS[1:],
                ["مرة واحدة", "مرتين", "3 مرات", "11 مرة", "100 مرة"],
                strict=True,
            )
        ),
    )
    def test_frequency_is_readable_by_screen_readers(
        self, archive: Archive, count: int, words: str
    ) -> None:
        article = Article.objects.with_catalogue().get(pk=archive.vocalised.pk)
        with override("ar"):
            row = render_entry(article, Shown(forms=[MatchedForm("للمقاومة", count)]))
        assert f'<bdi dir="rtl" aria-hidden="true">×{count}</bdi>' in row
        assert f'<span class="hidden-visually">{words}</span>' in row
        assert '<bdi lang="ar">للمقاومة</bdi>' in row

    def test_row_without_words_lists_no_forms(
        self, client: Client, archive: Archive
    ) -> None:
        assert find(client.get(ADDRESS), "ul", class_="entry-forms") == []


class TestNotices:
    def test_notice_of_capped_forms_is_shown(
        self, client: Client, archive: Archive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sentence = "«ال*» له 9000 صيغة."
        monkeypatch.setattr(
            "search.results.help.list_capped", lambda words: (sentence,)
        )
        page = client.get(ADDRESS, {"q": "دجلة"})
        assert sentence in texts(page, "div", class_="notice")


class TestNamedActors:
    @pytest.mark.parametrize("query", ["Tigris", "Tigriss"])
    def test_latin_names_link_to_their_actor(
        self, client: Client, archive: Archive, query: str
    ) -> None:
        page = client.get(ADDRESS, {"q": query})
        assert page.status_code == 200
        links = {link["href"] for link in find(page, "a")}
        assert archive.river.get_absolute_url() in links

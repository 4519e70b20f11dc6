"""Pages of lists of articles, and opening words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.browsing.listing import (
    OPENING_LENGTH,
    PAGE_SIZE,
    cut_opening,
    list_articles,
    show_collection,
)
from archive.models import Article
from tests.archive.browsing.conftest import ArticleMaker


class TestCutOpening:
    @pytest.mark.parametrize(
        ("text", "length", "opening"),
        [
            ("صدر العدد الأول من المجلة", 16, "صدر العدد الأول…"),
            ("صدر العدد الأول من المجلة", 17, "صدر العدد الأول…"),
            ("صدر العدد الأول، ثم الثاني", 18, "صدر العدد الأول…"),
            ("صدر العدد\n\nالأول", 100, "صدر العدد الأول"),
            ("قُطِعَ الخَبَر", 100, "قُطِعَ الخَبَر"),
            ("فأسقيناكموه", 5, "فأسقي…"),
            ("", 10, ""),
            (" \n ", 10, ""),
        ],
    )
    def test_text_is_cut_between_words(
        self, text: str, length: int, opening: str
    ) -> None:
        assert cut_opening(text, length=length) == opening

    @given(st.text(alphabet="ابتث ،.\n", max_size=400))
    def test_opening_has_at_most_the_length(self, text: str) -> None:
        assert len(cut_opening(text)) <= OPENING_LENGTH + 1


@pytest.mark.django_db
class TestListArticles:
    def test_newest_are_first_and_undated_last(
        self, make_article: ArticleMaker
    ) -> None:
        make_article("بلا تاريخ")
        make_article("الأقدم", "1911")
        make_article("الأحدث", "1923-05-14")
        make_article("الأوسط", "1923-05")
        listing = list_articles(Article.objects.published(), total=4, page="1")
        titles = [row.article.title for row in listing.rows]
        assert titles == ["الأحدث", "الأوسط", "الأقدم", "بلا تاريخ"]

    @pytest.mark.parametrize(
        ("page", "number"),
        [("", 1), ("1", 1), ("2", 2), ("99", 2), ("0", 2), ("abc", 1), ("9" * 5000, 1)],
    )
    def test_invalid_page_number_gives_an_existing_page(
        self, make_article: ArticleMaker, page: str, number: int
    ) -> None:
        total = PAGE_SIZE + 1
        for _ in range(total):
            make_article()
        listing = list_articles(Article.objects.published(), total=total, page=page)
        assert listing.page.number == number
        assert len(listing.rows) == (PAGE_SIZE, 1)[number - 1]

    def test_pages_have_each_article_once(self, make_article: ArticleMaker) -> None:
        made = {make_article(published="1923-05-14").pk for _ in range(45)}
        pages = [
            list_articles(Article.objects.published(), total=45, page=str(page)).rows
            for page in (1, 2, 3)
        ]
        shown = [row.article.pk for rows in pages for row in rows]
        assert len(shown) == len(made)
        assert set(shown) == made


@pytest.mark.django_db
class TestShowCollection:
    def test_year_narrows_and_total_stays(self, make_article: ArticleMaker) -> None:
        make_article("أول", "1911-02")
        make_article("ثان", "1923")
        make_article("ثالث")
        collection = show_collection(
            Article.objects.published(), period="1911", page=""
        )
        assert collection.total == 3
        assert collection.undated == 1
        assert [row.article.title for row in collection.listing.rows] == ["أول"]
        assert collection.listing.total == 1

    def test_undated_narrows_to_undated_articles(
        self, make_article: ArticleMaker
    ) -> None:
        make_article("أول", "1911-02")
        make_article("ثالث")
        found = show_collection(Article.objects.published(), period="undated", page="")
        assert [row.article.title for row in found.listing.rows] == ["ثالث"]

    @pytest.mark.parametrize("period", ["1950", "1950s", "undated", "nonsense"])
    def test_period_without_articles_does_not_narrow(
        self, make_article: ArticleMaker, period: str
    ) -> None:
        make_article("أول", "1911-02")
        found = show_collection(Article.objects.published(), period=period, page="")
        assert found.chosen is None
        assert found.listing.total == 1

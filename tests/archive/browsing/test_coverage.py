"""What is held per source, year and month: counts, gaps and their pages."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from archive.browsing.coverage import (
    MonthCounts,
    MonthRow,
    arrange_coverage,
    count_by_month,
    count_by_source_and_year,
    count_by_source_in_year,
    list_columns,
    list_month_columns,
    list_month_rows,
)
from archive.browsing.year_ranges import parse_year_range
from archive.dates import PartialDate
from archive.models import Article, Source, Topic
from tests.archive.browsing.conftest import LANGUAGES, ArticleMaker
from tests.archive.browsing.reading import open_page

MOST_QUERIES = 15
SOURCES = {pk: Source(pk=pk, name_ar=f"صحيفة {pk}") for pk in (1, 2, 3)}

months = st.tuples(st.integers(1898, 1931), st.integers(1, 12))
month_counts = st.builds(
    MonthCounts,
    months=st.dictionaries(months, st.integers(1, 9), max_size=6),
    of_year=st.dictionaries(st.integers(1898, 1931), st.integers(1, 9), max_size=3),
)
counts = st.dictionaries(
    st.sampled_from(sorted(SOURCES)),
    st.dictionaries(
        st.one_of(st.none(), st.integers(1700, 2020)), st.integers(1, 9), max_size=6
    ),
)


@pytest.fixture
def hilal(db: None) -> Source:
    return Source.objects.create(name_ar="الهلال", name_latin="al-Hilal")


@pytest.fixture
def dated(make_article: ArticleMaker, hilal: Source) -> Topic:
    """Two sources with gaps, and some articles that are not counted; their topic."""
    topic = Topic.objects.create(name_ar="النثر", name_latin="Prose")
    make_article(published="1911-05-03", topics=[topic])
    make_article(published="1911-05", topics=[topic])
    make_article(published="1911", topics=[topic])
    make_article(published="1911-08-31")
    make_article(published="1914-01")
    make_article()
    make_article(published="1912", of=hilal)
    make_article(published="1913-03", of=hilal, status="draft")
    return topic


class TestMonthRows:
    @given(month_counts)
    def test_rows_have_every_article_and_every_year(self, counts: MonthCounts) -> None:
        rows = list_month_rows(counts)
        held = [row for row in rows if isinstance(row, MonthRow)]
        assert sum(row.total for row in held) == sum(counts.months.values()) + sum(
            counts.of_year.values()
        )
        years = [
            year
            for row in rows
            for year in (
                [row.year.year]
                if isinstance(row, MonthRow)
                else range(row.first.year, row.last.year + 1)
            )
        ]
        assert years == list(range(years[0], years[-1] + 1)) if years else not held

    @given(month_counts)
    def test_a_gap_is_empty_and_between(self, counts: MonthCounts) -> None:
        cells = [
            cell
            for row in list_month_rows(counts)
            if isinstance(row, MonthRow)
            for cell in row.months
        ]
        for number, cell in enumerate(cells):
            earlier = any(each.count for each in cells[:number])
            later = any(each.count for each in cells[number + 1 :])
            assert cell.is_gap == (earlier and later and not cell.count)


class TestArrangeCoverage:
    @given(counts, st.sampled_from(["", "1910s"]))
    def test_columns_and_the_rest_hold_every_article_once(
        self, counts: dict[int, dict[int | None, int]], period: str
    ) -> None:
        chosen = parse_year_range(period)
        columns = list_columns(counts, chosen)
        keys = [key for column in columns for key in column.keys]
        assert len(keys) == len(set(keys))
        table = arrange_coverage(counts, columns, SOURCES, language="ar")
        for row in (table.whole, *table.rows):
            assert sum(row.counts) + row.rest == row.total
        assert table.whole.total == sum(row.total for row in table.rows)
        if chosen is None:
            assert table.whole.total == sum(
                sum(of_source.values()) for of_source in counts.values()
            )

    def test_gaps_are_between_what_a_source_has(self) -> None:
        held = {1: {1911: 2, 1914: 1}, 2: {1912: 1, None: 4}}
        columns = list_columns(held)
        table = arrange_coverage(held, columns, SOURCES, language="ar")
        assert [column.key for column in columns] == ["1911", "1912", "1913", "1914"]
        first, second = table.rows
        assert first.gaps == (False, True, True, False)
        assert second.gaps == (False, False, False, False)
        assert (second.counts, second.rest, second.total) == ((0, 1, 0, 0), 4, 5)
        assert table.whole.gaps == (False, False, True, False)

    def test_years_that_no_source_has_are_told_where_columns_skip_them(self) -> None:
        columns = list_columns({1: {1828: 1, 1829: 1}, 2: {1911: 1, 1912: 2}})
        assert [column.gap for column in columns] == [
            None, None, (PartialDate(1830), PartialDate(1910)), None,
        ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("dated")
class TestCounts:
    def test_months_are_counted_by_precision(self) -> None:
        found = count_by_month(Article.objects.published())
        assert found.months == {(1911, 5): 2, (1911, 8): 1, (1914, 1): 1}
        assert found.of_year == {1911: 1, 1912: 1}

    def test_sources_are_counted_by_year_and_by_month(self, hilal: Source) -> None:
        years = count_by_source_and_year()
        assert years[hilal.pk] == {1912: 1}
        (other,) = (own for pk, own in years.items() if pk != hilal.pk)
        assert other == {1911: 4, 1914: 1, None: 1}
        (of_months,) = count_by_source_in_year(1911).values()
        assert of_months == {5: 2, 8: 1, None: 1}
        assert [column.first.month for column in list_month_columns(1911)] == [
            *range(1, 13)
        ]


@pytest.mark.django_db
class TestShowCoverage:
    @pytest.mark.usefixtures("dated")
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_years_are_shown_by_source(
        self, client: Client, language: str,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        with django_assert_max_num_queries(MOST_QUERIES):
            page = open_page(client, f"/{language}/coverage/")
        links = page.links()
        search = f"/{language}/search/"
        assert links[f"{search}?source=al-muqtabas&from=1911&to=1911"] == "4"
        assert links[f"{search}?source=al-muqtabas&undated=1"] == "1"
        assert links[f"{search}?from=1912&to=1912"] == "1"
        assert "?period=1913" in links

    @pytest.mark.usefixtures("dated")
    def test_months_of_a_year_are_shown(self, client: Client) -> None:
        page = open_page(client, "/en/coverage/?period=1911")
        rows = page.texts("tr")
        dashes = "– nothing held"
        assert f"al-Muqtabas 2 {dashes} {dashes} 1 1 4" in " ".join(rows).replace(
            "–nothing", "– nothing"
        )
        search = "/en/search/?source=al-muqtabas&from=1911-05&to=1911-05"
        assert page.links()[search] == "2"
        assert "?period=1910s" in page.links()

    @pytest.mark.usefixtures("dated")
    @pytest.mark.parametrize("period", ["1850", "1850s", "abc", "0000", "١٩١١", "%00"])
    def test_unknown_period_shows_all_years(self, client: Client, period: str) -> None:
        page = open_page(client, f"/en/coverage/?period={period}")
        assert page.heading == "Coverage"
        assert "?period=1911" in page.links()
        told = page.texts("p", class_="notice")
        assert bool(told) == (period != "%00")
        assert all(period in sentence for sentence in told)

    def test_empty_archive_says_so(self, client: Client, db: None) -> None:
        page = open_page(client, "/en/coverage/")
        assert page.texts("p", class_="notice")


@pytest.mark.django_db
class TestMonthsOfACollection:
    @pytest.mark.parametrize("kind", ["source", "topic"])
    def test_page_has_months_with_their_searches(
        self, client: Client, dated: Topic, kind: str
    ) -> None:
        slug = {"source": "al-muqtabas", "topic": dated.slug}[kind]
        page = open_page(client, f"/en/{kind}s/{slug}/")
        assert page.links()[f"/en/search/?{kind}={slug}&from=1911-05&to=1911-05"] == "2"
        assert page.find("input", id="within")
        (hidden,) = page.find("input", type="hidden")
        assert (hidden.attributes["name"], hidden.attributes["value"]) == (kind, slug)

    @pytest.mark.usefixtures("dated")
    def test_gap_is_a_line(self, client: Client) -> None:
        page = open_page(client, "/en/sources/al-muqtabas/")
        assert "Nothing from 1912 to 1913" in page.texts("tr", class_="coverage-gap")
        further = open_page(client, "/en/sources/al-muqtabas/?period=1914")
        assert not further.find("tr", class_="coverage-gap")

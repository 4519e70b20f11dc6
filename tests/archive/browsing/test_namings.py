"""The table of how each source names an actor, of values alone."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.browsing.actors import ActorArticle, arrange_namings
from archive.browsing.actors.namings import MAX_SOURCES
from archive.browsing.year_ranges import YearRange
from archive.models import Source

SOURCES = {pk: Source(pk=pk, name_ar=f"صحيفة {pk}") for pk in range(1, 13)}


@dataclass(frozen=True)
class Named:
    name: str
    query: str
    articles: frozenset[int]


def named(name: str, *articles: int) -> Named:
    return Named(name, f"«{name}»", frozenset(articles))


ARTICLES = (
    ActorArticle(1, 1, 1911),
    ActorArticle(2, 1, 1911),
    ActorArticle(3, 1, 1923),
    ActorArticle(4, 2, 1923),
    ActorArticle(5, 2, None),
)
articles = st.lists(
    st.builds(
        ActorArticle,
        pk=st.integers(1, 40),
        source_id=st.sampled_from(sorted(SOURCES)),
        year=st.one_of(st.none(), st.integers(1898, 1931)),
    ),
    unique_by=lambda article: article.pk,
)


class TestArrangeNamings:
    def test_names_are_counted_by_source_and_year(self) -> None:
        namings = [named("بغداد", 1, 3, 4, 5), named("الزوراء", 2)]
        table = arrange_namings(ARTICLES, namings, SOURCES)
        assert table.columns == (YearRange(1911, 1911), YearRange(1923, 1923))
        first, second = table.sources
        assert (first.source.pk, first.all.counts, first.all.total) == (1, (2, 1), 3)
        assert [(row.name, row.counts) for row in first.names] == [
            ("بغداد", (1, 1)),
            ("الزوراء", (1, 0)),
        ]
        # A name that a source never uses is no row of it.
        assert [row.name for row in second.names] == ["بغداد"]
        assert (second.names[0].undated, second.names[0].total) == (1, 2)
        assert table.has_undated

    def test_chosen_years_leave_out_the_others(self) -> None:
        namings = [named("بغداد", 1, 3, 4, 5)]
        chosen = YearRange(1911, 1911)
        table = arrange_namings(ARTICLES, namings, SOURCES, chosen)
        assert table.columns == (chosen,)
        assert [group.all.total for group in table.sources] == [2]
        assert not table.has_undated

    def test_articles_that_the_index_still_has_are_not_counted(self) -> None:
        table = arrange_namings(ARTICLES, [named("بغداد", 1, 999)], SOURCES)
        assert table.sources[0].names[0].total == 1

    @pytest.mark.parametrize("years", [(1911,), tuple(range(1898, 1931))])
    def test_many_years_are_decades(self, years: tuple[int, ...]) -> None:
        rows = [ActorArticle(pk, 1, year) for pk, year in enumerate(years)]
        table = arrange_namings(rows, [], SOURCES)
        assert len(table.columns) == (1 if len(years) == 1 else 5)

    @given(articles, st.sets(st.integers(1, 40)))
    def test_every_article_is_in_one_cell_of_its_row(
        self, rows: list[ActorArticle], ids: set[int]
    ) -> None:
        table = arrange_namings(rows, [Named("بغداد", "", frozenset(ids))], SOURCES)
        for group in table.sources:
            for line in (group.all, *group.names):
                assert sum(line.counts) + line.undated == line.total
        assert len(table.sources) + table.left_out == len(
            {row.source_id for row in rows}
        )
        if not table.left_out:
            found = sum(row.total for group in table.sources for row in group.names)
            assert found == len(ids & {row.pk for row in rows})
        assert len(table.sources) <= MAX_SOURCES

"""Searches by dates."""

from collections import Counter

from archive.models import Article
from tests.search.library import Library
from tests.search.searching import entry_names, make_request, search
from tests.search.test_searcher import PUBLISHED


class TestDates:
    def test_years_count_dates_known_to_the_year(self, library: Library) -> None:
        dates = search("").dates
        years = {bucket.iso: bucket.count for bucket in dates.counted}
        counted = Counter(
            str(article.published_on.year)
            for article in Article.objects.published()
            if article.published_on
        )
        assert (dates.grain, years, dates.undated) == ("year", dict(counted), 1)
        assert [bucket.iso for bucket in dates.counted] == sorted(years)
        assert max(bucket.share for bucket in dates.counted) == 100
        assert dates.broader_query_string is None

    def test_year_has_its_months(self, library: Library) -> None:
        results = search(make_request(dates=("1923", "1923")))
        months = {bucket.iso: bucket.count for bucket in results.dates.counted}
        # The article known to the year is found, and in no month.
        assert results.total == 5
        assert (results.dates.grain, months) == (
            "month",
            {"1923-05": 3, "1923-06": 1},
        )
        assert results.dates.broader_query_string == ""

    def test_month_has_its_days(self, library: Library) -> None:
        results = search(make_request(dates=("1923-05", "1923-05")))
        days = {bucket.iso: bucket.count for bucket in results.dates.counted}
        assert set(entry_names(library, results)) == {
            "vocalised",
            "hamza_variants",
            "month_only_date",
        }
        assert (results.dates.grain, days) == (
            "day",
            {"1923-05-14": 1, "1923-05-20": 1},
        )
        assert results.dates.broader_query_string == "from=1923&to=1923"

    def test_selected_day_leads_back_to_its_month(self, library: Library) -> None:
        results = search(make_request(dates=("1923-05-14", "1923-05-14")))
        assert entry_names(library, results) == ["vocalised"]
        assert results.dates.broader_query_string == "from=1923-05&to=1923-05"
        chosen = [bucket for bucket in results.dates.counted if bucket.selected]
        assert [bucket.iso for bucket in chosen] == ["1923-05-14"]
        assert chosen[0].query_string == "from=1923-05&to=1923-05"

    def test_period_has_articles_wholly_within_it(self, library: Library) -> None:
        results = search(make_request("مطبعة", dates=("1923-05", "")))
        assert set(entry_names(library, results)) == {"month_only_date"}
        results = search(make_request("مطبعة", dates=("", "1923-12-31")))
        assert set(entry_names(library, results)) == {
            "month_only_date",
            "year_only_date",
        }

    def test_undated_articles_are_in_no_period(self, library: Library) -> None:
        results = search(make_request(dates=("0001", "9999")))
        assert results.total == PUBLISHED - 1

    def test_each_bucket_is_the_total_of_its_link(self, library: Library) -> None:
        for dates in (("", ""), ("1923", "1923"), ("1923-05", "1923-05")):
            for bucket in search(make_request(dates=dates)).dates.counted:
                narrowed = make_request(dates=(bucket.iso, bucket.iso))
                assert search(narrowed).total == bucket.count

    def test_chip_of_the_dates_removes_them(self, library: Library) -> None:
        request = make_request("بيان", {"source": ["review"]}, dates=("1941", "1943"))
        chip = search(request).chips[-1]
        assert chip.query_string == request.with_dates("", "").query_string()

"""The page of frequencies and its file."""

import csv
import io
from collections import defaultdict

import pytest
from django.test import Client
from django.utils.http import urlencode

from archive.models import Article
from search.arabic.analyzer import surfaces
from search.comparing import Frequencies
from search.comparing.frequency import PER
from tests.search.library import Library

PAGE = "/ar/search/frequency/"
_DATES = {"from": "1923-02", "to": "1951-11"}


def _ask(client: Client, *words: str, **parameters: str) -> Frequencies:
    query = urlencode({"q": words, **parameters}, doseq=True)
    response = client.get(f"{PAGE}?{query}")
    assert response.status_code == 200
    found: Frequencies = response.context["found"]
    return found


def _tokens(article: Article) -> list[str]:
    return surfaces(f"{article.title} \n {article.subtitle} \n {article.body}")


class TestCounts:
    def test_they_are_those_of_the_texts(
        self, client: Client, library: Library
    ) -> None:
        found = _ask(client, "=مطبعة", "=بيان")
        held: dict[str, int] = defaultdict(int)
        count: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for article in Article.objects.published().select_related("source"):
            tokens = _tokens(article)
            held[article.source.slug] += len(tokens)
            for at, word in enumerate(("مطبعه", "بيان")):
                count[article.source.slug][at] += tokens.count(word)
        rows = {row.source.slug: row for row in found.sources if row.source}
        assert {slug: row.tokens for slug, row in rows.items()} == held
        for slug, row in rows.items():
            assert [cell.occurrences for cell in row.cells] == count[slug]
            assert [cell.rate for cell in row.cells] == pytest.approx(
                [of * PER / held[slug] for of in count[slug]]
            )
        assert found.tokens == sum(held.values())

    @pytest.mark.parametrize("grain", ["month", "year", "decade"])
    def test_each_cell_is_a_concordance_with_as_many_lines(
        self, client: Client, library: Library, grain: str
    ) -> None:
        found = _ask(client, "مطبعة", '"سكة حديد"', grain=grain, **_DATES)
        assert found.grain == grain
        cells = [cell for series in found.series for cell in [series.total]]
        for row in (*found.periods, *found.sources):
            cells += row.cells
        assert any(cell.occurrences for cell in cells)
        full = [cell for cell in cells if cell.occurrences]
        # Hundreds of months have none; a gap in each stretch of them is asked for.
        for cell in (*full, *(set(cells[::7]) - set(full))):
            page = client.get(f"/ar/search/concordance/?{cell.query_string}")
            assert page.context["page"].total == cell.occurrences

    def test_periods_and_the_vague_make_up_all(
        self, client: Client, library: Library
    ) -> None:
        found = _ask(client, "مطبعة", grain="month")
        rows = (*found.periods, found.vague)
        assert sum(row.tokens for row in rows) == found.tokens
        assert sum(row.articles for row in rows) == found.articles
        occurrences = sum(row.cells[0].occurrences for row in rows)
        assert occurrences == found.series[0].total.occurrences
        assert found.vague.articles

    def test_a_gap_has_no_rate(self, client: Client, library: Library) -> None:
        found = _ask(client, "مطبعة", grain="year")
        gaps = [row for row in found.periods if not row.tokens]
        assert gaps
        assert {cell.rate for row in gaps for cell in row.cells} == {None}
        shares = [cell.share for row in found.periods for cell in row.cells]
        assert max(shares) == 100

    def test_hidden_articles_are_not_held(
        self, client: Client, library: Library
    ) -> None:
        found = _ask(client, "الزمردة")
        assert found.series[0].total.occurrences == 0
        assert found.articles == Article.objects.published().count()


class TestPage:
    def test_every_address_has_a_page(self, client: Client, library: Library) -> None:
        for query in (
            "",
            "q=",
            "q=مطبعة&q=&q=مطبعة",
            "q=مطبعة&grain=week",
            "q=مطبعة&source=nowhere",
            "q=مطبعة&from=1999",
            "q=مطبعة&undated=1",
            "q=زخزخزخ&actor=baghdad",
        ):
            for language in ("ar", "en"):
                answer = client.get(f"/{language}/search/frequency/?{query}")
                assert answer.status_code == 200, query

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ('q=مطبعة&q="غير', "علامة"),
            ("q=كاتب:طه", "ليس في «كاتب:طه» كلمة من المتن"),
            ("q=ا1&q=ا2&q=ا3&q=ا4&q=ا5&q=ا6", "أكثر من 5 كلمات"),
            ("q=مطبعة&from=أمسس", "أمسس"),
        ],
    )
    def test_what_cannot_be_counted_is_told(
        self, client: Client, library: Library, query: str, sentence: str
    ) -> None:
        for path in (PAGE, f"{PAGE}csv/"):
            answer = client.get(f"{path}?{query}")
            assert answer.status_code == 400
            assert sentence in answer.content.decode()

    def test_chart_has_a_bar_a_period_and_shades_gaps(
        self, client: Client, library: Library
    ) -> None:
        answer = client.get(PAGE, {"q": "مطبعة", "grain": "year"})
        found = answer.context["found"]
        text = answer.content.decode()
        chart = text[text.index('<svg class="series-chart"') :].partition("</svg>")[0]
        assert chart.count("<rect") == len(found.periods)
        gaps = sum(not row.tokens for row in found.periods)
        assert chart.count('class="series-gap"') == gaps > 0

    def test_results_lead_to_it(self, client: Client, library: Library) -> None:
        results = client.get("/ar/search/?q=%D9%85%D8%B7%D8%A8%D8%B9%D8%A9")
        assert f"{PAGE}?q=" in results.content.decode()


class TestFile:
    def test_rows_add_up_to_the_page(self, client: Client, library: Library) -> None:
        found = _ask(client, "مطبعة", "=بيان")
        response = client.get(
            f"{PAGE}csv/?{urlencode({'q': ['مطبعة', '=بيان']}, True)}"
        )
        text = response.getvalue().decode().removeprefix("\ufeff")
        heading, *rows = csv.reader(io.StringIO(text, newline=""))
        assert heading[0] == "الشهر"
        for series in found.series:
            # A cell that begins with "=" has an apostrophe before it.
            own = [row for row in rows if row[4].removeprefix("'") == series.text]
            assert sum(int(row[5]) for row in own) == series.total.occurrences
            assert sum(int(row[3]) for row in own) == found.tokens
        assert {row[0] for row in rows} >= {"", "1923", "1923-05"}

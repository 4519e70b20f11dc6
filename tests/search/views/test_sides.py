"""The page of two searches side by side, and its files."""

import csv
import io
import re
from html import unescape

import pytest
from django.test import Client
from django.utils.http import urlencode

from search.comparing import SideBySide
from tests.search.library import Library

PAGE = "/ar/search/compare/"


def _compare(client: Client, address: str) -> SideBySide:
    answer = client.get(f"{PAGE}?{address}")
    assert answer.status_code == 200
    found: SideBySide = answer.context["found"]
    return found


class TestPage:
    @pytest.mark.parametrize(
        "address",
        [
            "a.q=مطبعة&b.q=بيان",
            "a.actor=baghdad&b.actor=taha",
            "a.q=مطبعة&a.source=gazette&b.q=كتاب&b.source=gazette",
            "a.from=1923&a.to=1923&b.q=",
            "a.q=مطبعة&b.q=بيان&b.actor=baghdad",
        ],
    )
    def test_each_number_is_a_search(
        self, client: Client, library: Library, address: str
    ) -> None:
        found = _compare(client, address)
        parts = [*found.totals, found.both, *found.alone]
        assert sum(part.total for part in found.alone) + found.both.total > 0
        for part in parts:
            if part.total:
                assert part.query_string is not None
                results = client.get(f"/ar/search/?{part.query_string}", follow=True)
                assert results.context["found"].total == part.total
        first, second = (part.total for part in found.totals)
        assert first == found.both.total + found.alone[0].total
        assert second == found.both.total + found.alone[1].total

    @pytest.mark.parametrize("grain", ["month", "year", "decade"])
    def test_periods_are_searches_and_make_up_all(
        self, client: Client, library: Library, grain: str
    ) -> None:
        found = _compare(client, f"a.q=مطبعة&b.q=بيان&grain={grain}")
        rows = [*found.periods, found.vague]
        for side in range(2):
            assert sum(row.counts[side] for row in rows) == found.totals[side].total
            for row in rows:
                if row.counts[side]:
                    results = client.get(
                        f"/ar/search/?{row.query_strings[side]}", follow=True
                    )
                    assert results.context["found"].total == row.counts[side]
        assert max(max(row.shares) for row in found.periods) == 100
        assert grain == "decade" or any(not row.held for row in found.periods)

    def test_words_lead_to_articles_of_their_side(
        self, client: Client, library: Library
    ) -> None:
        found = _compare(client, "a.q=بيان&b.q=")
        assert found.words[0]
        for row in (*found.words[0][:3], *found.words[1][:3]):
            results = client.get(f"/ar/search/?{row.query_string}", follow=True)
            assert results.context["found"].total > 0

    def test_one_search_is_offered_actors(
        self, client: Client, library: Library
    ) -> None:
        answer = client.get(f"{PAGE}?a.q=مطبعة")
        offered = answer.context["offered"]
        assert offered
        text = answer.content.decode()
        for actor in offered:
            assert f"{PAGE}?{actor.query_string}" in unescape(text)
            assert _compare(client, actor.query_string).totals[1].total == actor.count

    def test_every_address_has_a_page(self, client: Client, library: Library) -> None:
        for address in (
            "",
            "a.q=",
            "b.q=مطبعة",
            "a.q=مطبعة&b.q=مطبعة",
            "a.q=زخزخزخ&b.q=زخزخ",
            "a.actor=nobody&b.actor=~",
            "a.q=مطبعة&b.q=بيان&grain=century&a.page=99999&a.sort=oldest",
            "a.q=مطبعة&b.q=أمس&b.from=أمس&a.to=اليوم",
        ):
            for language in ("ar", "en"):
                answer = client.get(f"/{language}/search/compare/?{address}")
                assert answer.status_code == 200, address

    def test_mistake_stands_at_its_search(
        self, client: Client, library: Library
    ) -> None:
        for address in (
            'a.q=مطبعة&b.q="غير',
            "a.from=أمسس&b.q=",
            "a.q=م&b.from=1950&b.to=1900",
        ):
            for path in (PAGE, f"{PAGE}csv/words/"):
                answer = client.get(f"{path}?{address}")
                assert answer.status_code == 400
                assert "-error" in answer.content.decode()

    def test_results_and_actors_lead_to_it(
        self, client: Client, library: Library
    ) -> None:
        results = client.get(f"/ar/search/?{urlencode({'q': 'مطبعة'})}")
        assert f"{PAGE}?a.q=" in results.content.decode()
        actor = client.get("/ar/actors/baghdad/").content.decode()
        [address] = re.findall(rf'href="({PAGE}\?[^"]*)"', actor)
        assert client.get(unescape(address)).context["sides"][0].is_given


class TestFiles:
    def test_tables_are_those_of_the_page(
        self, client: Client, library: Library
    ) -> None:
        address = "a.q=الطريق&b.q=بيان"
        found = _compare(client, address)
        for table, count in (
            ("periods", len(found.periods) + any(found.vague.counts)),
            ("words", sum(map(len, found.words))),
            ("articles", 5),
        ):
            answer = client.get(f"{PAGE}csv/{table}/?{address}")
            text = answer.getvalue().decode().removeprefix("\ufeff")
            _heading, *rows = csv.reader(io.StringIO(text, newline=""))
            assert len(rows) == count > 0

    def test_unknown_table_is_404(self, client: Client, library: Library) -> None:
        assert client.get(f"{PAGE}csv/other/?a.q=م&b.q=").status_code == 404

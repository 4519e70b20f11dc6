"""``manage.py search``: the results page as text and as JSON."""

import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.translation import override

from search.management.results_text import ANGLE_QUOTES, BOLD, plain
from tests.search.library import Library


def _search(*arguments: str) -> str:
    out = io.StringIO()
    call_command("search", *arguments, stdout=out)
    return out.getvalue()


def _json(*arguments: str) -> dict[str, Any]:
    page: dict[str, Any] = json.loads(_search(*arguments, "--json"))
    return page


def _refusal(*arguments: str) -> CommandError:
    with pytest.raises(CommandError) as caught:
        _search(*arguments)
    return caught.value


class TestPage:
    @pytest.mark.parametrize(
        ("arguments", "query_string"),
        [
            (["بيان"], f"q={quote('بيان')}"),
            (["بيان", "--page", "2"], f"q={quote('بيان')}&page=2"),
            (
                ["بيان", "--sort", "oldest", "--source", "review"],
                f"q={quote('بيان')}&source=review&sort=oldest",
            ),
            (
                [
                    *("--actor", "observer-1", "--actor", "observer-2"),
                    *("--any", "actor"),
                ],
                "actor=observer-1&actor=observer-2&any=actor",
            ),
            (
                ["--not-actor", "observer-1", "--undated", "--topic", "~"],
                "-actor=observer-1&topic=~&undated=1",
            ),
            (["--topic", "papers"], "topic=papers"),
            (
                ["--within", "source=review", "--not-within", "undated=1"],
                "within=source%3Dreview&-within=undated%3D1",
            ),
            (["مطبعة", "--from", "1923-05"], f"q={quote('مطبعة')}&from=1923-05"),
        ],
    )
    def test_hits_equal_those_of_the_page(
        self,
        client: Client,
        library: Library,
        arguments: list[str],
        query_string: str,
    ) -> None:
        found = client.get(f"/ar/search/?{query_string}").context["found"]
        page = _json(*arguments)
        assert page["total"] == found.total > 0
        assert page["page_count"] == found.page_count
        assert [row["id"] for row in page["rows"]] == [
            row.article.pk for row in found.rows
        ]
        assert page["rows"][0]["rank"] == found.first_rank

    def test_drafts_are_not_found(self, library: Library) -> None:
        assert _json("الزمردة")["total"] == 0

    def test_dates_are_read_as_the_form_reads_them(self, library: Library) -> None:
        page = _json("--from", "أيار ١٩٢٣", "--to", "14/5/1923")
        assert (page["from"], page["to"]) == ("1923-05", "1923-05-14")
        assert library["vocalised"].pk in [row["id"] for row in page["rows"]]

    def test_an_unknown_slug_finds_nothing(self, library: Library) -> None:
        assert _json("--actor", "nobody")["total"] == 0


class TestText:
    def test_row_shows_title_date_source_and_passage(self, library: Library) -> None:
        article = library["vocalised"]
        lines = _search("كتاب").splitlines()
        at = next(at for at, line in enumerate(lines) if f"[{article.pk}]" in line)
        assert "«الكِتَابُ»" in lines[at - 1]
        assert "14 أيار/مايو 1923" in lines[at]
        assert "جريدة الاختبار" in lines[at]
        assert "«كِتَابَهُ»" in lines[at + 1]

    @pytest.mark.parametrize(
        ("name", "query", "date"),
        [
            ("year_only_date", "تقويم", " 1923 ·"),
            ("month_only_date", "نشرة", " May 1923 ·"),
            ("undated", "مهجورة", " undated ·"),
        ],
    )
    def test_date_is_as_precise_as_known(
        self, library: Library, name: str, query: str, date: str
    ) -> None:
        assert f"[{library[name].pk}]{date}" in _search(query, "--language", "en")

    def test_language_option_sets_the_language(self, library: Library) -> None:
        text = _search("كتاب", "--actor", "taha", "--language", "en")
        assert "articles found" in text or "article found" in text
        assert "Taha Hussein" in text
        assert "The Test Gazette" in text

    def test_later_page_shows_its_ranks(self, library: Library) -> None:
        text = _search("بيان", "--page", "2", "--language", "en")
        assert "showing 21–40" in text
        assert "\n21. " in text

    def test_facets_option_prints_counts(self, library: Library) -> None:
        text = _search("بيان", "--facets", "--language", "en")
        assert "Weather (weather)" in text
        assert "Trial Review (review)" in text
        assert "Date\n" in text

    def test_counts_are_not_printed_by_default(self, library: Library) -> None:
        assert "(weather)" not in _search("بيان")

    def test_html_is_unescaped(self, library: Library) -> None:
        text = _search("مصيدة")
        assert '<script>alert("عنوان")</script> «مصيدة»' in text
        assert "&lt;" not in text

    def test_no_hits_print_a_count_of_zero(self, library: Library) -> None:
        assert _search("زخزخزخ", "--language", "en") == "0 articles found\n"


class TestPlain:
    def test_marks_are_bold_on_a_terminal(self) -> None:
        marked = "نهر <mark>دجلة</mark>"
        assert plain(marked, BOLD) == "نهر \x1b[1mدجلة\x1b[22m"

    def test_escaped_mark_is_text(self) -> None:
        assert plain("&lt;mark&gt;نص&lt;/mark&gt;", ANGLE_QUOTES) == "<mark>نص</mark>"

    def test_control_characters_are_removed(self) -> None:
        assert plain("نص\x1b]0;عنوان\x07", BOLD) == "نص]0;عنوان"


class TestJson:
    def test_keys_are_stable(self, library: Library) -> None:
        page = _json("كتاب", "--actor", "taha")
        assert list(page) == [
            "query",
            "level",
            "filters",
            "excluded",
            "any",
            "from",
            "to",
            "undated",
            "sort",
            "page",
            "as_of",
            "dates_read",
            "page_count",
            "total",
            "most_words",
            "suggestion",
            "impossible",
            "named_actors",
            "rows",
        ]
        assert page["filters"] == {"actor": ["taha"]}
        assert page["rows"][0] == {
            "rank": 1,
            "id": library["vocalised"].pk,
            "address": f"/ar/articles/{library['vocalised'].pk}/",
            "title": "الكِتَابُ وَالْقَلَمُ",
            "published": "1923-05-14",
            "date": "14 أيار/مايو 1923",
            "source": {"slug": "gazette", "name": "جريدة الاختبار"},
            "snippets": page["rows"][0]["snippets"],
            "forms": page["rows"][0]["forms"],
            "counted_characters": 0,
            "through_names": [],
        }
        # Its verb has its vowels, كَتَبَ.
        assert page["rows"][0]["forms"] == {
            "الكتاب": 1,
            "كتابه": 1,
        }
        assert "«كِتَابَهُ»" in page["rows"][0]["snippets"][0]

    def test_relaxation_and_suggestion_are_reported(self, library: Library) -> None:
        page = _json("الكتاب القلم زخزخزخ")
        assert page["most_words"] == {"asked": 3, "found": 2}
        assert library["vocalised"].pk in [row["id"] for row in page["rows"]]
        assert _json("الكتابب")["suggestion"] == "الكتاب"

    def test_level_option_applies_to_all_words(self, library: Library) -> None:
        totals = [
            _json("كتاب", "--level", level)["total"]
            for level in ("exact", "family", "root")
        ]
        assert totals[0] < totals[1] < totals[2]
        assert _json("كتاب", "--level", "root")["level"] == "root"

    def test_facets_option_adds_counts(self, library: Library) -> None:
        page = _json("بيان", "--facets", "--source", "review")
        sources = page["facets"]["source"]["values"]
        assert {"value": "review", "selected": True}.items() <= next(
            value for value in sources if value["value"] == "review"
        ).items()
        assert len(sources) > 1
        assert page["dates"]["grain"] == "year"
        assert sum(value["count"] for value in page["dates"]["values"]) == page["total"]


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "parameters"),
        [
            (['"غير مغلق'], {"q": '"غير مغلق'}),
            (["لون:أحمر"], {"q": "لون:أحمر"}),
            (["OR"], {"q": "OR"}),
            (["س" * 10_240], {"q": "س" * 10_240}),
        ],
    )
    def test_syntax_error_has_the_message_of_the_page(
        self,
        client: Client,
        library: Library,
        arguments: list[str],
        parameters: dict[str, str],
    ) -> None:
        error = _refusal(*arguments)
        page = client.get("/ar/search/", parameters)
        assert page.status_code == 400
        assert error.returncode == 2
        assert str(error).splitlines()[0] == page.context["form"].errors["q"][0]

    @pytest.mark.parametrize("option", ["from", "to"])
    def test_bad_date_is_reported_with_its_label(
        self, client: Client, library: Library, option: str
    ) -> None:
        error = _refusal(f"--{option}", "قريبا", "--language", "en")
        page = client.get("/en/search/", {option: "قريبا"})
        (sentence,) = page.context["form"].errors[f"date_{option}"]
        assert error.returncode == 2
        assert str(error) == f"{option.capitalize()}: {sentence}"

    def test_period_that_ends_before_it_begins_is_refused(
        self, library: Library
    ) -> None:
        assert _refusal("--from", "1950", "--to", "1940").returncode == 2

    def test_page_past_the_end_is_refused(self, library: Library) -> None:
        error = _refusal("كتاب", "--page", "999", "--language", "en")
        assert error.returncode == 2
        assert "There is no page 999" in str(error)

    def test_missing_index_names_the_command(self, db: None, no_index: Path) -> None:
        error = _refusal("كتاب")
        assert error.returncode == 1
        assert "rebuild_index" in str(error)

    def test_invalid_utf8_is_refused_with_a_message(self, library: Library) -> None:
        error = _refusal("\udcff")
        assert error.returncode == 2
        assert str(error).encode()

    def test_language_is_restored_afterwards(self, library: Library) -> None:
        with override("en"):
            _refusal('"غير مغلق', "--language", "ar")
            assert "found" in _search("كتاب", "--language", "en")

"""What a page says of each word of a search."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from search.query import Level
from search.results.model import (
    LevelCount,
    WordExplanation,
    WordForm,
)
from tests.pages.conftest import Archive
from tests.pages.reading import find, texts
from tests.pages.test_explanations import ADDRESS, NUMBERS, query_of, show


def explain(*, hidden: int = 0, linked: bool = True) -> WordExplanation:
    """A word asked for at the family level; no link where it is part of a phrase."""
    levels = (
        LevelCount(Level.EXACT, 0, "q=%3Dx" if linked else ""),
        LevelCount(Level.FAMILY, 5, ""),
        LevelCount(Level.ROOT, 9, "q=√x" if linked else ""),
    )
    form = WordForm("الكتاب", 5, "q=form" if linked else "")
    return WordExplanation("كتاب", levels, (form,), hidden)


class TestWords:
    def test_word_is_counted_at_each_level(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة"})
        assert texts(page, "p", class_="words-word") == ["دجلة"]
        (levels,) = texts(page, "ul", class_="words-levels")
        assert levels == (
            "حرفًا بحرف عدد المقالات: 2 كما كُتبت عدد المقالات: 2 "
            "بكل صيغها عدد المقالات: 3 "
            "بكل مشتقات الجذر عدد المقالات: 3"
        )
        (forms,) = texts(page, "ul", class_="words-forms")
        assert forms == "دجلة عدد المقالات: 2 ودجلة عدد المقالات: 1"

    def test_form_links_to_its_articles(self, client: Client, archive: Archive) -> None:
        page = client.get(ADDRESS, {"q": "دجلة"})
        (link,) = [a for a in find(page, "a") if a.text == "ودجلة"]
        titles = texts(client.get(link["href"]), "h2", class_="entry-title")
        assert titles == ["الفرات ودجلة"]

    def test_level_links_to_the_word_at_that_level(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة", "actor": "tigris"})
        (link,) = [a for a in find(page, "a") if a.text == "كما كُتبت"]
        assert query_of(link) == {"q": ["=دجلة"], "actor": ["tigris"]}

    def test_own_level_is_current_and_empty_level_is_no_link(self) -> None:
        with override("en"):
            panel = render_to_string(
                "search/_words.html", {"words": [explain()], "total": 5}
            )
        assert '<span aria-current="true">in every form</span>' in panel
        assert "<span>as written</span>" in panel
        assert ">by root</a>" in panel

    def test_words_of_a_phrase_have_no_links(self) -> None:
        with override("en"):
            panel = render_to_string(
                "search/_words.html", {"words": [explain(linked=False)], "total": 5}
            )
        assert "<a " not in panel
        assert "aria-current" not in panel

    @pytest.mark.parametrize(
        ("hidden", "text"),
        list(
            zip(
                NUMBERS[1:],
                [
                    "وصيغة أخرى",
                    "وصيغتان أخريان",
                    "و3 صيغ أخرى",
                    "و11 صيغة أخرى",
                    "و100 صيغة أخرى",
                ],
                strict=True,
            )
        ),
    )
    def test_hidden_forms_are_counted(self, hidden: int, text: str) -> None:
        shown = show("_words.html", words=[explain(hidden=hidden)], total=5)
        assert shown.endswith(f" {text}")

    def test_hint_says_that_counts_are_of_the_archive(
        self, client: Client, archive: Archive
    ) -> None:
        sentence = "The counts are of the whole archive."
        one = client.get("/en/search/", {"q": "دجلة"}).content.decode()
        two = client.get("/en/search/", {"q": "دجلة الفرات"}).content.decode()
        assert sentence not in one
        assert sentence in two

    def test_panel_is_open_only_without_hits(
        self, client: Client, archive: Archive
    ) -> None:
        (found,) = find(client.get(ADDRESS, {"q": "دجلة"}), "details", class_="words")
        (nothing,) = find(client.get(ADDRESS, {"q": "قطار"}), "details", class_="words")
        assert "open" not in found.attributes
        assert "open" in nothing.attributes

    def test_search_without_words_has_no_panel(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"actor": "tigris"})
        assert find(page, "details", class_="words") == []

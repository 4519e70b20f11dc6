"""Suggestions while typing, on the library and its index."""

import json
import re
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.models import Actor, ActorAlias
from search.keeping import make_own, remember
from search.query import parse
from search.request import SearchRequest
from search.searcher import count_articles
from search.suggest import suggest
from tests.search.library import Library


def labels(text: str, language: str = "ar") -> list[str]:
    return [each.label for each in suggest(text, language=language)]


class TestSuggest:
    def test_actor_is_offered_by_the_beginning_of_any_of_its_names(
        self, library: Library
    ) -> None:
        taha = Actor.objects.get(slug="taha")
        ActorAlias.objects.create(actor=taha, name="عميد الأدب")
        for typed in (taha.name_ar[:4], taha.name_latin[:4], "عميد"):
            [first, *_rest] = suggest(typed, language="ar")
            assert first.label == taha.name_ar
            assert first.query_string == "actor=taha"
            assert first.articles == 2

    def test_topic_and_source_are_offered_by_a_word_of_their_names(
        self, library: Library
    ) -> None:
        queries = {each.query_string for each in suggest("Gazette", language="en")}
        assert "source=gazette" in queries
        assert "topic=science" in {
            each.query_string for each in suggest("Science", language="en")
        }

    def test_words_of_the_archive_continue_what_is_typed(
        self, library: Library
    ) -> None:
        found = {each.text: each.articles for each in suggest("مطب", language="ar")}
        assert "مطبعة" in found
        assert "ورقة مطبعة" in labels("ورقة مطب")

    def test_phrases_of_the_archive_are_offered_with_what_they_find(
        self, library: Library
    ) -> None:
        for typed in ("الطري", "الطريق طو"):
            [phrase, *_rest] = [
                each
                for each in suggest(typed, language="ar")
                if each.text.startswith("«الطريق طويلا")
            ]
            found = count_articles(
                SearchRequest(text=phrase.text, query=parse(phrase.text))
            )
            assert phrase.articles == found > 0

    @pytest.mark.parametrize("typed", ["في", "عنوان:الطريق", "-الطريق", "«الطريق ط"])
    def test_particles_and_operators_begin_no_phrase(
        self, library: Library, typed: str
    ) -> None:
        offered = suggest(typed, language="ar")
        assert not [each for each in offered if each.kind == "عبارة"]

    def test_words_that_find_nothing_together_are_not_offered(
        self, library: Library
    ) -> None:
        assert "الزمان مطبعة" not in labels("الزمان مطب")

    def test_hidden_names_and_words_are_not_offered(self, library: Library) -> None:
        hidden = Actor.objects.get(slug="hidden")
        hidden.save()
        assert labels(hidden.name_ar[:5]) == []
        # A word of a draft alone.
        assert labels("الزمرد") == []

    def test_latin_keys_are_read_as_arabic(self, library: Library) -> None:
        assert "بغداد" in labels("fy]")

    @pytest.mark.parametrize("text", ["", " ", "ا", "؟!", "\0", "%", "x" * 5_000])
    def test_nothing_is_offered_for_what_is_no_beginning(
        self, library: Library, text: str
    ) -> None:
        assert labels(text) == []


class TestView:
    def test_answer_has_labels_notes_and_addresses_that_find(
        self, client: Client, library: Library
    ) -> None:
        # The library is saved in bulk, past what keeps the spellings of names.
        Actor.objects.get(slug="baghdad").save()
        answer = client.get("/ar/search/suggestions/", {"q": "بغد"})
        assert answer.headers["Content-Type"] == "application/json"
        rows = json.loads(answer.content)["suggestions"]
        shown = [(row["label"], row["note"]) for row in rows]
        assert shown[:2] == [("بغداد", "مكان · مقالان"), ("تاريخ بغداد", "موضوع")]
        for row in rows:
            assert parse_qs(urlsplit(row["address"]).query)
            assert client.get(row["address"]).context["found"].total > 0

    def test_own_earlier_searches_are_offered_and_nobody_elses(
        self, client: Client, library: Library, django_user_model: type[User]
    ) -> None:
        user = django_user_model.objects.create_user("reader")
        keeper = make_own(user)
        for text in ("نفط العراق", "تاريخ دمشق", "بغداد القديمة"):
            query = SearchRequest(text=text).query_string()
            remember(keeper, query_string=query, question=text, total=2)

        def offered(text: str) -> list[str]:
            answer = client.get("/ar/search/suggestions/", {"q": text})
            rows = json.loads(answer.content)["suggestions"]
            return [row["label"] for row in rows if "بحث سابق" in row["note"]]

        assert offered("") == offered("بغد") == []
        client.force_login(user)
        assert offered("") == ["بغداد القديمة", "تاريخ دمشق", "نفط العراق"]
        assert offered("العر") == ["نفط العراق"]
        assert offered("راق") == offered("؟!") == offered("\0") == []

    def test_without_an_index_nothing_is_offered(
        self, client: Client, db: None, no_index: object
    ) -> None:
        answer = client.get("/ar/search/suggestions/", {"q": "بغداد"})
        assert json.loads(answer.content) == {"suggestions": []}

    def test_search_box_of_a_browser_gets_lists(
        self, client: Client, library: Library
    ) -> None:
        description = client.get("/ar/opensearch.xml").content.decode()
        (template,) = re.findall(
            r'type="application/x-suggestions\+json" template="([^"]+)"', description
        )
        address = unescape(template).replace("{searchTerms}", quote("بغد"))
        answer = client.get(address.removeprefix("http://testserver"))
        assert answer.headers["Content-Type"] == "application/x-suggestions+json"
        text, labels, notes, addresses = answer.json()
        assert text == "بغد"
        assert len(labels) == len(notes) == len(addresses) > 0
        assert all(each.startswith("http://testserver/ar/") for each in addresses)

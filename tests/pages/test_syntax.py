"""The syntax page: every example is a search that works."""

import pytest
from django.test import Client

from search.query.parse import parse
from search.suggest import Example
from search.views.examples import CHAPTERS
from tests.pages.conftest import Archive
from tests.pages.reading import find, texts

EXAMPLES = [example for chapter in CHAPTERS for example in chapter.examples]


class TestSyntax:
    @pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.query)
    def test_example_is_a_query(self, example: Example) -> None:
        parse(example.query)

    def test_examples_lead_to_results(self, client: Client, archive: Archive) -> None:
        page = client.get("/ar/search/help/")
        links = [a for a in find(page, "a") if "?q=" in a["href"]]
        assert [a.text for a in links] == [
            e.query for chapter in CHAPTERS for e in chapter.examples
        ]
        for link in links:
            assert client.get(link["href"]).status_code == 200

    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_page_is_in_both_languages(
        self, client: Client, db: None, language: str
    ) -> None:
        page = client.get(f"/{language}/search/help/")
        assert page.status_code == 200
        assert len(texts(page, "h2")) == len(CHAPTERS) + 5

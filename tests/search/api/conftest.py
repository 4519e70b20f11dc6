"""The library as its site has it after the first indexing: harvesters know it."""

import pytest

from search.indexing.harvest import note_changes
from tests.search.library import Library


@pytest.fixture(autouse=True)
def _noted(request: pytest.FixtureRequest) -> None:
    if "library" in request.fixturenames:
        library: Library = request.getfixturevalue("library")
        note_changes(article.pk for article in library.articles.values())

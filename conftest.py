"""The language in which each test begins, whatever the one before it left behind."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def first_language(request: pytest.FixtureRequest) -> Iterator[None]:
    """The site's own language; in a docstring's examples, that of the source."""
    # A page asked for in one language leaves it active in the tests' thread.
    if isinstance(request.node, pytest.DoctestItem):
        translation.deactivate_all()
    else:
        translation.deactivate()
    yield
    translation.deactivate()

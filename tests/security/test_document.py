"""docs/security.md names tests that are there."""

import re

import pytest

from tests.sources import BASE_DIR

_DOCUMENT = (BASE_DIR / "docs/security.md").read_text("utf-8")
# `security/test_headers.py`, and the class in brackets behind it
_NAMED_RE = re.compile(r"`((?:[\w]+/)*[\w]+(?:\.py)?)`(?: \((Test\w+)[,)])?")
_NAMED = [
    (name, test_class)
    for name, test_class in _NAMED_RE.findall(_DOCUMENT)
    if "test_" in name
]


class TestDocument:
    def test_it_names_tests(self) -> None:
        assert len(_NAMED) > 20

    @pytest.mark.parametrize(("name", "test_class"), sorted(set(_NAMED)))
    def test_each_is_there(self, name: str, test_class: str) -> None:
        path = BASE_DIR / "tests" / name
        assert path.is_file()
        assert not test_class or f"class {test_class}" in path.read_text("utf-8")

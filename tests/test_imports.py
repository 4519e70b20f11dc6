"""Who may import whom: the rules of docs/architecture.md, read from the sources."""

import re
import sys
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from tests import sources

MODULES = sources.modules()

# A library's name → the only places that may import it.
_CONFINED = {
    "haystack": (
        r"search/engines/haystack_documents\.py",
        r"search/engines/\w+/(backend|haystack_\w+)\.py",
        r"search/search_indexes\.py",
        r"search/indexing/.*",
    ),
    "whoosh": (r"search/engines/whoosh/.*",),
    "opensearchpy": (r"search/engines/opensearch/.*",),
    "numpy": (r"search/engines/whoosh/.*",),
    "pyarabic": (r"search/arabic/.*",),
}

# From the ground up: a module imports its own storey and those below, never above.
_STOREYS = (
    ("search.arabic", "search.errors"),
    (
        "search.query",
        "search.query.parse",
        "search.request",
        "search.results.model",
        "search.fields",
        "search.query.lexer",
        "search.query.parser",
        "search.query.term_syntax",
        "search.query.date_syntax",
        "search.query.corrections",
        "search.query.word_slots",
        "search.query.render",
        "search.date_keys",
    ),
    ("search.engines", "search.indexing", "search.models", "search.search_indexes"),
    (
        "search.searcher",
        "search.results.facets",
        "search.results.date_facet",
        "search.highlight.snippets",
        "search.highlight.passages",
        "search.highlight.sentence_breaks",
        "search.highlight.body_text",
        "search.highlight.highlighter",
        "search.highlight.phrase_matcher",
        "search.highlight.token_matchers",
        "search.highlight.article",
        "search.results.broader",
        "search.results.explain",
        "search.results.relaxation",
        "search.results.did_you_mean",
        "search.results.latin_names",
        "search.status",
    ),
    (
        "search.export",
        "search.views.export",
        "search.views.examples",
        "search.forms",
        "search.feeds",
        "search.api",
        "search.views.pages",
        "search.views.status",
        "search.urls",
        "search.templatetags",
        "search.management",
    ),
)

# The storeys under the pages: they never see a request of the web.
_INNER = range(len(_STOREYS) - 1)


def _storey(name: str) -> int | None:
    for number, packages in enumerate(_STOREYS):
        if any(sources.is_under(name, package) for package in packages):
            return number
    return None


def _taken_from(path: str, package: str) -> list[str]:
    return sorted(
        name for name in sources.imported(path) if sources.is_under(name, package)
    )


def _offences(paths: Iterable[str], find: Callable[[str], Any]) -> dict[str, Any]:
    return {path: found for path in paths if (found := find(path))}


class TestImports:
    @pytest.mark.parametrize("library", _CONFINED)
    def test_a_confined_library_stays_where_it_belongs(self, library: str) -> None:
        elsewhere = [
            path
            for path in MODULES
            if not any(re.fullmatch(place, path) for place in _CONFINED[library])
        ]
        assert _offences(elsewhere, lambda path: _taken_from(path, library)) == {}

    def test_only_the_installation_imports_config(self) -> None:
        others = [path for path in MODULES if not path.startswith("config/")]
        assert _offences(others, lambda path: _taken_from(path, "config")) == {}

    def test_the_archive_knows_nothing_of_search(self) -> None:
        archive = [path for path in MODULES if path.startswith("archive/")]
        assert _offences(archive, lambda path: _taken_from(path, "search")) == {}

    def test_no_module_imports_one_of_a_higher_storey(self) -> None:
        assert _offences(MODULES, _higher) == {}

    def test_requests_of_the_web_stop_at_the_views(self) -> None:
        web = {"django.http.HttpRequest", "django.http.QueryDict"}
        inner = [path for path in MODULES if _storey(sources.dotted(path)) in _INNER]
        assert _offences(inner, lambda path: sources.imported(path) & web) == {}

    def test_arabic_stands_on_the_standard_library_and_pyarabic(self) -> None:
        arabic = [path for path in MODULES if path.startswith("search/arabic/")]
        assert arabic
        assert _offences(arabic, _foreign_to_arabic) == {}

    def test_every_search_module_has_a_storey(self) -> None:
        homeless = [
            path
            for path in MODULES
            if path.startswith("search/")
            and _storey(sources.dotted(path)) is None
            and path not in {"search/__init__.py", "search/apps.py"}
        ]
        assert homeless == []


def _higher(path: str) -> list[str]:
    own = _storey(sources.dotted(path))
    if own is None:
        return []
    taken = _taken_from(path, "search")
    return [name for name in taken if (_storey(name) or 0) > own]


def _foreign_to_arabic(path: str) -> list[str]:
    allowed = sys.stdlib_module_names | {"pyarabic"}
    return [
        name
        for name in sources.imported(path)
        if name.partition(".")[0] not in allowed
        and not sources.is_under(name, "search.arabic")
        and name != "search"
    ]


@pytest.mark.parametrize("name", ["bootstrap", "environment", "errors", "fingerprint"])
class TestBootstrap:
    def test_it_runs_before_anything_is_installed(self, name: str) -> None:
        roots = {
            found.partition(".")[0] for found in sources.imported(f"config/{name}.py")
        }
        assert roots <= sys.stdlib_module_names | {"config"}
        own = _taken_from(f"config/{name}.py", "config")
        assert {found.split(".")[1] for found in own if "." in found} <= {
            "bootstrap",
            "environment",
            "errors",
            "fingerprint",
        }


class TestSearchPackage:
    def test_its_door_is_empty(self) -> None:
        assert (sources.BASE_DIR / "search/__init__.py").read_text() == ""

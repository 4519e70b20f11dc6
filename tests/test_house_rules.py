"""Rules that no linter has: sizes and names of modules, templates, style sheets."""

import ast
import re
from collections import Counter
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

import pytest

from tests import sources

MODULES = sources.modules()
TEMPLATES = sources.files("templates", ".html")
STYLES = sources.files("static", ".css")

_LONGEST_MODULE = 300
_LONGEST_FUNCTION = 40
_LARGEST_PACKAGE = 12

# Names under which anything could be put, so that nothing can be found.
_BANNED_NAMES = frozenset(
    {"utils", "util", "helpers", "helper", "common", "core", "services", "managers"}
    | {"misc"}
)
# The one place where Arabic letters are named by their code points.
_LETTERS = "search/arabic/letters.py"
# Finds r"\u0627"; U+061C, the direction mark, is no letter: ruff wants it escaped.
_ARABIC_ESCAPE_RE = re.compile(r"\\u06(?!1[cC])[0-9A-Fa-f]{2}")
# Finds "SafeString(text)", which S308 of ruff lets pass; annotations promise nothing.
_DECLARED_SAFE_RE = re.compile(r"\bSafe(?:String|Text)\(")
_NO_COMMENT_RE = re.compile(r"(?!)")

# Finds "margin-left: 1rem", "float: right", "left: 0", "border-top-left-radius: 2px".
_PHYSICAL_RE = re.compile(
    r"""
      (?:^|[;{\s]) (?: (?:margin|padding|border|inset|scroll-margin|scroll-padding)
                       -(?:left|right)[\w-]*
                     | border-(?:top|bottom)-(?:left|right)-radius
                     | left | right ) \s*:
    | (?:text-align|float|clear) \s*: \s* (?:left|right)\b
    """,
    re.VERBOSE | re.MULTILINE,
)
_CSS_COMMENT_RE = re.compile(r"/\*.*?\*/", re.DOTALL)
_TEMPLATE_COMMENT_RE = re.compile(
    r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", re.DOTALL
)

# A script with nothing inside it, or one that holds data, is no inline script.
_INLINE_SCRIPT_RE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)", re.IGNORECASE
)
# Finds "<style>", "style=", "onclick=".
_INLINE_STYLE_RE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
_INLINE_HANDLER_RE = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
# Finds "{{ text|safe }}", "{% autoescape off %}".
_UNESCAPED_RE = re.compile(r"\|\s*safe(?:seq)?\b|autoescape\s+off")


def _text(path: str) -> str:
    return (sources.BASE_DIR / path).read_text("utf-8")


def _offences(paths: list[str], find: Callable[[str], Any]) -> dict[str, Any]:
    """What ``find`` finds in each file, files with nothing left out."""
    return {path: found for path in paths if (found := find(path))}


def _matches(
    pattern: re.Pattern[str], comment: re.Pattern[str]
) -> Callable[[str], list[str]]:
    return lambda path: [
        found.group().strip()
        for found in pattern.finditer(comment.sub("", _text(path)))
    ]


class TestModules:
    def test_modules_are_short(self) -> None:
        lines = {path: len(_text(path).splitlines()) for path in MODULES}
        assert {path: n for path, n in lines.items() if n > _LONGEST_MODULE} == {}

    def test_functions_are_short(self) -> None:
        assert _offences(MODULES, _long_functions) == {}

    def test_packages_are_small(self) -> None:
        modules = [path for path in MODULES if not path.endswith("/__init__.py")]
        sizes = Counter(str(PurePath(path).parent) for path in modules)
        assert {name: n for name, n in sizes.items() if n > _LARGEST_PACKAGE} == {}

    def test_names_say_something(self) -> None:
        named = {path: {*PurePath(path).with_suffix("").parts} for path in MODULES}
        assert _offences(MODULES, lambda path: named[path] & _BANNED_NAMES) == {}

    def test_arabic_letters_are_written_as_letters(self) -> None:
        others = [path for path in MODULES if path != _LETTERS]
        assert _offences(others, _matches(_ARABIC_ESCAPE_RE, _NO_COMMENT_RE)) == {}

    def test_escaping_stays_on(self) -> None:
        assert _offences(MODULES, _matches(_DECLARED_SAFE_RE, _NO_COMMENT_RE)) == {}


def _long_functions(path: str) -> list[str]:
    return [
        node.name
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= _LONGEST_FUNCTION
    ]


class TestTemplates:
    def test_escaping_stays_on(self) -> None:
        found = _offences(TEMPLATES, _matches(_UNESCAPED_RE, _TEMPLATE_COMMENT_RE))
        assert found == {}

    @pytest.mark.parametrize(
        "pattern", [_INLINE_SCRIPT_RE, _INLINE_HANDLER_RE, _INLINE_STYLE_RE]
    )
    def test_nothing_stands_inline(self, pattern: re.Pattern[str]) -> None:
        assert _offences(TEMPLATES, _matches(pattern, _TEMPLATE_COMMENT_RE)) == {}


class TestStyles:
    def test_they_know_no_left_and_right(self) -> None:
        assert _offences(STYLES, _matches(_PHYSICAL_RE, _CSS_COMMENT_RE)) == {}


class TestTheRulesThemselves:
    """A rule that finds nothing in a bad line would pass for ever."""

    @pytest.mark.parametrize(
        "line",
        [
            "p { margin-left: 1rem }",
            "p {\n  left: 0;\n}",
            "p { text-align: right; }",
            "p{float:left}",
            "p { border-right-color: red }",
            "p { border-top-left-radius: 2px }",
        ],
    )
    def test_physical_css_is_found(self, line: str) -> None:
        assert _PHYSICAL_RE.search(line)

    @pytest.mark.parametrize(
        "line",
        [
            "p { margin-inline-start: 1rem }",
            "p { text-align: start }",
            ".left { color: red }",
            "p { inset-inline: 0; background-position: left }",
        ],
    )
    def test_logical_css_is_not(self, line: str) -> None:
        assert not _PHYSICAL_RE.search(line)

    @pytest.mark.parametrize(
        ("pattern", "line"),
        [
            (_UNESCAPED_RE, "{{ snippet|safe }}"),
            (_UNESCAPED_RE, "{% autoescape off %}"),
            (_INLINE_SCRIPT_RE, "<script>alert(1)</script>"),
            (_INLINE_SCRIPT_RE, '<script type="module">import "x"</script>'),
            (_INLINE_STYLE_RE, '<p style="color: red">'),
            (_INLINE_HANDLER_RE, '<a href="#" onclick="go()">'),
            (_ARABIC_ESCAPE_RE, r'ALEF = "\u0627"'),
            (_DECLARED_SAFE_RE, "return SafeString(text)"),
        ],
    )
    def test_other_lapses_are_found(self, pattern: re.Pattern[str], line: str) -> None:
        assert pattern.search(line)

    def test_there_is_something_to_check(self) -> None:
        assert MODULES
        assert TEMPLATES
        assert STYLES

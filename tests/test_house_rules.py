"""Rules of the house that no other tool checks; CONTRIBUTING.md lists them."""

import ast
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests import sources

MODULES = sources.modules()
TEMPLATES = sources.files("templates", ".html")
STYLES = sources.files("static", ".css")

_LONGEST_MODULE = 300
_LONGEST_FUNCTION = 40

# Names under which anything could be put, so that nothing can be found.
_BANNED_NAMES = frozenset(
    {"utils", "util", "helpers", "helper", "common", "core", "services", "managers"}
    | {"misc"}
)
# "Public: `mark_article`, `MarkedArticle`."
_PUBLIC_RE = re.compile(r"^Public: (.*?)\.(?:\s|$)", re.MULTILINE | re.DOTALL)
_NAMED_RE = re.compile(r"`(\w+)`")
# The one place where text is declared safe for HTML, after it was escaped.
_MARKS_SAFE = "search/highlight/snippets.py"
# The one place where Arabic letters are named by their code points.
_LETTERS = "search/arabic/letters.py"
# r"\u0627"; the Arabic direction mark U+061C is no letter, and ruff wants it escaped.
_ARABIC_ESCAPE_RE = re.compile(r"\\u06(?!1[cC])[0-9A-Fa-f]{2}")
_NO_COMMENT_RE = re.compile(r"(?!)")

# "margin-left: 1rem", "float: right", "left: 0", "border-top-left-radius: 2px"
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
# "<style>", "style=", "onclick="
_INLINE_STYLE_RE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
_INLINE_HANDLER_RE = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
# "{{ text|safe }}", "{% autoescape off %}"
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
    def test_each_says_what_it_is_for(self) -> None:
        silent = [
            path
            for path in MODULES
            if _text(path) and not ast.get_docstring(sources.tree(path))
        ]
        assert silent == []

    def test_what_each_calls_public_is_there(self) -> None:
        assert _offences(MODULES, _missing_names) == {}

    def test_none_is_longer_than_one_idea(self) -> None:
        lines = {path: len(_text(path).splitlines()) for path in MODULES}
        assert {path: n for path, n in lines.items() if n > _LONGEST_MODULE} == {}

    def test_functions_are_short(self) -> None:
        assert _offences(MODULES, _long_functions) == {}

    def test_names_say_something(self) -> None:
        assert _offences(MODULES, _banned_names) == {}

    def test_exceptions_are_caught_by_name(self) -> None:
        assert _offences(MODULES, _blanket_handlers) == {}

    def test_one_module_declares_text_safe(self) -> None:
        others = [path for path in MODULES if path != _MARKS_SAFE]
        assert _offences(others, _safe_marks) == {}

    def test_arabic_letters_are_written_as_letters(self) -> None:
        others = [path for path in MODULES if path != _LETTERS]
        assert _offences(others, _matches(_ARABIC_ESCAPE_RE, _NO_COMMENT_RE)) == {}


def _missing_names(path: str) -> set[str]:
    """What the docstring calls public and the module does not name."""
    tree = sources.tree(path)
    public = _PUBLIC_RE.search(ast.get_docstring(tree) or "")
    named = {
        name
        for node in tree.body
        for name in (
            *(found.id for found in ast.walk(node) if isinstance(found, ast.Name)),
            *(found.asname or found.name for found in getattr(node, "names", ())),
            getattr(node, "name", ""),
        )
    }
    return set(_NAMED_RE.findall(public.group(1))) - named if public else set()


def _long_functions(path: str) -> list[str]:
    return [
        node.name
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= _LONGEST_FUNCTION
    ]


def _banned_names(path: str) -> set[str]:
    return _BANNED_NAMES & set(sources.dotted(path).split("."))


def _blanket_handlers(path: str) -> set[str]:
    """The catch-alls; one that ends by raising again hides nothing."""
    caught = {
        ast.unparse(node.type) if node.type else "everything"
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.ExceptHandler)
        and not isinstance(node.body[-1], ast.Raise)
    }
    return caught & {"everything", "Exception", "BaseException"}


def _safe_marks(path: str) -> set[str]:
    """Uses of mark_safe, and calls of SafeString; an annotation promises nothing."""
    tree = sources.tree(path)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    return used & {"mark_safe"} | called & {"SafeString", "SafeText"}


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
        ],
    )
    def test_other_lapses_are_found(self, pattern: re.Pattern[str], line: str) -> None:
        assert pattern.search(line)

    def test_there_is_something_to_check(self) -> None:
        assert MODULES
        assert TEMPLATES
        assert STYLES

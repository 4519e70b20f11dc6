"""docs/architecture.md lists every cache with its bound."""

import importlib
import re
from functools import _lru_cache_wrapper
from pathlib import Path

from search.engines.whoosh.caches import CACHE_MB
from tests import sources

_PAGE = (sources.BASE_DIR / "docs/architecture.md").read_text("utf-8")
_SECTION = _PAGE.partition("## Caches")[2]
# "| `search.query.render._is_plain` | 2000 |", "| `postings` | 192 |"
_ROW_RE = re.compile(r"^\| `([\w.]+)` \| (\d+|none) \|", re.MULTILINE)
# Run at their import, or read by a program of its own.
_NOT_IMPORTED = {"config.gunicorn", "config.settings_test", "config.wsgi"}


def _listed(*, functions: bool) -> dict[str, int | None]:
    """The bound of each cache in the tables; ``None`` for one without a bound."""
    return {
        name: None if bound == "none" else int(bound)
        for name, bound in _ROW_RE.findall(_SECTION)
        if ("." in name) == functions
    }


def _cached_functions() -> dict[str, int | None]:
    """The ``maxsize`` of each cached function that a module of the site defines."""
    names = {
        path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in sources.modules()
        if not path.startswith("benchmarks/")
    }
    return {
        f"{name}.{attribute}": value.cache_parameters()["maxsize"]
        for name in sorted(names - _NOT_IMPORTED)
        for attribute, value in vars(importlib.import_module(name)).items()
        if isinstance(value, _lru_cache_wrapper) and _defines(name, attribute)
    }


def _defines(module: str, name: str) -> bool:
    """Whether *module* defines *name* instead of importing it."""
    text = Path(importlib.import_module(module).__file__ or "").read_text("utf-8")
    return bool(re.search(rf"^(?:def {name}\(|{name}(?:: .+)? = )", text, re.MULTILINE))


def test_bounds_in_bytes_are_those_of_the_code() -> None:
    assert _listed(functions=False) == dict(CACHE_MB)


def test_bounds_of_cached_functions_are_those_of_the_code() -> None:
    assert _listed(functions=True) == _cached_functions()

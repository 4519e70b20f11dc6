"""The project's own files, as the tests about the code itself read them."""

import ast
from functools import cache
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
PACKAGES = ("archive", "config", "search")


def modules() -> list[str]:
    """The paths of the project's own modules, migrations left out."""
    return [
        path.relative_to(BASE_DIR).as_posix()
        for package in PACKAGES
        for path in sorted((BASE_DIR / package).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def files(directory: str, suffix: str) -> list[str]:
    """The paths under a directory that end so, and under it in each application."""
    roots = [BASE_DIR / directory, *(BASE_DIR / name / directory for name in PACKAGES)]
    return [
        path.relative_to(BASE_DIR).as_posix()
        for root in roots
        for path in sorted(root.rglob(f"*{suffix}"))
    ]


@cache
def tree(path: str) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse((BASE_DIR / path).read_text("utf-8"), filename=path)


def dotted(path: str) -> str:
    """The import name of a module.

    >>> dotted("search/arabic/__init__.py")
    'search.arabic'
    """
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported(path: str) -> set[str]:
    """The modules a module imports, wherever in it, and the names it takes from them.

    ``from search import query`` gives ``search`` and ``search.query``.
    """
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(path, node)
            found.add(base)
            found.update(f"{base}.{alias.name}" for alias in node.names)
    return found


def _absolute(path: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = Path(path).parent.parts
    parts = [*package[: len(package) - node.level + 1], node.module or ""]
    return ".".join(filter(None, parts))


def is_under(name: str, package: str) -> bool:
    """Whether the name is the package or lies in it.

    >>> is_under("search.query", "search"), is_under("searcher", "search")
    (True, False)
    """
    return name == package or name.startswith(f"{package}.")

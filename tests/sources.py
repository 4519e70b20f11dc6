"""The project's own files, as the tests about the code itself read them."""

import ast
from functools import cache
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
PACKAGES = ("archive", "benchmarks", "config", "search")


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

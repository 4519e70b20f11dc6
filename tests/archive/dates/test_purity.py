"""The package stands on the standard library and hijridate alone."""

import ast
import sys
from pathlib import Path

import archive.dates

PACKAGE = Path(archive.dates.__file__).parent


def imported_roots(module: Path) -> set[str]:
    """The names that a module imports; `archive.dates` counts as one."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {
        "archive.dates" if name.startswith("archive.dates") else name.split(".")[0]
        for name in names
    }


class TestImports:
    def test_nothing_else_is_imported(self) -> None:
        allowed = {"archive.dates", "hijridate"} | set(sys.stdlib_module_names)
        modules = sorted(PACKAGE.glob("*.py"))
        assert len(modules) > 5
        for module in modules:
            assert imported_roots(module) <= allowed, module.name

    def test_hijridate_is_touched_in_one_module(self) -> None:
        touching = [
            module.name
            for module in PACKAGE.glob("*.py")
            if "hijridate" in imported_roots(module)
        ]
        assert touching == ["hijri.py"]

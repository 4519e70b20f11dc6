"""The contracts of pyproject.toml say something of each library that is imported."""

import sys
import tomllib

import grimp

from tests.sources import BASE_DIR

_TOOLS = tomllib.loads((BASE_DIR / "pyproject.toml").read_text("utf-8"))["tool"]
_LINTER = _TOOLS["importlinter"]
# The site is written in it.
_EVERYWHERE = {"django"}


class TestContracts:
    def test_each_library_has_its_place(self) -> None:
        own = _LINTER["root_packages"]
        graph = grimp.build_graph(*own, include_external_packages=True, cache_dir=None)
        imported = {name.partition(".")[0] for name in graph.modules}
        confined = {
            library
            for contract in _LINTER["contracts"]
            for library in contract.get("protected_modules", [])
        }
        libraries = imported - sys.stdlib_module_names - {*own} - _EVERYWHERE
        assert libraries == confined

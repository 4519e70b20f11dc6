"""The contracts of pyproject.toml and the public faces of packages, against imports."""

import sys
import tomllib
from functools import cache
from importlib import import_module
from pathlib import Path

import grimp
import pytest

from tests.sources import BASE_DIR, PACKAGES

_TOOLS = tomllib.loads((BASE_DIR / "pyproject.toml").read_text("utf-8"))["tool"]
_CONTRACTS = _TOOLS["importlinter"]["contracts"]
# The site is written in it.
_EVERYWHERE = {"django"}
_ROOMS = sorted(
    path.parent.relative_to(BASE_DIR).as_posix().replace("/", ".")
    for package in PACKAGES
    for path in (BASE_DIR / package).rglob("__init__.py")
    if "migrations" not in path.parts
)


@cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)


def _is_under(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


class TestContracts:
    def test_each_library_has_its_place(self) -> None:
        imported = {name.partition(".")[0] for name in _graph().modules}
        confined = {
            library
            for contract in _CONTRACTS
            for library in contract.get("protected_modules", [])
        }
        libraries = imported - sys.stdlib_module_names - {*PACKAGES} - _EVERYWHERE
        assert libraries == confined


@pytest.mark.parametrize("room", _ROOMS)
class TestPublicFaces:
    def test_names_exist(self, room: str) -> None:
        face = import_module(room)
        assert face.__doc__
        modules = {path.stem for path in Path(*face.__path__).iterdir()}
        assert {name for name in face.__all__ if not hasattr(face, name)} <= modules

    def test_others_import_no_more(self, room: str) -> None:
        face = {f"{room}.{name}" for name in import_module(room).__all__}
        taken = {
            module
            for module in _graph().find_children(room)
            for name in {module, *_graph().find_descendants(module)}
            for importer in _graph().find_modules_that_directly_import(name)
            if not _is_under(importer, room) and ".migrations." not in importer
        }
        assert taken <= face

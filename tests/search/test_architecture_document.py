"""docs/architecture.md shows the packages that there are, and no others."""

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from search.engines.whoosh.codec import segment_file
from tests.rooms_picture import replace_picture
from tests.search.library import Library
from tests.sources import BASE_DIR, PACKAGES

_DOCUMENT = (BASE_DIR / "docs" / "architecture.md").read_text("utf-8")
_HEADINGS = re.findall(r"^### (.+)$", _DOCUMENT, re.MULTILINE)
_NAMED = sorted(
    set(re.findall(rf"`((?:{'|'.join(PACKAGES)})(?:\.\w+)+)`", _DOCUMENT))
    | {
        name
        for heading in _HEADINGS
        for name in re.findall(r"[a-z]\w*\.[\w.]+", heading)
    }
)
# Packages that Django asks for, alike in every application.
_OF_DJANGO = {"migrations", "management", "commands", "templatetags", "formats"}


def _packages() -> list[str]:
    found = (
        path.parent.relative_to(BASE_DIR)
        for package in PACKAGES
        for path in (BASE_DIR / package).rglob("__init__.py")
    )
    return [
        ".".join(path.parts) for path in sorted(found) if not _OF_DJANGO & {*path.parts}
    ]


class TestDocument:
    def test_each_package_has_a_heading(self) -> None:
        headed = {name for heading in _HEADINGS for name in heading.split(", ")}
        assert {*_packages()} - {"benchmarks.engines.stock"} <= headed

    @pytest.mark.parametrize("name", _NAMED)
    def test_each_name_exists(self, name: str) -> None:
        module, _dot, attribute = name.rpartition(".")
        assert hasattr(import_module(module), attribute) or find_spec(name)

    def test_the_picture_shows_the_contracts(self) -> None:
        assert replace_picture(_DOCUMENT) == _DOCUMENT, (
            "write it anew: .venv/bin/python -m tests.rooms_picture"
        )

    def test_a_life_is_told_in_ten_lines(self) -> None:
        lives = re.findall(r"^## The life of .+?\n\n(.+?)\n\n", _DOCUMENT, re.M | re.S)
        assert len(lives) == 2
        assert [life for life in lives if life.count("\n") >= 10] == []

    def test_the_file_format_is_the_one_that_is_written(self) -> None:
        assert f"`{segment_file.MAGIC.decode()}`" in _DOCUMENT
        assert f"{segment_file.BLOCK // 1024} KiB" in _DOCUMENT
        assert f"next multiple of {segment_file.ALIGNMENT}" in _DOCUMENT

    def test_the_sections_of_a_field_are_those_of_a_real_segment(
        self, library: Library, no_index: Path
    ) -> None:
        (path,) = (no_index / "index").rglob("*.segment")
        written = {
            name.split("/")[1] for name in segment_file.SegmentFile(path).names()
        }
        table = _DOCUMENT.split("sections of a field")[1].split("\n\n")[0]
        named = set(re.findall(r"`(\w+)`", table))
        # Texts that Haystack stores, and none of a field.
        assert named == written - {"sizes", "blocks", "bytes"}
        assert path.name.startswith("MAIN_")
        assert list(path.parent.glob("_MAIN_*.toc"))

"""docs/architecture.md names every part there is, and no part that is not."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from search.engines.whoosh.codec import segment_file
from tests.search.library import Library

_BASE = Path(settings.BASE_DIR)
_DOCUMENT = (_BASE / "docs" / "architecture.md").read_text("utf-8")
_HEADINGS = " ".join(re.findall(r"^##+ (.+)$", _DOCUMENT, re.MULTILINE))
# What stands under a heading of its own nowhere, because it is the application itself.
_NO_PART = {"migrations", "management", "__pycache__"}


def _packages() -> list[str]:
    return [
        f"{application}.{path.name}"
        for application in ("archive", "search")
        for path in sorted((_BASE / application).iterdir())
        if path.is_dir() and path.name not in _NO_PART
    ]


class TestDocument:
    @pytest.mark.parametrize("package", _packages())
    def test_each_package_has_its_place(self, package: str) -> None:
        assert package in _HEADINGS or package.endswith("templatetags")

    @pytest.mark.parametrize(
        "name", sorted(set(re.findall(r"(?:archive|search)\.\w+", _HEADINGS)))
    )
    def test_each_heading_is_of_something(self, name: str) -> None:
        path = _BASE / name.replace(".", "/")
        assert path.is_dir() or path.with_suffix(".py").is_file()

    @pytest.mark.parametrize("name", sorted(set(re.findall(r"`(\w+\.py)`", _DOCUMENT))))
    def test_each_module_exists(self, name: str) -> None:
        assert any(
            name in {path.name for path in (_BASE / application).rglob("*.py")}
            for application in ("archive", "search", "config")
        )

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

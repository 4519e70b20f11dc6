"""One altered bit, anywhere in the index, never makes another answer.

A search says that the index cannot be read, or answers as before: where the bit is in
what the search does not read, or in a file that no search reads.
"""

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from search.errors import IndexUnavailable
from tests.faults.answers import ask_everything
from tests.faults.figures import note
from tests.installed import count_rounds
from tests.search.library import Library

pytestmark = pytest.mark.django_db

# How often each kind of file is altered, in a full run and in a short one.
FLIPS = {
    "segment": count_rounds(short=60, full=1500),
    "toc": count_rounds(short=30, full=400),
    "live": count_rounds(short=8, full=100),
    "json": count_rounds(short=8, full=100),
}


@pytest.fixture
def whole(library: Library, no_index: Path, tmp_path: Path) -> Path:
    """A copy of the index of the library."""
    library["digits"].save()  # A deleted document, so that the commit names one.
    kept = tmp_path / "whole"
    shutil.copytree(no_index / "index", kept)
    return kept


def _list_files(folder: Path, kind: str) -> list[Path]:
    named = folder.rglob("*")
    return [path for path in named if path.name.split(".")[-1] == kind]


def _flip(path: Path, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


def _put(whole: Path, target: Path) -> None:
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(whole, target)


class TestOneBit:
    @pytest.mark.parametrize("kind", FLIPS)
    def test_altered_bit_is_refused_or_changes_no_answer(
        self, whole: Path, no_index: Path, kind: str
    ) -> None:
        chance = random.Random(kind)
        target = no_index / "index"
        right = ask_everything()
        became: Counter[str] = Counter()
        for _ in range(FLIPS[kind]):
            _put(whole, target)
            path = chance.choice(_list_files(target, kind))
            bit = chance.randrange(path.stat().st_size * 8)
            _flip(path, bit)
            try:
                assert ask_everything() == right, f"bit {bit} of {path.name}"
                became["same_answers"] += 1
            except IndexUnavailable as error:
                assert str(error)
                became["refused"] += 1
        _put(whole, target)
        assert ask_everything() == right
        note(f"one bit of .{kind} altered", places=FLIPS[kind], **became)

    def test_altered_bit_of_an_open_segment_is_noticed(
        self, whole: Path, no_index: Path
    ) -> None:
        """Blocks that were verified are verified again when the file changes."""
        chance = random.Random(4)
        right = ask_everything()
        path = max(
            _list_files(no_index / "index", "segment"),
            key=lambda one: one.stat().st_size,
        )
        kept = path.read_bytes()
        refused = 0
        for _ in range(count_rounds(short=20, full=300)):
            with path.open("r+b") as file:  # The very file that is mapped.
                at = chance.randrange(len(kept))
                file.seek(at)
                file.write(bytes([kept[at] ^ 1 << chance.randrange(8)]))
            try:
                assert ask_everything() == right
            except IndexUnavailable:
                refused += 1
            with path.open("r+b") as file:
                file.write(kept)
            assert ask_everything() == right
        assert refused

    def test_altered_bit_is_not_copied_by_a_merge(
        self, library: Library, whole: Path, no_index: Path
    ) -> None:
        chance = random.Random(5)
        target = no_index / "index"
        right = ask_everything()
        for turn in range(count_rounds(short=10, full=100)):
            _put(whole, target)
            path = chance.choice(_list_files(target, "segment"))
            _flip(path, chance.randrange(path.stat().st_size * 8))
            # Small segments are merged with the altered one, or the article waits.
            library["tatweel"].save()
            try:
                answers = ask_everything()
            except IndexUnavailable:
                continue
            assert answers[0] == right[0], f"turn {turn}"
            assert sorted(answers[1]) == sorted(right[1]), f"turn {turn}"

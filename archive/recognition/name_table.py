"""Known names in a text, in one pass: at each word the longest name that begins there.

A trie of words in flat dictionaries, read once from left to right: the time is that of
the text and does not grow with the number of names (as in Aho and Corasick, 1975, with
words for letters; names are matched at words, never within them).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from archive.names.spelling import (
    LATIN_ARTICLES,
    fold_word,
    iter_joined,
    iter_spellings,
    split_canonical,
)
from archive.recognition.words import (
    SplitText,
    fold_all,
    fold_text_word,
    iter_without_proclitics,
    skip_letters,
)

# Ranks and courtesies: between the words of a name they are no part of it.
HONORIFICS: Final = fold_all(
    """
    بك بيك بيه افندي باشا اغا خان الدكتور دكتور الشيخ شيخ السيد سيد الامير امير
    الحاج حاج الاستاذ استاذ الخواجه خواجه المرحوم الامام الحافظ القاضي العلامه
    الاب المعلم اللواء العقيد العميد الفريق النائب الوزير المهندس الحاخام
    المطران البطريرك الملك السلطان الخليفه الرئيس رئيس
    """
)

# What may stand between the words of a name.
_PASSED_OVER: Final = HONORIFICS | LATIN_ARTICLES

# Words of texts that are remembered; the most frequent are met first.
_MAX_WORDS: Final = 200_000
# A name of more words is a sentence, which is matched by its beginning.
_LONGEST_NAME: Final = 16
_SHORTEST_BEFORE_AND: Final = 4

Parts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name or alias of an actor."""

    actor_id: int
    name: str


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name in a text: its words, its place and the actors that are called so.

    ``start`` and ``end`` are offsets in code points, without the proclitics before it.
    ``words`` is how many words of the text the name has.
    """

    first_word: int
    words: int
    start: int
    end: int
    actor_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a distinct word of a text may be: parts of a name, or its beginnings.

    Beginnings are with the number of letters before them.
    """

    parts: Parts | None
    starts: tuple[tuple[int, Parts], ...]
    single: tuple[tuple[int, tuple[int, ...]], ...]
    # Letters behind the name: an "and" that was written to the wrong word.
    tail: int = 0


_NOTHING: Final = _Reading(None, (), ())
_AND: Final = "و"
# The article of a noun behind letters of another word.
_GLUED_RE: Final = re.compile(r"ال(?=\w{2})")
_SHORTEST_GLUED: Final = 3


@dataclass(slots=True)
class NameTable:
    """Names ready to be found. Build it with `build_name_table`.

    Not thread-safe while it is built; afterwards only a cache of words changes.
    """

    _moves: dict[tuple[int, int], int] = field(default_factory=dict)
    _ends: dict[int, set[int]] = field(default_factory=dict)
    _part_ids: dict[str, int] = field(default_factory=dict)
    # Folded words of texts -> parts; names of a single word as they are written.
    _surfaces: dict[str, Parts] = field(default_factory=dict)
    _singles: dict[str, set[int]] = field(default_factory=dict)
    _readings: dict[str, _Reading] = field(default_factory=dict)

    def add(self, known: KnownName) -> None:
        """Add a name; one without letters is left out."""
        parts = split_canonical(known.name)[:_LONGEST_NAME]
        for variant in {parts, _without_honorifics(known.name)}:
            if len(variant) > 1:
                self._add_parts(variant, known.actor_id)
        words = known.name.split()
        if len(parts) == 1 and len(words) == 1:
            self._singles.setdefault(fold_word(words[0]), set()).add(known.actor_id)

    def find(self, text: SplitText) -> Iterator[NameMatch]:
        """The names in *text* from left to right; none overlaps another.

        Of two that overlap the one of more words is taken, else the first.
        """
        readings = self._read_words(text.words)
        held: NameMatch | None = None
        for word, reading in enumerate(readings):
            if reading is _NOTHING:
                continue
            match = self._match_at(text, readings, word)
            if match is None:
                continue
            if held and match.first_word < held.first_word + held.words:
                held = match if match.words > held.words else held
                continue
            if held:
                yield held
            held = match
        if held:
            yield held

    def _add_parts(self, parts: tuple[str, ...], actor_id: int) -> None:
        state, ids = 0, []
        for part in parts:
            is_new = part not in self._part_ids
            part_id = self._part_ids.setdefault(part, len(self._part_ids))
            ids.append(part_id)
            if is_new:
                for surface in iter_spellings(part):
                    self._surfaces.setdefault(surface, (part_id,))
            move = (state, part_id)
            if move not in self._moves:
                self._moves[move] = len(self._moves) + 1
            state = self._moves[move]
        self._ends.setdefault(state, set()).add(actor_id)
        for left, right in pairwise(parts):
            pair = self._part_ids[left], self._part_ids[right]
            for surface in iter_joined(left, right):
                self._surfaces.setdefault(surface, pair)

    def _read_words(self, words: list[str]) -> list[_Reading]:
        known = self._readings
        missing = set(words).difference(known)
        if len(known) + len(missing) > _MAX_WORDS:
            known.clear()
            missing = set(words)
        for word in missing:
            known[word] = self._read_word(word)
        return [known[word] for word in words]

    def _read_word(self, word: str) -> _Reading:
        folded = fold_text_word(word)
        reading = self._read_folded(folded)
        if reading is _NOTHING and folded.endswith(_AND):
            reading = self._read_folded(folded.removesuffix(_AND))
            if reading is not _NOTHING and len(folded) > _SHORTEST_BEFORE_AND:
                return replace(reading, tail=1)
            return _NOTHING
        return self._read_glued(word, folded) if reading is _NOTHING else reading

    def _read_glued(self, word: str, folded: str) -> _Reading:
        """The reading of a name to which the next noun was written: القاسميالدمشقي.

        Scans and pages lose blanks; an article tells where the noun begins.
        """
        for found in _GLUED_RE.finditer(folded, _SHORTEST_GLUED):
            reading = self._read_folded(folded[: found.start()])
            if reading is not _NOTHING:
                letters = skip_letters(word, found.start())
                return replace(reading, tail=len(word) - letters)
        return _NOTHING

    def _read_folded(self, folded: str) -> _Reading:
        parts = self._surfaces.get(folded)
        starts, single = [], []
        for proclitics, noun in (("", folded), *iter_without_proclitics(folded)):
            own = self._surfaces.get(noun)
            if own and (0, own[0]) in self._moves:
                starts.append((len(proclitics), own))
            if noun in self._singles:
                actors = tuple(sorted(self._singles[noun]))
                single.append((len(proclitics), actors))
        if parts is None and not starts and not single:
            return _NOTHING
        return _Reading(parts, tuple(starts), tuple(single))

    def _match_at(
        self, text: SplitText, readings: list[_Reading], word: int
    ) -> NameMatch | None:
        """The longest name that begins in *word*; the fewest proclitics win a tie."""
        best: NameMatch | None = None
        for letters, parts in readings[word].starts:
            words, state = self._walk(text, readings, word, parts)
            if words and (best is None or words > best.words):
                actors = tuple(sorted(self._ends[state]))
                best = _build_match(text, word, words, letters, actors)
        if best is None:
            for letters, actors in readings[word].single[:1]:
                best = _build_match(text, word, 1, letters, actors)
        if best and (tail := readings[word + best.words - 1].tail):
            return replace(best, end=best.end - tail)
        return best

    def _walk(
        self, text: SplitText, readings: list[_Reading], word: int, parts: Parts
    ) -> tuple[int, int]:
        """How many words the longest name takes, 0 for none, and its last state."""
        state = self._step(0, parts)
        found, found_state = (1, state) if state in self._ends else (0, 0)
        at = word + 1
        while state and at < len(readings) and text.joins(at):
            if readings[at - 1].tail:
                break
            following = readings[at].parts
            moved = self._step(state, following) if following else 0
            if moved:
                state = moved
                if state in self._ends:
                    found, found_state = at + 1 - word, state
            elif fold_word(text.words[at]) not in _PASSED_OVER:
                break
            at += 1
        return found, found_state

    def _step(self, state: int, parts: Parts) -> int:
        """The state behind *parts*; 0 where no name goes on so."""
        for part in parts:
            state = self._moves.get((state, part), 0)
            if not state:
                return 0
        return state


def build_name_table(names: Iterable[KnownName]) -> NameTable:
    """A table of *names*.

    >>> from archive.recognition.words import split_text
    >>> names = [KnownName(1, "عبد الله بن المقفع"), KnownName(2, "التحالف الدولي")]
    >>> text = "وعبدالله ابن المقفّع … للتحالف الدوليّ"
    >>> matches = build_name_table(names).find(split_text(text))
    >>> [(text[match.start : match.end], match.actor_ids) for match in matches]
    [('عبدالله ابن المقفّع', (1,)), ('للتحالف الدوليّ', (2,))]
    """
    table = NameTable()
    for known in names:
        table.add(known)
    return table


def _without_honorifics(name: str) -> tuple[str, ...]:
    """The parts of *name* without ranks as they are written: الحافظ, not حافظ."""
    words = (word for word in name.split() if fold_word(word) not in HONORIFICS)
    return split_canonical(" ".join(words))[:_LONGEST_NAME]


def _build_match(
    text: SplitText, word: int, words: int, letters: int, actors: tuple[int, ...]
) -> NameMatch:
    start = text.starts[word] + skip_letters(text.words[word], letters)
    return NameMatch(word, words, start, text.end(word + words - 1), actors)

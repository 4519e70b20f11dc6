"""The difference of two texts in words, as runs that both or one of them has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

_PUNCTUATION: Final = '،؛؟.,;:!«»"“”()\\[\\]{}…'
# A word, or a mark of punctuation, with the blanks behind it; a line end alone.
_TOKEN_RE: Final = re.compile(
    rf"[^\s{_PUNCTUATION}]+[^\S\n]*|[{_PUNCTUATION}][^\S\n]*|\n+[^\S\n]*|[^\S\n]+"
)
# Pairs of words that are compared; of more, the whole stretch counts as replaced.
_MOST_COMPARED: Final = 16_000_000
# Characters of what is the same that are shown beside what differs.
_CONTEXT: Final = 160
_ELLIPSIS: Final = " … "


class RunKind(StrEnum):
    """Which of two texts has a run; the values are classes of the style sheet."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words that both texts have, or the older, or the newer."""

    kind: RunKind
    text: str


def compare_texts(old: str, new: str) -> list[Run]:
    """The runs of two texts in reading order; long stretches of both are shortened.

    Blanks alone make no difference.

    >>> for run in compare_texts("وفاة أمير الشعراء", "وفاة شاعر الشعراء"):
    ...     print(run.kind, run.text.strip())
    same وفاة
    removed أمير
    added شاعر
    same الشعراء
    """
    return _shorten(list(_join(_compare(_tokens(old), _tokens(new)))))


def compare_lines(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """The runs of two lists, item by item.

    >>> [run.text for run in compare_lines(["دجلة", "بغداد"], ["بغداد"])]
    ['دجلة\\n', 'بغداد\\n']
    """
    lines = [[f"{item}\n" for item in items] for items in (old, new)]
    return list(_join(_match(*lines)))


def _tokens(text: str) -> list[str]:
    return _TOKEN_RE.findall(text.replace("\r\n", "\n").strip())


def _compare(old: list[str], new: list[str]) -> Iterator[Run]:
    """Paragraph by paragraph, then those that differ word by word."""
    paragraphs = [_paragraphs(old), _paragraphs(new)]
    keys = [[" ".join("".join(each).split()) for each in half] for half in paragraphs]
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        before = [token for each in paragraphs[0][i:j] for token in each]
        after = [token for each in paragraphs[1][k:m] for token in each]
        if tag == "equal":
            yield Run(RunKind.SAME, "".join(after))
        else:
            yield from _match(before, after)


def _paragraphs(tokens: list[str]) -> list[list[str]]:
    paragraphs: list[list[str]] = [[]]
    for token in tokens:
        paragraphs[-1].append(token)
        if token.startswith("\n"):
            paragraphs.append([])
    return paragraphs


def _match(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    if len(old) * len(new) > _MOST_COMPARED:
        yield Run(RunKind.REMOVED, "".join(old))
        yield Run(RunKind.ADDED, "".join(new))
        return
    keys = [[token.strip() for token in tokens] for tokens in (old, new)]
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Run(RunKind.SAME, "".join(new[k:m]))
            continue
        yield Run(RunKind.REMOVED, "".join(old[i:j]))
        yield Run(RunKind.ADDED, "".join(new[k:m]))


def _join(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbors of one kind as one run, without empty ones."""
    waiting: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if waiting and waiting.kind == run.kind:
            waiting = Run(run.kind, waiting.text + run.text)
            continue
        if waiting:
            yield waiting
        waiting = run
    if waiting:
        yield waiting


def _shorten(runs: list[Run]) -> list[Run]:
    last = len(runs) - 1
    return [
        _shorten_run(run, is_first=number == 0, is_last=number == last)
        for number, run in enumerate(runs)
    ]


def _shorten_run(run: Run, *, is_first: bool, is_last: bool) -> Run:
    """A run of both texts without its middle, or its far end at the edges."""
    if run.kind is not RunKind.SAME or len(run.text) <= 3 * _CONTEXT:
        return run
    head = "" if is_first else run.text[:_CONTEXT].rsplit(" ", 1)[0]
    tail = "" if is_last else run.text[-_CONTEXT:].split(" ", 1)[-1]
    return Run(run.kind, f"{head}{_ELLIPSIS}{tail}")

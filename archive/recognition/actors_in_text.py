"""The known actors of a text: where it names them, how surely, and which are ticked.

An actor that is named in full is found by shorter namings, too: الكاظمي after مصطفى
الكاظمي, المقاومة after تنسيقية المقاومة العراقية. Answers to earlier proposals count:
a name of one word is ticked where people have mostly accepted it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from archive.names.spelling import fold_word, spelling_key
from archive.recognition.name_table import (
    HONORIFICS,
    KnownName,
    NameMatch,
    NameTable,
    build_name_table,
)
from archive.recognition.namings import Certainty, is_nisba, judge
from archive.recognition.words import SplitText, split_text

# Of answers to proposals of a name of one word; measured in docs/cataloguing.md.
_FEWEST_ANSWERS: Final = 2
_TRUSTED_SHARE: Final = 0.25
# From it on downwards a name of several words is not ticked any more: not after the
# first refusal, as long as nobody has accepted it.
_DISTRUSTED_SHARE: Final = 0.25
# A part of a longer name is ticked where people have taken it for the actor's.
_FEWEST_FOR_PART: Final = 3
_SHARE_FOR_PART: Final = 0.5
_SHORTEST_NAMING: Final = 5
_ARTICLE: Final = "ال"
_PERSON: Final = "person"
_PLACE: Final = "place"
# Names of places of one word are seldom other words, unless they are very short.
_SHORTEST_PLACE: Final = 4
_KUNYA: Final = frozenset({"ابو", "ابي", "ابا", "ام"})
_KUNYA_WORDS: Final = 2
_ORDER: Final = (
    Certainty.SURE,
    Certainty.SINGLE,
    Certainty.PART,
    Certainty.AMBIGUOUS,
    Certainty.SHORT,
)


@dataclass(frozen=True, slots=True)
class Answers:
    """How often people accepted and refused an actor that was proposed by a name."""

    accepted: int = 0
    refused: int = 0

    @property
    def total(self) -> int:
        """The number of answers."""
        return self.accepted + self.refused

    @property
    def share(self) -> float:
        """The accepted share; zero without answers."""
        return self.accepted / self.total if self.total else 0.0


# By actor and spelling key of the name.
Memory = Mapping[tuple[int, str], Answers]


@dataclass(frozen=True, slots=True)
class Passage:
    """A naming: its offsets in code points, the words of the text, how sure it is."""

    start: int
    end: int
    text: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class FoundActor:
    """An actor that a text names, or several that share an ambiguous name.

    ``ticked`` may be accepted before anyone has looked; it is never applied by itself.
    """

    actor_ids: tuple[int, ...]
    passages: tuple[Passage, ...]
    certainty: Certainty
    ticked: bool


@dataclass(slots=True)
class _Found:
    passages: list[Passage] = field(default_factory=list)
    ticked: bool = False
    full: list[NameMatch] = field(default_factory=list)


def find_actors(
    text: str,
    table: NameTable,
    *,
    kinds: Mapping[int, str],
    memory: Memory | None = None,
) -> list[FoundActor]:
    """The actors that *text* names, in the order of their first passage.

    *kinds* are the kinds of actors by id, *memory* the answers to earlier proposals.

    >>> table = build_name_table([KnownName(7, "مصطفى الكاظمي")])
    >>> text = "قال مصطفى الكاظمي، وأضاف الكاظميّ"
    >>> (actor,) = find_actors(text, table, kinds={7: "person"})
    >>> actor.ticked, [passage.text for passage in actor.passages]
    (True, ['مصطفى الكاظمي', 'الكاظميّ'])
    """
    split = split_text(text)
    found: dict[tuple[int, ...], _Found] = {}
    matches = list(table.find(split))
    for match in matches:
        own = found.setdefault(match.actor_ids, _Found())
        certainty = judge(split, match)
        passage = _passage(text, match, certainty)
        own.passages.append(passage)
        kind = kinds.get(match.actor_ids[0], _PERSON)
        own.ticked |= _is_ticked(passage, match.actor_ids, kind, memory or {})
        if certainty is Certainty.SURE:
            own.full.append(match)
    _join_known(found)
    for actor_id, match in _iter_short(split, found, matches, kinds):
        own = found[(actor_id,)]
        own.passages.append(_passage(text, match, Certainty.SHORT))
    return sorted(map(_finish, found.items()), key=lambda each: each.passages[0].start)


def _passage(text: str, match: NameMatch, certainty: Certainty) -> Passage:
    return Passage(match.start, match.end, text[match.start : match.end], certainty)


def _is_ticked(
    passage: Passage, actors: tuple[int, ...], kind: str, memory: Memory
) -> bool:
    if len(actors) > 1:
        return False
    answers = memory.get((actors[0], spelling_key(passage.text)), Answers())
    if passage.certainty is Certainty.PART:
        is_known = answers.total >= _FEWEST_FOR_PART
        return is_known and answers.share >= _SHARE_FOR_PART
    is_sure = passage.certainty is Certainty.SURE
    if is_sure or (kind == _PLACE and len(passage.text) >= _SHORTEST_PLACE):
        return not answers.total or answers.share > _DISTRUSTED_SHARE
    return answers.total >= _FEWEST_ANSWERS and answers.share >= _TRUSTED_SHARE


def _join_known(found: dict[tuple[int, ...], _Found]) -> None:
    """Take an ambiguous name for the one of its actors that is named in full."""
    for actors in [actors for actors in found if len(actors) > 1]:
        named = [pk for pk in actors if (pk,) in found and found[pk,].full]
        if len(named) == 1:
            short = found.pop(actors).passages
            found[named[0],].passages += [
                Passage(each.start, each.end, each.text, Certainty.SHORT)
                for each in short
            ]


def _iter_short(
    split: SplitText,
    found: Mapping[tuple[int, ...], _Found],
    matches: Sequence[NameMatch],
    kinds: Mapping[int, str],
) -> Iterator[tuple[int, NameMatch]]:
    """Shorter namings of the actors named in full; those of several are left out."""
    names = [
        KnownName(actors[0], short)
        for actors, own in found.items()
        for match in own.full
        for short in _shorten(split, match, kinds.get(actors[0], _PERSON))
    ]
    if not names:
        return
    taken = {
        word
        for match in matches
        for word in range(match.first_word, match.first_word + match.words)
    }
    for match in build_name_table(names).find(split):
        words = range(match.first_word, match.first_word + match.words)
        if len(match.actor_ids) == 1 and taken.isdisjoint(words):
            yield match.actor_ids[0], match


def _shorten(split: SplitText, match: NameMatch, kind: str) -> Iterable[str]:
    """Shorter namings of a name: of a person its last words, of a body its first."""
    words = split.words[match.first_word : match.first_word + match.words]
    folded = [fold_word(word) for word in words]
    if folded[0] in HONORIFICS:
        words, folded = words[1:], folded[1:]
    if kind == _PERSON:
        for start in range(1, len(words)):
            if folded[start].startswith(_ARTICLE) and _is_long(folded[start:]):
                yield " ".join(words[start:])
        if folded and folded[0] in _KUNYA and len(words) > _KUNYA_WORDS:
            yield " ".join(words[:_KUNYA_WORDS])
        return
    for end in range(2, len(words)):
        yield " ".join(words[:end])
    before = ""
    for word, own in zip(words, folded, strict=True):
        # Behind a definite noun stands its adjective: الاتحاد العام.
        is_noun = own.startswith(_ARTICLE) and not before.startswith(_ARTICLE)
        if is_noun and not is_nisba(own) and _is_long([own]):
            yield word
        before = own


def _is_long(folded: Sequence[str]) -> bool:
    return len("".join(folded)) >= _SHORTEST_NAMING and folded[0] not in HONORIFICS


def _finish(item: tuple[tuple[int, ...], _Found]) -> FoundActor:
    actors, own = item
    passages = tuple(sorted(own.passages, key=lambda passage: passage.start))
    certainty = min((each.certainty for each in passages), key=_ORDER.index)
    return FoundActor(actors, passages, certainty, own.ticked)

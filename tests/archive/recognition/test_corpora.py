"""Known actors in a collection whose editors marked them; needs the collections."""

import gzip
import json
import re
from collections import defaultdict
from functools import cache
from typing import Any

import pytest

from archive.names.spelling import spelling_key
from archive.recognition.actors_in_text import Answers, FoundActor, find_actors
from archive.recognition.name_table import KnownName, build_name_table
from tests.corpora import FOLDER, NEEDED

pytestmark = NEEDED


class TestMeasure:
    """Names learnt from one half of OpenArabicPE, judged on the other, and in turn.

    Editors of that collection marked some names and left others, so precision is that
    of proposals on a passage that they marked.
    """

    @pytest.mark.parametrize("learnt_half", [0, 1])
    def test_ticked_actors_of_the_other_half(self, learnt_half: int) -> None:
        articles = read_articles()
        learnt = learn(articles[learnt_half::2])
        right = wrong = found = missed = 0
        for article in articles[1 - learnt_half :: 2]:
            gold = read_gold(article)
            known = {pk: n for pk, n in gold.items() if pk in learnt.known}
            if not gold:
                continue
            actors = learnt.find(text_of(article))
            ticked = {one.actor_ids[0]: one for one in actors if one.ticked}
            marked = marked_places(article)
            for pk, actor in ticked.items():
                if any(
                    one.start < end and start < one.end
                    for one in actor.passages
                    if one.certainty != "short"
                    for start, end in marked
                ):
                    right += pk in known
                    wrong += pk not in known
            found += sum(n for pk, n in known.items() if pk in ticked)
            missed += sum(n for pk, n in known.items() if pk not in ticked)
        precision, recall = right / (right + wrong), found / (found + missed)
        assert precision >= 0.95
        assert recall >= 0.80


@cache
def read_articles() -> list[Any]:
    path = FOLDER / "openarabicpe" / "articles.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


class Learnt:
    """The names and answers that one half teaches."""

    def __init__(self) -> None:
        self.names: set[tuple[str, str]] = set()
        self.answers: defaultdict[tuple[int, str], list[int]] = defaultdict(
            lambda: [0, 0]
        )
        self.ids: dict[str, int] = {}
        self.known: set[str] = set()

    def build(self) -> None:
        self.known = {ref for ref, _ in self.names}
        self.ids = {ref: number for number, ref in enumerate(sorted(self.known))}
        self.refs = {number: ref for ref, number in self.ids.items()}
        self.kinds = {
            number: "person" if "pers" in ref else "organisation"
            for ref, number in self.ids.items()
        }
        rows = (KnownName(self.ids[ref], name) for ref, name in self.names)
        self.table = build_name_table(rows)

    def find(self, text: str) -> list[FoundActor]:
        memory = {key: Answers(*counts) for key, counts in self.answers.items()}
        found = find_actors(text, self.table, kinds=self.kinds, memory=memory)
        return [_with_refs(actor, self.refs) for actor in found]


def _with_refs(actor: FoundActor, refs: dict[int, str]) -> FoundActor:
    ids: Any = tuple(refs[pk] for pk in actor.actor_ids)
    return FoundActor(ids, actor.passages, actor.certainty, actor.ticked)


REFERENCE = re.compile(r"oape:(?:pers|org):\d+")


def text_of(article: Any) -> str:
    return "\n".join((article["title"], article["author"] or "", article["body"]))


def marked_names(article: Any) -> list[tuple[str, str]]:
    return [
        (match[0], item["name"])
        for item in article["persons"] + article["orgs"]
        if (match := REFERENCE.search(item.get("ref") or ""))
    ]


def read_gold(article: Any) -> dict[str, int]:
    gold: dict[str, int] = defaultdict(int)
    for item in article["persons"] + article["orgs"]:
        match = REFERENCE.search(str(item.get("ref") or ""))
        if match:
            gold[match[0]] += item.get("n", 1)
    return dict(gold)


def marked_places(article: Any) -> list[tuple[int, int]]:
    text = text_of(article)
    names = marked_names(article)
    return [
        match.span()
        for _, name in names
        for match in re.finditer(re.escape(name), text)
    ]


def learn(articles: list[Any]) -> Learnt:
    learnt = Learnt()
    for article in articles:
        learnt.names.update(marked_names(article))
    learnt.build()
    for article in articles:
        gold = read_gold(article)
        if not gold:
            continue
        answers = {
            (actor.actor_ids[0], spelling_key(one.text))
            for actor in learnt.find(text_of(article))
            if len(actor.actor_ids) == 1
            for one in actor.passages
        }
        for ref, key in answers:
            learnt.answers[learnt.ids[ref], key][ref not in gold] += 1
    return learnt

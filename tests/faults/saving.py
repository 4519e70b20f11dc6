"""Editors who save, change and delete articles without end, and their journal.

Each version of an article has a word that no other has, so that a search for it tells
whether that very version is in the index. The journal says before each change what
will be done, and after its commit that it was.
"""

import json
import os
import random
import time
from pathlib import Path
from typing import Final, Literal, NoReturn

# A word of every article.
ALWAYS: Final = "دائما"
_FILLER: Final = "وكان الطريق طويلا بين القرى والحقول والأنهار في كل موسم. " * 12
# Seconds that an editor takes breath between two changes, at most.
_PAUSE: Final = 0.05
# Of a hundred changes so many are new articles, and so many changed ones.
_NEW, _CHANGED = 60, 25

Step = Literal["will", "did"]


def make_text(word: str) -> dict[str, str]:
    """Title and text of the version *word*."""
    return {"title": f"خبر {word}", "body": f"{ALWAYS} {_FILLER}"}


def fill(size: int) -> None:
    """Save and index *size* articles as an import does; their words begin with 9."""
    from archive.models import Article, Source
    from archive.signals import articles_written, writing_finished

    source = Source.objects.create(slug="gazette", name_ar="الجريدة")
    texts = [make_text(f"9{number:08d}") for number in range(size)]
    articles = [Article(source=source, **text) for text in texts]
    for article in articles:
        article.content_hash = article.build_content_hash()
    Article.objects.bulk_create(articles)
    articles_written.send(Article, article_ids=[article.pk for article in articles])
    writing_finished.send(Article)


class Journal:
    """A file to which several processes append whole lines."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def write(self, step: Step, article_id: int | None, word: str | None) -> None:
        """Append a version of an article; the word ``None`` is its deletion."""
        line = json.dumps([step, article_id, word]) + "\n"
        os.write(self._file, line.encode())


def read_journal(path: Path) -> tuple[dict[int, set[str | None]], set[str]]:
    """The versions each article may have, by id, and the words of all versions.

    One only, unless its editor was killed between a commit and the note of it.
    """
    may_be: dict[int, set[str | None]] = {}
    words: set[str] = set()
    for line in path.read_text().splitlines():
        step, article_id, word = json.loads(line)
        if word is not None:
            words.add(word)
        if article_id is None:
            continue
        if step == "did":
            may_be[article_id] = {word}
        else:
            may_be[article_id].add(word)
    return may_be, words


def work(name: str, journal: Journal, source_id: int) -> NoReturn:
    """Save, change and delete articles until somebody ends the process."""
    from archive.models import Article

    chance = random.Random(name)
    own: list[int] = []
    turn = 0
    while True:
        turn += 1
        time.sleep(chance.uniform(0, _PAUSE))
        word = f"{name}{turn:05d}"
        choice = chance.randrange(100)
        if choice < _NEW or len(own) < 3:
            journal.write("will", None, word)
            article = Article.objects.create(source_id=source_id, **make_text(word))
            journal.write("did", article.pk, word)
            own.append(article.pk)
            continue
        pk = chance.choice(own)
        article = Article.objects.get(pk=pk)
        if choice < _NEW + _CHANGED:
            journal.write("will", pk, word)
            article.title = make_text(word)["title"]
            article.save()
            journal.write("did", pk, word)
        else:
            own.remove(pk)
            journal.write("will", pk, None)
            article.delete()
            journal.write("did", pk, None)

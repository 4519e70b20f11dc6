"""The records of the sample archive."""

import json
import unicodedata
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).resolve().parents[2] / "sample"

Record = dict[str, Any]


def load(name: str) -> list[Record]:
    """The records of one file of the sample, in its order."""
    lines = (SAMPLE / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


SOURCES, TOPICS, ACTORS = load("sources"), load("topics"), load("actors")
ARTICLES = load("articles")


def words(article: Record) -> list[str]:
    """The body's words, split at spaces."""
    return str(article["body"]).split()


def paragraphs(article: Record) -> list[str]:
    """The body's paragraphs; the last says that this is a sample."""
    return str(article["body"]).split("\n\n")


def text(article: Record) -> str:
    """Title, subtitle and body without the sentence that says it is a sample."""
    parts = [article["title"], article["subtitle"], *paragraphs(article)[:-1]]
    return "\n".join(part for part in parts if part)


def without_marks(printed: str) -> str:
    """The letters without vowel marks and tatweel.

    >>> without_marks("العِـــراق")
    'العراق'
    """
    bare = "".join(char for char in printed if unicodedata.category(char) != "Mn")
    return bare.replace("ـ", "")


def path_of(topic: Record) -> str:
    """The names from the root down to the topic, as articles write them."""
    if topic["parent"] is None:
        return str(topic["name_ar"])
    [above] = [other for other in TOPICS if other["slug"] == topic["parent"]]
    return f"{path_of(above)} / {topic['name_ar']}"


def names_of(records: list[Record]) -> set[str]:
    """Every slug and Arabic name of the records."""
    return {name for record in records for name in (record["slug"], record["name_ar"])}


def actor_slugs(article: Record) -> set[str]:
    """The slugs of the actors that the article names."""
    named = {a["name_ar"] if isinstance(a, dict) else a for a in article["actors"]}
    return {actor["slug"] for actor in ACTORS if actor["name_ar"] in named}

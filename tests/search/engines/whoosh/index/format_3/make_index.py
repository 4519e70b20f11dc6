"""Writes the index under ``index/`` anew; README.md says with which code.

It uses only names that commit eb79a2f has too.
"""

import os
import sys
from dataclasses import dataclass, field
from typing import Any, Final


@dataclass(frozen=True)
class Article:
    """An article to be indexed; *first* and *last* are days as yyyymmdd, 0 if unknown.

    ``actors``, ``topics`` and ``source`` are values of facets.
    """

    number: int
    title: str
    body: str
    source: str
    topics: list[str]
    actors: list[str] = field(default_factory=list)
    first: int = 0
    last: int = 0


FIRST_COMMIT: Final = (
    Article(
        number=1,
        title="افتتاح مكتبة المدينة",
        body="افتتحت البلدية مكتبة جديدة في المدينة، وفيها ألف كتاب. "
        "المكتبات بيوت العلم.",
        source="1",
        topics=["1", "3"],
        actors=["7"],
        first=19340512,
        last=19340512,
    ),
    Article(
        number=2,
        title="خير جليس",
        body="الكِتاب خير جليس، والكُتُب كثيرة في السوق. كتب الكاتب مقالة عن القراءة.",
        source="1",
        topics=["3"],
        first=19340501,
        last=19340531,
    ),
    Article(
        number=3,
        title="أسعار القمح",
        body="ارتفعت أسعار القمح في الأسواق، وفتحت البلدية مخازنها. المقاومة مستمرّة.",
        source="2",
        topics=["2"],
        actors=["7", "8"],
        first=19350101,
        last=19351231,
    ),
    Article(
        number=4,
        title="رسالة من قارئ",
        body="قرأت في الصحيفه عن المقاومه، وأسعار القمح في السوق مرتفعة جداً.",
        source="2",
        topics=["2"],
    ),
    # Deleted by the second commit.
    Article(
        number=5,
        title="خبر مسحوب",
        body="كتاب جديد في المكتبة عن أسعار القمح والمقاومة.",
        source="1",
        topics=["1"],
        actors=["8"],
        first=19340512,
        last=19340512,
    ),
    # Replaced by the second commit.
    Article(
        number=6,
        title="مسوّدة",
        body="كتاب جديد في المكتبة، وهذه صيغة أولى تُستبدل.",
        source="3",
        topics=["1"],
        actors=["8"],
        first=19360101,
        last=19360101,
    ),
    Article(
        number=8,
        title="سوق الأحد",
        body="باع التجّار في سوق الأحد قمحاً وشعيراً، وقال أحدهم: مكتوبٌ علينا الصبر.",
        source="2",
        topics=["2"],
        first=19340601,
        last=19340601,
    ),
    Article(
        number=9,
        title="قارئ يسأل",
        body="هل تُفتح المكتبةُ في المدينة يوم الجمعة؟ كتبتُ إلى البلديّة.",
        source="1",
        topics=["3"],
        actors=["7"],
        first=19340602,
        last=19340602,
    ),
)
SECOND_COMMIT: Final = (
    Article(
        number=6,
        title="مدرسة القرية",
        body="افتتح الوزير مدرسة القرية، وأهدى إلى طلابها كتباً ومكتبة صغيرة.",
        source="3",
        topics=["1"],
        actors=["8"],
        first=19360203,
        last=19360203,
    ),
    Article(
        number=7,
        title="The Library",
        body="زار الكُتّاب المكتبة الجديدة في Beirut سنة ١٩٣٦، وخير جليس كتاب.",
        source="3",
        topics=["3"],
        first=19360203,
        last=19360205,
    ),
)
DELETED: Final = 5
# No article of these has any words in them.
_EMPTY_FIELDS: Final = ("author", "source_name", "actor_names", "topic_names")


def build_document(article: Article) -> dict[str, Any]:
    """The article's document in the site's schema; its hash is its number."""
    return {
        **{name: [] for name in _EMPTY_FIELDS},
        "id": _identifier(article.number),
        "django_ct": "archive.article",
        "django_id": str(article.number),
        "article_id": article.number,
        "text": [article.title, "", article.body],
        "title": [article.title],
        "actor": article.actors,
        "topic": article.topics,
        "source": [article.source],
        "published_first": article.first,
        "published_last": article.last,
        "document_hash": article.number,
    }


def _identifier(number: int) -> str:
    return f"archive.article.{number}"


def build_index(engine: Any) -> None:
    """Write both commits with the site's *engine*: two segments of one generation."""
    engine.build([map(build_document, FIRST_COMMIT)])
    with engine.store.writer() as writer:
        writer.delete("id", _identifier(DELETED))
        for article in SECOND_COMMIT:
            writer.update_document(build_document(article))


def _main(folder: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    # Haystack can be imported only when Django is set up.
    import django

    django.setup()
    from haystack import connections

    site = connections["default"]
    build_index(site.backend("default", **{**site.options, "PATH": folder}))


if __name__ == "__main__":
    _main(sys.argv[1])

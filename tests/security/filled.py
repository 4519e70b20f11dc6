"""An archive with given texts in every field, and the pages that show them."""

from typing import Final
from urllib.parse import quote

from django.core.cache import cache
from django.db import transaction

from archive.dates import PartialDate
from archive.models import Actor, Article, ArticleAuthor, Source, Topic
from search.indexing.rebuild import rebuild

WORD: Final = "دجلة"

SHOWN: Final = (
    "/ar/",
    "/en/",
    f"/ar/search/?q={quote(WORD)}",
    f"/en/search/?q={quote(WORD)}",
    "/ar/search/?source=s0&actor=a0&topic=t0",
    "/ar/search/facets/actor/",
    "/en/search/facets/source/",
    "/ar/actors/",
    "/ar/topics/",
    "/ar/sources/",
    "/ar/calendar/1923/2/3/",
)
OWN_PAGES: Final = (
    "/ar/articles/{article}/",
    f"/en/articles/{{article}}/?q={quote(WORD)}",
    "/ar/actors/a{number}/",
    "/en/actors/a{number}/",
    "/ar/topics/t{number}/",
    "/en/sources/s{number}/",
    "/ar/search/?source=s{number}&actor=a{number}&topic=t{number}",
)


def fill(*texts: str) -> list[Article]:
    """An article for each of *texts*, which has it wherever there is room for it.

    So have a source, an actor and a topic of its own.
    """
    cache.clear()
    with transaction.atomic():
        articles = [_fill_one(number, text) for number, text in enumerate(texts)]
    rebuild()
    return articles


def _fill_one(number: int, text: str) -> Article:
    source = Source.objects.create(
        slug=f"s{number}", name_ar=f"{text} س", name_latin=text, place=text
    )
    article = Article(
        title=f"{WORD} {text}",
        subtitle=text,
        body=f"{text}\n\n{WORD} {text} {WORD}",
        byline=text,
        source=source,
        published_as_printed=text,
        external_id=text,
        acquired_from=text,
        url="https://example.org/" + quote(text),
        language="ar",
    )
    article.published = PartialDate(1923, 2, 3)
    article.save()
    actor = Actor.objects.create(
        slug=f"a{number}", name_ar=f"{text} ج", name_latin=text, description=text
    )
    actor.aliases.create(name=text)
    article.actors.add(actor)
    topic = Topic.objects.create(slug=f"t{number}", name_ar=text, name_latin=text)
    article.topics.add(topic)
    ArticleAuthor.objects.create(article=article, name=text, actor=actor)
    return article


def list_pages(articles: list[Article]) -> tuple[str, ...]:
    """The addresses of all kinds of pages that show fields of the articles."""
    own = [
        address.format(number=number, article=article.pk)
        for number, article in enumerate(articles)
        for address in OWN_PAGES
    ]
    return (*SHOWN, *own)

"""The archive that is shown in the browser."""

from typing import Final

from archive.browsing.text_parts import PART_LENGTH
from archive.dates import PartialDate
from archive.models import Actor, Article, ArticleAuthor, Source, Topic
from search.indexing.rebuild import rebuild

ARTICLES: Final = 30
PARAGRAPHS: Final = 12
# Long enough to wrap on any screen, without a place to break in.
LONG_WORD: Final = "المستنصرية" * 6


def fill() -> str:
    """Save and index thirty articles; returns the address of the last, a long one."""
    source = Source.objects.create(slug="al-muqtabas", name_ar="المقتبس")
    actors = [
        Actor.objects.create(slug=f"actor-{number}", name_ar=f"العلم {number}")
        for number in range(12)
    ]
    topic = Topic.objects.create(slug="rivers", name_ar="الأنهار")
    articles = [
        Article(
            title=f"دجلة في سنة {1900 + number}",
            body="يَنْبُعُ نَهْرُ دِجْلَةَ في الجبال.\n\n" * PARAGRAPHS,
            source=source,
        )
        for number in range(ARTICLES)
    ]
    last = articles[-1]
    last.title = f"دجلة و{LONG_WORD}"
    last.url = f"https://example.org/{'a' * 90}"
    for number, article in enumerate(articles):
        article.published = PartialDate(1900 + number, 2, 3)
        article.content_hash = article.build_content_hash()
    # Past the signals, which would index each by itself.
    Article.objects.bulk_create(articles)
    for number, article in enumerate(articles):
        article.actors.set(actors[number % 6 :])
        article.topics.add(topic)
    ArticleAuthor.objects.create(article=last, name="محمد كرد علي")
    rebuild()
    return last.get_absolute_url()


def fill_long() -> str:
    """Save and index an article of three parts; returns its address.

    The title and the first part have three places with دجلة, the second has none, and
    the last has two.
    """
    source = Source.objects.create(slug="books", name_ar="كتب")
    filler = "نزل المطر على الجبال، ثم جرى في الأودية.\n\n" * (PART_LENGTH // 42)
    article = Article.objects.create(
        title="كتاب دجلة",
        body=f"سالت دجلة ودجلة.\n\n{filler * 3}جاءت دجلة أخيرا.\n\nثم دجلة.",
        source=source,
    )
    rebuild()
    return article.get_absolute_url()

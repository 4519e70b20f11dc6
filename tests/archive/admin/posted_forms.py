"""The data that a browser would post from the forms of the admin."""

from archive.models import Article, Source, Topic

NO_AUTHORS = {"authors-TOTAL_FORMS": "0", "authors-INITIAL_FORMS": "0"}
NO_ALIASES = {
    "aliases-TOTAL_FORMS": "0",
    "aliases-INITIAL_FORMS": "0",
    "relations-TOTAL_FORMS": "0",
    "relations-INITIAL_FORMS": "0",
}


def make_article_form(source: Source, **changes: object) -> dict[str, object]:
    """The article form with its required fields, and *changes*."""
    return {
        "title": "عنوان",
        "language": "ar",
        "source": source.pk,
        "status": "published",
        "acquired_at_0": "2024-05-01",
        "acquired_at_1": "10:00:00",
        **NO_AUTHORS,
        **changes,
    }


def make_form_of(article: Article, **changes: object) -> dict[str, object]:
    """The form of a stored article, with *changes*."""
    published = article.published
    return make_article_form(
        article.source,
        title=article.title,
        body=article.body,
        byline=article.byline,
        external_id=article.external_id,
        published=published.iso() if published else "",
        status=article.status,
        mentioned=list(article.actors.values_list("pk", flat=True)),
        topics=list(article.topics.values_list("pk", flat=True)),
        **changes,
    )


def make_actor_form(**changes: object) -> dict[str, object]:
    return {"kind": "person", "name_ar": "طه حسين", **NO_ALIASES, **changes}


def make_topic_form(topic: Topic, **changes: object) -> dict[str, object]:
    return {
        "name_ar": topic.name_ar,
        "name_latin": topic.name_latin,
        "parent": topic.parent_id or "",
        **changes,
    }


def make_source_form(**changes: object) -> dict[str, object]:
    return {"name_ar": "المقتطف", "kind": "magazine", **changes}

"""The tree of topics, and the page of a topic."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from archive.browsing.subject_counts import articles_on, count_by_topic
from archive.browsing.topic_counts import TopicNode, build_nodes, narrow_nodes
from archive.models import Topic, TopicTree
from archive.views.collection import add_months, build_collection_context

# Of the text filter: the longest name a topic can have.
MOST_LETTERS: Final = 300


@require_safe
def list_topics(request: HttpRequest) -> HttpResponse:
    """The tree of topics; with ``?name=`` those that have the words in their names."""
    tree = TopicTree.load()
    by_articles = request.GET.get("order") == "articles"
    text = request.GET.get("name", "")[:MOST_LETTERS].strip()
    nodes = _list_nodes(tree, tree.roots(), by_articles=by_articles)
    context = {
        "nodes": narrow_nodes(nodes, text),
        "is_empty": not nodes,
        "text": text,
        "by_articles": by_articles,
    }
    return render(request, "archive/topics.html", context)


@require_safe
def show_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of one topic, with the articles on it and on every topic below."""
    topic = get_object_or_404(Topic, slug=slug)
    tree = TopicTree.load()
    articles = articles_on(tree.with_descendants(topic.pk))
    context = {
        "topic": topic,
        "broader": tree.path(topic.pk)[:-1],
        "narrower": _list_nodes(tree, tree.children(topic.pk)),
        **build_collection_context(request, articles, field="topic", slug=slug),
    }
    add_months(context, articles)
    return render(request, "archive/topic.html", context)


def _list_nodes(
    tree: TopicTree, topics: list[Topic], *, by_articles: bool = False
) -> tuple[TopicNode, ...]:
    return build_nodes(
        tree,
        topics,
        count_by_topic(tree),
        language=get_language() or "ar",
        by_articles=by_articles,
    )

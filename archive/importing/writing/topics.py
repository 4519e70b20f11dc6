"""Topics by slug, by name and by path, and the ones an import adds.

Public: `TopicLookup`.
"""

from collections import defaultdict

from archive.importing.paths import flatten_name
from archive.importing.problems import Note, excerpt
from archive.importing.records.validated import TopicPath
from archive.importing.writing.lookup import Lookup
from archive.importing.writing.names import name_key
from archive.models import Topic


class TopicLookup(Lookup):
    """All topics in memory, as an archive has a few thousand at most."""

    def _load(self) -> None:
        self._by_slug: dict[str, Topic] = {}
        self._by_name: defaultdict[str, list[Topic]] = defaultdict(list)
        for topic in Topic.objects.order_by("pk"):
            self.learn(topic)

    def learn(self, topic: Topic) -> None:
        """Remember a topic under its slug and its names."""
        self._by_slug[topic.slug] = topic
        for key in {topic_key(topic.name_ar), topic_key(topic.name_latin)} - {""}:
            self._by_name[key].append(topic)

    def find_by_slug(self, slug: str) -> Topic | None:
        """The topic of this slug; None where there is none."""
        return self._by_slug.get(slug)

    def find_named(self, name: str) -> list[Topic]:
        """Every topic of this name or slug, roots first."""
        if topic := self._by_slug.get(name):
            return [topic]
        found = self._by_name.get(topic_key(name), [])
        return sorted(found, key=lambda topic: topic.parent_id is not None)

    def find_below(self, name: str, parent_id: int | None) -> Topic | None:
        """The topic of this name that stands right below *parent_id*."""
        for topic in self._by_name.get(topic_key(name), ()):
            if topic.parent_id == parent_id:
                return topic
        return None

    def find_or_add(self, path: TopicPath) -> tuple[int, Note | None]:
        """The id of the topic at the end of *path*, and a remark where it is a guess.

        A name alone may stand anywhere in the tree; a path starts at a root. What
        is missing is added.
        """
        if len(path) == 1:
            found = self.find_named(path[0])
            if found:
                return found[0].pk, _remark(path[0], found)
        parent_id: int | None = None
        for name in path:
            topic = self.find_below(name, parent_id) or self._add(name, parent_id)
            parent_id = topic.pk
        return topic.pk, None

    def _add(self, name: str, parent_id: int | None) -> Topic:
        topic = Topic(name_ar=name, parent_id=parent_id)
        topic.save()
        self.learn(topic)
        self._fresh += 1
        return topic


def topic_key(name: str) -> str:
    """The key of a topic's name, the same whether it was cut out of a path or not.

    >>> topic_key("أدب / شعر") == topic_key("ادب/شعر")
    True
    """
    return name_key(flatten_name(name))


def _remark(name: str, found: list[Topic]) -> Note | None:
    is_certain = len(found) == 1 or (
        found[0].parent_id is None and found[1].parent_id is not None
    )
    if is_certain:
        return None
    values = {"piece": excerpt(name), "slug": found[0].slug}
    return Note("ambiguous_topic", "topics", values)

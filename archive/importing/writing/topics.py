"""The lookup of topics by slug, name and path."""

from collections import defaultdict

from archive.importing.paths import flatten_name
from archive.importing.problems import Note, excerpt
from archive.importing.records.validated import TopicPath
from archive.importing.writing.matching.lookup import Lookup
from archive.importing.writing.matching.names import heading_key
from archive.models import Topic


class TopicLookup(Lookup):
    """All topics in memory, of which an archive has a few thousand at most."""

    def load(self) -> None:
        """Load all topics of the database."""
        self._by_slug: dict[str, Topic] = {}
        self._by_name: defaultdict[str, list[Topic]] = defaultdict(list)
        for topic in Topic.objects.order_by("pk"):
            self.register(topic)

    def register(self, topic: Topic) -> None:
        """Add a topic to the lookup, by its slug and names."""
        self._by_slug[topic.slug] = topic
        for key in {topic_key(topic.name_ar), topic_key(topic.name_latin)} - {""}:
            self._by_name[key].append(topic)

    def find_by_slug(self, slug: str) -> Topic | None:
        """The topic with this slug; None where there is none."""
        return self._by_slug.get(slug)

    def find_named(self, name: str) -> list[Topic]:
        """The topic with this slug, else all topics with this name, roots first."""
        if topic := self._by_slug.get(name):
            return [topic]
        topics = self._by_name.get(topic_key(name), [])
        return sorted(topics, key=lambda topic: topic.parent_id is not None)

    def find_below(self, name: str, parent_id: int | None) -> Topic | None:
        """The topic with this name and parent; None where there is none."""
        for topic in self._by_name.get(topic_key(name), ()):
            if topic.parent_id == parent_id:
                return topic
        return None

    def find_or_add(self, path: TopicPath) -> tuple[int, Note | None]:
        """The id of the topic at the end of *path*, and a note if it is ambiguous.

        A single name is found anywhere in the tree; a longer path begins at a root.
        Missing topics are added.
        """
        if len(path) == 1:
            topics = self.find_named(path[0])
            if topics:
                return topics[0].pk, _note_ambiguity(path[0], topics)
        parent_id: int | None = None
        for name in path:
            topic = self.find_below(name, parent_id) or self._add(name, parent_id)
            parent_id = topic.pk
        return topic.pk, None

    def _add(self, name: str, parent_id: int | None) -> Topic:
        topic = Topic(name_ar=name, parent_id=parent_id)
        topic.save()
        self.register(topic)
        self._added_in_batch.append(topic)
        return topic


def topic_key(name: str) -> str:
    """The key of a topic's name, equal for the name as written in a path.

    >>> topic_key("أدب / شعر") == topic_key("ادب/شعر")
    True
    """
    return heading_key(flatten_name(name))


def _note_ambiguity(name: str, topics: list[Topic]) -> Note | None:
    is_unambiguous = len(topics) == 1 or (
        topics[0].parent_id is None and topics[1].parent_id is not None
    )
    if is_unambiguous:
        return None
    values = {"piece": excerpt(name), "slug": topics[0].slug}
    return Note("ambiguous_topic", "topics", values)

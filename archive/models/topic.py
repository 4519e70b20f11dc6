"""Topics, which form a tree."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.addresses import reverse_cached
from archive.models.named import Named


class Topic(Named):
    """A subject heading; an article on a topic is also on every topic above it."""

    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("broader topic"),
    )

    class Meta(Named.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def get_absolute_url(self) -> str:
        return reverse_cached("archive:topic", self.slug)

    def clean(self) -> None:
        """Raise ValidationError where the broader topic would close a cycle."""
        super().clean()
        ancestor, visited = self.parent, set[int]()
        # Ends even where the table has a cycle already.
        while ancestor is not None and ancestor.pk not in visited:
            visited.add(ancestor.pk)
            if ancestor.pk == self.pk and self.pk is not None:
                raise ValidationError(
                    {
                        "parent": _(
                            "A topic cannot stand below itself. Choose another one."
                        )
                    }
                )
            ancestor = ancestor.parent


class TopicTree:
    """All topics in memory, so that walks up and down need no further queries."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.by_id: dict[int, Topic] = {topic.pk: topic for topic in topics}
        self._children: dict[int | None, list[Topic]] = {}
        for topic in self.by_id.values():
            self._children.setdefault(topic.parent_id, []).append(topic)

    @classmethod
    def load(cls) -> "TopicTree":
        """The tree of all topics in the database, in one query."""
        return cls(Topic.objects.all())

    def roots(self) -> list[Topic]:
        """The topics without a broader one, in dictionary order."""
        return list(self._children.get(None, []))

    def children(self, topic_id: int) -> list[Topic]:
        """The topics directly below, in dictionary order."""
        return list(self._children.get(topic_id, []))

    def path(self, topic_id: int) -> list[Topic]:
        """The topic after its ancestors, broadest first; ``[]`` for an unknown id.

        Ends at a topic that it has visited, should the table have a cycle.
        """
        path: list[Topic] = []
        current = self.by_id.get(topic_id)
        while current is not None and current not in path:
            path.append(current)
            current = self.by_id.get(current.parent_id) if current.parent_id else None
        return path[::-1]

    def with_descendants(self, topic_id: int) -> list[int]:
        """Ids of the topic and of all its descendants, the topic first."""
        ids: list[int] = []
        stack = [topic_id]
        while stack:
            current = stack.pop()
            if current in ids:
                continue
            ids.append(current)
            stack.extend(child.pk for child in self._children.get(current, []))
        return ids

"""What articles are about: a tree of topics."""

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
        """Refuse a broader topic that would make the tree turn on itself."""
        super().clean()
        above, passed = self.parent, set[int]()
        # A cycle higher up, should the table hold one, must not hold us for ever.
        while above is not None and above.pk not in passed:
            passed.add(above.pk)
            if above.pk == self.pk and self.pk is not None:
                raise ValidationError(
                    {
                        "parent": _(
                            "A topic cannot stand below itself. Choose another one."
                        )
                    }
                )
            above = above.parent


class TopicTree:
    """All topics in memory, for walking up and down without a query a step."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.by_id: dict[int, Topic] = {topic.pk: topic for topic in topics}
        self._children: dict[int | None, list[Topic]] = {}
        for topic in self.by_id.values():
            self._children.setdefault(topic.parent_id, []).append(topic)

    @classmethod
    def load(cls) -> "TopicTree":
        """The tree as it stands in the database, in one query."""
        return cls(Topic.objects.all())

    def roots(self) -> list[Topic]:
        """Topics without a broader one, in dictionary order."""
        return list(self._children.get(None, []))

    def children(self, topic_id: int) -> list[Topic]:
        """The topics directly below, in dictionary order."""
        return list(self._children.get(topic_id, []))

    def path(self, topic_id: int) -> list[Topic]:
        """The topic and all above it, broadest first; ``[]`` when it is unknown."""
        path: list[Topic] = []
        current = self.by_id.get(topic_id)
        while current is not None and current not in path:
            path.append(current)
            current = self.by_id.get(current.parent_id) if current.parent_id else None
        return path[::-1]

    def with_descendants(self, topic_id: int) -> list[int]:
        """Ids of the topic and of all below it."""
        found: list[int] = []
        waiting = [topic_id]
        while waiting:
            current = waiting.pop()
            if current in found:
                continue
            found.append(current)
            waiting.extend(child.pk for child in self._children.get(current, []))
        return found

"""Whose word counts: which changes of a stored article a file may make.

A person's edit is kept against every file, and a known date against a worse one. A
record that was imported before says nothing new, so that an old file undoes no later
correction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from archive.importing.problems import Note, excerpt
from archive.importing.records.validated import ArticleRecord
from archive.models import Article, BatchState, ImportEntry, edited_fields

# The old and the new value of a field, as JSON values.
Change = tuple[object, object]

PRINTED: Final = "published_as_printed"
# Columns by the fields whose edit protects them, where names differ.
_PROTECTED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "published_on": ("published",),
    "published_precision": ("published",),
    "published_in_file": ("published",),
    PRINTED: (PRINTED, "published"),
    "source_id": ("source",),
    "actors": ("actors", "author_actors", "issuers"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """The names of changes that are not made, and why."""

    names: frozenset[str] = frozenset()
    edited: frozenset[str] = frozenset()
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """What is known of the stored articles of a batch: edits and imported records."""

    overwrite: bool = False
    edited: Mapping[int, frozenset[str]] = field(default_factory=dict)
    imported: Mapping[int, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def load(cls, article_ids: list[int], *, overwrite: bool) -> "Policy":
        """The policy for these articles, in two queries."""
        if overwrite or not article_ids:
            return cls(overwrite=overwrite)
        return cls(False, edited_fields(article_ids), _imported(article_ids))

    def kept_fields(
        self, article_id: int, digest: int, changes: Mapping[str, Change]
    ) -> Kept:
        """Those of the changes that are not to be made."""
        if self.overwrite or not changes:
            return Kept()
        edited = self.edited.get(article_id, frozenset())
        by_person = {
            name: fields
            for name in changes
            if (fields := edited & set(_PROTECTED_BY.get(name, (name,))))
        }
        rest = changes.keys() - by_person.keys()
        is_stale = bool(rest) and digest in self.imported.get(article_id, ())
        names = frozenset(changes) if is_stale else frozenset(by_person)
        told = frozenset(field for fields in by_person.values() for field in fields)
        return Kept(names, told, is_stale)


def _imported(article_ids: list[int]) -> dict[int, frozenset[int]]:
    """The digests of the records that batches have made of the articles."""
    rows = ImportEntry.objects.filter(
        object_id__in=article_ids, digest__isnull=False, batch__kind="articles"
    ).exclude(batch__state=BatchState.UNDONE)
    digests: dict[int, set[int]] = {}
    for article_id, digest in rows.values_list("object_id", "digest"):
        if article_id is not None and digest is not None:
            digests.setdefault(article_id, set()).add(digest)
    return {article_id: frozenset(each) for article_id, each in digests.items()}


def keep_known_date(stored: Article, record: ArticleRecord, new: Article) -> list[Note]:
    """Set the date of *new* to the stored one where that is better; notes of it.

    No date replaces none, a guess none, and a year or month none that lies in it.
    """
    kept, given = stored.published, new.published
    if kept is None or kept == given:
        return []
    if given is not None:
        is_wider = given.first_day() <= kept.first_day() and (
            kept.last_day() <= given.last_day()
        )
        if not is_wider and not record.published_is_guessed:
            return []
    new.published = kept
    new.published_in_file = stored.published_in_file
    is_printed_given = PRINTED in record.given
    told = given.iso() if given else new.published_as_printed
    if not is_printed_given:
        new.published_as_printed = stored.published_as_printed
    if not told:
        return []
    values = {"kept": kept.iso(), "given": excerpt(told)}
    return [Note("date_kept", "published", values)]

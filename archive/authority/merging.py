"""Merging two records of one actor, and undoing it.

All that a merge changes is noted before: the undoing restores it as far as nobody has
changed it since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import transaction

from archive.models import (
    Actor,
    ActorAlias,
    ActorMerge,
    ActorRelation,
    ActorRole,
    Article,
    ArticleActor,
    ArticleAuthor,
    ChangeKind,
)
from archive.signals import articles_written
from archive.versions import Made, recording

_FILLED: Final = (
    "name_latin", "description", "began", "ended", "wikidata_id", "viaf_id",
    "authority_id",
)  # fmt: skip
_COLUMNS: Final = ("slug", "name_ar", "kind", *_FILLED)
_ALIAS_COLUMNS: Final = ("name", "kind", "began", "ended")
_RELATION_COLUMNS: Final = (
    "actor_id", "kind", "other_id", "began", "ended", "certainty",
)  # fmt: skip
# The stronger role of two that are merged.
_RISING: Final = (ActorRole.MENTIONED, ActorRole.AUTHOR, ActorRole.ISSUER)


class NotMergeable(ValueError):
    """The two records cannot be merged, or the merge cannot be undone."""


@transaction.atomic
def merge_actors(kept: Actor, merged: Actor, *, user_id: int | None) -> ActorMerge:
    """Merge the record *merged* into *kept*; its address leads there from now on.

    Its names become aliases, its articles, authorships and relations those of *kept*,
    and what *kept* has no value for is taken over. Raises NotMergeable.
    """
    if kept.pk == merged.pk:
        raise NotMergeable("An actor cannot be merged into itself.")
    before = _note(kept, merged)
    before["added_aliases"] = _take_names(kept, merged)
    before["filled"] = _fill(kept, merged)
    with recording(_articles_of(merged), Made(ChangeKind.MERGE, user_id)):
        articles = _move_links(kept, merged)
    _move_relations(kept, merged)
    ActorMerge.objects.filter(kept=merged).update(kept=kept)
    slug, name = merged.slug, merged.name_ar
    merged.delete()
    kept.save()
    merge = ActorMerge.objects.create(
        kept=kept, slug=slug, name=name, before=before, merged_by_id=user_id
    )
    _tell(articles)
    return merge


@transaction.atomic
def undo_merge(merge: ActorMerge, *, user_id: int | None = None) -> Actor:
    """The record that was merged, as it was, with its articles; the merge is gone.

    Raises NotMergeable where its address or identifier is taken by now.
    """
    before, kept = merge.before, merge.kept
    if Actor.objects.filter(slug=merge.slug).exists():
        raise NotMergeable("Another actor has its address.")
    _unfill(kept, before["filled"], before["actor"])
    ActorAlias.objects.filter(actor=kept, name__in=before["added_aliases"]).delete()
    actor = Actor(**before["actor"])
    if not Actor.objects.filter(pk=before["pk"]).exists():
        actor.pk = before["pk"]
    actor.save(force_insert=True)
    for row in before["aliases"]:
        ActorAlias.objects.create(actor=actor, **row)
    with recording(_articles_of(kept), Made(ChangeKind.UNDOING, user_id)):
        articles = _restore_links(kept, actor, before)
    _restore_relations(kept, actor, before)
    earlier = ActorMerge.objects.filter(pk__in=before["merges"], kept=kept)
    earlier.update(kept=actor)
    merge.delete()
    kept.save()
    _tell(articles)
    return actor


def find_kept(slug: str) -> Actor | None:
    """The actor that the record with the former address *slug* was merged into."""
    merge = ActorMerge.objects.filter(slug=slug).select_related("kept").first()
    return merge.kept if merge else None


def _note(kept: Actor, merged: Actor) -> dict[str, Any]:
    """All of *merged*, and what *kept* had of the same articles."""
    links = dict(_links(merged))
    own = dict(_links(kept, article_id__in=list(links)))
    relations = ActorRelation.objects.values(*_RELATION_COLUMNS)
    return {
        "pk": merged.pk,
        "actor": {name: getattr(merged, name) for name in _COLUMNS},
        "aliases": list(merged.aliases.values(*_ALIAS_COLUMNS)),
        "links": [[article, role] for article, role in links.items()],
        "kept_links": [[article, role] for article, role in own.items()],
        "authorships": list(merged.authorships.values_list("pk", flat=True)),
        "relations": [
            *relations.filter(actor=merged),
            *relations.filter(other=merged).exclude(actor=merged),
        ],
        "merges": list(merged.merges.values_list("pk", flat=True)),
    }


def _links(actor: Actor, **conditions: Any) -> Iterable[tuple[int, str]]:
    rows = ArticleActor.objects.filter(actor=actor, **conditions)
    return rows.values_list("article_id", "role")


def _articles_of(actor: Actor) -> set[int]:
    authored = actor.authorships.values_list("article_id", flat=True)
    return {article for article, _role in _links(actor)} | set(authored)


def _take_names(kept: Actor, merged: Actor) -> list[str]:
    """Make the names of *merged* aliases of *kept*; those that it did not have."""
    own = {kept.name_ar, kept.name_latin, *kept.aliases.values_list("name", flat=True)}
    rows: dict[str, Mapping[str, str]] = {
        name: {"name": name} for name in (merged.name_ar, merged.name_latin) if name
    }
    rows |= {row["name"]: row for row in merged.aliases.values(*_ALIAS_COLUMNS)}
    added = [name for name in rows if name not in own]
    if merged.name_latin and not kept.name_latin:
        # It becomes the Latin name itself.
        added = [name for name in added if name != merged.name_latin]
    for name in added:
        ActorAlias.objects.create(actor=kept, **rows[name])
    return added


def _fill(kept: Actor, merged: Actor) -> list[str]:
    filled = [
        name for name in _FILLED if getattr(merged, name) and not getattr(kept, name)
    ]
    for name in filled:
        setattr(kept, name, getattr(merged, name))
    return filled


def _unfill(kept: Actor, filled: Iterable[str], values: Mapping[str, str]) -> None:
    for name in filled:
        if getattr(kept, name) == values[name]:
            setattr(kept, name, "")
    kept.save()


def _move_links(kept: Actor, merged: Actor) -> list[int]:
    """Give the articles of *merged* to *kept*; their ids, with those of authors."""
    own = dict(_links(kept))
    articles = []
    for article, role in list(_links(merged)):
        articles.append(article)
        if article not in own:
            continue
        strongest = max(own[article], role, key=_strength)
        if strongest != own[article]:
            rows = ArticleActor.objects.filter(actor=kept, article_id=article)
            rows.update(role=strongest)
    both = [article for article in articles if article in own]
    links = ArticleActor.objects.filter(actor=merged)
    links.filter(article_id__in=both).delete()
    links.update(actor=kept)
    authored = list(merged.authorships.values_list("article_id", flat=True))
    merged.authorships.update(actor=kept)
    return sorted({*articles, *authored})


def _strength(role: str) -> int:
    return _RISING.index(ActorRole(role))


def _move_relations(kept: Actor, merged: Actor) -> None:
    """Give the relations of *merged* to *kept*, without any to itself or twice."""
    own = set(ActorRelation.objects.values_list("actor", "kind", "other", "began"))
    for relation in ActorRelation.objects.filter(actor=merged) | (
        ActorRelation.objects.filter(other=merged)
    ):
        actor = kept.pk if relation.actor_id == merged.pk else relation.actor_id
        other = kept.pk if relation.other_id == merged.pk else relation.other_id
        key = (actor, relation.kind, other, relation.began)
        if actor == other or key in own:
            continue
        own.add(key)
        relation.actor_id, relation.other_id = actor, other
        relation.save()


def _restore_links(kept: Actor, actor: Actor, before: Mapping[str, Any]) -> list[int]:
    own: dict[int, str] = dict(before["kept_links"])
    there = set(
        Article.objects.filter(pk__in=[pk for pk, _ in before["links"]]).values_list(
            "pk", flat=True
        )
    )
    links = [(pk, role) for pk, role in before["links"] if pk in there]
    ArticleActor.objects.bulk_create(
        ArticleActor(article_id=pk, actor=actor, role=role) for pk, role in links
    )
    moved = [pk for pk, _role in links if pk not in own]
    ArticleActor.objects.filter(actor=kept, article_id__in=moved).delete()
    for pk, role in own.items():
        ArticleActor.objects.filter(actor=kept, article_id=pk).update(role=role)
    authors = ArticleAuthor.objects.filter(pk__in=before["authorships"], actor=kept)
    authored = list(authors.values_list("article_id", flat=True))
    authors.update(actor=actor)
    return sorted({pk for pk, _ in links} | set(authored))


def _restore_relations(kept: Actor, actor: Actor, before: Mapping[str, Any]) -> None:
    """The relations of *actor* again; those that *kept* got of them are taken away."""
    for row in before["relations"]:
        ends = {
            name: kept.pk if row[name] == before["pk"] else row[name]
            for name in ("actor_id", "other_id")
        }
        moved = {**row, **ends}
        ActorRelation.objects.filter(**moved).delete()
        ends = {
            name: actor.pk if row[name] == before["pk"] else row[name]
            for name in ("actor_id", "other_id")
        }
        if Actor.objects.filter(pk__in=set(ends.values())).count() == len(
            set(ends.values())
        ):
            ActorRelation.objects.create(**{**row, **ends})


def _tell(article_ids: list[int]) -> None:
    if article_ids:
        articles_written.send(sender=Article, article_ids=article_ids)

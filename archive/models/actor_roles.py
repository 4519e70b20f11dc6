"""Setting the actors of an article with their roles."""

from collections.abc import Mapping

from archive.models.article import Article
from archive.models.article_links import ActorRole
from archive.signals import articles_written


def set_actor_roles(article: Article, wanted: Mapping[int, str]) -> bool:
    """Make *wanted*, roles by actor id, the actors of *article*; whether any changed.

    Sends ``m2m_changed`` for links that are added and removed, and `articles_written`
    where only a role changed. Call it in a transaction.
    """
    stored = dict(article.actor_links.values_list("actor_id", "role"))
    if removed := stored.keys() - wanted.keys():
        article.actors.remove(*removed)
    for role in ActorRole.values:
        having = [pk for pk, own in wanted.items() if own == role]
        if added := [pk for pk in having if pk not in stored]:
            article.actors.add(*added, through_defaults={"role": role})
        if moved := [pk for pk in having if stored.get(pk, role) != role]:
            article.actor_links.filter(actor_id__in=moved).update(role=role)
            articles_written.send(sender=Article, article_ids=[article.pk])
    return stored != dict(wanted)

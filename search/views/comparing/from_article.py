"""The page that writes a query from an article, and counts what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive.models import Article, prefetch_actor_links
from search import searcher
from search.comparing.from_article import (
    Join,
    Kind,
    Part,
    count,
    list_parts,
    write_query,
)
from search.errors import QuerySyntaxError
from search.views.errors import BAD_REQUEST, answers_search_errors

# Set where a reader has chosen; without it the first choice holds.
CHOSEN: Final = "chosen"
_LABELS: Final[dict[Kind, Promise]] = {
    Kind.ACTOR: _("Actors"),
    Kind.PLACE: _("Places"),
    Kind.WORD: _("Rare words"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """The parts of one kind, each with whether it is chosen; ``join`` is their join."""

    kind: Kind
    label: Promise
    join: Join
    parts: tuple[tuple[Part, bool], ...]

    @property
    def join_key(self) -> str:
        """The key of the join in addresses."""
        return _join_key(self.kind)


@require_safe
@answers_search_errors
def from_article(request: HttpRequest, pk: int) -> HttpResponse:
    """The parts of the article to choose from, the query, and what it finds."""
    articles = Article.objects.published().prefetch_related(prefetch_actor_links())
    article = get_object_or_404(articles, pk=pk)
    context: dict[str, Any] = {"article": article}
    status = None
    with searcher.page_time():
        groups = read_groups(list_parts(article), request.GET)
        chosen = [
            part for group in groups for part, is_chosen in group.parts if is_chosen
        ]
        joins = {group.kind: group.join for group in groups}
        context["groups"] = groups
        try:
            written = write_query(chosen, joins)
            if written:
                context |= {"written": written, "total": count(written)}
        except QuerySyntaxError as error:
            context["problem"], status = str(error), BAD_REQUEST
    return render(request, "comparing/from_article.html", context, status=status)


def read_groups(parts: tuple[Part, ...], parameters: QueryDict) -> list[Group]:
    """The kinds that have parts, with what *parameters* choose of them."""
    groups = []
    for kind, label in _LABELS.items():
        own = [part for part in parts if part.kind is kind]
        keys = {*parameters.getlist(kind.value)}
        is_read = CHOSEN in parameters
        chosen = (part.key in keys if is_read else part.is_first_choice for part in own)
        join = parameters.get(_join_key(kind), "")
        if own:
            groups.append(
                Group(
                    kind,
                    label,
                    Join(join) if join in set(Join) else Join.ANY,
                    tuple(zip(own, chosen, strict=True)),
                )
            )
    return groups


def _join_key(kind: Kind) -> str:
    return f"{kind.value}-join"

"""``{% load keeping %}``: the reader's basket on pages of the archive."""

from dataclasses import dataclass

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString

from archive.models import Article
from archive.templatetags.entries import Shown, render_entry
from search.keeping import MOST_NOTE, find_keeper
from search.models import BasketItem, Keeper

register = template.Library()


@dataclass(frozen=True, slots=True)
class Kept:
    """What a reader keeps of an article, if anything, and how long a note may be."""

    item: BasketItem | None
    most_note: int = MOST_NOTE


@register.simple_tag(takes_context=True)
def basket_size(context: RequestContext) -> int:
    """How many articles are in the reader's basket; asks nothing without a session."""
    keeper = _find_keeper(context)
    return keeper.basket.count() if keeper else 0


@register.simple_tag(takes_context=True)
def basket_item(context: RequestContext, article_id: int) -> Kept:
    """What the reader keeps of an article."""
    keeper = _find_keeper(context)
    return Kept(keeper.basket.filter(article_id=article_id).first() if keeper else None)


@register.simple_block_tag
def kept_entry(content: SafeString, article: Article) -> SafeString:
    """An article of a list that ends with the content of the block."""
    return render_entry(article, Shown(tail=content))


def _find_keeper(context: RequestContext) -> Keeper | None:
    """The reader's keeper; None on a page of an error that has neither."""
    request = context.get("request")
    user, session = getattr(request, "user", None), getattr(request, "session", None)
    return None if session is None else find_keeper(user, session)

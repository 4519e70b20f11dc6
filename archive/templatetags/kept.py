"""``{% load kept %}``: parts of a page that are the same for the same values, kept.

``{% keep "search/_words.html" words=found.help.words total=found.total %}`` writes the
template once for these values and hands out the same HTML until it is forgotten. The
values are the key, so that nothing has to be invalidated: they are hashable and all
that the template reads, which knows neither the request nor the reader
(docs/decisions/0093-parts-of-pages-kept.md).
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, Final

from django import template
from django.conf import settings
from django.template import Context, RequestContext, Template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from archive.templatetags.display import names_of_months, names_of_months_in_lists

register = template.Library()

# Of 10,000 bytes or so each.
PARTS_CACHE_SIZE: Final = 2048


@register.simple_tag(takes_context=True)
def keep(context: RequestContext, name: str, **values: Hashable) -> SafeString:
    """The template *name* with *values*, in the page's language."""
    # The template itself is in the key: under DEBUG an edited one is another.
    part = context.template.engine.get_template(name)  # type: ignore[union-attr]
    months = names_of_months(), names_of_months_in_lists()
    shown = get_language(), settings.DIGITS, months
    return _render(part, shown, tuple(values.items()))


@lru_cache(PARTS_CACHE_SIZE)
def _render(
    part: Template, _shown: Hashable, values: tuple[tuple[str, Any], ...]
) -> SafeString:
    return part.render(Context(dict(values)))

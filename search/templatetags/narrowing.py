"""``{% load narrowing %}``: the values of facets and the bars of dates.

In Python for the same reason as `archive.templatetags.entries`: a results page has
dozens of them (docs/decisions/0092-fast-pages.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from archive.addresses import reverse_cached
from archive.templatetags.display import bdi, number
from search.results.facets.model import Bucket, DateBucket, DateFacet

register = template.Library()

# Levels of topics that are told apart by their indentation.
MAX_INDENTED: Final = 5
# Height of the chart's rows in units of the drawing; with holdings the hits have less.
_BAR: Final = 10
_BAR_OVER_HOLDINGS: Final = 6
_SVG: Final = (
    ' <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none"'
    ' aria-hidden="true">{}<rect width="{}" height="{}"/></svg>'
)


@register.simple_tag
def facet_values(name: str, buckets: Iterable[Bucket]) -> SafeString:
    """The boxes of the facet *name*, each with its count and a link to exclude it.

    The boxes belong to the form ``search-form``.
    """
    address = reverse_cached("search:results")
    words = {
        "articles": gettext("articles:"),
        "exclude": gettext("Exclude"),
        "not_": pgettext("before an excluded value", "not"),
    }
    rows = (_value(name, bucket, address, **words) for bucket in buckets)
    return format_html(
        '<ul class="facet-values">{}</ul>',
        format_html_join("", "{}", ((row,) for row in rows)),
    )


def _value(
    name: str, bucket: Bucket, address: str, *, articles: str, exclude: str, not_: str
) -> SafeString:
    label = bdi(bucket.label)
    link: SafeString | str = ""
    word: SafeString | str = ""
    if bucket.excluded:
        word = format_html('<span class="facet-word">{}</span> ', not_)
    elif not bucket.selected:
        link = format_html(
            '<a class="facet-not" id="not-{}-{}" href="{}?{}" title="{}"><span'
            ' aria-hidden="true">−</span><span class="hidden-visually">{} {}</span>'
            "</a>",
            name,
            bucket.value,
            address,
            bucket.exclusion,
            exclude,
            exclude,
            label,
        )
    return format_html(
        '<li{}><label><input type="checkbox" id="{}-{}" form="search-form"'
        ' name="{}{}" value="{}"{}><span class="facet-name">{}{}</span>'
        ' <span class="count"><span'
        ' class="hidden-visually">{} </span>{}</span></label>{}</li>',
        _row_attributes(bucket),
        name,
        bucket.value,
        "-" if bucket.excluded else "",
        name,
        bucket.value,
        " checked" if bucket.excluded or bucket.selected else "",
        word,
        label,
        articles,
        number(bucket.count),
        link,
    )


def _row_attributes(bucket: Bucket) -> SafeString:
    excluded = format_html(' class="{}"', "facet-excluded") if bucket.excluded else ""
    depth = min(bucket.depth, MAX_INDENTED)
    indented = format_html(' data-depth="{}"', depth) if depth else ""
    return format_html("{}{}", excluded, indented)


@register.simple_tag
def date_bars(facet: DateFacet) -> SafeString:
    """The rows of the date chart, the last of which is for undated articles.

    A row is a link where it has hits.
    """
    address = reverse_cached("search:results")
    rows = [_bar_row(facet, bucket, address) for bucket in facet.shown]
    if facet.undated or facet.undated_selected:
        undated = DateBucket(
            iso="",
            label=gettext("undated"),
            count=facet.undated,
            share=0,
            selected=facet.undated_selected,
            query_string=facet.undated_query_string,
        )
        rows.append(_bar_row(facet, undated, address))
    return format_html(
        '<ol class="bars{}">{}</ol>',
        "" if facet.has_chart else " bars-none",
        format_html_join("", "<li>{}</li>", ((row,) for row in rows)),
    )


def _bar_row(facet: DateFacet, bucket: DateBucket, address: str) -> SafeString:
    label: str = bucket.label
    if bucket.iso:
        label = format_html('<time datetime="{}">{}</time>', bucket.iso, label)
    inside = format_html(
        '<span class="bar-label">{}</span>{} <span class="count">{}{}</span>',
        label,
        _bar(facet, bucket) if facet.has_chart else "",
        number(bucket.count),
        _held(facet, bucket),
    )
    if not (bucket.query_string or bucket.selected):
        return format_html('<span class="bar-row">{}</span>', inside)
    target = f"{address}?{bucket.query_string}" if bucket.query_string else address
    if bucket.selected:
        return format_html('<a href="{}" aria-current="true">{}</a>', target, inside)
    return format_html('<a href="{}">{}</a>', target, inside)


def _bar(facet: DateFacet, bucket: DateBucket) -> SafeString:
    """The bar on the scale of the hits, over that of the holdings on their own.

    What has no place in time has no bar.
    """
    if bucket.query_string == facet.undated_query_string:
        return format_html("<{}></{}>", "span", "span")
    if not facet.has_holdings:
        return format_html(_SVG, "", bucket.share, _BAR)
    held = format_html(
        '<rect class="bar-held" y="7" width="{}" height="3"/>', bucket.held_share
    )
    return format_html(_SVG, held, bucket.share, _BAR_OVER_HOLDINGS)


def _held(facet: DateFacet, bucket: DateBucket) -> SafeString | str:
    if not (facet.has_holdings and bucket.held):
        return ""
    sentence = gettext("of %(held)s in the archive") % {"held": number(bucket.held)}
    return format_html('<span class="hidden-visually"> {}</span>', sentence)

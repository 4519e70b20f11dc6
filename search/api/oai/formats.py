"""An article as Dublin Core and as MODS 3.8."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from archive.citing import Reference
from archive.models import Article
from archive.references import Place, build_reference
from search.api.oai.arguments import HarvestError
from search.api.oai.elements import Element, add, add_filled, make

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True)
class Format:
    """A format of records; ``write`` makes the element of an article."""

    prefix: str
    schema: str
    namespace: str
    write: Callable[[Article, Place], Element]


def find_format(prefix: str) -> Format:
    """The format called *prefix*; raises HarvestError cannotDisseminateFormat."""
    for each in FORMATS:
        if each.prefix == prefix:
            return each
    names = ", ".join(each.prefix for each in FORMATS)
    sentence = _("There is no such format. There are: %s.") % names
    raise HarvestError("cannotDisseminateFormat", sentence)


def write_dublin_core(article: Article, place: Place) -> Element:
    """Unqualified Dublin Core, as OAI-PMH asks of every repository."""
    reference = build_reference(article, place)
    root = _make_root("oai_dc:dc", _DUBLIN_CORE, xmlns_dc=_DC)
    add_filled(root, "dc:title", reference.title)
    for creator in reference.creators:
        add_filled(root, "dc:creator", creator)
    for keyword in reference.keywords:
        add_filled(root, "dc:subject", keyword)
    add_filled(root, "dc:publisher", reference.container)
    add_filled(root, "dc:date", _date(reference))
    add_filled(root, "dc:type", "Text")
    if article.kind:
        add_filled(root, "dc:type", article.kind)
    add_filled(root, "dc:identifier", reference.address)
    add_filled(root, "dc:source", _describe_source(reference))
    add_filled(root, "dc:language", reference.language)
    add_filled(root, "dc:rights", reference.rights)
    return root


def write_mods(article: Article, place: Place) -> Element:
    """MODS 3.8: the article, and the issue that it is in as its host."""
    reference = build_reference(article, place)
    root = _make_root("mods", _MODS, version="3.8")
    titles = add(root, "titleInfo")
    add(titles, "title", reference.title)
    add_filled(titles, "subTitle", article.subtitle)
    for creator in reference.creators:
        name = add(root, "name")
        add(name, "namePart", creator)
        add(add(name, "role"), "roleTerm", "aut", type="code", authority="marcrelator")
    add(root, "typeOfResource", "text")
    add_filled(root, "genre", article.kind)
    _add_origin(root, reference)
    if reference.language:
        language = add(root, "language")
        add(
            language,
            "languageTerm",
            reference.language,
            type="code",
            authority="rfc5646",
        )
    for keyword in reference.keywords:
        add(add(root, "subject"), "topic", keyword)
    _add_host(root, reference)
    add(root, "identifier", reference.address, type="uri")
    add(add(root, "location"), "url", reference.address, usage="primary display")
    add_filled(root, "accessCondition", reference.rights)
    return root


def _add_origin(root: Element, reference: Reference) -> None:
    if not (reference.published or reference.place or reference.printed_date):
        return
    origin = add(root, "originInfo")
    if reference.place:
        add(add(origin, "place"), "placeTerm", reference.place, type="text")
    add_filled(origin, "dateIssued", _date(reference), encoding="w3cdtf", keyDate="yes")
    # In the words of the source.
    add_filled(origin, "dateIssued", reference.printed_date)


def _add_host(root: Element, reference: Reference) -> None:
    host = add(root, "relatedItem", type="host")
    add(add(host, "titleInfo"), "title", reference.container)
    numbers = (("volume", reference.volume), ("issue", reference.issue))
    if not (reference.volume or reference.issue or reference.pages):
        return
    part = add(host, "part")
    for kind, number in numbers:
        if number:
            add(add(part, "detail", type=kind), "number", number)
    if reference.pages:
        extent = add(part, "extent", unit="pages")
        first, last = reference.page_range
        if last:
            add(extent, "start", first)
            add(extent, "end", last)
        else:
            add(extent, "list", first)


def _describe_source(reference: Reference) -> str:
    """The source with the numbers of the issue, as they are printed."""
    numbers = (reference.volume, reference.issue, reference.pages)
    parts = [reference.container, *filter(None, numbers), reference.printed_date]
    return "، ".join(filter(None, parts))


def _date(reference: Reference) -> str:
    return reference.published.iso() if reference.published else ""


def _make_root(name: str, of: tuple[str, str], **attributes: str) -> Element:
    """The root of a record, which declares its namespaces itself."""
    namespace, schema = of
    prefix = name.rpartition(":")[0]
    root = make(name, **attributes)
    root.set(f"xmlns:{prefix}" if prefix else "xmlns", namespace)
    root.set("xmlns:xsi", XSI)
    root.set("xsi:schemaLocation", f"{namespace} {schema}")
    return root


_DC: Final = "http://purl.org/dc/elements/1.1/"
_DUBLIN_CORE: Final = (
    "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
)
_MODS: Final = (
    "http://www.loc.gov/mods/v3",
    "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd",
)
FORMATS: Final = (
    Format("oai_dc", _DUBLIN_CORE[1], _DUBLIN_CORE[0], write_dublin_core),
    Format("mods", _MODS[1], _MODS[0], write_mods),
)

"""The one address of the protocol: a verb and its arguments in, an XML document out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from archive.browsing.visibility import list_visible
from archive.models import Source, Topic, read_identity
from archive.references import Place
from search.api.access import check_access
from search.api.oai.arguments import IDENTIFIER, HarvestError, read_arguments
from search.api.oai.elements import Element, add, add_filled, make, to_text
from search.api.oai.formats import FORMATS, XSI, Format, find_format
from search.api.oai.harvesting import (
    LIFETIME,
    HarvestItem,
    find_item,
    list_stretch,
    read_request,
)
from search.api.problems import Problem, answer_problem
from search.indexing.harvest import source_set, topic_set
from search.models import HarvestRecord

NAMESPACE: Final = "http://www.openarchives.org/OAI/2.0/"
_CONTENT_TYPE: Final = "text/xml; charset=utf-8"
_METHODS: Final = ("GET", "HEAD", "POST")
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
# SQLite's integers end after as many digits.
_NUMBER_RE: Final = re.compile(r"[1-9][0-9]{0,17}")

Arguments = Mapping[str, str]


@login_not_required
@csrf_exempt
def answer(request: HttpRequest) -> HttpResponse:
    """The answer to a verb, or the error of the protocol, with status 200 both.

    A method that the protocol does not know gets its error with status 405.
    """
    try:
        check_access(request)
    except Problem as problem:
        return answer_problem(request, problem)
    site = request.build_absolute_uri("/").rstrip("/")
    root = make("OAI-PMH", xmlns=NAMESPACE, xmlns_xsi=XSI)
    root.set("xsi:schemaLocation", f"{NAMESPACE} {NAMESPACE.rstrip('/')}/OAI-PMH.xsd")
    add(root, "responseDate", write_stamp(timezone.now()))
    asked = add(root, "request", f"{site}{request.path}")
    if request.method not in _METHODS:
        add(root, "error", _("Ask by GET or POST."), code="badVerb")
        response = _write(root, HTTPStatus.METHOD_NOT_ALLOWED)
        response["Allow"] = ", ".join(_METHODS)
        return response
    parameters = request.POST if request.method == "POST" else request.GET
    try:
        verb, arguments = read_arguments(parameters)
        filled = _VERBS[verb](verb, arguments, site)
    except HarvestError as error:
        add(root, "error", str(error), code=error.code)
        # Attributes of these could not stand in a valid answer.
        if error.code not in ("badVerb", "badArgument"):
            _copy(parameters.dict(), asked)
    else:
        _copy({"verb": verb, **arguments}, asked)
        root.append(filled)
    return _write(root, HTTPStatus.OK)


def _write(root: Element, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(
        _HEAD + to_text(root),
        content_type=_CONTENT_TYPE,
        status=status,
        headers={"Cache-Control": "no-cache"},
    )


def _copy(arguments: Mapping[str, str], asked: Element) -> None:
    for name, value in make("x", **arguments).attrib.items():
        asked.set(name, value)


def write_stamp(moment: dt.datetime) -> str:
    """A datestamp in UTC, to the second."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def write_identifier(article_id: int) -> str:
    """The identifier of an article's record, the same wherever the site is served."""
    return f"oai:{_repository()}:{article_id}"


def _repository() -> str:
    # Formed like a domain, as the guidelines ask, and of the database: hosts change.
    return f"sijill.a{read_identity()}"


def _read_identifier(identifier: str) -> int | None:
    number = identifier.removeprefix(f"oai:{_repository()}:")
    return int(number) if _NUMBER_RE.fullmatch(number) else None


def identify(verb: str, arguments: Arguments, site: str) -> Element:
    """What repository this is."""
    made = make(verb)
    is_arabic = (get_language() or "ar").startswith("ar")
    name = settings.SITE_NAME_AR if is_arabic else settings.SITE_NAME_EN
    add(made, "repositoryName", name)
    add(made, "baseURL", f"{site}/oai/")
    add(made, "protocolVersion", "2.0")
    contact = settings.CONTACT if "@" in settings.CONTACT else ""
    add(made, "adminEmail", contact or settings.DEFAULT_FROM_EMAIL)
    first = HarvestRecord.objects.aggregate(first=Min("changed_at"))["first"]
    add(made, "earliestDatestamp", write_stamp(first or timezone.now()))
    add(made, "deletedRecord", "persistent")
    add(made, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    described = add(add(made, "description"), "oai-identifier")
    namespace = f"{NAMESPACE}oai-identifier"
    described.set("xmlns", namespace)
    described.set("xmlns:xsi", XSI)
    described.set("xsi:schemaLocation", f"{namespace} {namespace}.xsd")
    add(described, "scheme", "oai")
    add(described, "repositoryIdentifier", _repository())
    add(described, "delimiter", ":")
    add(described, "sampleIdentifier", write_identifier(1))
    return made


def list_formats(verb: str, arguments: Arguments, site: str) -> Element:
    """The formats, which every record has."""
    if IDENTIFIER in arguments:
        find_item(_read_identifier(arguments[IDENTIFIER]))
    made = make(verb)
    for each in FORMATS:
        one = add(made, "metadataFormat")
        add(one, "metadataPrefix", each.prefix)
        add(one, "schema", each.schema)
        add(one, "metadataNamespace", each.namespace)
    return made


def list_sets(verb: str, arguments: Arguments, site: str) -> Element:
    """A set for each source and each topic that has published articles."""
    if arguments:
        read_request(verb, arguments)
    made = make(verb)
    language = get_language() or "ar"
    named = ((Source, source_set), (Topic, topic_set))
    for model, name_set in named:
        ids = [row.pk for row in list_visible(model)]
        for row in model._default_manager.filter(pk__in=ids).order_by("pk"):
            one = add(made, "set")
            add(one, "setSpec", name_set(row.slug))
            add(one, "setName", row.label(language))
    if not len(made):
        raise HarvestError("noSetHierarchy", _("The archive has no articles yet."))
    return made


def get_record(verb: str, arguments: Arguments, site: str) -> Element:
    """One record."""
    form = find_format(arguments["metadataPrefix"])
    item = find_item(_read_identifier(arguments[IDENTIFIER]))
    made = make(verb)
    made.append(_build_record(item, form, Place.today(site)))
    return made


def list_records(verb: str, arguments: Arguments, site: str) -> Element:
    """A stretch of the list of records, or of their headers alone."""
    request = read_request(verb, arguments)
    form = find_format(request.prefix)
    stretch = list_stretch(request)
    place, made = Place.today(site), make(verb)
    for item in stretch.items:
        if verb == "ListRecords":
            made.append(_build_record(item, form, place))
        else:
            made.append(_build_header(item))
    if stretch.token or stretch.sent:
        size, sent = str(stretch.total), str(stretch.sent)
        ends = {"completeListSize": size, "cursor": sent}
        if stretch.token:
            ends["expirationDate"] = write_stamp(timezone.now() + LIFETIME)
        add(made, "resumptionToken", stretch.token, **ends)
    return made


def _build_record(item: HarvestItem, form: Format, place: Place) -> Element:
    made = make("record")
    made.append(_build_header(item))
    if item.article:
        add(made, "metadata").append(form.write(item.article, place))
    return made


def _build_header(item: HarvestItem) -> Element:
    record = item.record
    made = make("header")
    if item.article is None:
        made.set("status", "deleted")
    add(made, "identifier", write_identifier(record.article_id))
    add(made, "datestamp", write_stamp(record.changed_at))
    for name in record.sets.split():
        add_filled(made, "setSpec", name)
    return made


_VERBS: Final[Mapping[str, Callable[[str, Arguments, str], Element]]] = {
    "Identify": identify,
    "ListMetadataFormats": list_formats,
    "ListSets": list_sets,
    "GetRecord": get_record,
    "ListIdentifiers": list_records,
    "ListRecords": list_records,
}

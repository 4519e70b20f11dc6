"""Arguments of a request, and the errors of the protocol."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

IDENTIFIER: Final = "identifier"
PREFIX: Final = "metadataPrefix"
RESUMPTION: Final = "resumptionToken"
_LISTING: Final = frozenset({PREFIX, "from", "until", "set", RESUMPTION})
# Verb → the arguments that it may have.
VERBS: Final[Mapping[str, frozenset[str]]] = {
    "Identify": frozenset(),
    "ListMetadataFormats": frozenset({IDENTIFIER}),
    "ListSets": frozenset({RESUMPTION}),
    "GetRecord": frozenset({IDENTIFIER, PREFIX}),
    "ListIdentifiers": _LISTING,
    "ListRecords": _LISTING,
}
# Verb → those that it must have; with a token none.
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "GetRecord": (IDENTIFIER, PREFIX),
    "ListIdentifiers": (PREFIX,),
    "ListRecords": (PREFIX,),
}
_DAY_RE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SECOND_RE: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)


class HarvestError(Exception):
    """An error of the protocol: its code, and a sentence for people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class Period:
    """Datestamps from *first* on and before *end*; ``None`` without limit."""

    first: dt.datetime | None = None
    end: dt.datetime | None = None


def read_arguments(parameters: QueryDict) -> tuple[str, Mapping[str, str]]:
    """The verb and its arguments.

    Raises HarvestError: badVerb; badArgument where one is unknown, given twice or
    missing, or stands beside a token, which stands alone.
    """
    verbs = parameters.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise HarvestError(
            "badVerb", _("The verb is one of these: %s.") % ", ".join(VERBS)
        )
    verb = verbs[0]
    given = {name: parameters.getlist(name) for name in parameters if name != "verb"}
    for name, values in given.items():
        if name not in VERBS[verb]:
            _refuse(_("%(verb)s has no argument %(name)s."), verb=verb, name=name)
        if len(values) > 1:
            _refuse(_("The argument %(name)s may be given once."), name=name)
    if RESUMPTION in given and len(given) > 1:
        _refuse(_("A resumptionToken stands alone beside the verb."))
    for name in _NEEDED.get(verb, ()):
        if name not in given and RESUMPTION not in given:
            _refuse(_("%(verb)s needs the argument %(name)s."), verb=verb, name=name)
    return verb, {name: values[0] for name, values in given.items()}


def read_period(first: str, last: str) -> Period:
    """The period between two datestamps, both included; ``""`` is without limit.

    Raises HarvestError badArgument.
    """
    if first and last and len(first) != len(last):
        _refuse(_("“from” and “until” have the same granularity."))
    beginning, end = _read_stamp(first), _read_stamp(last)
    if beginning and end and beginning > end:
        _refuse(_("“from” comes before “until”."))
    return Period(beginning, end and end + _length(last))


def _read_stamp(text: str) -> dt.datetime | None:
    if not text:
        return None
    form = "%Y-%m-%d" if _DAY_RE.fullmatch(text) else "%Y-%m-%dT%H:%M:%SZ"
    try:
        if not (_DAY_RE.fullmatch(text) or _SECOND_RE.fullmatch(text)):
            raise ValueError(text)
        return dt.datetime.strptime(text, form).replace(tzinfo=dt.UTC)
    except ValueError:
        sentence = _("Write dates as 2026-11-30 or 2026-11-30T16:45:00Z, in UTC.")
        raise HarvestError("badArgument", sentence) from None


def _length(text: str) -> dt.timedelta:
    """How long what a datestamp names is."""
    return dt.timedelta(days=1) if _DAY_RE.fullmatch(text) else dt.timedelta(seconds=1)


def _refuse(sentence: str, **names: str) -> None:
    raise HarvestError("badArgument", sentence % names if names else sentence)

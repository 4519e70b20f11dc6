"""Problems of records and files, with messages that name the remedy."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Characters of a record's text that a message quotes.
MAX_EXCERPT_LENGTH: Final = 60
# Characters that are searched for them: more, because white space is collapsed.
EXCERPT_SCAN_LENGTH: Final = 100 * MAX_EXCERPT_LENGTH


MESSAGES: Final[Mapping[str, Promise]] = {
    # About the line
    "too_long": _(
        "The line is longer than %(limit)s MiB. Split the record, or check that"
        " each record stands on a line of its own."
    ),
    "not_utf8": _(
        "The line is not UTF-8 (byte %(byte)s at position %(position)s). Convert the"
        " file first, for instance: iconv -f WINDOWS-1256 -t UTF-8 OLD > NEW"
    ),
    "not_json": _("The line is not JSON: %(detail)s."),
    "not_object": _("The line holds %(kind)s; a record is a JSON object {…}."),
    "too_many_values": _(
        "The record has more than %(limit)s separators and brackets. Split it, or check"
        " that each record stands on a line of its own."
    ),
    "too_deep": _("The record's lists or objects are nested too deeply."),
    "bad_row": _("The row cannot be read: %(detail)s. Check its quotation marks."),
    "row_too_long": _(
        "The row does not end within %(lines)s lines and %(limit)s MiB: a quotation"
        " mark is probably missing in it."
    ),
    "rows_endless": _(
        "Too many rows before this line do not end, and nothing after it was read."
        " Check the quotation marks, then import the file again."
    ),
    "wrong_cells": _(
        "The row has %(found)s cells, the heading has %(expected)s. Check the"
        " separators and the quotation marks."
    ),
    "bad_xml": _(
        "The XML breaks off here (%(detail)s); the records before this were read."
    ),
    "bad_entry": _("The entry “%(kind)s” has no fields. Check its braces."),
    "page_encoding": _(
        "The page %(name)s is neither in UTF-8 nor in the encoding that it declares."
        " Give --encoding, for instance windows-1256."
    ),
    "damaged": _(
        "The compressed file is damaged from here on (%(detail)s); the records"
        " before this line were read. Copy the file again."
    ),
    "unpacks_too_far": _(
        "The compressed file unpacks to more than %(times)s times its size, so nothing"
        " from this line on was read. If that is right, unpack it and import the plain"
        " file."
    ),
    # About the record, which is refused
    "wrong_type": _("Text is expected here, not %(kind)s."),
    "not_a_list": _("A list of names is expected here, not %(kind)s."),
    "too_many_items": _("The list has %(found)s items; at most %(limit)s fit."),
    "empty": _("The record has neither a title nor a text."),
    "no_source": _(
        "The record names no source. Add one, or give --source for records without."
    ),
    "text_lost": _(
        "“%(piece)s” is question marks where letters were: the text was lost when the"
        " file was saved. Save it again as UTF-8."
    ),
    "no_name": _("The record has no name."),
    "too_long_value": _("“%(piece)s” has %(found)s characters; at most %(limit)s fit."),
    "text_too_long": _(
        "The text has %(found)s characters; at most %(limit)s fit. Split it into"
        " articles of their own, a chapter each, with the chapter in the title and in"
        " the identifier."
    ),
    "bad_choice": _("“%(piece)s” is not one of: %(known)s."),
    "bad_slug": _(
        "“%(piece)s” cannot be a slug: use a-z, 0-9, hyphen and underscore, at most"
        " %(limit)s characters."
    ),
    "duplicate": _("The same record stands in line %(line)s already."),
    "database": _("The database refused the record: %(detail)s"),
    "parent_missing": _("There is no topic “%(piece)s” to stand under."),
    "parent_loop": _("The topic would stand below itself."),
    # Remarks on the file
    "heading_found": _(
        "The names of the columns were found in line %(line)s, below “%(above)s”."
    ),
    "heading_again": _(
        "The names of the columns stand here again; the rows below are read by them."
    ),
    "list_found": _("The records were found in the list “%(path)s”."),
    "sheet": _("The records from here on are of the sheet “%(name)s”."),
    "entries_skipped": _("Left out, being no articles: %(kinds)s."),
    "text_unused": _(
        "The column “%(column)s” holds long texts and no field is taken from it, and no"
        " record has a text. If it is the text, map it: --map body=%(column)s"
    ),
    # Warnings about records that are imported
    "mojibake": _("“%(piece)s” was decoded wrongly; it was read as “%(meant)s”."),
    "markup": _("Tags of HTML were taken off."),
    "entities": _("Character references of HTML were replaced by their characters."),
    "title_supplied": _("Without a title: the first words of the text stand for it."),
    "title_shortened": _(
        "Shortened to %(limit)s characters; the whole stands at the head of the text."
    ),
    "shortened": _("Shortened from %(found)s to %(limit)s characters."),
    "controls_removed": _("Control characters were removed."),
    "marks_removed": _("Marks beyond the first %(limit)s on one letter were removed."),
    "surrogates_replaced": _("Broken characters were replaced by U+FFFD."),
    "date_kept_as_printed": _("The date is kept as printed and not sorted: %(detail)s"),
    "date_ambiguous": _(
        "“%(piece)s” can be read in more than one way; it was taken for %(date)s."
    ),
    "date_doubtful": _("The date is doubtful: %(detail)s"),
    "date_kept": _(
        "The known date %(kept)s is kept: %(given)s in the file is less certain or less"
        " exact."
    ),
    "kept_as_edited": _(
        "Kept as edited: a person has changed this field; --overwrite takes the file's."
    ),
    "stale_record": _(
        "The file has said this before, and the article was corrected since;"
        " --overwrite takes the file's."
    ),
    "number_unknown": _(
        "The article no. %(number)s of this archive is another one, so its number was"
        " not used."
    ),
    "possible_duplicate": _(
        "This looks like the article no. %(number)s, “%(title)s” (%(source)s)."
    ),
    "nearly_duplicate": _(
        "The text is nearly that of the article no. %(number)s, “%(title)s”:"
        " %(percent)s %% alike."
    ),
    "part_of_another": _(
        "This text and that of the article no. %(number)s, “%(title)s”, have passages"
        " in common: %(percent)s %% of the shorter one."
    ),
    "source_corrected": _(
        "The article is known as one of “%(piece)s”, a name spelled nearly alike:"
        " its source was corrected."
    ),
    "date_place": _("“%(piece)s” before the date is no part of it."),
    "bad_moment": _("“%(piece)s” is not a date with time and was left out."),
    "relative_url": _(
        "“%(piece)s” is an address within a site and was left out; --base-url"
        " https://… completes such addresses."
    ),
    "bad_url": _("“%(piece)s” is not a web address and was left out."),
    "url_too_long": _("The address is longer than %(limit)s characters: left out."),
    "bad_language": _("“%(piece)s” is not a language code; %(default)s stands for it."),
    "bad_kind": _("“%(piece)s” is not a kind of actor; %(default)s stands for it."),
    "unknown_kind": _("“%(piece)s” is not a known kind: the kind is not stated."),
    "unknown_role": _(
        "“%(piece)s” is not a role of an actor; the actor counts as named in the text."
    ),
    "bad_identifier": _(
        "“%(piece)s” is not such an identifier and was left out. Spreadsheets round"
        " long numbers: format the column as text, then fill it again."
    ),
    "bad_life_date": _("“%(piece)s” is not 1888, 1888-11 or 1888-11-01: left out."),
    "hash_differs": _("The text is not the one the record's content hash was made of."),
    "ambiguous_actor": _(
        "Several actors are called “%(piece)s” (%(slugs)s), so none was linked. Write"
        " the slug of the right one, or link it in the article."
    ),
    "ambiguous_topic": _("Several topics are called “%(piece)s”; joined to %(slug)s."),
    "nameless_item": _("An item without a name was left out."),
}

JSON_TYPE_NAMES: Final[Mapping[type, Promise]] = {
    str: _("a text"),
    bool: _("true or false"),
    int: _("a number"),
    float: _("a number"),
    list: _("a list"),
    dict: _("an object"),
    type(None): _("null"),
}


class Severity(StrEnum):
    """The values are written to report files."""

    REFUSED = "refused"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a record: key of `MESSAGES`, field, and values for the message."""

    code: str
    field: str = ""
    values: Mapping[str, object] | None = None

    @property
    def message(self) -> str:
        """The message in the active language.

        >>> from django.utils import translation
        >>> with translation.override("en"):
        ...     Note("bad_url", "url", {"piece": "بغداد"}).message
        '“بغداد” is not a web address and was left out.'
        """
        return str(MESSAGES[self.code]) % (self.values or {})


@dataclass(frozen=True, slots=True)
class Problem:
    """A note with line number, identifier and severity; a row of the report file."""

    line: int
    external_id: str
    severity: Severity
    note: Note


class RecordRefused(ValueError):
    """The record is not imported, for the reason in `note`; others are not affected."""

    def __init__(self, note: Note) -> None:
        self.note = note
        super().__init__(note.code)

    def __str__(self) -> str:
        return self.note.message


class FileUnreadable(Exception):
    """The file as a whole cannot be imported; the message names the remedy."""


def excerpt(value: object) -> str:
    """The value as a message quotes it: one line, printable, cut with an ellipsis.

    >>> excerpt("كلمة\\nأخرى")
    'كلمة أخرى'
    """
    text = value if isinstance(value, str) else repr(value)
    text = text[:EXCERPT_SCAN_LENGTH]
    shown = "".join(
        char if char.isprintable() else "�" for char in " ".join(text.split())
    )
    return (
        shown if len(shown) <= MAX_EXCERPT_LENGTH else shown[:MAX_EXCERPT_LENGTH] + "…"
    )


def json_type_name(value: object) -> Promise | str:
    """The name of the value's JSON type, for a message.

    >>> from django.utils import translation
    >>> with translation.override("en"):
    ...     print(json_type_name(["بغداد"]))
    a list
    """
    return JSON_TYPE_NAMES.get(type(value), type(value).__name__)

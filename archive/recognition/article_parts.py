"""What a pasted text says of itself: title, byline, dateline, language, kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from archive.dates import DateInText, find_dates
from archive.names.clean import clean_name
from archive.names.collation import sort_key

_LONGEST_TITLE: Final = 150
_LONGEST_BYLINE: Final = 90
# Lines at the head and at the foot that may be datelines and bylines.
_HEAD_LINES: Final = 6
_FOOT_LINES: Final = 3
_SENTENCE_ENDS: Final = ".؟?!…:؛"
_BYLINE_RE: Final = re.compile(
    r"^[\s\-–—*(]*(?:بقلم|كتب(?:ه|ها|ت)?|تقرير|حوار|حاور(?:ه|ته|ها)|ترجمة|إعداد|اعداد|نظم"
    r"|by|par|von)\b\s*[:/\-–]?\s*(?P<name>.+?)[\s)*]*$",
    re.IGNORECASE,
)
# "بغداد - رويترز", "دمشق/ سانا", "واس - الرياض": a place and an agency.
_DESK_RE: Final = re.compile(r"^[^\d.؟!]{2,30}\s*[-–/]\s*[^\d.؟!]{2,30}[:.]?$")

# Words of the first line or paragraph, folded, by the kind of text that they tell.
_KIND_CUES: Final[Mapping[str, str]] = {
    "بيان": "statement", "بلاغ": "statement", "تصريح صحفي": "statement",
    "نص البيان": "statement", "خطاب": "speech", "نص الخطاب": "speech",
    "حوار": "interview", "مقابله": "interview", "حديث": "interview",
    "قصيده": "poem", "شعر": "poem", "رساله": "letter", "مرسوم": "document",
    "قانون": "document", "وثيقه": "document", "نعي": "obituary", "تقرير": "report",
    "تحقيق": "report", "دراسه": "study", "قصه": "story", "اعلان": "advertisement",
    "افتتاحيه": "opinion",
}  # fmt: skip
_REPORTING: Final = frozenset({
    "اعلن", "اعلنت", "قال", "قالت", "اكد", "اكدت", "افاد", "افادت", "ذكر", "ذكرت",
    "كشف", "كشفت", "وصل", "وصلت", "قتل", "اعتقلت", "بحث", "استقبل", "دعا",
    "دعت",
})  # fmt: skip
_BYLINE_KINDS: Final = {"بقلم": "opinion", "حوار": "interview", "تقرير": "report"}

_KURDISH: Final = frozenset("ەێۆڕڵڤ")
_PERSIAN: Final = frozenset("پچژگ")
_LATIN_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "en": frozenset(
        ["the", "of", "and", "to", "in", "is", "was", "for", "that", "with"]
    ),
    "fr": frozenset(
        ["le", "la", "les", "des", "et", "du", "une", "est", "dans", "que", "pour"]
    ),
    "de": frozenset(
        ["der", "die", "das", "und", "ist", "von", "mit", "den", "ein", "nicht"]
    ),
    "tr": frozenset(["ve", "bir", "bu", "için", "ile", "olarak", "da", "de", "çok"]),
}
_FEWEST_LETTERS: Final = 3
_FEW: Final = 0.005
# The block of Arabic letters, those of other languages among them.
_FIRST_LETTER: Final = "\N{ARABIC LETTER KASHMIRI YEH}"
_LAST_LETTER: Final = "\N{ARABIC LETTER HEH WITH INVERTED V}"


@dataclass(frozen=True, slots=True)
class ArticleParts:
    """What the text says of itself; empty where it does not.

    ``title_end`` is the offset behind the title and what belongs to the head, where the
    text proper begins; 0 where the whole is text. ``date`` is that of the dateline.
    """

    title: str
    subtitle: str
    byline: str
    author: str
    language: str
    kind: str
    date: DateInText | None
    body: str


def read_parts(text: str) -> ArticleParts:
    """The parts of a pasted text.

    >>> parts = read_parts("الحرب والصحافة\\n\\nبقلم: جرجي زيدان\\n\\nلم تكن الصحف …")
    >>> parts.title, parts.author, parts.kind, parts.body
    ('الحرب والصحافة', 'جرجي زيدان', 'opinion', 'لم تكن الصحف …')
    """
    lines = text.strip("\n").split("\n")
    head, rest = _read_head(lines)
    title = head[0] if head else ""
    subtitle = head[1] if len(head) > 1 else ""
    byline, author, cue, rest = _take_byline(rest)
    body = "\n".join(rest).strip()
    return ArticleParts(
        title=title,
        subtitle=subtitle,
        byline=byline,
        author=author,
        language=guess_language(text),
        kind=_guess_kind(title, cue, body),
        date=_find_dateline(text),
        body=body,
    )


def _read_head(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines of title and subtitle, and those that follow."""
    head: list[str] = []
    at = 0
    while at < len(lines) and len(head) < len(("title", "subtitle")):
        line = clean_name(lines[at])
        if not line:
            at += 1
            continue
        if not _is_heading(line) or _BYLINE_RE.match(line) or _is_dateline(line):
            break
        head.append(line)
        at += 1
    return (head, lines[at:]) if at < len(lines) and head else ([], lines)


def _is_heading(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and line[-1] not in _SENTENCE_ENDS[:2]


def _is_dateline(line: str) -> bool:
    """Whether the line is little more than a date."""
    found = find_dates(line)
    return bool(found) and len(line) - len(found[0].printed) < len(line) // 2


def _take_byline(lines: list[str]) -> tuple[str, str, str, list[str]]:
    """Byline, author, the word that tells the kind, and the lines without them."""
    head = [at for at, line in enumerate(lines) if line.strip()][:_HEAD_LINES]
    foot = [at for at, line in enumerate(lines) if line.strip()][-_FOOT_LINES:]
    for at in [*head, *foot]:
        line = clean_name(lines[at])
        if len(line) > _LONGEST_BYLINE:
            continue
        if match := _BYLINE_RE.match(line):
            cue = sort_key(line).split()[0].rstrip(":/")
            return line, match["name"].strip(), cue, lines[:at] + lines[at + 1 :]
        if at == (head or [-1])[0] and _DESK_RE.match(line) and not _is_dateline(line):
            return line, "", "", lines[:at] + lines[at + 1 :]
    return "", "", "", lines


def _find_dateline(text: str) -> DateInText | None:
    """The first whole date of the head, else of the foot, in a line of its own."""
    offset, lines = 0, []
    for line in text.split("\n"):
        if line.strip():
            lines.append((offset, line))
        offset += len(line) + 1
    for start, line in [*lines[:_HEAD_LINES], *lines[-_FOOT_LINES:]]:
        if len(line) <= _LONGEST_BYLINE and _is_dateline(clean_name(line)):
            for date in find_dates(line):
                if date.has_year:
                    return _shift(date, start)
    return None


def _shift(date: DateInText, by: int) -> DateInText:
    return DateInText(
        date.start + by,
        date.end + by,
        date.printed,
        date.reading,
        date.month,
        date.days,
    )


def _guess_kind(title: str, cue: str, body: str) -> str:
    """The kind that title, byline or first words tell; ``""`` where none does."""
    folded = f" {sort_key(title)} "
    for words, kind in _KIND_CUES.items():
        if f" {words} " in folded or f" ال{words} " in folded:
            return kind
    if cue in _BYLINE_KINDS:
        return _BYLINE_KINDS[cue]
    first = sort_key(body[:200]).split()
    return "news" if first and first[0] in _REPORTING else ""


def guess_language(text: str) -> str:
    """The language by letters and frequent words, else ``"ar"``; ``""`` without text.

    >>> [guess_language(text) for text in ("سەرۆکی هەرێم", "The end of the war")]
    ['ckb', 'en']
    """
    letters = [char for char in text if char.isalpha()]
    if len(letters) < _FEWEST_LETTERS:
        return ""
    arabic = sum(_FIRST_LETTER <= char <= _LAST_LETTER for char in letters)
    if arabic < len(letters) / 2:
        words = text.lower().split()
        counts = {
            name: sum(word in own for word in words)
            for name, own in _LATIN_WORDS.items()
        }
        best = max(counts, key=lambda name: counts[name])
        return best if counts[best] else "en"
    for language, own in (("ckb", _KURDISH), ("fa", _PERSIAN)):
        if sum(char in own for char in letters) > len(letters) * _FEW * 4:
            return language
    return "ar"

"""Kinds of texts and of sources, by the names that files have for them.

An unknown kind is a remark and "not stated": a guess would look like knowledge.
"""

from collections.abc import Mapping
from typing import Final

from archive.importing.problems import excerpt
from archive.importing.records.values import Values
from archive.models import SourceKind, TextKind
from archive.names.collation import sort_key

# Beside the values themselves; compared by their sort keys, without the article.
_TEXT_KINDS: Final[Mapping[TextKind, str]] = {
    TextKind.NEWS: "خبر · أخبار · news item · news article",
    TextKind.REPORT: "تقرير · تحقيق · ريبورتاج · reportage · feature",
    TextKind.STATEMENT: "بيان · تصريح · بيان صحفي · بلاغ · press release · communique",
    TextKind.SPEECH: "خطاب · كلمة · خطبة · address",
    TextKind.OPINION: "رأي · مقال رأي · مقالة رأي · افتتاحية · editorial · op-ed",
    TextKind.INTERVIEW: "مقابلة · حوار · حديث · لقاء",
    TextKind.LETTER: "رسالة · كتاب مفتوح · رسالة مفتوحة · open letter · correspondence",
    TextKind.DOCUMENT: "وثيقة · مستند · قانون · مرسوم · law · decree",
    TextKind.STUDY: "دراسة · بحث · مقالة علمية · research · paper",
    TextKind.REVIEW: "مراجعة · نقد · عرض كتاب · تقريظ · book review",
    TextKind.OBITUARY: "نعي · رثاء · وفيات",
    TextKind.POEM: "قصيدة · شعر · poetry · verse",
    TextKind.STORY: "قصة · رواية · حكاية · fiction · short story · tale",
    TextKind.ADVERTISEMENT: "إعلان · إعلانات · advert · ad",
    TextKind.OTHER: "غير ذلك · أخرى",
}
_SOURCE_KINDS: Final[Mapping[SourceKind, str]] = {
    SourceKind.NEWSPAPER: "صحيفة · جريدة · daily · paper",
    SourceKind.MAGAZINE: "مجلة · دورية · journal · periodical · review",
    SourceKind.AGENCY: "وكالة · وكالة أنباء · news agency · wire",
    SourceKind.RADIO: "إذاعة · راديو · radio station",
    SourceKind.TELEVISION: "تلفزيون · تلفزة · قناة · فضائية · tv · channel",
    SourceKind.WEBSITE: "موقع · موقع إلكتروني · site · web · blog · مدونة",
    SourceKind.BOOK: "كتاب · monograph",
    SourceKind.OTHER: "غير ذلك · أخرى",
}
_BETWEEN: Final = " · "
_ARTICLE: Final = "ال"


def read_text_kind(values: Values) -> str:
    """The kind of text of a record; ``""`` where it is not stated or not known."""
    return _read(values, _TEXT_NAMES)


def read_source_kind(values: Values) -> str:
    """The kind of source of a record; ``""`` where it is not stated or not known."""
    return _read(values, _SOURCE_NAMES)


def _read(values: Values, names: Mapping[str, str]) -> str:
    written = values.long_line("kind")
    if not written:
        return ""
    kind = names.get(_key(written), "")
    if not kind:
        values.note("unknown_kind", "kind", piece=excerpt(written))
    return kind


def _key(name: str) -> str:
    return sort_key(name.replace("_", " ")).removeprefix(_ARTICLE)


def _index(kinds: Mapping[TextKind, str] | Mapping[SourceKind, str]) -> dict[str, str]:
    return {
        _key(name): kind.value
        for kind, names in kinds.items()
        for name in (kind.value, *names.split(_BETWEEN))
    }


_TEXT_NAMES: Final = _index(_TEXT_KINDS)
_SOURCE_NAMES: Final = _index(_SOURCE_KINDS)

"""The name of an exported file: the archive, the query and the day."""

import datetime as dt
import unicodedata
from typing import Final
from urllib.parse import quote

# Characters, two bytes each in Arabic: file systems allow names of 255 bytes.
MAX_QUERY_LENGTH: Final = 60
PLAIN_NAME: Final = "sijill"


def build_disposition(text: str, *, site: str, day: dt.date, extension: str) -> str:
    """The value of Content-Disposition, with a readable file name and one in ASCII.

    *text* is the query.

    >>> day = dt.date(2020, 5, 1)
    >>> name = build_disposition("حرب", site="س", day=day, extension="csv")
    >>> name.split("; ")[1]
    'filename="sijill-2020-05-01.csv"'
    >>> name.split("; ")[2]
    "filename*=UTF-8''%D8%B3-%D8%AD%D8%B1%D8%A8-2020-05-01.csv"
    """
    words = clean_for_name(text)[:MAX_QUERY_LENGTH].strip("-")
    parts = [clean_for_name(site), words, day.isoformat()]
    readable = "-".join(part for part in parts if part)
    plain = f"{PLAIN_NAME}-{day.isoformat()}"
    return (
        f'attachment; filename="{plain}.{extension}"; '
        f"filename*=UTF-8''{quote(readable, safe='')}.{extension}"
    )


def clean_for_name(text: str) -> str:
    """The words of *text* joined by hyphens, which every file system allows.

    >>> clean_for_name('"حُرّية الصحافة" OR title:دجلة/الفرات')
    'حُرّية-الصحافة-OR-title-دجلة-الفرات'
    """
    words = "".join(char if _is_word_char(char) else " " for char in text)
    return "-".join(words.split())


def _is_word_char(char: str) -> bool:
    return char.isalnum() or unicodedata.combining(char) > 0

"""A test collection small enough to rank by hand; each row has a stated reason."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

DOCUMENTS = [
    # Has all words of the query "second", so that it ranks above the next one.
    {
        "id": "bridge-repaired",
        "title": "ترميم جسر الملك فيصل",
        "text": "أعلنت البلدية ترميم جسر الملك فيصل في دمشق بعد فيضان بردى.",
    },
    # Has one of them and is the relevant one, at rank 2.
    {
        "id": "bridge-new",
        "title": "جسر جديد",
        "text": "افتتح المحافظ جسرا جديدا على الفرات في الرقة.",
    },
    {
        "id": "library",
        "title": "مكتبة المدرسة",
        "text": "وصلت إلى مكتبة المدرسة كتب جديدة في تاريخ الأندلس.",
    },
    # Has no title; its text is relevant.
    {"id": "olives", "title": "", "text": "بدأ المزارعون قطاف الزيتون في إدلب وعفرين."},
    {
        "id": "book-fair",
        "title": "معرض الكتاب",
        "text": "يشارك الناشرون العرب في معرض الكتاب بالقاهرة.",
    },
    {
        "id": "railway",
        "title": "سكة الحديد",
        "text": "توقف قطار الحجاز عند محطة القدم.",
    },
    # Its word has ال in the text and وب in the query.
    {
        "id": "prices",
        "title": "أسعار الخبز",
        "text": "رفعت الحكومة أسعار الخبز والطحين.",
    },
    # Its id is a number.
    {
        "id": 8,
        "title": "عيادة متنقلة",
        "text": "زارت عيادة متنقلة قرى البادية لتلقيح الأطفال.",
    },
]

QUERIES = [
    {"id": "first", "text": "متى بدأ قطاف الزيتون؟"},
    {"id": "second", "text": "ترميم جسر الملك"},
    {"id": "not found", "text": "قطار الحجاز"},
    {"id": "without words", "text": "؟ !"},
    {"id": "proclitics", "text": "وبأسعار"},
    {"id": "two answers", "text": "معرض الكتاب"},
    {"id": "unjudged", "text": "ميناء طرطوس"},
]

JUDGMENTS = [
    ("first", "olives", 1),
    ("second", "bridge-new", 1),
    ("not found", "8", 1),
    # Judged not relevant.
    ("not found", "railway", 0),
    ("without words", "library", 1),
    ("proclitics", "prices", 2),
    ("two answers", "book-fair", 1),
    ("two answers", "library", 1),
    # Of a query that is not in queries.jsonl.
    ("never asked", "library", 1),
]

# Ranks: 1, 2, none, none, 1, 1.
MRR = (1 + 1 / 2 + 0 + 0 + 1 + 1) / 6
SUCCESS_AT_1 = 3 / 6
SUCCESS_AT_10 = 4 / 6
# Light10 removes و and keeps ب, so that "proclitics" retrieves nothing.
MRR_OF_LUCENE = (1 + 1 / 2 + 0 + 0 + 0 + 1) / 6


def lines(rows: Iterable[dict[str, Any]]) -> str:
    """*rows* as JSON Lines, Arabic unescaped."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def write_collection(folder: Path) -> Path:
    """Write the three files into *folder* and return it."""
    folder.mkdir(exist_ok=True)
    (folder / "docs.jsonl").write_text(lines(DOCUMENTS), "utf-8")
    (folder / "queries.jsonl").write_text(lines(QUERIES), "utf-8")
    judgments = "".join(f"{query}\t0\t{doc}\t{n}\n" for query, doc, n in JUDGMENTS)
    (folder / "qrels.tsv").write_text(judgments, "utf-8")
    return folder

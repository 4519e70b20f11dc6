"""The circumstances of an export that tests of its formats share."""

import datetime as dt
from typing import Final

from archive.references import Place
from search.export.about import About

ABOUT: Final = About(
    place=Place("https://archive.example", dt.date(2026, 11, 30)),
    site_name="سجلّ",
    question="بغداد؛ المصدر: المقتبس",
    address="https://archive.example/ar/search/?q=%D8%A8%D8%BA%D8%AF%D8%A7%D8%AF",
    total=3,
    made_at=dt.datetime(2026, 11, 30, 12, 5, tzinfo=dt.UTC),
)

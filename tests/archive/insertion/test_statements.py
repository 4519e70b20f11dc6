import datetime as dt

import pytest
from django.utils import timezone

from archive.insertion import allocate_ids, insert_rows, insert_values
from archive.models import Article, ImportBatch, ImportEntry, Source

pytestmark = pytest.mark.django_db


def test_rows_have_the_ids_that_were_drawn_for_them() -> None:
    source = Source.objects.create(name_ar="لغة العرب", slug="lugha")
    days = [dt.date(1911, 7, 1), None, dt.date(1911, 7, 1)]
    articles = [
        Article(title=f"مقالة {n}", source=source, published_on=day)
        for n, day in enumerate(days)
    ]
    for article in articles:
        article.published_precision = "day" if article.published_on else "unknown"
        article.acquired_at = timezone.now()
    for article, pk in zip(articles, allocate_ids(Article, 3), strict=True):
        article.pk = pk
    insert_rows(Article, articles, with_ids=True)
    stored = Article.objects.in_bulk([each.pk for each in articles])
    assert [stored[each.pk].title for each in articles] == [
        "مقالة 0",
        "مقالة 1",
        "مقالة 2",
    ]
    assert [stored[each.pk].published_on for each in articles] == days
    assert allocate_ids(Article, 1)[0] > max(stored)


def test_values_by_column_become_rows_nothing_stays_nothing() -> None:
    batch = ImportBatch.objects.create(file_name="خبر.jsonl")
    insert_values(
        ImportEntry,
        {
            "batch": [batch.pk, batch.pk],
            "line": [1, 2],
            "result": ["added", "updated"],
            "identifier": ["أ", ""],
            "object_id": [7, None],
            "changes": [None, {"title": ["خبر", "خبرٌ"]}],
        },
    )
    rows = ImportEntry.objects.filter(batch=batch).order_by("line")
    assert list(rows.values_list("object_id", "changes", "notes")) == [
        (7, None, None),
        (None, {"title": ["خبر", "خبرٌ"]}, None),
    ]
    assert ImportEntry.objects.filter(changes__isnull=True).count() == 1


def test_no_rows_are_no_statement() -> None:
    insert_values(ImportEntry, {"line": []})
    insert_rows(ImportEntry, [])
    assert not ImportEntry.objects.exists()

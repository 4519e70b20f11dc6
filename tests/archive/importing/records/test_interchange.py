"""Round trips of articles through records."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from archive.dates import PartialDate
from archive.importing.fields import ARTICLE_FIELDS
from archive.importing.records.interchange import (
    actor_to_record,
    article_to_record,
    record_prefetch,
    source_to_record,
    topic_to_record,
)
from archive.importing.text import clean_line, clean_text
from archive.models import Actor, Article, Source, Status, Topic, TopicTree
from tests.archive.importing.writing_rows import article, write

pytestmark = pytest.mark.django_db

FULL = article(
    title="دِجلةُ «النهر»",
    subtitle="فصل في المياه",
    body="سطرٌ أوّل.\n\nسطـــر ثان، فيه \u202bاتجاه\u202c.",
    language="ar-IQ",
    source={
        "slug": "lughat-al-arab",
        "name_ar": "لغة العرب",
        "name_latin": "Lughat al-Arab",
        "kind": "magazine",
        "place": "بغداد",
        "home_page": "https://example.org/",
    },
    byline="بغداد: مراسلنا",
    authors=[
        "كاظم الدجيلي",
        {"name": "الكرملي", "actor": {"slug": "al-karmali", "name_ar": "أنستاس"}},
    ],
    published="1911-07",
    published_as_printed="تموز ١٩١١",
    published_in_file="1911-07-00",
    kind="study",
    volume="١",
    issue="1–2",
    pages="3",
    place="بغداد",
    rights="ملك عام",
    url="https://example.org/دجلة",
    topics=["تاريخ", "أدب / شعر"],
    actors=[
        {
            "slug": "baghdad",
            "kind": "place",
            "name_ar": "بغداد",
            "name_latin": "Baghdad",
            "aliases": ["مدينة السلام", "بغدان"],
            "description": "مدينة.",
            "began": "0762-07-30",
            "wikidata_id": "Q1530",
            "viaf_id": "150967098",
            "authority_id": "oape:place:216",
        },
        {"name": "إبراهيم", "slug": "ibrahim-1", "role": "author"},
        {"name": "إبراهيم", "slug": "ibrahim-2", "role": "issuer"},
    ],
    status="withdrawn",
    provenance={
        "acquired_from": "مكتبة",
        "acquired_at": "2020-01-02T03:04:05.678901+00:00",
    },
)


def export() -> list[dict[str, object]]:
    """All articles as records that have been through JSON."""
    rows = Article.objects.select_related("source").prefetch_related(*record_prefetch())
    tree = TopicTree.load()
    records = [article_to_record(row, tree=tree) for row in rows.order_by("pk")]
    return [json.loads(json.dumps(record, ensure_ascii=False)) for record in records]


def empty() -> None:
    Article.objects.all().delete()
    Topic.objects.filter(parent__isnull=False).delete()
    for model in (Topic, Actor, Source):
        model.objects.all().delete()


class TestRoundTrip:
    def test_full_article_is_restored_to_an_empty_archive(self) -> None:
        write("articles", FULL)
        before = export()
        empty()
        imported = write("articles", *before)
        assert imported.counts == {"added": 1}
        assert imported.problems == []
        assert export() == before

    def test_import_into_the_same_archive_changes_nothing(self) -> None:
        write("articles", FULL)
        imported = write("articles", *export())
        assert imported.counts == {"unchanged": 1}
        assert imported.problems == []

    def test_article_of_an_editor_is_restored(self) -> None:
        source = Source.objects.create(name_ar="المنار")
        typed = Article(source=source, title="خبر", published_as_printed="عدد الربيع")
        typed.published = PartialDate(1405, 3)
        typed.save()
        before = export()
        assert write("articles", *before).counts == {"unchanged": 1}
        empty()
        write("articles", *before)
        assert export() == before

    def test_topic_with_a_name_like_a_path_is_matched(self) -> None:
        write("articles", article())
        topic = Topic.objects.create(name_ar="أدب / فن")
        Article.objects.get().topics.add(topic)
        assert write("articles", *export()).counts == {"unchanged": 1}
        assert Topic.objects.count() == 1

    # Each example exports and imports.
    @hypothesis_settings(max_examples=hypothesis_settings().max_examples // 5)
    @example(title="حُ\u200fَ", body="", status=Status.DRAFT, date=None)
    @given(
        title=st.text("أاحكَُّـ ١a\u200f؟/", min_size=1, max_size=20),
        body=st.text("أاحكَُّـ ١a\n\u202b،/", max_size=40),
        status=st.sampled_from(Status.values),
        date=st.none()
        | st.dates(dt.date(1514, 1, 1), dt.date.today()).map(PartialDate.from_date),
    )
    def test_any_text_is_restored(
        self, title: str, body: str, status: str, date: PartialDate | None
    ) -> None:
        empty()
        source = Source.objects.create(name_ar="المنار")
        stored = Article(
            source=source,
            title=clean_line(title) or "خبر",
            body=clean_text(body),
            status=status,
        )
        stored.published = date
        stored.save()
        before = export()
        empty()
        assert write("articles", *before).problems == []
        assert export() == before


class TestArticleToRecord:
    def test_keys_are_those_of_the_import(self) -> None:
        write("articles", article())
        (record,) = export()
        keys = [
            field.path.partition(".")[0]
            for field in ARTICLE_FIELDS
            if not field.of_tables
        ]
        assert list(record) == list(dict.fromkeys(keys))

    def test_prefetched_article_takes_no_query(self) -> None:
        write("articles", FULL)
        rows = Article.objects.select_related("source")
        row = rows.prefetch_related(*record_prefetch()).get()
        tree = TopicTree.load()
        with CaptureQueriesContext(connection) as queries:
            article_to_record(row, tree=tree)
        assert not queries.captured_queries

    def test_paths_are_the_same_without_a_tree(self) -> None:
        write("articles", FULL)
        row = Article.objects.get()
        record = article_to_record(row)
        assert record == article_to_record(row, tree=TopicTree.load())

    def test_author_without_actor_is_a_name(self) -> None:
        write("articles", article(authors=["الكرملي"]))
        assert export()[0]["authors"] == ["الكرملي"]


class TestAuthorityRecords:
    def test_records_are_read_back(self) -> None:
        write("articles", FULL)
        sources = [source_to_record(row) for row in Source.objects.all()]
        topics = [topic_to_record(row) for row in Topic.objects.order_by("-pk")]
        actors = [actor_to_record(row) for row in Actor.objects.all()]
        before = (sources, topics, actors)
        empty()
        for kind, records in zip(("sources", "topics", "actors"), before, strict=True):
            assert write(kind, *records).counts == {"added": len(records)}
        assert before == (
            [source_to_record(row) for row in Source.objects.all()],
            sorted(
                (topic_to_record(row) for row in Topic.objects.all()),
                key=lambda record: [t["slug"] for t in topics].index(record["slug"]),
            ),
            [actor_to_record(row) for row in Actor.objects.all()],
        )

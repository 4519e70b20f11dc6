"""Articles that are imported again, with an identifier and without."""

import pytest

from archive.models import Actor, Article, ArticleAuthor, Status, Topic
from tests.archive.importing.writing.test_articles import told
from tests.archive.importing.writing_rows import article, write

__all__ = ["told"]

pytestmark = pytest.mark.django_db


class TestImportingAgain:
    def test_the_same_file_changes_nothing(self, told: list[int]) -> None:
        record = article(
            authors=["الكرملي"], topics=["تاريخ"], actors=["بغداد"], published="1911"
        )
        write("articles", record)
        changed_at = Article.objects.get().updated_at
        told.clear()
        assert write("articles", record).counts == {"unchanged": 1}
        assert Article.objects.get().updated_at == changed_at
        assert told == []

    @pytest.mark.parametrize(
        ("columns", "field", "value"),
        [
            ({"title": "الفرات"}, "title", "الفرات"),
            ({"body": ""}, "body", ""),
            ({"byline": "مراسلنا"}, "byline", "مراسلنا"),
            ({"published": "1911"}, "published_precision", "year"),
            ({"status": "withdrawn"}, "status", "withdrawn"),
            ({"url": "https://x.org/1"}, "url", "https://x.org/1"),
            ({"kind": "بيان"}, "kind", "statement"),
            ({"العدد": "١٢"}, "issue", "١٢"),
            ({"published": "١٩١١/٧/١"}, "published_in_file", "١٩١١/٧/١"),
        ],
    )
    def test_changed_field_is_updated(
        self, told: list[int], columns: dict[str, object], field: str, value: str
    ) -> None:
        write("articles", article())
        told.clear()
        assert write("articles", article(**columns)).counts == {"updated": 1}
        stored = Article.objects.get()
        assert getattr(stored, field) == value
        assert stored.content_hash == stored.build_content_hash()
        assert told == [stored.pk]

    def test_topics_actors_and_authors_are_replaced(self) -> None:
        write(
            "articles",
            article(topics=["تاريخ", "أدب"], actors=["بغداد"], authors=["أ", "ب"]),
        )
        again = article(topics=["أدب", "لغة"], actors=[], authors=["ب", "أ"])
        assert write("articles", again).counts == {"updated": 1}
        stored = Article.objects.get()
        assert {topic.name_ar for topic in stored.topics.all()} == {"أدب", "لغة"}
        assert not stored.actors.exists()
        assert [author.name for author in stored.authors.all()] == ["ب", "أ"]

    def test_missing_fields_are_not_changed(self) -> None:
        write("articles", article())
        stored = Article.objects.get()
        stored.subtitle, stored.status = "عنوان المحرّر", Status.WITHDRAWN
        stored.save()
        stored.topics.add(Topic.objects.create(name_ar="أنهار"))
        assert write("articles", article()).counts == {"unchanged": 1}
        stored.refresh_from_db()
        assert (stored.subtitle, stored.status) == ("عنوان المحرّر", "withdrawn")
        assert stored.topics.count() == 1

    def test_editors_link_of_author_and_actor_is_kept(self) -> None:
        record = article(authors=["الكرملي"])
        write("articles", record)
        actor = Actor.objects.create(name_ar="أنستاس الكرملي")
        ArticleAuthor.objects.update(actor=actor)
        assert write("articles", record).counts == {"unchanged": 1}
        assert ArticleAuthor.objects.get().actor == actor

    def test_only_new_does_not_change_stored_articles(self) -> None:
        write("articles", article())
        imported = write(
            "articles", article(title="الفرات"), article(external_id="2"), only_new=True
        )
        assert imported.counts == {"unchanged": 1, "added": 1}
        assert Article.objects.get(external_id="a-1").title == "دجلة"

    def test_the_same_identifier_at_another_source_is_another_article(self) -> None:
        write("articles", article(), article(source="المنار"))
        assert Article.objects.count() == 2


class TestWithoutIdentifier:
    def test_same_text_matches(self) -> None:
        record = article(external_id="")
        write("articles", record)
        assert write("articles", record).counts == {"unchanged": 1}

    def test_same_url_matches(self) -> None:
        record = article(external_id="", url="https://x.org/1")
        write("articles", record)
        again = {**record, "body": "نهر في العراق."}
        assert write("articles", again).counts == {"updated": 1}
        assert Article.objects.get().body == "نهر في العراق."

    def test_two_articles_at_one_url_are_two(self) -> None:
        records = [
            article(external_id="", url="https://x.org/1", title=title)
            for title in ("أول", "ثان")
        ]
        assert write("articles", *records).counts == {"added": 2}
        assert write("articles", *records).counts == {"unchanged": 2}

    def test_article_is_claimed_by_one_record_of_a_file(self) -> None:
        write("articles", article(external_id="", url="https://x.org/1"))
        records = [
            article(external_id="", url="https://x.org/1", title=title)
            for title in ("أول", "ثان")
        ]
        assert write("articles", *records).counts == {"updated": 1, "added": 1}
        titles = Article.objects.order_by("title").values_list("title", flat=True)
        assert list(titles) == ["أول", "ثان"]

    def test_text_printed_on_two_days_is_two_articles(self) -> None:
        records = [article(external_id="", published=day) for day in ("1911", "1912")]
        assert write("articles", *records).counts == {"added": 2}
        assert write("articles", *reversed(records)).counts == {"unchanged": 2}

    def test_identified_article_matches_by_text(self) -> None:
        write("articles", article())
        assert write("articles", article(external_id="")).counts == {"unchanged": 1}

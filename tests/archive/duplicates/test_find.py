"""Articles that are alike: found at save and at import, told, never refused."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.duplicates import answer_pairs, find_alike, list_reprints, list_waiting
from archive.duplicates import find as finding
from archive.importing.batches.undo import undo_batch
from archive.models import (
    Article,
    ImportBatch,
    Likeness,
    LikenessAnswer,
    SketchBucket,
    Source,
    TextSketch,
)
from tests.archive.duplicates.test_sketch import keys_of, make_text

pytestmark = pytest.mark.django_db
WORDS = make_text(7, 120)
TEXT = " ".join(WORDS)
ALTERED = " ".join(["وقالت", *WORDS[:50], "أمس", *WORDS[51:110]])
OTHER = " ".join(make_text(8, 120))


@pytest.fixture
def source() -> Source:
    return Source.objects.create(name_ar="المقتطف")


def add(source: Source, body: str, **columns: Any) -> Article:
    return Article.objects.create(title="خبر", source=source, body=body, **columns)


def pairs() -> list[tuple[int, int]]:
    return list(Likeness.objects.order_by("pk").values_list("article", "other"))


class TestSaving:
    def test_an_altered_copy_is_noted(self, source: Source) -> None:
        first, _other = add(source, TEXT), add(source, OTHER)
        copy = add(source, ALTERED)
        assert pairs() == [(copy.pk, first.pk)]
        assert Likeness.objects.get().likeness == pytest.approx(0.86, abs=0.05)

    def test_a_text_that_is_changed_is_compared_anew(self, source: Source) -> None:
        first, second = add(source, TEXT), add(source, OTHER)
        second.body = ALTERED
        second.save()
        assert pairs() == [(second.pk, first.pk)]
        first.body = OTHER
        first.save()
        assert pairs() == []
        assert TextSketch.objects.count() == 2
        assert SketchBucket.objects.filter(article=first).count() == len(keys_of(OTHER))

    def test_a_save_without_another_text_asks_once(self, source: Source) -> None:
        article = add(source, TEXT)
        with CaptureQueriesContext(connection) as queries:
            article.save()
        asked = [q for q in queries.captured_queries if "sketch" in q["sql"]]
        assert len(asked) == 1

    def test_what_people_have_answered_stays(self, source: Source) -> None:
        add(source, TEXT)
        copy = add(source, ALTERED)
        user = User.objects.create_user("layla")
        pair = Likeness.objects.get()
        answer_pairs([pair.pk], LikenessAnswer.DIFFERENT, user=user)
        copy.body = TEXT
        copy.save()
        pair.refresh_from_db()
        assert (pair.answer, pair.answered_by) == ("different", user)
        assert not list_waiting().exists()

    def test_deleted_articles_leave_nothing(self, source: Source) -> None:
        first, copy = add(source, TEXT), add(source, ALTERED)
        copy.delete()
        assert pairs() == []
        assert set(TextSketch.objects.values_list("pk", flat=True)) == {first.pk}
        assert SketchBucket.objects.count() == len(keys_of(TEXT))

    def test_a_bucket_takes_a_bounded_number(
        self, source: Source, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(finding, "BUCKET_SIZE", 3)
        for _ in range(6):
            add(source, TEXT)
        assert SketchBucket.objects.count() == 3 * len(keys_of(TEXT))
        # All of them are still told of the first ones.
        assert {article for article, _ in pairs()} == set(
            Article.objects.values_list("pk", flat=True)
        ) - {Article.objects.earliest("pk").pk}

    def test_a_text_within_a_longer_one_is_noted(self, source: Source) -> None:
        frame = make_text(9, 900)
        longer = add(source, " ".join([*frame[:400], TEXT, *frame[400:]]))
        short = add(source, ALTERED)
        assert pairs() == [(short.pk, longer.pk)]
        pair = Likeness.objects.get()
        assert pair.is_part
        assert pair.percent == pytest.approx(91, abs=6)

    def test_empty_texts_are_not_alike(self, source: Source) -> None:
        for body in ("", "", "كلمة", "كلمة"):
            add(source, body)
        assert pairs() == []


class TestImporting:
    def run(self, path: Path, *records: dict[str, str]) -> list[str]:
        lines = (
            json.dumps({"source": "المقتطف", "title": f"خبر {n}", **record})
            for n, record in enumerate(records)
        )
        path.write_text("\n".join(lines), encoding="utf-8")
        report = path.with_suffix(".csv")
        call_command("import_articles", str(path), report=str(report), verbosity=0)
        told = [line for line in report.read_text().splitlines() if "nearly" in line]
        return told

    def test_copies_are_told_and_added(self, tmp_path: Path, source: Source) -> None:
        stored = add(source, TEXT)
        told = self.run(
            tmp_path / "file.jsonl",
            {"body": ALTERED, "external_id": "1"},
            {"body": OTHER, "external_id": "2"},
            {"body": OTHER + " خاتمة", "external_id": "3"},
        )
        one, two, three = Article.objects.exclude(pk=stored.pk).order_by("pk")
        assert pairs() == [(one.pk, stored.pk), (three.pk, two.pk)]
        assert len(told) == 2
        assert f"no. {stored.pk}" in told[0] or f"{stored.pk}" in told[0]

    def test_a_corrected_text_is_compared_anew(
        self, tmp_path: Path, source: Source
    ) -> None:
        stored = add(source, TEXT)
        self.run(tmp_path / "a.jsonl", {"body": OTHER, "external_id": "1"})
        assert pairs() == []
        self.run(tmp_path / "b.jsonl", {"body": ALTERED, "external_id": "1"})
        copy = Article.objects.get(external_id="1")
        assert pairs() == [(copy.pk, stored.pk)]
        undo_batch(ImportBatch.objects.latest("pk"))
        assert pairs() == []


class TestAsking:
    def test_only_visible_articles_are_found(self, source: Source) -> None:
        draft = add(source, TEXT, status="draft")
        assert find_alike(ALTERED, Article.objects.published()) == []
        (found,) = find_alike(ALTERED, Article.objects.all())
        assert found.article_id == draft.pk

    def test_the_command_compares_what_was_there_before(self, source: Source) -> None:
        first, copy = add(source, TEXT), add(source, ALTERED)
        for model in (Likeness, SketchBucket, TextSketch):
            model._default_manager.all().delete()
        out = StringIO()
        call_command("find_duplicates", "--json", stdout=out)
        (found,) = json.loads(out.getvalue())
        assert (found["article"], found["other"]) == (copy.pk, first.pk)
        call_command("find_duplicates", "--again", stdout=out)
        assert pairs() == [(copy.pk, first.pk)]
        assert SketchBucket.objects.count() == len(keys_of(TEXT)) + len(
            keys_of(ALTERED)
        )


class TestReprints:
    def test_linked_articles_are_one_group(self, source: Source) -> None:
        dates = ("1911-03-02", "1911-05-01", "1910-01-01")
        articles = [
            add(source, TEXT, published_on=day, published_precision="day")
            for day in dates
        ]
        user = User.objects.create_user("layla")
        chain = Likeness.objects.exclude(article=articles[1], other=articles[0])
        chain = chain.values_list("pk", flat=True)
        answer_pairs(list(chain), LikenessAnswer.REPRINT, user=user)
        found = list_reprints(articles[0], Article.objects.published())
        assert [article.pk for article in found] == [articles[2].pk, articles[1].pk]

    def test_hidden_reprints_are_not_named(self, source: Source) -> None:
        first, copy = add(source, TEXT), add(source, TEXT, status="draft")
        answer_pairs([Likeness.objects.get().pk], LikenessAnswer.REPRINT, user=None)
        assert list_reprints(first, Article.objects.published()) == []
        assert list_reprints(copy, Article.objects.published()) == [first]

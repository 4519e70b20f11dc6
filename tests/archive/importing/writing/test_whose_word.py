"""Whose word counts: people, later files, and the archive's own numbers."""

from typing import ClassVar

import pytest

from archive.dates import PartialDate
from archive.models import (
    Actor,
    Article,
    Source,
    Topic,
    mark_aliases_removed,
    mark_edited,
    mark_name_edited,
)
from tests.archive.importing.writing_rows import article, write

pytestmark = pytest.mark.django_db


class TestEditedFields:
    def test_edited_field_is_kept_and_told(self) -> None:
        write("articles", article(title="رسالة من البصره"))
        stored = Article.objects.get()
        stored.title = "رسالة من البصرة"
        stored.save()
        mark_edited(stored, ["title"])
        imported = write("articles", article(title="رسالة من بصرة", byline="سالم"))
        assert imported.codes == [(1, "kept_as_edited")]
        stored.refresh_from_db()
        assert (stored.title, stored.byline) == ("رسالة من البصرة", "سالم")
        assert stored.content_hash == stored.build_content_hash()

    def test_overwriting_takes_the_files_word(self) -> None:
        write("articles", article())
        mark_edited(Article.objects.get(), ["title"])
        imported = write("articles", article(title="عنوان آخر"), overwrite=True)
        assert imported.counts == {"updated": 1}
        assert Article.objects.get().title == "عنوان آخر"

    def test_edited_links_are_kept(self) -> None:
        write("articles", article(topics=["تاريخ"]))
        mark_edited(Article.objects.get(), ["topics"])
        imported = write("articles", article(topics=["أدب"]))
        assert imported.codes == [(1, "kept_as_edited")]
        assert [t.name_ar for t in Article.objects.get().topics.all()] == ["تاريخ"]


class TestEditedNames:
    ROW: ClassVar[dict[str, object]] = {
        "slug": "sm", "name_ar": "سلامه موسي", "description": "صحفي", "kind": "person",
    }  # fmt: skip

    def test_edited_field_of_an_actor_is_kept_and_told(self) -> None:
        write("actors", self.ROW)
        actor = Actor.objects.get()
        actor.name_ar = "سلامة موسى"
        actor.save()
        mark_name_edited(actor, ["name_ar"])
        file = {**self.ROW, "name_ar": "سلامه موسا", "description": "كاتب مصري"}
        imported = write("actors", file)
        assert imported.codes == [(1, "kept_as_edited")]
        actor.refresh_from_db()
        assert (actor.name_ar, actor.description) == ("سلامة موسى", "كاتب مصري")
        write("actors", file, overwrite=True)
        actor.refresh_from_db()
        assert actor.name_ar == "سلامه موسا"

    def test_alias_that_was_taken_away_is_not_given_again(self) -> None:
        file = {**self.ROW, "aliases": ["أبو رؤوف", "المصري"]}
        write("actors", file)
        actor = Actor.objects.get()
        actor.aliases.filter(name="المصري").delete()
        mark_aliases_removed(actor, ["المصري"])
        assert write("actors", file).codes == [(1, "kept_as_edited")]
        mention = {"name": "المصري", "ref": "x", "slug": "sm"}
        write("articles", article(actors=[mention]))
        assert [alias.name for alias in actor.aliases.all()] == ["أبو رؤوف"]
        write("actors", file, overwrite=True)
        assert actor.aliases.count() == 2

    def test_edited_sources_and_topics_are_kept(self) -> None:
        write("sources", {"slug": "m", "name_ar": "المقتطف", "place": "بيروت"})
        write(
            "topics", {"slug": "t", "name_ar": "تاريخ"}, {"slug": "u", "name_ar": "أدب"}
        )
        source, topic = Source.objects.get(), Topic.objects.get(slug="t")
        mark_name_edited(source, ["place"])
        mark_name_edited(topic, ["parent"])
        told = write("sources", {"slug": "m", "name_ar": "المقتطف", "place": "القاهرة"})
        assert told.codes == [(1, "kept_as_edited")]
        told = write("topics", {"slug": "t", "name_ar": "تاريخ", "parent": "u"})
        assert told.codes == [(1, "kept_as_edited")]
        source.refresh_from_db()
        topic.refresh_from_db()
        assert (source.place, topic.parent) == ("بيروت", None)


class TestKnownDates:
    @pytest.mark.parametrize("date", ["", "May-23", "1923", "3/5/1923"])
    def test_worse_date_does_not_replace_a_known_one(self, date: str) -> None:
        write("articles", article(published="1923-05-04"))
        write("articles", article(published=date))
        assert Article.objects.get().published == PartialDate(1923, 5, 4)

    def test_better_date_replaces_a_known_one(self) -> None:
        write("articles", article(published="1923-05"))
        write("articles", article(published="1923-05-04"))
        assert Article.objects.get().published == PartialDate(1923, 5, 4)


class TestIdentity:
    def test_number_of_the_own_export_corrects_title_and_source(self) -> None:
        write("articles", article(external_id="7", source="لغة العربب"))
        number = Article.objects.get().pk
        corrected = article(
            article_id=str(number), external_id="7", source="لغة العرب", title="عنوان"
        )
        imported = write("articles", corrected)
        assert imported.counts == {"updated": 1}
        stored = Article.objects.get()
        assert (stored.title, stored.source.name_ar) == ("عنوان", "لغة العرب")

    def test_number_of_another_archive_is_not_used(self) -> None:
        write("articles", article(external_id="", title="أول", body="نص أول"))
        other = article(
            article_id=str(Article.objects.get().pk),
            external_id="",
            title="ثان",
            body="نص في أمر آخر",
        )
        imported = write("articles", other)
        assert imported.codes == [(1, "number_unknown")]
        assert Article.objects.count() == 2

    def test_corrected_name_of_a_source_makes_no_copy(self) -> None:
        write("articles", article(external_id="7", source="لغة العربب"))
        imported = write("articles", article(external_id="7", source="لغة العرب"))
        assert imported.codes == [(1, "source_corrected")]
        assert Article.objects.get().source.name_ar == "لغة العرب"

    def test_same_text_of_another_paper_is_added_and_told(self) -> None:
        Source.objects.create(name_ar="المنار")
        write("articles", article(external_id="7", source="لغة العرب"))
        imported = write("articles", article(external_id="7", source="المنار"))
        assert imported.codes == [(1, "possible_duplicate")]
        assert Article.objects.count() == 2

    def test_addresses_of_one_page_are_one_article(self) -> None:
        pages = ("https://example.org/a", "http://www.example.org/a/?utm_source=x")
        write("articles", *(article(external_id="", url=page) for page in pages))
        assert Article.objects.count() == 1

"""The writers of authority records: which rows match."""

import pytest

from archive.models import Actor, ActorAlias, Article, Source, Topic
from archive.names.phonetic import name_sounds
from tests.archive.importing.writing_rows import article, write

pytestmark = pytest.mark.django_db

JAHIZ: dict[str, object] = {
    "slug": "al-jahiz",
    "kind": "person",
    "name_ar": "الجاحظ",
    "name_latin": "al-Jahiz",
    "aliases": ["عمرو بن بحر"],
    "began": "0776",
    "wikidata_id": "Q293497",
    "authority_id": "oape:pers:68",
}


def names_of(actor: Actor) -> set[str]:
    return {alias.name for alias in actor.aliases.all()}


def sounds_of(actor: Actor) -> set[str]:
    return set(actor.name_keys.values_list("sound", flat=True))


def sounds(*names: str) -> set[str]:
    return {sound for name in names for sound in name_sounds(name)}


class TestActors:
    def test_importing_again_changes_nothing(self) -> None:
        assert write("actors", JAHIZ).counts == {"added": 1}
        assert write("actors", JAHIZ).counts == {"unchanged": 1}
        actor = Actor.objects.get()
        assert actor.sort_key == "الجاحظ"
        assert names_of(actor) == {"عمرو بن بحر"}

    @pytest.mark.parametrize(
        "identifier", ["slug", "wikidata_id", "authority_id", "name_ar"]
    )
    def test_one_identifier_or_the_name_matches(self, identifier: str) -> None:
        write("actors", JAHIZ)
        again = {"name_ar": "أبو عثمان", "kind": "person", "description": "أديب"}
        again[identifier] = str(JAHIZ[identifier])
        assert write("actors", again).counts == {"updated": 1}
        assert Actor.objects.get().description == "أديب"

    def test_empty_value_replaces_nothing_and_aliases_are_added(self) -> None:
        write("actors", JAHIZ)
        again = {**JAHIZ, "began": "", "name_latin": None, "aliases": ["Djahiz"]}
        assert write("actors", again).counts == {"updated": 1}
        actor = Actor.objects.get()
        assert (actor.began, actor.name_latin) == ("0776", "al-Jahiz")
        assert names_of(actor) == {"عمرو بن بحر", "Djahiz"}

    def test_replaced_name_becomes_an_alias(self) -> None:
        write("actors", JAHIZ)
        write("actors", {**JAHIZ, "name_ar": "أبو عثمان الجاحظ"})
        actor = Actor.objects.get()
        assert actor.sort_key == "ابو عثمان الجاحظ"
        assert "الجاحظ" in names_of(actor)

    def test_phonetic_keys_are_written(self) -> None:
        write("actors", JAHIZ)
        names = ("الجاحظ", "al-Jahiz", "عمرو بن بحر")
        assert sounds_of(Actor.objects.get()) == sounds(*names)
        write("actors", {**JAHIZ, "aliases": ["أبو عثمان"]})
        assert sounds_of(Actor.objects.get()) == sounds(*names, "أبو عثمان")
        write("actors", {**JAHIZ, "name_latin": "Djahiz"})
        names = ("الجاحظ", "Djahiz", "عمرو بن بحر", "أبو عثمان")
        assert sounds_of(Actor.objects.get()) == sounds(*names)

    def test_slug_does_not_change(self) -> None:
        write("actors", JAHIZ)
        write("actors", {**JAHIZ, "slug": "", "name_latin": "Jahiz"})
        assert Actor.objects.get().slug == "al-jahiz"

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"authority_id": "oape:pers:1"}, {"authority_id": "oape:pers:2"}),
            ({"wikidata_id": "Q1"}, {"wikidata_id": "Q2"}),
            ({"slug": "ibrahim-1"}, {"slug": "ibrahim-2"}),
            ({"kind": "person"}, {"kind": "place"}),
        ],
    )
    def test_namesakes_with_conflicting_values_do_not_match(
        self, one: dict[str, object], other: dict[str, object]
    ) -> None:
        records = [{"name_ar": "إبراهيم", **each} for each in (one, other)]
        assert write("actors", *records).counts == {"added": 2}
        assert write("actors", *records).counts == {"unchanged": 2}
        assert len({actor.slug for actor in Actor.objects.all()}) == 2

    def test_spellings_with_one_sort_key_are_all_aliases(self) -> None:
        write("actors", {"name_ar": "أحمد", "aliases": ["احمد", "أحـمد", "أحمد"]})
        assert names_of(Actor.objects.get()) == {"احمد", "أحـمد"}

    def test_only_new_does_not_change_stored_actors(self) -> None:
        write("actors", JAHIZ)
        again = {**JAHIZ, "description": "أديب", "aliases": ["Djahiz"]}
        assert write("actors", again, only_new=True).counts == {"unchanged": 1}
        assert Actor.objects.get().description == ""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("عبد الكريم الناصري", "عبدالكريم الناصري"),
            ("أبو بكر الراوي", "أبي بكر الراوي"),
            ("محمد بن سعد", "محمد ابن سعد"),
            ("كفر الزيات", "كفرالزيات"),
            ("حضر موت", "حضرموت"),
            ("إبراهيم النجار", "ابراهيم نجار"),
        ],
    )
    def test_other_spelling_matches(self, one: str, other: str) -> None:
        write("actors", {"name_ar": one})
        assert write("actors", {"name_ar": other}).counts == {"updated": 1}
        actor = Actor.objects.get()
        assert (actor.name_ar, names_of(actor)) == (other, {one})
        assert write("actors", {"name_ar": other}).counts == {"unchanged": 1}

    def test_name_written_alike_is_before_another_spelling(self) -> None:
        write("actors", {"name_ar": "محمد حسن", "slug": "hasan"})
        write("actors", {"name_ar": "محمد الحسن", "slug": "al-hasan"})
        described = {"name_ar": "محمد الحسن", "description": "أديب"}
        assert write("actors", described).counts == {"updated": 1}
        assert Actor.objects.get(slug="al-hasan").description == "أديب"
        assert Actor.objects.count() == 2


class TestActorsOfArticles:
    def test_other_spelling_of_a_mention_becomes_an_alias(self) -> None:
        write("actors", {"name_ar": "عبد الكريم الناصري", "kind": "person"})
        mention = {"name": "عبدالكريم الناصري", "kind": "person"}
        write("articles", article(actors=[mention]))
        actor = Actor.objects.get()
        assert actor.name_ar == "عبد الكريم الناصري"
        assert names_of(actor) == {"عبدالكريم الناصري"}

    def test_reference_matches_and_adds_the_spelling(self) -> None:
        write("actors", JAHIZ)
        mention = {"name": "لجاحظ", "ref": "oape:pers:68", "kind": "person"}
        write("articles", article(actors=[mention]))
        actor = Actor.objects.get()
        assert list(actor.articles.all()) == [Article.objects.get()]
        assert names_of(actor) == {"عمرو بن بحر", "لجاحظ"}
        assert sounds("لجاحظ") <= sounds_of(actor)

    def test_alias_of_one_actor_matches(self) -> None:
        write("actors", JAHIZ)
        write("articles", article(actors=["عَمرو بن بَحر"]))
        assert Actor.objects.get().articles.count() == 1

    def test_alias_of_two_actors_links_neither_with_a_note(self) -> None:
        for name in ("محمد علي", "محمد عبده"):
            write("actors", {"name_ar": name, "aliases": ["محمد"]})
        imported = write("articles", article(actors=["محمد"]))
        assert imported.codes == [(1, "ambiguous_actor")]
        assert not Article.objects.get().actors.exists()
        assert Actor.objects.count() == 2

    def test_name_of_two_actors_links_neither_with_a_note(self) -> None:
        for slug in ("ibrahim-1", "ibrahim-2"):
            write("actors", {"name_ar": "إبراهيم", "slug": slug})
        imported = write("articles", article(actors=["إبراهيم"]))
        assert imported.codes == [(1, "ambiguous_actor")]
        assert not Article.objects.get().actors.exists()

    def test_person_and_place_of_one_name_do_not_match(self) -> None:
        actors = [{"name": "يافا", "kind": kind} for kind in ("place", "person")]
        write("articles", article(actors=actors))
        assert Article.objects.get().actors.count() == 2

    def test_second_identifier_matches(self) -> None:
        both = {"name": "مصر", "ref": "oape:place:226 geon:360630", "kind": "place"}
        one = {"name": "القطر المصري", "ref": "geon:360630", "kind": "place"}
        write(
            "articles", article(actors=[both]), article(external_id="2", actors=[one])
        )
        actor = Actor.objects.get()
        assert actor.authority_id == "oape:place:226"
        assert names_of(actor) == {"القطر المصري"}

    def test_actor_matched_by_name_gets_the_identifier(self) -> None:
        write("actors", {"name_ar": "بغداد", "kind": "place"})
        mention = {"name": "بغداد", "ref": "oape:place:216", "kind": "place"}
        write("articles", article(actors=[mention]))
        assert Actor.objects.get().authority_id == "oape:place:216"

    def test_actor_named_twice_is_linked_once(self) -> None:
        write("articles", article(actors=["بغداد", "بَغداد"]))
        assert Article.objects.get().actors.count() == 1

    def test_new_slugs_are_unique(self) -> None:
        Actor.objects.create(name_ar="بغداد", kind="place")
        actors = [{"name": "بغداد", "kind": kind} for kind in ("person", "party")]
        write("articles", article(actors=[*actors, "؟"]))
        slugs = [actor.slug for actor in Actor.objects.order_by("pk")]
        assert slugs == ["bghdad", "bghdad-2", "bghdad-3", "actor"]

    def test_new_aliases_have_sort_keys(self) -> None:
        write("articles", article(actors=[{"name_ar": "س", "aliases": ["أحمد"]}]))
        assert ActorAlias.objects.get().sort_key == "احمد"


class TestTopics:
    def test_children_may_precede_their_parents(self) -> None:
        records: list[dict[str, object]] = [
            {"slug": "rivers", "name_ar": "أنهار", "parent": "history"},
            {"slug": "tigris", "name_ar": "دجلة", "parent": "rivers"},
            {"slug": "history", "name_ar": "تاريخ", "parent": None},
        ]
        assert write("topics", *records).counts == {"added": 3}
        tigris = Topic.objects.get(slug="tigris")
        assert tigris.parent
        assert tigris.parent.parent == Topic.objects.get(slug="history")
        assert write("topics", *records).counts == {"unchanged": 3}

    def test_missing_parent_is_refused(self) -> None:
        imported = write("topics", {"name_ar": "أنهار", "parent": "history"})
        assert imported.codes == [(1, "parent_missing")]
        assert "history" in imported.problems[0].note.message
        assert not Topic.objects.exists()

    def test_cycle_of_parents_is_refused(self) -> None:
        write(
            "topics",
            {"slug": "a", "name_ar": "أ"},
            {"slug": "b", "name_ar": "ب", "parent": "a"},
        )
        imported = write("topics", {"slug": "a", "name_ar": "أ", "parent": "b"})
        assert imported.codes == [(1, "parent_loop")]
        assert Topic.objects.get(slug="a").parent is None

    def test_names_and_parents_are_updated(self) -> None:
        write("topics", {"slug": "a", "name_ar": "أ"}, {"slug": "b", "name_ar": "ب"})
        again = {"slug": "b", "name_ar": "ب", "name_en": "B", "parent": "a"}
        assert write("topics", again).counts == {"updated": 1}
        topic = Topic.objects.get(slug="b")
        assert topic.name_latin == "B"
        assert topic.parent == Topic.objects.get(slug="a")


class TestSources:
    def test_source_is_matched_by_slug_and_completed(self) -> None:
        write("sources", {"slug": "al-manar", "name_ar": "المنار"})
        again = {
            "slug": "al-manar",
            "kind": "magazine",
            "place": "القاهرة",
            "name": "المنار",
        }
        assert write("sources", again).counts == {"updated": 1}
        assert write("sources", again).counts == {"unchanged": 1}
        source = Source.objects.get()
        assert (source.kind, source.place) == ("magazine", "القاهرة")

    def test_source_added_for_articles_is_matched_by_name(self) -> None:
        write("articles", article(source="المنار"))
        write("sources", {"name_ar": "المنار", "place": "القاهرة"})
        assert Source.objects.get().place == "القاهرة"


class TestSpellingsOfSources:
    def test_other_spelling_matches(self) -> None:
        write("sources", {"name_ar": "صحيفة عبد الناصر"})
        write("sources", {"name_ar": "صحيفة عبدالناصر", "place": "القاهرة"})
        assert Source.objects.get().place == "القاهرة"

    def test_name_written_alike_is_before_another_spelling(self) -> None:
        write("sources", {"name_ar": "حياة", "slug": "hayat"})
        write("sources", {"name_ar": "الحياة", "slug": "al-hayat"})
        write("sources", {"name_ar": "الحياة", "place": "بيروت"})
        assert Source.objects.get(slug="al-hayat").place == "بيروت"
        assert Source.objects.get(slug="hayat").place == ""

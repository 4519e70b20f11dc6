"""Lookup of actors by sound and by spelling, and the order of matches."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import name_lookup
from archive.models import Actor, ActorAlias, Article, Source, Status
from archive.name_lookup import (
    NameMatch,
    find_actors_by_sound,
    find_actors_by_spelling,
)

pytestmark = pytest.mark.django_db

LIMIT = 5


def make_actor(
    name_ar: str,
    name_latin: str = "",
    *,
    articles: int = 1,
    aliases: tuple[str, ...] = (),
) -> Actor:
    """An actor named by this number of published articles."""
    actor = Actor.objects.create(name_ar=name_ar, name_latin=name_latin)
    for name in aliases:
        ActorAlias.objects.create(actor=actor, name=name)
    source, _ = Source.objects.get_or_create(slug="source", name_ar="المقتبس")
    for number in range(articles):
        article = Article.objects.create(title=f"{name_ar} {number}", source=source)
        article.actors.add(actor)
    return actor


def found(*names: str, limit: int = LIMIT) -> list[str]:
    return [
        namesake.actor.name_ar for namesake in find_actors_by_sound(names, limit=limit)
    ]


class TestFinding:
    @pytest.mark.parametrize(
        "typed", ["Kadhimi", "al-Kazimi", "Mustafa Kadhimi", "Kazemi Moustapha"]
    )
    def test_each_word_may_have_another_romanization(self, typed: str) -> None:
        make_actor("مصطفى الكاظمي")
        make_actor("مصطفى جواد")
        assert found(typed) == ["مصطفى الكاظمي"]

    def test_all_words_must_match(self) -> None:
        make_actor("طه حسين")
        assert found("Taha Ibrahim") == []

    def test_words_may_match_different_aliases(self) -> None:
        make_actor("الجاحظ", aliases=("عمرو بن بحر",))
        assert found("Amr al-Jahiz") == ["الجاحظ"]

    def test_latin_alias_matches_another_spelling(self) -> None:
        make_actor("المتنبي", aliases=("Motenebbi",))
        assert found("Mutanabbi") == ["المتنبي"]
        assert found("Motanabbi") == ["المتنبي"]

    def test_one_of_several_names_suffices(self) -> None:
        make_actor("معمر القذافي")
        make_actor("طه حسين")
        assert found("Nobody Whatever", "Gaddafi") == ["معمر القذافي"]

    def test_words_of_two_names_do_not_combine(self) -> None:
        make_actor("طه حسين")
        assert found("Taha Ibrahim", "Ibrahim Hussein") == []

    @pytest.mark.parametrize("typed", ["Ali", "oil", "a", "", "1952", "!"])
    def test_name_with_too_few_consonants_makes_no_query(self, typed: str) -> None:
        make_actor("علي")
        with CaptureQueriesContext(connection) as queries:
            assert found(typed) == []
        assert len(queries) == 0

    def test_short_name_matches_beside_a_longer_one(self) -> None:
        make_actor("زين العابدين بن علي")
        assert found("Ben Ali") == ["زين العابدين بن علي"]

    def test_actor_without_published_articles_is_left_out(self) -> None:
        make_actor("طه حسين", articles=0)
        hidden = make_actor("طه الراوي")
        Article.objects.filter(actors=hidden).update(status=Status.DRAFT)
        assert found("Taha") == []

    def test_word_of_a_long_alias_finds_nobody(self) -> None:
        make_actor("ابن سينا", aliases=("الحسين بن عبد الله بن سينا",), articles=2)
        make_actor("طه حسين")
        assert found("Husayn") == found("7usayn") == ["طه حسين"]
        assert found("Husayn ibn Sina") == ["ابن سينا"]

    def test_many_actors_take_four_queries(self) -> None:
        for name in ("طه حسين", "طه الراوي", "طه باقر"):
            make_actor(name, aliases=("Taha", "Ṭāhā"))
        with CaptureQueriesContext(connection) as queries:
            assert len(found("Taha")) == 3
        assert len(queries) == 4


class TestOrder:
    def test_main_name_is_before_an_alias(self) -> None:
        make_actor("الجاحظ", aliases=("عمرو بن بحر", "عمرو"), articles=2)
        make_actor("عمرو دياب")
        assert found("Amro") == ["عمرو دياب", "الجاحظ"]

    def test_more_articles_are_first(self) -> None:
        make_actor("طه الراوي", articles=1)
        make_actor("طه حسين", articles=3)
        make_actor("طه باقر", articles=2)
        assert found("Taha") == ["طه حسين", "طه باقر", "طه الراوي"]

    @pytest.mark.parametrize("typed", ["Gaddafi", "gaddafi"])
    def test_exact_spelling_is_before_more_articles(self, typed: str) -> None:
        make_actor("القذافي", "Qadhafi", articles=2)
        make_actor("قذافي", "Kadhafi", aliases=("Gaddafi",))
        make_actor("سيف القذافي", "Gaddafi", articles=1)
        assert found(typed)[2] == "القذافي"

    def test_diacritics_of_an_alias_do_not_count(self) -> None:
        make_actor("طه حسين", articles=2)
        make_actor("طه الراوي", aliases=("Ṭāhā",))
        assert found("taha") == ["طه الراوي", "طه حسين"]

    def test_too_many_matches_leave_exact_spellings_only(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_actor("طه حسين", articles=2)
        make_actor("طه", "Taha")
        monkeypatch.setattr(name_lookup, "MAX_COMPARED", 1)
        assert found("Taha") == found("Tâhâ") == ["طه"]
        assert found("Tahah") == []

    def test_limit_cuts_the_rest(self) -> None:
        for number, name in enumerate(("طه حسين", "طه الراوي", "طه باقر"), start=1):
            make_actor(name, articles=number)
        assert found("Taha", limit=2) == ["طه باقر", "طه الراوي"]

    def test_articles_are_counted(self) -> None:
        actor = make_actor("طه حسين", articles=2, aliases=("Taha", "طه"))
        assert find_actors_by_sound(["Taha"], limit=LIMIT) == [NameMatch(actor, 2)]


def spelled(*names: str, limit: int = LIMIT) -> list[str]:
    return [
        match.actor.name_ar for match in find_actors_by_spelling(names, limit=limit)
    ]


class TestSpelling:
    @pytest.mark.parametrize(
        "typed",
        ["عمرو بن بحر", "عمرو ابن بحر", "عَمْرو بن بحر", "الجاحظ", "جاحظ", "Al-Jahiz"],
    )
    def test_any_name_in_any_spelling_finds_the_actor(self, typed: str) -> None:
        make_actor("الجاحظ", "al-Jāḥiẓ", aliases=("عمرو بن بحر",))
        make_actor("عمرو بن العاص")
        assert spelled(typed) == ["الجاحظ"]

    @pytest.mark.parametrize("typed", ["عمرو", "بحر", "بن بحر", "عمر بن بحر", "", "؟"])
    def test_part_of_a_name_finds_nobody(self, typed: str) -> None:
        make_actor("الجاحظ", aliases=("عمرو بن بحر",))
        assert spelled(typed) == []

    def test_alias_that_was_typed_is_told(self) -> None:
        actor = make_actor("الجاحظ", aliases=("أبو عثمان", "عمرو بن بحر"), articles=2)
        [match] = find_actors_by_spelling(["عمرو ابن بحر"], limit=LIMIT)
        assert match == NameMatch(actor, 2, "عمرو ابن بحر", "عمرو بن بحر")
        [match] = find_actors_by_spelling(["جاحظ"], limit=LIMIT)
        assert match == NameMatch(actor, 2, "جاحظ", "")

    def test_earlier_name_and_more_articles_are_first(self) -> None:
        make_actor("طه حسين", articles=1)
        make_actor("حسين", articles=2)
        make_actor("الحسين", articles=3)
        names = ("طه حسين", "حسين")
        assert spelled(*names) == ["طه حسين", "الحسين", "حسين"]
        assert spelled(*names, limit=1) == ["طه حسين"]

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
    def test_actor_of_unpublished_articles_is_hidden(self, status: Status) -> None:
        hidden = make_actor("طه الراوي")
        Article.objects.filter(actors=hidden).update(status=status)
        assert spelled("طه الراوي") == []

    def test_name_of_nobody_takes_one_query_by_an_index(self) -> None:
        make_actor("الجاحظ")
        with CaptureQueriesContext(connection) as queries:
            assert spelled("عمرو بن بحر", "بحر") == []
        assert len(queries) == 1
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}")
                [(*_, plan)] = cursor.fetchall()
            assert "SEARCH" in plan
            assert "key=?" in plan

    def test_many_actors_take_three_queries(self) -> None:
        for _number in range(4):
            make_actor("الجاحظ", aliases=("عمرو بن بحر",))
        with CaptureQueriesContext(connection) as queries:
            assert len(spelled("عمرو بن بحر")) == 4
        assert len(queries) == 3

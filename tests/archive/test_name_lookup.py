"""Actors found by a name in Latin letters, and in which order."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import name_lookup
from archive.models import Actor, ActorAlias, Article, Source, Status
from archive.name_lookup import NameMatch, find_actors_by_sound

pytestmark = pytest.mark.django_db

LIMIT = 5


def make_actor(
    name_ar: str,
    name_latin: str = "",
    *,
    articles: int = 1,
    aliases: tuple[str, ...] = (),
) -> Actor:
    """An actor that this many published articles name."""
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
    def test_every_word_may_be_romanized_in_any_way(self, typed: str) -> None:
        make_actor("مصطفى الكاظمي")
        make_actor("مصطفى جواد")
        assert found(typed) == ["مصطفى الكاظمي"]

    def test_all_words_must_be_there(self) -> None:
        make_actor("طه حسين")
        assert found("Taha Ibrahim") == []

    def test_the_words_may_stand_in_several_aliases(self) -> None:
        make_actor("الجاحظ", aliases=("عمرو بن بحر",))
        assert found("Amr al-Jahiz") == ["الجاحظ"]

    def test_an_alias_in_latin_letters_is_found_by_another_spelling(self) -> None:
        make_actor("المتنبي", aliases=("Motenebbi",))
        assert found("Mutanabbi") == ["المتنبي"]
        assert found("Motanabbi") == ["المتنبي"]

    def test_one_of_several_names_is_enough(self) -> None:
        make_actor("معمر القذافي")
        make_actor("طه حسين")
        assert found("Nobody Whatever", "Gaddafi") == ["معمر القذافي"]

    def test_words_of_two_names_make_no_third(self) -> None:
        make_actor("طه حسين")
        assert found("Taha Ibrahim", "Ibrahim Hussein") == []

    @pytest.mark.parametrize("typed", ["Ali", "oil", "a", "", "1952", "!"])
    def test_too_little_finds_nobody_and_asks_nobody(self, typed: str) -> None:
        make_actor("علي")
        with CaptureQueriesContext(connection) as queries:
            assert found(typed) == []
        assert len(queries) == 0

    def test_a_short_name_counts_beside_a_longer_one(self) -> None:
        make_actor("زين العابدين بن علي")
        assert found("Ben Ali") == ["زين العابدين بن علي"]

    def test_an_actor_that_no_published_article_names_is_left_out(self) -> None:
        make_actor("طه حسين", articles=0)
        hidden = make_actor("طه الراوي")
        Article.objects.filter(actors=hidden).update(status=Status.DRAFT)
        assert found("Taha") == []

    def test_two_queries_find_many(self) -> None:
        for name in ("طه حسين", "طه الراوي", "طه باقر"):
            make_actor(name, aliases=("Taha", "Ṭāhā"))
        with CaptureQueriesContext(connection) as queries:
            assert len(found("Taha")) == 3
        assert len(queries) == 2


class TestOrder:
    def test_more_articles_stand_first(self) -> None:
        make_actor("طه الراوي", articles=1)
        make_actor("طه حسين", articles=3)
        make_actor("طه باقر", articles=2)
        assert found("Taha") == ["طه حسين", "طه باقر", "طه الراوي"]

    @pytest.mark.parametrize("typed", ["Gaddafi", "gaddafi"])
    def test_a_name_spelled_so_goes_before_them(self, typed: str) -> None:
        make_actor("القذافي", "Qadhafi", articles=2)
        make_actor("قذافي", "Kadhafi", aliases=("Gaddafi",))
        make_actor("سيف القذافي", "Gaddafi", articles=1)
        assert found(typed)[2] == "القذافي"

    def test_marks_of_an_alias_do_not_make_another_spelling(self) -> None:
        make_actor("طه حسين", articles=2)
        make_actor("طه الراوي", aliases=("Ṭāhā",))
        assert found("taha") == ["طه الراوي", "طه حسين"]

    def test_of_very_many_only_those_spelled_so_are_meant(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_actor("طه حسين", articles=2)
        make_actor("طه", "Taha")
        monkeypatch.setattr(name_lookup, "MAX_COMPARED", 1)
        assert found("Taha") == ["طه"]
        assert found("Tâhâ") == []

    def test_the_rest_is_cut_off(self) -> None:
        for number, name in enumerate(("طه حسين", "طه الراوي", "طه باقر"), start=1):
            make_actor(name, articles=number)
        assert found("Taha", limit=2) == ["طه باقر", "طه الراوي"]

    def test_the_articles_are_counted(self) -> None:
        actor = make_actor("طه حسين", articles=2, aliases=("Taha", "طه"))
        assert find_actors_by_sound(["Taha"], limit=LIMIT) == [NameMatch(actor, 2)]

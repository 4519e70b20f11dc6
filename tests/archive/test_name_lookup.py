"""Phonetic lookup of actors, and the order of matches."""

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

    def test_many_actors_take_two_queries(self) -> None:
        for name in ("طه حسين", "طه الراوي", "طه باقر"):
            make_actor(name, aliases=("Taha", "Ṭāhā"))
        with CaptureQueriesContext(connection) as queries:
            assert len(found("Taha")) == 3
        assert len(queries) == 2


class TestOrder:
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
        assert found("Taha") == ["طه"]
        assert found("Tâhâ") == []

    def test_limit_cuts_the_rest(self) -> None:
        for number, name in enumerate(("طه حسين", "طه الراوي", "طه باقر"), start=1):
            make_actor(name, articles=number)
        assert found("Taha", limit=2) == ["طه باقر", "طه الراوي"]

    def test_articles_are_counted(self) -> None:
        actor = make_actor("طه حسين", articles=2, aliases=("Taha", "طه"))
        assert find_actors_by_sound(["Taha"], limit=LIMIT) == [NameMatch(actor, 2)]

"""Actors that a query names, and how the page shows them."""

from dataclasses import replace

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from archive.models import Actor, ActorAlias, Article, Status
from archive.name_key_sync import sync_name_keys
from search.query import (
    And,
    DateRange,
    Everything,
    Field,
    Fuzzy,
    MostOf,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
    parse,
)
from search.request import SearchRequest
from search.results.latin_names import (
    MAX_SHOWN,
    find_named_actors,
    list_latin_names,
)
from search.results.model import NamedActor
from search.searcher import run
from tests.search.library import Library

TAHA, HUSSEIN = Term("Taha"), Term("Hussein")
ADDRESS = "/ar/search/"


class TestLatinNames:
    @pytest.mark.parametrize(
        ("query", "names"),
        [
            (TAHA, ("Taha",)),
            (And((TAHA, HUSSEIN)), ("Taha Hussein",)),
            (MostOf((TAHA, HUSSEIN), 1), ("Taha Hussein",)),
            (And((Term("al-Ṣadr"), Term("العراق"))), ("al-Ṣadr",)),
            (Phrase(("Taha", "Hussein")), ("Taha Hussein",)),
            (Near(("Taha", "Hussein"), 3), ("Taha Hussein",)),
            (Field("actor_names", TAHA), ("Taha",)),
            (Or((Term("Gaddafi"), Term("Qaddafi"))), ("Gaddafi", "Qaddafi")),
            (Or((TAHA, TAHA)), ("Taha",)),
            (
                And((Or((Term("Gaddafi"), Term("Qaddafi"))), Term("Libya"))),
                ("Libya", "Gaddafi", "Qaddafi"),
            ),
            (And((And((TAHA, HUSSEIN)), Term("Cairo"))), ("Taha Hussein Cairo",)),
        ],
    )
    def test_words_in_latin_letters_are_names(
        self, query: Query, names: tuple[str, ...]
    ) -> None:
        assert list_latin_names(query) == names

    @pytest.mark.parametrize(
        "query",
        [
            Everything(),
            DateRange(None, None),
            Term("حسين"),
            Term("1952"),
            Term("Насер"),
            # Of neither script, or of both.
            Term("Tahaطه"),
            Term("\ud800"),
            Not(TAHA),
            Prefix("Tah"),
            Wildcard("T?ha"),
            Fuzzy("Taha", 1),
            Field("title", TAHA),
            Phrase(("Taha", "حسين")),
            And((Not(TAHA), Term("حسين"))),
            # A sentence.
            Phrase(("the", "history", "of", "the", "press", "in", "Egypt")),
        ],
    )
    def test_other_queries_have_no_names(self, query: Query) -> None:
        assert list_latin_names(query) == ()

    def test_long_list_of_names_is_truncated(self) -> None:
        names = ("Taha", "Naguib", "Gibran", "Mutanabbi", "Jahiz", "Shawqi")
        listed = list_latin_names(Or(tuple(Term(name) for name in names)))
        assert listed == names[:4]


@pytest.fixture
def named(library: Library) -> Library:
    """The library, with the name keys that an importer would have written."""
    sync_name_keys(Actor.objects.values_list("pk", flat=True))
    return library


def find(query: Query, *, language: str = "ar") -> list[str]:
    found = find_named_actors(SearchRequest(query=query), language=language)
    return [actor.label for actor in found]


class TestFinding:
    @pytest.mark.parametrize("typed", ["Husayn", "Hussain", "Ḥusain", "Husein"])
    def test_any_romanization_finds_the_actor(self, named: Library, typed: str) -> None:
        assert find(And((Term("Tâhâ"), Term(typed)))) == ["طه حسين"]

    def test_actor_has_names_url_and_count(self, named: Library) -> None:
        (actor,) = find_named_actors(
            SearchRequest(query=And((Term("Taha"), Term("Husayn")))), language="ar"
        )
        taha = named.actors["taha"]
        assert actor == NamedActor(
            label=taha.name_ar,
            language="",
            other=taha.name_latin,
            url=taha.get_absolute_url(),
            articles=taha.articles.published().count(),
            query_string="actor=taha",
            slug="taha",
            kind=taha.kind,
            kind_label=taha.get_kind_display(),
        )

    def test_search_of_the_actor_has_as_many_hits(self, named: Library) -> None:
        (actor,) = find_named_actors(
            SearchRequest(query=And((TAHA, Term("Husayn")))), language="ar"
        )
        search = SearchRequest().with_filter("actor", ["taha"])
        assert search.query_string() == actor.query_string
        assert run(search, language="ar").total == actor.articles

    def test_label_is_in_the_language_of_the_reader(self, named: Library) -> None:
        query = And((TAHA, Term("Husayn")))
        assert find(query, language="en") == [named.actors["taha"].name_latin]

    def test_label_in_another_language_is_marked(self, named: Library) -> None:
        Actor.objects.filter(slug="taha").update(name_latin="")
        request = SearchRequest(query=And((TAHA, HUSSEIN)))
        (actor,) = find_named_actors(request, language="en")
        assert (actor.label, actor.language, actor.other) == ("طه حسين", "ar", "")
        (actor,) = find_named_actors(request, language="ar")
        assert (actor.language, actor.other) == ("", "")

    def test_actor_filtered_by_is_left_out(self, named: Library) -> None:
        request = SearchRequest(query=And((TAHA, HUSSEIN)))
        chosen = request.with_filter("actor", ["taha"])
        assert find_named_actors(request, language="ar")
        assert find_named_actors(chosen, language="ar") == ()

    def test_later_pages_have_no_actors(self, named: Library) -> None:
        request = SearchRequest(query=TAHA, page=2)
        assert find_named_actors(request, language="ar") == ()

    def test_at_most_max_shown_actors_are_found(self, named: Library) -> None:
        article = named["digits"]
        for number in range(MAX_SHOWN + 1):
            actor = Actor.objects.create(name_ar="جرير", slug=f"jarir-{number}")
            article.actors.add(actor)
        assert len(find(Term("Jarir"))) == MAX_SHOWN

    def test_finding_actors_by_sound_takes_five_queries(self, named: Library) -> None:
        with CaptureQueriesContext(connection) as queries:
            assert find(And((TAHA, Term("Husein"))))
        assert len(queries) == 5

    def test_query_that_names_nobody_takes_one_query(self, named: Library) -> None:
        with CaptureQueriesContext(connection) as queries:
            assert find(And((Term("حسين"), Term("كتاب")))) == []
        assert len(queries) == 1

    @pytest.mark.parametrize("typed", ["7ussein", "7usayn", "7osein"])
    def test_digits_are_letters(self, named: Library, typed: str) -> None:
        assert find(And((Term("6aha"), Term(typed)))) == ["طه حسين"]

    @pytest.mark.parametrize("typed", ["4ussein", "Hussein1"])
    def test_digit_that_is_no_letter_makes_no_offer(
        self, named: Library, typed: str
    ) -> None:
        assert find(And((TAHA, Term(typed)))) == []

    def test_hits_of_the_search_stay_the_same(self, named: Library) -> None:
        request = SearchRequest(text="Gaddafy", query=Term("Gaddafy"))
        named["digits"].actors.add(Actor.objects.create(name_ar="معمر القذافي"))
        assert find_named_actors(request, language="ar")
        assert run(request, language="ar").total == 0


@pytest.fixture
def jahiz(named: Library) -> Actor:
    """An actor with an alias that has no word in common with the name."""
    actor = Actor.objects.create(name_ar="الجاحظ", slug="jahiz")
    ActorAlias.objects.create(actor=actor, name="عمرو بن بحر")
    named["digits"].actors.add(actor)
    return actor


@pytest.mark.usefixtures("jahiz")
class TestFindingBySpelling:
    @pytest.mark.parametrize(
        ("text", "alias"),
        [
            ("الجاحظ", ""),
            ("جاحظ", ""),
            ("=الجاحظ", ""),
            ("الجاحظ -كتاب", ""),
            ("جهة:الجاحظ", ""),
            ("عمرو بن بحر", "عمرو بن بحر"),
            ("عمرو ابن بحر", "عمرو بن بحر"),
            ("«عمرو بن بحر» رسائل", "عمرو بن بحر"),
            ("رسائل عمرو بن بحر إلى الوزير", "عمرو بن بحر"),
            ("رسائل أو عمرو بن بحر", "عمرو بن بحر"),
        ],
    )
    def test_name_or_alias_finds_the_actor(self, text: str, alias: str) -> None:
        request = SearchRequest(text=text, query=parse(text))
        [actor] = find_named_actors(request, language="ar")
        assert (actor.label, actor.alias, actor.kind) == ("الجاحظ", alias, "person")

    @pytest.mark.parametrize(
        "text",
        [
            "بحر", "عمرو", "كتاب الجاحظ", "عنوان:الجاحظ", "-الجاحظ", "الجاح*",
            "عمرو بحر", "بحر بن عمرو",
        ],
    )  # fmt: skip
    def test_other_queries_find_nobody(self, text: str) -> None:
        assert find(parse(text)) == []

    def test_longer_name_is_before_its_parts(self, named: Library) -> None:
        for name in ("طه حسين باشا", "حسين باشا"):
            named["digits"].actors.add(Actor.objects.create(name_ar=name))
        assert find(parse("طه حسين باشا")) == ["طه حسين باشا"]
        assert find(parse("بيت حسين باشا")) == ["حسين باشا"]

    def test_actor_of_drafts_is_hidden(self, named: Library, jahiz: Actor) -> None:
        named["digits"].actors.remove(jahiz)
        draft = Article.objects.filter(status=Status.DRAFT).first()
        assert draft
        draft.actors.add(jahiz)
        assert find(parse("عمرو بن بحر")) == []


def show(*actors: NamedActor, language: str = "en") -> str:
    with override(language):
        page = render_to_string("search/_named_actors.html", {"actors": actors})
    return " ".join(page.split())


class TestTemplate:
    SADR = NamedActor(
        "مقتدى الصدر", "ar", "Muqtada <al-Sadr>", "/en/actors/sadr/", 3, "actor=sadr"
    )

    def test_template_links_to_the_actor_and_its_articles(self) -> None:
        page = show(self.SADR)
        assert '<a href="/en/actors/sadr/"><bdi lang="ar">مقتدى الصدر</bdi></a>' in page
        assert '<a href="/en/search/?actor=sadr"> 3 articles </a>' in page

    def test_kind_and_alias_are_shown(self) -> None:
        jahiz = replace(self.SADR, kind_label="شخص", alias="عمرو <بن> بحر")
        page = show(jahiz, language="ar")
        assert "· شخص · اسم آخر: <bdi>عمرو &lt;بن&gt; بحر</bdi> ·" in page

    def test_names_are_escaped(self) -> None:
        assert "<bdi>Muqtada &lt;al-Sadr&gt;</bdi>" in show(self.SADR)

    def test_heading_names_the_section_and_counts(self) -> None:
        assert 'aria-labelledby="named-actors"' in show(self.SADR)
        assert "Are you looking for this actor?" in show(self.SADR)
        assert "one of these actors?" in show(self.SADR, self.SADR)

    def test_template_is_empty_without_actors(self) -> None:
        assert show() == ""

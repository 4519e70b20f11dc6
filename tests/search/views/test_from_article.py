"""The query that is written from an article."""

from itertools import chain, combinations

from django.test import Client

from archive.models import Article, prefetch_actor_links
from search.comparing.from_article import Join, Kind, Part, list_parts, write_query
from search.searcher import iter_ids
from tests.search.library import Library


def _page(pk: int) -> str:
    return f"/ar/search/from-article/{pk}/"


def _read(pk: int) -> Article:
    articles = Article.objects.prefetch_related(prefetch_actor_links())
    return articles.get(pk=pk)


def _subsets(parts: tuple[Part, ...]) -> list[tuple[Part, ...]]:
    few = parts[:5]
    sizes = (combinations(few, size) for size in range(1, len(few) + 1))
    return [*chain.from_iterable(sizes), parts]


class TestQuery:
    def test_whatever_is_chosen_finds_the_article(self, library: Library) -> None:
        tried = 0
        for article in Article.objects.published().order_by("pk")[:25]:
            parts = list_parts(_read(article.pk))
            for chosen in _subsets(parts) if parts else ():
                for join in Join:
                    written = write_query(chosen, dict.fromkeys(Kind, join))
                    assert written
                    assert article.pk in set(iter_ids(written)), written.text
                    tried += 1
        assert tried > 200

    def test_actors_and_places_stand_apart(self, library: Library) -> None:
        article = _read(library.articles["tatweel"].pk)
        kinds = {part.label: part.kind for part in list_parts(article)}
        assert kinds["بغداد"] is Kind.PLACE

    def test_words_are_rare_and_no_particles_or_names(self, library: Library) -> None:
        article = _read(library.articles["phrase_twice"].pk)
        words = [part for part in list_parts(article) if part.kind is Kind.WORD]
        assert {"حجاز", "سكة", "حديد"} <= {part.label for part in words}
        assert all(part.articles > 1 for part in words)

    def test_nothing_chosen_is_no_query(self) -> None:
        assert write_query((), {}) is None


class TestPage:
    def test_article_leads_to_it(self, client: Client, library: Library) -> None:
        pk = library.articles["phrase_twice"].pk
        assert (
            f'href="{_page(pk)}"' in client.get(f"/ar/articles/{pk}/").content.decode()
        )

    def test_count_is_that_of_the_results(
        self, client: Client, library: Library
    ) -> None:
        pk = library.articles["phrase_twice"].pk
        context = client.get(_page(pk)).context
        results = client.get(
            f"/ar/search/?{context['written'].query_string()}", follow=True
        )
        assert results.context["found"].total == context["total"] >= 1

    def test_every_published_article_has_a_page(
        self, client: Client, library: Library
    ) -> None:
        for name in ("vocalised", "undated", "digits", "year_only_date"):
            for language in ("ar", "en"):
                pk = library.articles[name].pk
                answer = client.get(f"/{language}/search/from-article/{pk}/")
                assert answer.status_code == 200

    def test_choice_of_the_reader_holds(self, client: Client, library: Library) -> None:
        pk = library.articles["phrase_twice"].pk
        chosen = {"chosen": "1", "word": ["حجاز", "سكة", "لا توجد"], "word-join": "all"}
        context = client.get(_page(pk), chosen).context
        assert sorted(context["written"].text.split()) == ["حجاز", "سكة"]
        none = client.get(_page(pk), {"chosen": "1", "word-join": "x"})
        assert none.status_code == 200
        assert "written" not in none.context

    def test_hidden_articles_have_none(self, client: Client, library: Library) -> None:
        for name in ("draft", "withdrawn"):
            assert client.get(_page(library.articles[name].pk)).status_code == 404
        assert client.get(_page(10**9)).status_code == 404

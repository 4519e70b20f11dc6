"""Hits that were found through an alias of an actor say so."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.models import Actor, ActorAlias, Article
from search.indexing.indexer import drain
from search.indexing.outbox import enqueue
from search.query import parse
from search.request import SearchRequest
from search.results.rows import build_rows
from tests.search.text_archive import write_archive

pytestmark = pytest.mark.django_db
SENTENCE = "عُثر عليه عن طريق اسم «عمرو بن بحر»، وهو من أسماء الجاحظ."


@pytest.fixture
def letters(no_index: object) -> Article:
    """An article of an actor with an alias that the text does not have."""
    [pk] = write_archive(["قرأ الطلاب رسائل الأدب في البصرة."])
    article = Article.objects.get(pk=pk)
    jahiz = Actor.objects.create(name_ar="الجاحظ", name_latin="al-Jahiz", slug="jahiz")
    ActorAlias.objects.create(actor=jahiz, name="أبو عثمان عمرو بن بحر الكناني")
    ActorAlias.objects.create(actor=jahiz, name="عمرو بن بحر")
    ActorAlias.objects.create(actor=jahiz, name="أبو عثمان")
    basra = Actor.objects.create(name_ar="البصرة", slug="basra", kind="place")
    article.actors.add(jahiz, basra)
    enqueue([pk])
    drain()
    return article


def aliases(article: Article, text: str) -> list[str]:
    request = SearchRequest(text=text, query=parse(text))
    [row] = build_rows(request, [article.pk])
    return [hit.alias for hit in row.aliases]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("جهة:بحر", ["عمرو بن بحر"]),
        ("جهة:«عمرو بن بحر»", ["عمرو بن بحر"]),
        ("actor:عثمان", ["أبو عثمان"]),
        ("جهة:عثم*", ["أبو عثمان"]),
        ("رسائل جهة:بحر", ["عمرو بن بحر"]),
        ("جهة:بحر جهة:عثمان", ["عمرو بن بحر", "أبو عثمان"]),
        ("قطار أو جهة:بحر", ["عمرو بن بحر"]),
        # Found without the alias, too.
        ("رسائل أو جهة:بحر", []),
        ("جهة:البصرة أو جهة:بحر", []),
        ("جهة:الجاحظ", []),
        ("جهة:jahiz", []),
        ("جهة:البصرة", []),
        ("رسائل -جهة:قطار", []),
        ("رسائل", []),
    ],
)
def test_alias_is_told_where_nothing_else_matched(
    letters: Article, text: str, names: list[str]
) -> None:
    assert aliases(letters, text) == names


def test_aliases_are_read_for_names_of_actors_only(letters: Article) -> None:
    counts = []
    for text in ("رسائل", "جهة:بحر"):
        request = SearchRequest(text=text, query=parse(text))
        with CaptureQueriesContext(connection) as queries:
            build_rows(request, [letters.pk])
        counts.append(len(queries))
    assert counts[1] == counts[0] + 1


class TestWhereItIsShown:
    @pytest.mark.usefixtures("letters")
    def test_page_says_so_and_links_to_the_actor(self, client: Client) -> None:
        page = client.get("/ar/search/", {"q": "جهة:«عمرو بن بحر»"}).content.decode()
        assert "عُثر عليه عن طريق اسم «<bdi>عمرو بن بحر</bdi>»، وهو من أسماء" in page
        assert 'href="/ar/actors/jahiz/"' in page

    @pytest.mark.usefixtures("letters")
    def test_command_says_so(self) -> None:
        assert SENTENCE in run_search("جهة:«عمرو بن بحر»")
        assert SENTENCE not in run_search("جهة:الجاحظ")

    @pytest.mark.usefixtures("letters")
    def test_json_says_so(self) -> None:
        page = json.loads(run_search("جهة:«عمرو بن بحر»", "--json"))
        [row] = page["rows"]
        assert row["through_names"] == [{"name": "عمرو بن بحر", "actor": "jahiz"}]


class TestNamedActors:
    @pytest.mark.usefixtures("letters")
    def test_page_shows_the_actor_of_an_alias(self, client: Client) -> None:
        page = client.get("/ar/search/", {"q": "عمرو بن بحر"}).content.decode()
        assert "هل تقصد هذا العَلَم؟" in page
        assert "اسم آخر: <bdi>عمرو بن بحر</bdi>" in page

    @pytest.mark.usefixtures("letters")
    def test_command_shows_the_actor(self) -> None:
        lines = run_search("عمرو بن بحر").splitlines()
        position = lines.index("هل تقصد هذا العَلَم؟")
        assert lines[position + 1] == (
            "   الجاحظ (al-Jahiz) · شخص · اسم آخر: عمرو بن بحر · مقال واحد"
            " · --actor jahiz"
        )

    @pytest.mark.usefixtures("letters")
    def test_json_has_the_actor(self) -> None:
        page = json.loads(run_search("عمرو ابن بحر", "--json"))
        assert page["named_actors"] == [
            {
                "slug": "jahiz",
                "address": "/ar/actors/jahiz/",
                "name": "الجاحظ",
                "other_name": "al-Jahiz",
                "alias": "عمرو بن بحر",
                "kind": "person",
                "articles": 1,
            }
        ]


def run_search(*arguments: str) -> str:
    out = io.StringIO()
    call_command("search", *arguments, stdout=out)
    return out.getvalue()

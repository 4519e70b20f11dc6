"""Imports of real collections; needs the collections."""

import gzip
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from archive.models import Actor, Article
from tests import corpora
from tests.archive.importing.test_commands import call

ARTICLES_TAKEN = 150

OPENARABICPE = [
    "--map=published=published,date_partial",
    "--map=actors=persons:person+orgs:organisation+places:place",
]
ACTORS = [
    "--map=name_ar=names_ar,forms_in_text,names_latin",
    "--map=name_latin=names_latin",
    "--map=aliases=names_ar+names_latin+forms_in_text",
    "--map=wikidata_id=ids.wiki",
    "--map=viaf_id=ids.viaf,ids.VIAF",
]
COLLECTIONS = [
    ("openarabicpe", OPENARABICPE),
    ("saudinewsnet", []),
    ("ant", ["--source=Jawhara FM"]),
]

pytestmark = [pytest.mark.django_db, *corpora.NEEDED]


def take(name: str, directory: Path, *, count: int) -> Path:
    """The first lines of a collection's file, compressed again."""
    target = directory / Path(name).name
    with (
        gzip.open(corpora.FOLDER / name, "rb") as source,
        gzip.open(target, "wb") as part,
    ):
        part.writelines(islice(source, count))
    return target


class TestCollections:
    @pytest.mark.parametrize(("name", "options"), COLLECTIONS)
    def test_every_article_is_imported_once(
        self, name: str, options: list[str], tmp_path: Path
    ) -> None:
        file = take(f"{name}/articles.jsonl.gz", tmp_path, count=ARTICLES_TAKEN)
        first: dict[str, Any] = call("import_articles", file, *options)[0]
        assert (first["added"], first["refused"]) == (ARTICLES_TAKEN, 0)
        second = call("import_articles", file, *options)[0]
        assert (second["unchanged"], second["actors_added"]) == (ARTICLES_TAKEN, 0)
        for stored in Article.objects.all():
            assert stored.content_hash == stored.build_content_hash()

    def test_tagged_persons_match_the_authority_file(self, tmp_path: Path) -> None:
        actors = take("openarabicpe/actors.jsonl.gz", tmp_path, count=5000)
        assert call("import_actors", actors, *ACTORS)[0]["refused"] == 0
        persons = Actor.objects.filter(kind="person").exclude(authority_id="").count()
        file = take("openarabicpe/articles.jsonl.gz", tmp_path, count=ARTICLES_TAKEN)
        call("import_articles", file, *OPENARABICPE)
        joined = Actor.objects.filter(kind="person").exclude(authority_id="")
        assert joined.count() == persons
        assert joined.filter(articles__isnull=False).exists()

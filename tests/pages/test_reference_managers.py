"""What reference managers take from pages, by the logic of Zotero's stock translators.

unAPI comes first (priority 300): a link to a service, an ``abbr`` for each article. The
embedded metadata is read where no unAPI is. The rules are those of unAPI.js and
Embedded Metadata.js of zotero/translators.
"""

import json
import re
from urllib.parse import urlsplit

import pytest
import rispy
from django.http import HttpResponse
from django.test import Client

from archive.models import SourceKind
from tests.pages.conftest import Archive, ArticleMaker
from tests.pages.reading import find

# The document by which unAPI.js knows RIS, whatever its name.
_RIS_DOCUMENT = "http://www.refman.com/support/risformat_intro.asp"


def _take(client: Client, page: HttpResponse) -> list[dict[str, object]]:
    """The records that unAPI.js would import from *page*."""
    (link,) = find(page, "link", rel="unapi-server")
    assert link["href"].startswith("http://testserver/")
    service = urlsplit(link["href"]).path
    (ris,) = find(client.get(service), "format", docs=_RIS_DOCUMENT)
    name = ris["name"]
    records = []
    for abbr in find(page, "abbr", class_="unapi-id"):
        answer = client.get(service, {"id": abbr["title"], "format": name})
        assert answer.status_code == 200
        records += rispy.loads(answer.content.decode())
    return records


class TestUnapi:
    def test_one_article_is_taken(self, client: Client, archive: Archive) -> None:
        (record,) = _take(client, client.get(archive.vocalised.get_absolute_url()))
        address = f"http://testserver{archive.vocalised.get_absolute_url()}"
        assert record["title"] == archive.vocalised.title
        assert record["authors"] == ["محمد كرد علي"]
        assert record["secondary_title"] == "المقتبس"
        assert record["place_published"] == "دمشق"
        assert record["date"] == "1923/02/03/"
        assert record["keywords"] == ["الأنهار", "نهر دجلة"]
        assert record["urls"] == [address]

    def test_list_of_results_is_taken_in_its_order(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get("/ar/search/", {"q": "دجلة"})
        taken = [record["title"] for record in _take(client, page)]
        assert taken == [row.article.title for row in page.context["found"].rows]
        assert len(taken) == 3

    def test_article_that_is_not_public_is_unknown(
        self, client: Client, archive: Archive
    ) -> None:
        for article in (archive.draft, archive.withdrawn):
            query = {"id": f"article-{article.pk}"}
            assert client.get("/ar/unapi/", query).status_code == 404
            query["format"] = "ris"
            assert client.get("/ar/unapi/", query).status_code == 404

    def test_formats_of_an_article_are_a_choice(
        self, client: Client, archive: Archive
    ) -> None:
        identifier = f"article-{archive.vocalised.pk}"
        answer = client.get("/ar/unapi/", {"id": identifier})
        assert answer.status_code == 300
        assert find(answer, "formats", id=identifier)
        names = [each["name"] for each in find(answer, "format")]
        assert names == ["ris", "bibtex", "csl"]

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ({"id": "article-1", "format": "endnote"}, 406),
            ({"format": "<ris>"}, 406),
            ({"id": "article-999999999"}, 404),
            ({"id": "article-" + "9" * 40, "format": "ris"}, 404),
            ({"id": "1 or 1", "format": "ris"}, 404),
            ({"id": "article-١", "format": "ris"}, 404),
        ],
    )
    def test_bad_requests_are_refused(
        self, client: Client, archive: Archive, query: dict[str, str], status: int
    ) -> None:
        answer = client.get("/ar/unapi/", query)
        assert answer.status_code == status


class TestEmbeddedMetadata:
    def test_each_field_of_the_table_is_there(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(archive.vocalised.get_absolute_url())
        address = f"http://testserver{archive.vocalised.get_absolute_url()}"
        (schema,) = find(page, "link", rel="schema.dc")
        assert schema["href"] == "http://purl.org/dc/elements/1.1/"
        names: dict[str, list[str]] = {}
        for meta in find(page, "meta"):
            key = meta.attributes.get("name") or meta.attributes.get("property", "")
            names.setdefault(key, []).append(meta.attributes.get("content", ""))
        expected = {
            "dc.type": ["newspaperArticle"],
            "dc.title": [archive.vocalised.title],
            "dc.creator": ["محمد كرد علي"],
            "dc.date": ["1923-02-03"],
            "dc.language": ["ar"],
            "dc.publisher": ["المقتبس"],
            "dc.identifier": [address],
            "prism.publicationName": ["المقتبس"],
            "prism.publicationDate": ["1923-02-03"],
            "citation_title": [archive.vocalised.title],
            "citation_author": ["محمد كرد علي"],
            "citation_publication_date": ["1923/02/03"],
            "citation_language": ["ar"],
            "citation_public_url": [address],
            "og:site_name": ["سجلّ"],
            "article:published_time": ["1923-02-03"],
        }
        assert {name: names.get(name) for name in expected} == expected
        # It would make a scholarly article of it, whatever dc.type says.
        assert "citation_journal_title" not in names

    @pytest.mark.parametrize(
        ("kind", "zotero"),
        [
            (SourceKind.MAGAZINE, "magazineArticle"),
            (SourceKind.BOOK, "bookSection"),
            (SourceKind.WEBSITE, "webpage"),
        ],
    )
    def test_type_is_that_of_the_source(
        self, client: Client, archive: Archive, kind: SourceKind, zotero: str
    ) -> None:
        archive.newspaper.kind = kind
        archive.newspaper.save()
        page = client.get(archive.vocalised.get_absolute_url())
        assert find(page, "meta", name="dc.type", content=zotero)


class TestJsonLd:
    def _read(self, page: HttpResponse) -> dict[str, object]:
        (text,) = re.findall(
            r'<script type="application/ld\+json">(.*?)</script>',
            page.content.decode(),
            re.DOTALL,
        )
        return json.loads(text)

    def test_article_is_described(self, client: Client, archive: Archive) -> None:
        found = self._read(client.get(archive.vocalised.get_absolute_url()))
        assert found["@type"] == "NewsArticle"
        assert found["headline"] == archive.vocalised.title
        assert found["author"] == [{"@type": "Person", "name": "محمد كرد علي"}]
        assert found["datePublished"] == "1923-02-03"
        assert found["isPartOf"] == {"@type": "CreativeWork", "name": "المقتبس"}

    def test_no_text_ends_the_script_or_the_string(
        self, client: Client, make_article: ArticleMaker
    ) -> None:
        title = "قال: \"</script><b>\\\" \u2028& 'لا' `نعم`"
        article = make_article(title, byline='"، }')
        found = self._read(client.get(article.get_absolute_url()))
        assert found["headline"] == title.replace(" \u2028", " ")
        assert found["author"] == '"، }'


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "content_type"),
        [
            ("ris", "application/x-research-info-systems; charset=utf-8"),
            ("bibtex", "application/x-bibtex; charset=utf-8"),
            ("csl", "application/vnd.citationstyles.csl+json; charset=utf-8"),
        ],
    )
    def test_page_links_a_file_of_each_format(
        self, client: Client, archive: Archive, name: str, content_type: str
    ) -> None:
        page = client.get(archive.vocalised.get_absolute_url())
        address = f"{archive.vocalised.get_absolute_url()}reference/{name}/"
        assert find(page, "a", href=address)
        answer = client.get(address)
        assert answer.headers["Content-Type"] == content_type
        assert archive.vocalised.title in answer.content.decode()

    def test_unknown_format_and_hidden_article_are_404(
        self, client: Client, archive: Archive
    ) -> None:
        for article, name in ((archive.vocalised, "docx"), (archive.draft, "ris")):
            address = f"/ar/articles/{article.pk}/reference/{name}/"
            assert client.get(address).status_code == 404

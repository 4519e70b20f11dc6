"""OAI-PMH as sickle, a harvester, reads it, and by the errors of the protocol."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import pytest
import sickle.app
from defusedxml.ElementTree import fromstring
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from archive.models import Article, Status, Topic
from search.api.oai import harvesting
from search.api.oai.elements import make, to_text
from search.indexing.indexer import drain
from search.models import HarvestRecord
from tests.search.library import Library

OAI = "/oai/"
_NS = {
    "oai": "http://www.openarchives.org/OAI/2.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "mods": "http://www.loc.gov/mods/v3",
}


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harvesting, "PAGE_SIZE", 20)


@pytest.fixture
def harvester(client: Client, monkeypatch: pytest.MonkeyPatch) -> Sickle:
    """Sickle, whose requests reach the site without a network."""

    def get(url: str, params: Mapping[str, str], **options: Any) -> SimpleNamespace:
        return _as_requests(client.get(OAI, params))

    def post(url: str, data: Mapping[str, str], **options: Any) -> SimpleNamespace:
        return _as_requests(client.post(OAI, data))

    double = SimpleNamespace(get=get, post=post)
    monkeypatch.setattr(sickle.app, "requests", double)
    return Sickle("http://testserver/oai/")


def _as_requests(response: HttpResponse) -> SimpleNamespace:
    return SimpleNamespace(
        status_code=response.status_code,
        headers=response.headers,
        content=response.content,
        text=response.content.decode(),
        raise_for_status=lambda: None,
    )


def _ask(client: Client, query: str = "", **arguments: str) -> Element:
    response = client.get(f"{OAI}?{query or urlencode(arguments)}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    return fromstring(response.content)


def _number(identifier: str) -> int:
    return int(identifier.rpartition(":")[2])


class TestHarvester:
    def test_it_takes_each_public_article_once(
        self, harvester: Sickle, library: Library
    ) -> None:
        published = set(Article.objects.published().values_list("pk", flat=True))
        for prefix in ("oai_dc", "mods"):
            records = list(harvester.ListRecords(metadataPrefix=prefix))
            numbers = [_number(record.header.identifier) for record in records]
            assert len(numbers) == len(set(numbers)) == 72
            assert set(numbers) == published
        headers = list(harvester.ListIdentifiers(metadataPrefix="oai_dc"))
        assert {_number(header.identifier) for header in headers} == published

    def test_dublin_core_says_what_the_record_says(
        self, harvester: Sickle, library: Library
    ) -> None:
        article = library["author_match"]
        identifier = next(
            header.identifier
            for header in harvester.ListIdentifiers(metadataPrefix="oai_dc")
            if _number(header.identifier) == article.pk
        )
        got = harvester.GetRecord(identifier=identifier, metadataPrefix="oai_dc")
        found = got.get_metadata()
        assert found["title"] == [article.title]
        assert found["creator"] == ["مي زيادة"]
        assert found["publisher"] == ["مجلة التجربة"]
        assert found["date"] == ["1930-02-28"]
        assert found["language"] == ["ar"]
        assert found["identifier"] == [f"http://testserver/ar/articles/{article.pk}/"]

    def test_mods_has_the_issue_as_its_host(
        self, client: Client, library: Library
    ) -> None:
        article = library["author_match"]
        changes = {"volume": "٣", "issue": "7", "pages": "12-15", "subtitle": "خاطرة"}
        Article.objects.filter(pk=article.pk).update(kind="opinion", **changes)
        listed = _ask(client, verb="ListRecords", metadataPrefix="mods")
        (mods,) = [
            one.find("oai:metadata/mods:mods", _NS)
            for one in listed.iterfind(".//oai:record", _NS)
            if _number(one.findtext("oai:header/oai:identifier", "", _NS)) == article.pk
        ]
        texts = {
            path: mods.findtext(path, None, _NS)
            for path in (
                "mods:titleInfo/mods:title",
                "mods:titleInfo/mods:subTitle",
                "mods:name/mods:namePart",
                "mods:genre",
                "mods:originInfo/mods:dateIssued",
                "mods:relatedItem/mods:titleInfo/mods:title",
                "mods:relatedItem/mods:part/mods:detail[@type='volume']/mods:number",
                "mods:relatedItem/mods:part/mods:extent/mods:start",
                "mods:relatedItem/mods:part/mods:extent/mods:end",
            )
        }
        assert list(texts.values()) == [
            article.title, "خاطرة", "مي زيادة", "opinion", "1930-02-28",
            "مجلة التجربة", "٣", "12", "15",
        ]  # fmt: skip

    def test_sets_are_sources_and_topics_with_what_is_below(
        self, harvester: Sickle, client: Client, library: Library
    ) -> None:
        sets = {one.setSpec: one.setName for one in harvester.ListSets()}
        assert sets["source:gazette"] == "جريدة الاختبار"
        assert len(sets) == len(library.sources) + len(library.topics)
        for spec, query in (
            ("source:review", {"source": "review"}),
            ("topic:history", {"topic": "history"}),
        ):
            headers = harvester.ListIdentifiers(metadataPrefix="oai_dc", set=spec)
            response = client.get("/api/v1/articles", query)
            assert len(list(headers)) == response.json()["total"]

    def test_post_is_asked_as_get(self, harvester: Sickle, library: Library) -> None:
        harvester.http_method = "POST"
        assert len(list(harvester.ListIdentifiers(metadataPrefix="mods"))) == 72

    def test_identify(self, harvester: Sickle, library: Library) -> None:
        found = harvester.Identify()
        assert found.protocolVersion == "2.0"
        assert found.deletedRecord == "persistent"
        assert found.granularity == "YYYY-MM-DDThh:mm:ssZ"
        assert found.baseURL == "http://testserver/oai/"
        assert "@" in found.adminEmail
        first = HarvestRecord.objects.earliest("changed_at").changed_at
        assert found.earliestDatestamp == f"{first:%Y-%m-%dT%H:%M:%SZ}"


class TestDeletions:
    def test_withdrawn_and_deleted_articles_are_told_for_ever(
        self, harvester: Sickle, library: Library
    ) -> None:
        withdrawn, deleted = library["bulletin_3"], library["bulletin_4"]
        gone = {withdrawn.pk, deleted.pk}
        deleted_number = deleted.pk
        withdrawn.status = Status.WITHDRAWN
        withdrawn.save()
        deleted.delete()
        drain()
        for spec in (None, "topic:weather"):
            query = {"set": spec} if spec else {}
            found = harvester.ListRecords(metadataPrefix="oai_dc", **query)
            told = {
                _number(record.header.identifier): hasattr(record, "metadata")
                for record in found
                if record.deleted
            }
            assert told == dict.fromkeys(gone, False)
        withdrawn.refresh_from_db()
        withdrawn.status = Status.PUBLISHED
        withdrawn.save()
        drain()
        headers = list(harvester.ListIdentifiers(metadataPrefix="oai_dc"))
        back = {_number(one.identifier) for one in headers if one.deleted}
        assert back == {deleted_number}

    def test_article_that_was_never_public_leaves_nothing(
        self, harvester: Sickle, library: Library
    ) -> None:
        library["draft"].delete()
        drain()
        assert not HarvestRecord.objects.filter(article_id=library["withdrawn"].pk)
        assert not HarvestRecord.objects.filter(is_deleted=True)

    def test_withdrawn_article_is_deleted_before_the_indexer_comes_to_it(
        self, client: Client, library: Library
    ) -> None:
        Article.objects.filter(pk=library["tatweel"].pk).update(status=Status.WITHDRAWN)
        text = client.get(f"{OAI}?verb=ListRecords&metadataPrefix=oai_dc").content
        assert library["tatweel"].title not in text.decode()
        assert text.decode().count('status="deleted"') == 1


class TestChanges:
    def test_only_what_changed_is_harvested_again(
        self, harvester: Sickle, library: Library
    ) -> None:
        HarvestRecord.objects.update(changed_at="2001-01-01T00:00:00Z")
        topic = Topic.objects.get(slug="press")
        topic.name_ar = "الصحافة والطباعة"
        topic.save()
        drain()
        headers = harvester.ListIdentifiers(
            **{"metadataPrefix": "oai_dc", "from": "2001-01-02"}
        )
        changed = {_number(header.identifier) for header in headers}
        assert changed == {library["vocalised"].pk, library["year_only_date"].pk}

    @pytest.mark.parametrize(
        ("first", "last", "count"),
        [
            ("2001-01-01", "2001-01-01", 72),
            ("2001-01-01T10:00:00Z", "2001-01-01T10:00:00Z", 72),
            ("2001-01-01T10:00:01Z", "", 0),
            ("", "2001-01-01T09:59:59Z", 0),
            ("2001-01-02", "", 0),
            ("", "2000-12-31", 0),
        ],
    )
    def test_both_ends_are_included(
        self, harvester: Sickle, library: Library, first: str, last: str, count: int
    ) -> None:
        HarvestRecord.objects.update(changed_at="2001-01-01T10:00:00.9Z")
        ends = {"from": first, "until": last}
        arguments = {name: text for name, text in ends.items() if text}
        try:
            found = list(
                harvester.ListIdentifiers(metadataPrefix="oai_dc", **arguments)
            )
        except NoRecordsMatch:
            found = []
        assert len(found) == count

    def test_token_survives_writes(self, harvester: Sickle, library: Library) -> None:
        before = set(Article.objects.published().values_list("pk", flat=True))
        seen = []
        records = harvester.ListRecords(metadataPrefix="oai_dc")
        for number, record in enumerate(records):
            seen.append(_number(record.header.identifier))
            if number % 15 == 0:
                _write(library, number)
        assert len(seen) == len(set(seen))
        assert before <= set(seen)
        assert len(set(seen) - before) >= 4


def _write(library: Library, number: int) -> None:
    """An article is added, one changed and one deleted."""
    gazette = library.sources["gazette"]
    Article.objects.create(title=f"خبر {number}", body="نص", source=gazette)
    changed = library[f"bulletin_{1 + number // 15}"]
    changed.title = "عنوان آخر"
    changed.save()
    library[f"bulletin_{20 + number // 15}"].delete()
    drain()


class TestText:
    @given(st.text())
    def test_any_text_is_well_formed(self, text: str) -> None:
        written = to_text(make("x", text, y=text))
        assert fromstring(written).tag == "x"

    def test_control_characters_are_left_out(
        self, client: Client, library: Library
    ) -> None:
        article = library["tatweel"]
        title = "خبر\x0b من \x1f<بغداد> & \ufffe]]>"
        Article.objects.filter(pk=article.pk).update(title=title, byline="\x07")
        for prefix in ("oai_dc", "mods"):
            text = to_text(_ask(client, verb="ListRecords", metadataPrefix=prefix))
            assert "خبر من" in text
            assert "&lt;بغداد&gt; &amp;" in text


def test_rows_are_those_of_the_migration(library: Library) -> None:
    """What the migration writes for an archive that is there already."""
    from importlib import import_module

    from django.apps import apps
    from django.db import connection

    columns = ("article_id", "sets", "is_deleted")
    expected = sorted(HarvestRecord.objects.values_list(*columns))
    HarvestRecord.objects.all().delete()
    migration = import_module("search.migrations.0007_harvest_records")
    migration.note_what_is_public(apps, SimpleNamespace(connection=connection))
    assert sorted(HarvestRecord.objects.values_list(*columns)) == expected

"""What a harvester asks wrongly is an error of the protocol."""

from urllib.parse import urlencode

import pytest
from django.core import signing
from django.test import Client
from pytest_django import Settings
from sickle import Sickle
from sickle.oaiexceptions import IdDoesNotExist

from config.security.rate_limits.rates import Rate
from search.models import HarvestRecord
from tests.search.api.oai.test_harvest import _NS, OAI, _ask, harvester, small
from tests.search.library import Library

__all__ = ["harvester", "small"]


def _error(client: Client, query: str = "", **arguments: str) -> str:
    root = _ask(client, query, **arguments)
    (error,) = root.findall("oai:error", _NS)
    assert error.text
    return error.attrib["code"]


class TestErrors:
    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ("", "badVerb"),
            ("verb=", "badVerb"),
            ("verb=Everything", "badVerb"),
            ("verb=Identify&verb=Identify", "badVerb"),
            ("verb=identify", "badVerb"),
            ("verb=Identify&set=x", "badArgument"),
            ("verb=ListRecords", "badArgument"),
            ("verb=ListRecords&metadataPrefix=mods&metadataPrefix=mods", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&colour=red", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=1923", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&until=yesterday", "badArgument"),
            (
                "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-03"
                "&until=2026-02-03T00:00:00Z",
                "badArgument",
            ),
            (
                "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-03"
                "&until=2026-02-02",
                "badArgument",
            ),
            ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
            ("verb=GetRecord&identifier=x", "badArgument"),
            ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
            ("verb=ListIdentifiers&metadataPrefix=%00", "cannotDisseminateFormat"),
            ("verb=GetRecord&identifier=x&metadataPrefix=y", "cannotDisseminateFormat"),
            ("verb=GetRecord&metadataPrefix=mods&identifier=1", "idDoesNotExist"),
            ("verb=GetRecord&metadataPrefix=mods&identifier=%01", "idDoesNotExist"),
            ("verb=GetRecord&metadataPrefix=mods&identifier=oai:x:1", "idDoesNotExist"),
            ("verb=ListMetadataFormats&identifier=oai:x:1", "idDoesNotExist"),
            ("verb=ListRecords&metadataPrefix=mods&set=source:none", "noRecordsMatch"),
            ("verb=ListRecords&metadataPrefix=mods&set=source", "noRecordsMatch"),
            ("verb=ListRecords&metadataPrefix=mods&set=%25", "noRecordsMatch"),
            ("verb=ListRecords&metadataPrefix=mods&from=2999-01-01", "noRecordsMatch"),
            ("verb=ListRecords&resumptionToken=", "badResumptionToken"),
            ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
            ("verb=ListSets&resumptionToken=%D8%A7", "badResumptionToken"),
        ],
    )
    def test_each_code(
        self, client: Client, library: Library, query: str, code: str
    ) -> None:
        HarvestRecord.objects.filter(article_id=1).delete()
        assert _error(client, query or "x=y") == code

    def test_record_of_another_repository_does_not_exist(
        self, harvester: Sickle, library: Library
    ) -> None:
        header = next(harvester.ListIdentifiers(metadataPrefix="mods"))
        foreign = header.identifier.replace("oai:sijill.a", "oai:sijill.a0")
        assert foreign != header.identifier
        for identifier in (foreign, f"{header.identifier}9" * 9):
            with pytest.raises(IdDoesNotExist):
                harvester.GetRecord(identifier=identifier, metadataPrefix="mods")

    def test_token_expires_clearly(
        self, client: Client, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = _ask(client, verb="ListRecords", metadataPrefix="oai_dc")
        token = root.find(".//oai:resumptionToken", _NS)
        assert token.attrib["completeListSize"] == "72"
        assert token.attrib["cursor"] == "0"
        assert token.attrib["expirationDate"] > root.findtext(
            "oai:responseDate", "", _NS
        )
        now = signing.time.time()
        monkeypatch.setattr(signing.time, "time", lambda: now + 25 * 3600)
        query = urlencode({"verb": "ListRecords", "resumptionToken": token.text})
        root = _ask(client, f"{query}")
        (error,) = root.findall("oai:error", _NS)
        assert error.attrib["code"] == "badResumptionToken"
        assert "يوم" in error.text

    def test_token_of_another_verb_is_refused(
        self, client: Client, library: Library
    ) -> None:
        root = _ask(client, verb="ListRecords", metadataPrefix="oai_dc")
        token = root.findtext(".//oai:resumptionToken", "", _NS)
        arguments = {"verb": "ListIdentifiers", "resumptionToken": token}
        assert _error(client, **arguments) == "badResumptionToken"

    def test_empty_archive_has_no_sets(self, client: Client, db: None) -> None:
        assert _error(client, verb="ListSets") == "noSetHierarchy"

    def test_sentence_is_in_the_language_of_the_caller(
        self, client: Client, db: None
    ) -> None:
        response = client.get(OAI, headers={"Accept-Language": "en"})
        assert "The verb is one of these" in response.content.decode()

    def test_harvester_that_is_too_fast_is_told_to_wait(
        self, client: Client, library: Library, settings: Settings
    ) -> None:
        settings.RATES = {"api": Rate(1, 3600)}
        client.get(f"{OAI}?verb=Identify")
        response = client.get(f"{OAI}?verb=Identify")
        assert response.status_code == 503
        assert 0 < int(response.headers["Retry-After"]) <= 3600

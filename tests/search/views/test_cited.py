"""Cited searches as readers open them."""

import csv
import io
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import Settings
from rocrate.rocrate import ROCrate

from archive.models import Article
from search.indexing.indexer import drain
from search.models import CitedSearch
from tests.search.library import Library

QUERY = f"q={quote('قطار')}"


@pytest.fixture
def cited(client: Client, library: Library) -> CitedSearch:
    answer = client.post(f"/ar/search/cite/?{QUERY}&page=2")
    found = CitedSearch.objects.get()
    assert answer.headers["Location"] == f"/ar/searches/{found.key}/"
    return found


def _change(library: Library) -> None:
    """One article of the search changes, one goes, one comes."""
    changed, gone = library["tatweel"], library["phrase_twice"]
    changed.body += " عاد القطار."
    changed.save()
    Article.objects.filter(pk=gone.pk).update(status="withdrawn")
    Article.objects.create(title="قطار جديد", source=changed.source)
    drain()


class TestCiting:
    def test_page_asks_before_it_keeps(self, client: Client, library: Library) -> None:
        page = client.get(f"/ar/search/cite/?{QUERY}").content.decode()
        assert "أنشئ العنوان الدائم" in page
        assert not CitedSearch.objects.exists()

    def test_search_keeps_query_and_filters(self, cited: CitedSearch) -> None:
        assert cited.query_string == QUERY

    def test_too_many_results_are_refused_with_the_remedy(
        self, client: Client, library: Library, settings: Settings
    ) -> None:
        settings.EXPORT_MAX_ROWS = 3
        assert "Narrow the search" in client.get("/en/search/cite/").content.decode()
        assert client.post("/en/search/cite/").status_code == 400
        assert not CitedSearch.objects.exists()

    def test_what_is_no_search_is_400(self, client: Client, library: Library) -> None:
        assert client.post('/ar/search/cite/?q="').status_code == 400

    def test_missing_index_is_503(
        self, client: Client, db: None, no_index: Path
    ) -> None:
        assert client.get("/ar/search/cite/?q=a").status_code == 503


class TestOpening:
    def test_unchanged_archive_says_so(
        self, client: Client, cited: CitedSearch
    ) -> None:
        page = client.get(f"/ar/searches/{cited.key}/").content.decode()
        assert "لم يتغيّر شيء" in page
        assert cited.fingerprint in page

    def test_changes_are_listed(
        self, client: Client, library: Library, cited: CitedSearch
    ) -> None:
        _change(library)
        response = client.get(f"/ar/searches/{cited.key}/")
        lists = {str(each.label): each for each in response.context["lists"]}
        assert [a.title for a in lists["أُضيف بعدئذ"].articles] == ["قطار جديد"]
        assert lists["لم يعد منشورًا"].numbers == [library["phrase_twice"].pk]
        assert [a.pk for a in lists["تغيّر نصه"].articles] == [library["tatweel"].pk]
        # The title of what has been withdrawn is not told.
        assert library["phrase_twice"].title not in response.content.decode()

    @pytest.mark.parametrize("key", ["x", "0" * 10, "a" * 60])
    def test_unknown_key_is_404(self, client: Client, db: None, key: str) -> None:
        assert client.get(f"/ar/searches/{key}/").status_code == 404
        assert client.get(f"/ar/searches/{key}/crate/").status_code == 404


class TestTakingAway:
    def test_either_state_is_a_file(
        self, client: Client, library: Library, cited: CitedSearch
    ) -> None:
        _change(library)
        titles = {}
        for state in ("then", "now"):
            query = f"cited={cited.key}&state={state}&raw=1"
            text = client.get(f"/ar/search/export/csv/?{query}").getvalue().decode()
            rows = csv.DictReader(io.StringIO(text, newline=""))
            titles[state] = {row["title"] for row in rows}
        assert titles["now"] - titles["then"] == {"قطار جديد"}
        assert titles["then"] <= titles["now"]
        page = client.get(f"/ar/search/take-away/?cited={cited.key}&state=then")
        assert f'name="cited" value="{cited.key}"' in page.content.decode()

    def test_unknown_key_is_400(self, client: Client, library: Library) -> None:
        answer = client.get("/ar/search/export/csv/?cited=nothing")
        assert answer.status_code == 400
        assert "«nothing»" in answer.content.decode()

    def test_unknown_state_is_400(self, client: Client, cited: CitedSearch) -> None:
        answer = client.get(f"/ar/search/export/csv/?cited={cited.key}&state=later")
        assert answer.status_code == 400
        assert "«later»" in answer.content.decode()

    def test_crate_is_read_by_another_library(
        self, client: Client, library: Library, cited: CitedSearch, tmp_path: Path
    ) -> None:
        _change(library)
        answer = client.get(f"/ar/searches/{cited.key}/crate/")
        with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
            archive.extractall(tmp_path)
        crate = ROCrate(tmp_path)
        assert crate.root_dataset["name"] == cited.question
        assert crate.root_dataset["identifier"].endswith(f"/ar/searches/{cited.key}/")
        search = crate.get("#search")
        assert search["query"] == cited.query_string
        kept = {each["name"]: each["value"] for each in search["additionalProperty"]}
        assert kept["sha256"] == cited.fingerprint
        assert kept["results"] == cited.total
        rows = list(csv.DictReader((tmp_path / "results.csv").open(encoding="utf-8")))
        states = [row["state"] for row in rows]
        assert states.count("added") == states.count("withdrawn") == 1
        assert sum(row["found_then"] == "1" for row in rows) == cited.total

"""The MCP server as the client of its own package asks it, over standard input."""

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from archive.models import Article
from search.mcp import tools
from tests.installed import Installed
from tests.search.library import Library
from tests.sources import BASE_DIR


def _iter_quotes(value: Any) -> Iterator[dict[str, Any]]:
    """All quotes in an answer, at any depth."""
    if isinstance(value, dict):
        if {"article", "field", "start", "end", "text"} <= value.keys():
            yield value
        for each in value.values():
            yield from _iter_quotes(each)
    elif isinstance(value, list):
        for each in value:
            yield from _iter_quotes(each)


def _check_quotes(answer: Any, texts: dict[int, dict[str, str]]) -> int:
    """How many quotes there are; each must stand at its offsets."""
    quotes = list(_iter_quotes(answer))
    for quote in quotes:
        text = texts[quote["article"]][quote["field"]]
        assert text[quote["start"] : quote["end"]] == quote["text"]
    return len(quotes)


_WRITE = """
from archive.models import Article, Source
from search.indexing.indexer import drain
source = Source.objects.create(name_ar="جريدة الاختبار", slug="gazette")
texts = {}
for title, body, status in (
    ("نهر دجلة", "فاض دجلة في الربيع وغمر الماء الحقول القريبة من بغداد.", "published"),
    ("دجلة المسحوبة", "كلمة لا يجوز أن تظهر: الزمردة عند دجلة.", "withdrawn"),
    ("مسودة دجلة", "كلمة لا يجوز أن تظهر: الياقوتة عند دجلة.", "draft"),
):
    row = Article.objects.create(title=title, body=body, source=source, status=status)
    texts[row.pk] = {"title": title, "subtitle": "", "text": body}
drain()
print(json.dumps(texts))
"""


@pytest.mark.slow
class TestOverStandardInput:
    def test_every_tool_answers_and_refuses(self, set_up: Installed) -> None:
        site = Installed(set_up.data_dir.parent.parent / "mcp-data")
        subprocess.run(["cp", "-r", set_up.data_dir, site.data_dir], check=True)
        known = site.run(_WRITE)
        texts = {int(pk): fields for pk, fields in known.items()}
        published, withdrawn, draft = sorted(texts)
        # In a thread of its own: one that drives a browser has a loop already.
        with ThreadPoolExecutor(1) as threads:
            asked = threads.submit(
                anyio.run, _ask_all, site, published, [withdrawn, draft]
            )
        answers, refusals, names = asked.result()
        assert names == {tool.__name__ for tool in tools_of_server()}
        assert answers["search"]["total"] == 1
        (hit,) = answers["search"]["hits"]
        assert hit["article"]["id"] == published
        assert hit["passages"][0]["text"] == texts[published]["text"]
        assert answers["article"]["text"]["text"] == texts[published]["text"][3:13]
        assert answers["coverage"]["articles"] == 1
        (verdict,) = answers["check_quotation"]["quotations"]
        assert verdict["verdict"] == "altered"
        changed = [
            (one["quoted"], one["printed"][0]["text"])
            for one in verdict["changes"]
            if one["kind"] == "changed"
        ]
        assert changed == [("القصور", "الحقول")]
        count = sum(_check_quotes(answer, texts) for answer in answers.values())
        assert count >= 7
        assert len(refusals) == 8
        hidden = [texts[number]["title"] for number in (withdrawn, draft)]
        for sentence in refusals:
            assert sentence
            assert not any(title in sentence for title in hidden)
        assert "Traceback" not in "".join(refusals)

    def test_package_that_is_missing_is_named(self, tmp_path) -> None:
        hiding = (
            "import sys, runpy; sys.modules['mcp'] = None;"
            "import importlib.util as u; f = u.find_spec;"
            "u.find_spec = lambda n, *a: None if n == 'mcp' else f(n, *a);"
            "sys.argv = ['manage.py', 'mcp', '--language', 'en'];"
            "runpy.run_path('manage.py', run_name='__main__')"
        )
        done = subprocess.run(
            [sys.executable, "-c", hiding],
            cwd=BASE_DIR,
            env=Installed(tmp_path).environ,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 1
        assert "requirements-mcp.lock" in done.stderr
        assert done.stdout == ""


def tools_of_server() -> tuple[Any, ...]:
    from search.mcp.server import TOOLS

    return TOOLS


async def _ask_all(
    site: Installed, published: int, hidden: list[int]
) -> tuple[dict[str, Any], list[str], set[str]]:
    """Answers by tool, sentences of refusals, and the names of all tools."""
    command = StdioServerParameters(
        command=sys.executable,
        args=["manage.py", "mcp", "--language", "en"],
        env=site.environ,
        cwd=str(BASE_DIR),
    )
    calls = {
        "search": {"query": "دجلة"},
        "article": {"id": published, "start": 3, "length": 10},
        "coverage": {},
        "check_quotation": {"text": "فاض دجلة في الربيع وغمر الماء القصور القريبة"},
    }
    refused = [
        *(("article", {"id": number}) for number in (*hidden, 0, 10**30)),
        ("article", {"id": published, "length": 10**9}),
        ("search", {"query": '"دجلة'}),
        ("search", {"query": "دجلة", "page": 10**9}),
        ("actor", {"name": "لا أحد"}),
    ]
    async with Client(stdio_client(command)) as client:
        names = {tool.name for tool in (await client.list_tools()).tools}
        answers = {}
        for name, arguments in calls.items():
            result = await client.call_tool(name, arguments)
            assert not result.is_error, result.content
            answers[name] = result.structured_content
        sentences = []
        for name, arguments in refused:
            result = await client.call_tool(name, arguments)
            assert result.is_error
            sentences.append(result.content[0].text)
    return answers, sentences, names


class TestTools:
    """The tools without the protocol."""

    @pytest.fixture
    def texts(self, library: Library) -> dict[int, dict[str, str]]:
        columns = ("pk", "title", "subtitle", "body")
        return {
            pk: {"title": title, "subtitle": subtitle, "text": body}
            for pk, title, subtitle, body in Article.objects.values_list(*columns)
        }

    @pytest.mark.parametrize("query", ["كتاب", "مرصد", "مصيدة", "station", "الفستق"])
    def test_every_text_is_found_at_its_offsets(
        self, texts: dict[int, dict[str, str]], query: str
    ) -> None:
        from dataclasses import asdict

        found = asdict(tools.search(query))
        assert found["total"] > 0
        assert _check_quotes(found, texts) >= 2
        for hit in found["hits"]:
            whole = asdict(tools.article(hit["article"]["id"]))
            assert _check_quotes(whole, texts) == 3

    def test_verbatim_quotation_across_title_and_text(
        self, texts: dict[int, dict[str, str]]
    ) -> None:
        from dataclasses import asdict

        found = asdict(tools.check_quotation("مسئول عن شئون الري قال المسؤول أحمد"))
        (verdict,) = found["quotations"]
        assert verdict["verdict"] == "verbatim"
        assert [quote["field"] for quote in verdict["passage"]] == ["title", "text"]
        assert _check_quotes(found, texts) == 2

    @pytest.mark.parametrize("name", ["baghdad", "مدينة السلام", "بغداد", "Baghdad"])
    def test_actor_by_any_of_its_names(self, library: Library, name: str) -> None:
        from archive.name_key_sync import sync_name_keys

        sync_name_keys([library.actors["baghdad"].pk])
        (found,) = tools.actor(name).actors
        assert (found.name.slug, found.articles) == ("baghdad", 2)
        assert "الزوراء" in found.other_names

    @pytest.mark.parametrize("name", ["hidden", "صاحب المسودة", "", "\x00", "؟"])
    def test_actor_of_drafts_is_refused(self, library: Library, name: str) -> None:
        with pytest.raises(tools.ToolRefused):
            tools.actor(name)

    def test_missing_index_is_told(self, db: None, no_index: object) -> None:
        with pytest.raises(tools.ToolRefused, match="rebuild_index"):
            tools.search("كتاب")
        with pytest.raises(tools.ToolRefused):
            tools.check_quotation("كلمات ثلاث هنا")

    def test_values_are_plain_json(self, library: Library) -> None:
        from dataclasses import asdict

        assert json.loads(json.dumps(asdict(tools.coverage())))["articles"] == 72

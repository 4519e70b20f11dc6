"""The guide and the reference: every example runs, every form asks."""

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from search.api.examples import EXAMPLES
from search.api.problems import KINDS
from tests.search.api.asking import API
from tests.search.library import Library

# What each example prints, in curl and in Python, of the library.
_PRINTED = {
    "count": (r'"total": 29\b', r"^29\n1942-"),
    "all": (r"^20\n16\n$", r"(?m)^1 1923-05-14 85$"),
    "again": (r"^304\n$", r"^304\n$"),
    "mistake": (r'"bad-parameter|#bad-parameter"', r"^400 http://\S+#bad-parameter\n"),
}


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_example_runs(
    transactional_db: None, library: Library, live_server, tmp_path: Path, example
) -> None:
    programs = dict(example.programs(live_server.url))
    commands = (
        ["bash", "-euc", programs["curl"]],
        [sys.executable, "-c", programs["Python"]],
    )
    for command, wanted in zip(commands, _PRINTED[example.name], strict=True):
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60
        )
        assert done.returncode == 0, done.stderr
        assert re.search(wanted, done.stdout), done.stdout


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_example_in_r_asks_the_same(example) -> None:
    """No R runs here: its addresses and parameters are those of the Python."""
    addresses = set(re.findall(r"\{site\}[^\s\"'?]+", example.python))
    assert addresses == set(re.findall(r"\{site\}[^\s\"'?]+", example.r))
    assert example.r.count("(") == example.r.count(")")
    assert example.r.count("{") == example.r.count("}")


@pytest.mark.parametrize("language", ["ar", "en"])
class TestPages:
    def test_guide_has_the_examples_and_the_kinds_of_problems(
        self, client: Client, db: None, language: str
    ) -> None:
        text = client.get(f"/{language}/api/").content.decode()
        for example in EXAMPLES:
            for _name, program in example.programs("http://testserver"):
                assert program in unescape(text)
        for kind in KINDS:
            assert f'id="{kind.name}"' in text

    def test_reference_asks_every_operation(
        self, client: Client, library: Library, language: str
    ) -> None:
        text = client.get(f"/{language}/api/reference/").content.decode()
        document = json.loads(client.get(f"{API}/openapi.json").content)
        for path, by_method in document["paths"].items():
            assert f"GET {path}" in text
            assert f'id="{by_method["get"]["operationId"]}"' in text
        for name in document["components"]["schemas"]:
            assert f'id="schema-{name}"' in text
        forms = re.findall(
            r'<form class="api-ask" action="([^"]+)">(.*?)</form>', text, re.DOTALL
        )
        assert len(forms) == 7
        for action, form in forms:
            boxes = re.findall(r'name="([^"]+)" value="([^"]*)"', form)
            chosen = re.findall(
                r'name="([^"]+)" dir="ltr">.*?<option value="([^"]*)"', form, re.DOTALL
            )
            # As a browser sends it untouched, its empty boxes too.
            assert client.get(action, [*boxes, *chosen]).status_code == 200

    def test_pages_lead_there(
        self, client: Client, library: Library, language: str
    ) -> None:
        for path in ("", "search/help/"):
            assert (
                f'href="/{language}/api/"'
                in client.get(f"/{language}/{path}").content.decode()
            )

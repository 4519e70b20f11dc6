"""The API against its OpenAPI document, as schemathesis reads it."""

import json
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from config.wsgi import application
from tests.search.api.asking import API
from tests.search.library import Library

# Requests for each operation: 12 each time, 800 with the profile "long". The document
# says of queries and dates that they are texts, and not which: that one of these is
# refused is no fault.
_EXAMPLES = settings.default.max_examples * 12 // 75


@pytest.fixture
def described(library: Library) -> Iterator[schemathesis.BaseSchema]:
    # As Django's own client does: requests share the connection of the test.
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(f"{API}/openapi.json", application)
    for signal in ends:
        signal.connect(close_old_connections)


class TestDocument:
    def test_document_is_not_sent_again(self, client: Client, db: None) -> None:
        first = client.get(f"{API}/openapi.json")
        document = json.loads(first.content)
        assert document["openapi"].startswith("3.1")
        assert len(document["paths"]) == 12
        etag = first.headers["ETag"]
        again = client.get(f"{API}/openapi.json", headers={"If-None-Match": etag})
        assert again.status_code == 304

    @pytest.mark.slow
    def test_answers_conform_to_it(self, described: schemathesis.BaseSchema) -> None:
        """No 5xx, no undocumented status or content type, no other schema."""
        asked = 0
        for result in described.get_all_operations():
            operation = result.ok()

            @given(case=operation.as_strategy() | _negative(operation))
            @settings(
                max_examples=_EXAMPLES,
                deadline=None,
                database=None,
                derandomize=True,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            def ask(case: schemathesis.Case) -> None:
                nonlocal asked
                assume(not _has_empty(case))
                case.call_and_validate(excluded_checks=[positive_data_acceptance])
                asked += 1

            ask()
        assert asked >= 10 * _EXAMPLES / 2


def _has_empty(case: schemathesis.Case) -> bool:
    """Whether a parameter is empty: forms send such, and they are as good as none."""
    values = (case.query or {}).values()
    flat = [
        each
        for value in values
        for each in (value if isinstance(value, list) else [value])
    ]
    return "" in flat or None in flat


def _negative(operation: schemathesis.APIOperation) -> st.SearchStrategy:
    """Requests that do not fit the document, where the operation has parameters."""
    if not operation.query:
        return operation.as_strategy()
    mode = schemathesis.GenerationMode.NEGATIVE
    return operation.as_strategy(generation_mode=mode)

"""Requests to the API, checked for what all answers have in common."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpResponse
from django.test import Client

API = "/api/v1"


def ask(client: Client, path: str, query: Any = None, **headers: str) -> Any:
    """The object that *path* answers with, which must be a success."""
    response = client.get(f"{API}{path}", query or {}, headers=headers)
    assert response.status_code == 200, response.content.decode()
    assert response.headers["Content-Type"].startswith("application/json")
    return json.loads(response.content)


def read_problem(response: HttpResponse) -> Mapping[str, Any]:
    """The problem details of *response*, which must be such."""
    assert response.headers["Content-Type"].startswith("application/problem+json")
    problem: Mapping[str, Any] = json.loads(response.content)
    assert problem["status"] == response.status_code
    assert problem["type"].startswith("http://testserver/en/api/#")
    assert problem["title"]
    assert problem["detail"]
    return problem


def refuse(client: Client, path: str, query: Any = None, **headers: str) -> Any:
    """The problem that *path* answers with."""
    return read_problem(client.get(f"{API}{path}", query or {}, headers=headers))


def walk(client: Client, path: str, query: Any = None) -> Iterator[Mapping[str, Any]]:
    """The pages of a list, followed to its end."""
    page = ask(client, path, query)
    yield page
    while page["next"]:
        response = client.get(page["next"])
        assert response.status_code == 200
        page = json.loads(response.content)
        yield page

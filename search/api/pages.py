"""The pages that explain the API: a guide with examples, and the reference."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.api.examples import EXAMPLES
from search.api.problems import KINDS
from search.api.reference import list_operations, list_schemas
from search.api.site import read_document


@require_safe
def show_guide(request: HttpRequest) -> HttpResponse:
    """How to ask the API, with examples and its errors."""
    site = request.build_absolute_uri("/").rstrip("/")
    context = {
        "site": site,
        "examples": [(example, example.programs(site)) for example in EXAMPLES],
        "kinds": KINDS,
    }
    return render(request, "api/guide.html", context)


@require_safe
def show_reference(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document as a page."""
    document = read_document()
    context = {
        "operations": list_operations(document),
        "schemas": list_schemas(document),
    }
    return render(request, "api/reference.html", context)

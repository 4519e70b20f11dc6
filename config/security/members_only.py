"""Middleware of a site that requires signing in (LOGIN_REQUIRED)."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers


class MembersOnlyMiddleware(LoginRequiredMiddleware):
    """Django's middleware, with responses that no proxy or browser may cache."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        add_never_cache_headers(response)
        return response

"""A site that nobody reads before they have signed in: `MembersOnlyMiddleware`."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers


class MembersOnlyMiddleware(LoginRequiredMiddleware):
    """Django's own, and no copy of a page for whoever comes after.

    Neither a proxy nor the browser may keep what only members may read.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        add_never_cache_headers(response)
        return response

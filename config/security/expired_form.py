"""The answer to a form whose token is not valid: CSRF_FAILURE_VIEW of the settings.

A form of the desk that was opened before its editor signed in anew is shown with what
was typed. The token says then whose session it was, and the header ``Origin``, which
browsers set and pages cannot, that it was sent from a page of this site.
"""

from django.http import HttpRequest, HttpResponseBase
from django.views.csrf import csrf_failure

from archive.admin_site import TypedKeeper


def show_expired(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """What was typed, where the form is one of the desk; else that it has expired."""
    match = request.resolver_match
    keeper = getattr(match.func, "model_admin", None) if match else None
    origin = f"{request.scheme}://{request.get_host()}"
    is_form = match is not None and str(match.url_name).endswith(("_add", "_change"))
    if (
        match is None
        or not (is_form and isinstance(keeper, TypedKeeper))
        or request.headers.get("Origin") != origin
    ):
        return csrf_failure(request, reason)
    if keeper.admin_site.has_permission(request):
        return keeper.show_expired(request, **match.kwargs)
    return keeper.show_signed_out(request, **match.kwargs)

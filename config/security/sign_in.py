"""The sign-in page."""

from typing import Any

from django.contrib.auth.views import LoginView


class SignIn(LoginView):
    """Django's view, with the site's name from the context processor."""

    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        # The name of the host, which would override that of the context processor.
        del context["site_name"]
        return context

"""The page to sign in: `SignIn`."""

from typing import Any

from django.contrib.auth.views import LoginView


class SignIn(LoginView):
    """Django's own, under the name that the installation has given itself."""

    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        # What the host is called; it would stand before that of the context processor.
        del context["site_name"]
        return context

"""Inputs that run the way their content runs, whatever the page's direction."""

from typing import Any

from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminTextInputWidget,
    AdminURLFieldWidget,
)


class EitherWayInput(AdminTextInputWidget):
    """One line that runs as its first letter does."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"dir": "auto", **(attrs or {})})


class ArabicInput(AdminTextInputWidget):
    """One line of Arabic."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"dir": "rtl", "lang": "ar", **(attrs or {})})


class LatinInput(AdminTextInputWidget):
    """One line of Latin letters, of an identifier or of a slug."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"dir": "ltr", **(attrs or {})})


class AddressInput(AdminURLFieldWidget):
    """A web address, left to right."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"dir": "ltr", **(attrs or {})})


class BodyTextarea(AdminTextareaWidget):
    """The text of an article, tall and in the face that readers see."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"dir": "auto", "rows": 24, "class": "article-body", **(attrs or {})}
        )

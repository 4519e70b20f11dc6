"""Inputs that run the way their content runs, whatever the page's direction."""

from typing import Any

from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminTextInputWidget,
    AdminURLFieldWidget,
)

# The blank placeholder lets the style sheet tell an empty input, in which browsers
# put the caret to the left even on a page that runs from the right.
AUTO_DIRECTION = {"dir": "auto", "placeholder": " "}


class AutoDirectionInput(AdminTextInputWidget):
    """One line that runs as its first letter does."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({**AUTO_DIRECTION, **(attrs or {})})


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


class AutoDirectionTextarea(AdminTextareaWidget):
    """A few lines that run as their first letter does."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({**AUTO_DIRECTION, "rows": 5, **(attrs or {})})


class BodyTextarea(AdminTextareaWidget):
    """The text of an article, tall and in the face that readers see."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {**AUTO_DIRECTION, "rows": 24, "class": "article-body", **(attrs or {})}
        )

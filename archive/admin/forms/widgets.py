"""Inputs whose text direction is that of their content, not of the page."""

from typing import Any

from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminTextInputWidget,
    AdminURLFieldWidget,
)

# The blank placeholder lets the style sheet select empty inputs (:placeholder-shown),
# in which browsers put the caret on the left even on right-to-left pages.
AUTO_DIRECTION = {"dir": "auto", "placeholder": " "}


class AutoDirectionInput(AdminTextInputWidget):
    """One line, in the direction of its first letter."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({**AUTO_DIRECTION, **(attrs or {})})


class ArabicInput(AdminTextInputWidget):
    """One line of Arabic."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"dir": "rtl", "lang": "ar", **(attrs or {})})


class LatinInput(AdminTextInputWidget):
    """One line in Latin letters, such as an identifier or a slug."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"dir": "ltr", **(attrs or {})})


class AddressInput(AdminURLFieldWidget):
    """A URL, left to right."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"dir": "ltr", **(attrs or {})})


class AutoDirectionTextarea(AdminTextareaWidget):
    """A few lines, in the direction of their first letter."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({**AUTO_DIRECTION, "rows": 5, **(attrs or {})})


class BodyTextarea(AdminTextareaWidget):
    """The text of an article: tall, in the typeface of the article's page."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {**AUTO_DIRECTION, "rows": 24, "class": "article-body", **(attrs or {})}
        )

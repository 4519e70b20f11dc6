"""What kind of text an article is."""

from django.db import models
from django.utils.translation import pgettext_lazy


class TextKind(models.TextChoices):
    """The values are stored and exported, so they never change."""

    NOT_STATED = "", pgettext_lazy("kind", "not stated")
    NEWS = "news", pgettext_lazy("kind of text", "news")
    REPORT = "report", pgettext_lazy("kind of text", "report")
    STATEMENT = "statement", pgettext_lazy("kind of text", "statement")
    SPEECH = "speech", pgettext_lazy("kind of text", "speech")
    OPINION = "opinion", pgettext_lazy("kind of text", "opinion")
    INTERVIEW = "interview", pgettext_lazy("kind of text", "interview")
    LETTER = "letter", pgettext_lazy("kind of text", "letter")
    DOCUMENT = "document", pgettext_lazy("kind of text", "document")
    STUDY = "study", pgettext_lazy("kind of text", "study")
    REVIEW = "review", pgettext_lazy("kind of text", "review")
    OBITUARY = "obituary", pgettext_lazy("kind of text", "obituary")
    POEM = "poem", pgettext_lazy("kind of text", "poem")
    STORY = "story", pgettext_lazy("kind of text", "story")
    ADVERTISEMENT = "advertisement", pgettext_lazy("kind of text", "advertisement")
    OTHER = "other", pgettext_lazy("kind of text", "other")

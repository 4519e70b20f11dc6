"""The authors on the form of an article."""

from typing import TYPE_CHECKING

from django.contrib import admin

from archive.admin.forms.article import ArticleAuthorForm
from archive.admin.forms.choices import DescribedChoices
from archive.models import Article, ArticleAuthor

if TYPE_CHECKING:
    AuthorStackedInline = admin.StackedInline[ArticleAuthor, Article]
else:
    AuthorStackedInline = admin.StackedInline


class ArticleAuthorInline(DescribedChoices, AuthorStackedInline):
    """The authors, one below the other."""

    model = ArticleAuthor
    form = ArticleAuthorForm
    autocomplete_fields = ["actor"]
    fields = [("name", "actor", "position")]
    extra = 1

"""Addresses of the archive's pages; the address of an article is permanent."""

from django.urls import path

from archive.views.article import show_article

app_name = "archive"
urlpatterns = [
    path("articles/<int:pk>/", show_article, name="article"),
]

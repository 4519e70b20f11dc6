"""URLs of the pages of search."""

from django.urls import path

from search.feeds import atom, description
from search.views import export, pages

app_name = "search"
urlpatterns = [
    path("", pages.home, name="home"),
    path("search/", pages.results, name="results"),
    path("search/facets/<slug:name>/", pages.facet, name="facet"),
    path("search/export/<slug:name>/", export.export, name="export"),
    path("search/take-away/", export.take_away, name="take_away"),
    path("search/feed/", atom.feed, name="feed"),
    path("opensearch.xml", description.describe, name="opensearch"),
    path("search/help/", pages.syntax, name="syntax"),
]

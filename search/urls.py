"""URLs of the pages of search."""

from django.urls import path

from search.feeds import atom, description
from search.views import cited, following, pages, quotations, suggestions
from search.views.taking import batch, export

app_name = "search"
urlpatterns = [
    path("", pages.home, name="home"),
    path("search/", pages.results, name="results"),
    path("search/suggestions/", suggestions.suggestions, name="suggestions"),
    path("search/facets/<slug:name>/", pages.facet, name="facet"),
    path("search/export/<slug:name>/", export.export, name="export"),
    path("search/take-away/", export.take_away, name="take_away"),
    path("search/feed/", atom.feed, name="feed"),
    path("opensearch.xml", description.describe, name="opensearch"),
    path("search/saved/", following.list_saved, name="saved"),
    path("search/saved/new/", following.save, name="save"),
    path("search/saved/<int:pk>/", following.show, name="saved_search"),
    path("search/saved/<int:pk>/edit/", following.edit, name="edit_saved"),
    path("search/saved/<int:pk>/seen/", following.mark_seen, name="mark_seen"),
    path("search/saved/<int:pk>/delete/", following.delete, name="delete_saved"),
    path("alerts/stop/<token>/", following.stop_alerts, name="stop_alerts"),
    path("search/cite/", cited.cite, name="cite"),
    path("searches/<slug:key>/", cited.show, name="cited"),
    path("searches/<slug:key>/crate/", cited.crate, name="cited_crate"),
    path("search/batch/", batch.batch, name="batch"),
    path("quotations/", quotations.check_quotations, name="quotations"),
    path("search/help/", pages.syntax, name="syntax"),
]

"""URLs of the pages of search."""

from django.urls import path

from search.api import pages as api_pages
from search.feeds import atom, description
from search.views import cited, following, pages, quotations, suggestions
from search.views.comparing import concordance, frequency, from_article, sides
from search.views.keeping import basket, history, lists
from search.views.taking import batch, export, jobs

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
    path("search/prepare/<slug:name>/", jobs.prepare, name="prepare"),
    path("files/", jobs.list_own, name="jobs"),
    path("files/<slug:key>/", jobs.show, name="job"),
    path("files/<slug:key>/file/", jobs.fetch, name="job_file"),
    path("files/<slug:key>/cancel/", jobs.stop, name="cancel_job"),
    path("basket/", basket.show, name="basket"),
    path("basket/add/", basket.add, name="add_to_basket"),
    path("basket/empty/", basket.empty, name="empty_basket"),
    path("basket/share/", lists.make, name="share"),
    path("basket/<int:pk>/note/", basket.note, name="basket_note"),
    path("basket/<int:pk>/remove/", basket.remove, name="remove_from_basket"),
    path("lists/", lists.list_own, name="shared_lists"),
    path("lists/<slug:key>/", lists.show, name="shared_list"),
    path("lists/<slug:key>/edit/", lists.edit, name="edit_list"),
    path("lists/<slug:key>/revoke/", lists.revoke, name="revoke_list"),
    path("search/history/", history.show, name="history"),
    path("search/history/<slug:action>/", history.change, name="change_history"),
    path("search/concordance/", concordance.concordance, name="concordance"),
    path(
        "search/concordance/csv/",
        concordance.concordance_csv,
        name="concordance_csv",
    ),
    path("search/frequency/", frequency.frequency, name="frequency"),
    path("search/frequency/csv/", frequency.frequency_csv, name="frequency_csv"),
    path("search/compare/", sides.sides, name="compare"),
    path("search/compare/csv/<slug:table>/", sides.sides_csv, name="compare_csv"),
    path(
        "search/from-article/<int:pk>/",
        from_article.from_article,
        name="from_article",
    ),
    path("search/help/", pages.syntax, name="syntax"),
    path("api/", api_pages.show_guide, name="api"),
    path("api/reference/", api_pages.show_reference, name="api_reference"),
]

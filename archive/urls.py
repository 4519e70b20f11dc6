"""URLs of the archive's pages; the URL of an article is permanent."""

from django.contrib.admin.views.decorators import staff_member_required
from django.urls import path

from archive.views.about import show_about
from archive.views.actors import list_actors, show_actor
from archive.views.articles.article import show_article
from archive.views.articles.related import show_related
from archive.views.calendar import (
    show_calendar,
    show_day,
    show_month,
    show_undated,
    show_year,
)
from archive.views.citing import show_reference, unapi
from archive.views.coverage import show_coverage
from archive.views.days.any_year import show_day_in_any_year, show_days
from archive.views.days.hijri import (
    show_hijri_calendar,
    show_hijri_month,
    show_hijri_year,
)
from archive.views.sources import list_sources, show_source
from archive.views.staff.styleguide import show_styleguide
from archive.views.topics import list_topics, show_topic

app_name = "archive"
urlpatterns = [
    path("about/", show_about, name="about"),
    path(
        "styleguide/",
        staff_member_required(show_styleguide, login_url="login"),
        name="styleguide",
    ),
    path("articles/<int:pk>/", show_article, name="article"),
    path("articles/<int:pk>/related/", show_related, name="related"),
    path("articles/<int:pk>/reference/<slug:name>/", show_reference, name="reference"),
    path("unapi/", unapi, name="unapi"),
    path("coverage/", show_coverage, name="coverage"),
    path("actors/", list_actors, name="actors"),
    path("actors/<slug:slug>/", show_actor, name="actor"),
    path("topics/", list_topics, name="topics"),
    path("topics/<slug:slug>/", show_topic, name="topic"),
    path("sources/", list_sources, name="sources"),
    path("sources/<slug:slug>/", show_source, name="source"),
    path("calendar/", show_calendar, name="calendar"),
    path("calendar/any-year/", show_days, name="days"),
    path(
        "calendar/any-year/<int:month>/<int:day>/",
        show_day_in_any_year,
        name="any_year",
    ),
    path("calendar/hijri/", show_hijri_calendar, name="hijri"),
    path("calendar/hijri/<int:year>/", show_hijri_year, name="hijri_year"),
    path(
        "calendar/hijri/<int:year>/<int:month>/", show_hijri_month, name="hijri_month"
    ),
    path("calendar/undated/", show_undated, name="undated"),
    path("calendar/<int:year>/", show_year, name="year"),
    path("calendar/<int:year>/<int:month>/", show_month, name="month"),
    path("calendar/<int:year>/<int:month>/<int:day>/", show_day, name="day"),
]

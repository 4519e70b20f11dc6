"""Addresses of the pages of search."""

from django.urls import path

from search import export_views, views

app_name = "search"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.results, name="results"),
    path("search/facets/<slug:name>/", views.facet, name="facet"),
    path("search/export/<slug:name>/", export_views.export, name="export"),
    path("search/help/", views.syntax, name="syntax"),
]

"""All that a search of the site finds, handed to the desk of editors."""

from urllib.parse import unquote

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client

from archive.models import Article
from search.views.neighbors import list_found
from tests.pages.conftest import Archive
from tests.pages.reading import find

ADDRESS = "/ar/search/"


def find_link(client: Client, query: str) -> str:
    page = client.get(ADDRESS, {"q": query})
    addresses = [link["href"] for link in find(page, "a")]
    return next((address for address in addresses if "found=" in address), "")


def test_the_desk_lists_what_the_search_finds(archive: Archive) -> None:
    editor = Client()
    editor.force_login(User.objects.create_superuser("editor"))
    link = find_link(editor, "دجلة")
    assert "q=" in unquote(link)
    listed = editor.get(link).context["cl"].result_list
    found = list_found(QueryDict("q=دجلة"))
    assert found
    assert {article.pk for article in listed} == set(found)
    assert Article.objects.count() > len(found)


def test_visitors_are_not_led_there(client: Client, archive: Archive) -> None:
    assert find_link(client, "دجلة") == ""


@pytest.mark.parametrize("query", ["q=«دجلة", "q=)("])
def test_a_search_that_cannot_be_read_says_why(archive: Archive, query: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        list_found(QueryDict(query))

"""The style guide: for staff alone, with every building block."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.views.staff.styleguide import COLORS
from tests.archive.browsing.reading import open_page
from tests.sources import BASE_DIR

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_staff", [None, False])
def test_readers_are_led_to_sign_in(client: Client, is_staff: bool | None) -> None:
    if is_staff is not None:
        client.force_login(User.objects.create(username="reader"))
    answer = client.get("/ar/styleguide/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/ar/login/")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_staff_sees_the_building_blocks(client: Client, language: str) -> None:
    client.force_login(User.objects.create(username="editor", is_staff=True))
    page = open_page(client, f"/{language}/styleguide/")
    shown = {
        name
        for element in page.elements
        for name in element.attributes.get("class", "").split()
    }
    blocks = {"button", "notice", "names", "tree", "bars", "tile", "numbers", "glance"}
    assert blocks | {f"swatch-{color}" for color in COLORS} <= shown


def test_colors_are_those_of_the_tokens() -> None:
    tokens = (BASE_DIR / "static/css/tokens.css").read_text("utf-8")
    colors = re.findall(r"--([\w-]+): (?:light-dark\(|#)", tokens)
    assert set(colors) == set(COLORS)

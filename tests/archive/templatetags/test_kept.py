"""``{% keep %}``: the HTML of a part belongs to its values and to nothing else."""

from typing import Any

from django.template import Context, Template
from django.utils.translation import override

from archive.templatetags import kept

_KEEP = "{% load kept %}{% keep 'archive/_article_count.html' total=total %}"


def _write(language: str, total: int) -> str:
    with override(language):
        return Template(_KEEP).render(Context({"total": total}))


def test_other_values_and_other_languages_have_html_of_their_own() -> None:
    assert "3 articles" in _write("en", 3)
    assert "3 مقالات" in _write("ar", 3)
    assert "4 articles" in _write("en", 4)
    assert "3 articles" in _write("en", 3)


def test_a_part_is_written_once_for_its_values() -> None:
    _write("en", 7_919)
    before = kept._render.cache_info()
    _write("en", 7_919)
    after = kept._render.cache_info()
    assert after.misses == before.misses
    assert after.hits > before.hits


def test_a_part_knows_nothing_of_the_page_around_it() -> None:
    page = "{% load kept %}{% keep 'archive/_feed.html' feed_address=address %}"
    with override("en"):
        html = Template(page).render(
            Context({"address": "/feed/?q=<b>", "feed_address": "/other/"})
        )
    assert 'href="/feed/?q=&lt;b&gt;"' in html


def test_the_digits_of_the_site_are_part_of_the_key(settings: Any) -> None:
    settings.DIGITS = "latin"
    latin = _write("ar", 1_905)
    settings.DIGITS = "arabic"
    assert _write("ar", 1_905) != latin

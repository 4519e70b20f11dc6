"""Pages in a ZIP, which lead to one another and nowhere else without being asked."""

import io
import re
import zipfile
from dataclasses import replace

import pytest

from search.export.entries import iter_entries
from search.export.offline import pages as offline
from search.export.offline import write_pages
from search.export.reading_list import write_reading_list
from tests.search.export.circumstances import ABOUT
from tests.search.library import Library

NAMES = ("vocalised", "tatweel", "formula", "paragraphs")


def _open(library: Library, *names: str, total: int = 3) -> zipfile.ZipFile:
    entries = iter_entries(library[name] for name in names)
    pieces = write_pages(entries, replace(ABOUT, total=total))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert archive.testzip() is None
    return archive


class TestPages:
    def test_each_link_leads_to_a_page_of_the_file(self, library: Library) -> None:
        archive = _open(library, *NAMES)
        index = archive.read("index.html").decode()
        articles = re.findall(r'href="(articles/[0-9]+\.html)"', index)
        assert articles == [f"articles/{library[name].pk}.html" for name in NAMES]
        assert set(archive.namelist()) == {"index.html", "style.css", *articles}

    def test_page_has_the_text_and_its_source(self, library: Library) -> None:
        article = library["paragraphs"]
        archive = _open(library, "paragraphs")
        page = archive.read(f"articles/{article.pk}.html").decode()
        assert all(f"<p>{text}</p>" in page for text in article.paragraphs())
        assert f"https://archive.example/ar/articles/{article.pk}/" in page
        assert 'href="../style.css"' in page

    def test_nothing_is_loaded_from_elsewhere(self, library: Library) -> None:
        archive = _open(library, *NAMES)
        for name in archive.namelist():
            text = archive.read(name).decode()
            assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', text)
            assert "<script" not in text

    def test_texts_are_escaped(self, library: Library) -> None:
        article = library["tatweel"]
        article.title = article.body = "<b>&</b>"
        archive = zipfile.ZipFile(
            io.BytesIO(b"".join(write_pages(iter_entries([article]), ABOUT)))
        )
        for name in ("index.html", f"articles/{article.pk}.html"):
            page = archive.read(name).decode()
            assert "&lt;b&gt;&amp;&lt;/b&gt;" in page
            assert "<b>" not in page

    def test_long_list_has_pages(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(offline, "PAGE", 3)
        archive = _open(library, *NAMES, total=4)
        assert '<ol start="4">' in archive.read("index-2.html").decode()
        assert 'href="index-2.html"' in archive.read("index.html").decode()

    def test_list_has_the_pages_that_it_names(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Also where fewer articles came than had been counted."""
        monkeypatch.setattr(offline, "PAGE", 3)
        archive = _open(library, "tatweel", "digits", total=7)
        named = re.findall(r'href="(index[^"]*)"', archive.read("index.html").decode())
        assert named == ["index.html", "index-2.html", "index-3.html"]
        assert set(named) < set(archive.namelist())

    def test_no_article_is_a_list_without_items(self, db: None) -> None:
        content = b"".join(write_pages(iter_entries([]), ABOUT))
        archive = zipfile.ZipFile(io.BytesIO(content))
        assert ABOUT.question in archive.read("index.html").decode()


class TestReadingList:
    def test_each_article_is_cited_in_its_order(self, library: Library) -> None:
        entries = iter_entries(library[name] for name in NAMES)
        page = "".join(write_reading_list(entries, replace(ABOUT, total=4)))
        cited = re.findall(r"https://archive\.example/ar/articles/(\d+)/</a>", page)
        assert cited == [str(library[name].pk) for name in NAMES]
        assert page.count("<li>") == 4
        assert page.rstrip().endswith("</html>")
        assert ABOUT.question in page

"""The pages of a long text: its parts, and the way of a search through them."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db.models.functions import Length
from django.test import Client

from archive.browsing.text_parts import PART_LENGTH, TextPart
from archive.models import Article
from search.indexing.rebuild import rebuild
from tests.pages.conftest import ArticleMaker
from tests.pages.reading import find, texts

# Three parts: two words in the first, none in the second, three in the third.
FILLER = "نزل المطر على الجبال.\n\n" * (PART_LENGTH // 23)
BODY = f"سالت دجلة ودجلة.\n\n{FILLER}{FILLER}{FILLER}دجلة ثم دجلة ثم دجلة."


@pytest.fixture
def long(make_article: ArticleMaker) -> Article:
    return make_article("كتاب دجلة", "1923", subtitle="فصول", body=BODY)


def _place(address: str) -> tuple[str, str, str]:
    """Part, hit and anchor of an address; the part is empty for the first."""
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    return (
        query.get("part", [""])[0],
        query.get("hit", [""])[0],
        parts.fragment,
    )


class TestParts:
    def test_parts_make_up_the_text(self, client: Client, long: Article) -> None:
        shown: list[str] = []
        for part in (1, 2, 3):
            page = client.get(long.get_absolute_url(), {"part": part})
            (body,) = find(page, "div", class_="article-body")
            shown += body.text.split()
        assert shown == long.body.split()

    def test_page_says_which_part_it_is(self, client: Client, long: Article) -> None:
        page = client.get(long.get_absolute_url(), {"part": 2})
        assert "الجزء 2 من 3" in texts(page, "h2")
        assert "الجزء 2 من 3" in texts(page, "title")[0]
        assert texts(page, "h1") == [long.title]

    def test_neighbors_are_linked(self, client: Client, long: Article) -> None:
        address = long.get_absolute_url()
        for part, before, after in [(1, None, "2"), (2, "", "3"), (3, "2", None)]:
            page = client.get(address, {"part": part})
            for tag in ("a", "link"):
                previous = {_place(a["href"])[0] for a in find(page, tag, rel="prev")}
                following = {_place(a["href"])[0] for a in find(page, tag, rel="next")}
                assert previous == (set() if before is None else {before})
                assert following == (set() if after is None else {after})

    def test_links_of_parts_keep_the_search(
        self, client: Client, long: Article
    ) -> None:
        page = client.get(long.get_absolute_url(), {"q": "دجلة", "hit": 2})
        (link, *_) = find(page, "a", rel="next")
        assert parse_qs(urlsplit(link["href"]).query) == {"q": ["دجلة"], "part": ["2"]}
        assert urlsplit(link["href"]).fragment == "text"

    def test_canonical_address_has_no_part(self, client: Client, long: Article) -> None:
        page = client.get(long.get_absolute_url(), {"part": 3})
        (link,) = find(page, "link", rel="canonical")
        assert link["href"] == f"http://testserver{long.get_absolute_url()}"
        assert find(page, "meta", name="robots") == []

    @pytest.mark.parametrize(("asked", "shown"), [("9", 3), ("0", 1), ("x", 1)])
    def test_unknown_part_is_the_nearest(
        self, client: Client, long: Article, asked: str, shown: int
    ) -> None:
        page = client.get(long.get_absolute_url(), {"part": asked})
        assert page.context["part"].number == shown

    def test_ordinary_article_has_no_parts(
        self, client: Client, make_article: ArticleMaker
    ) -> None:
        article = make_article("قصير", body="سطر.\n\nسطر.")
        page = client.get(article.get_absolute_url(), {"part": 2})
        assert find(page, "nav", class_="parts") == []
        assert find(page, "h2", id="text") == []
        assert find(page, "div", class_="article-body")[0].text == "سطر. سطر."

    def test_text_is_not_read_whole(self, client: Client, long: Article) -> None:
        page = client.get(long.get_absolute_url(), {"part": 2})
        assert "body" in page.context["article"].get_deferred_fields()
        assert len(page.content) < 4 * PART_LENGTH


class TestHits:
    @pytest.mark.parametrize(
        ("part", "hit", "following", "preceding"),
        [
            # The title has the first hit of the first part.
            (1, 0, ("", "1", "hit-1"), ("3", "3", "hit-3")),
            (1, 2, ("", "3", "hit-3"), ("", "1", "hit-1")),
            (1, 3, ("3", "1", "hit-1"), ("", "2", "hit-2")),
            (2, 0, ("3", "1", "hit-1"), ("", "3", "hit-3")),
            (3, 1, ("3", "2", "hit-2"), ("", "3", "hit-3")),
            (3, 3, ("", "1", "hit-1"), ("3", "2", "hit-2")),
        ],
    )
    def test_steps_go_on_in_other_parts(
        self,
        client: Client,
        long: Article,
        part: int,
        hit: int,
        following: tuple[str, str, str],
        preceding: tuple[str, str, str],
    ) -> None:
        query = {"q": "دجلة", "part": part, "hit": hit}
        page = client.get(long.get_absolute_url(), query)
        steps = [_place(a["href"]) for a in find(page, "a", class_="hit-step")]
        assert steps == [following, preceding]

    def test_hits_are_counted_in_the_part(self, client: Client, long: Article) -> None:
        address, search = long.get_absolute_url(), {"q": "دجلة"}
        first, second, third = (
            find(client.get(address, {**search, "part": part}), "div", class_="hits")
            for part in (1, 2, 3)
        )
        assert "في 3 مواضع من هذا الجزء من النص." in first[0].text
        assert "لم يرد شيء من كلمات بحثك في هذا الجزء" in second[0].text
        assert "في 3 مواضع من هذا الجزء" in third[0].text

    def test_title_is_marked_with_the_first_part_only(
        self, client: Client, long: Article
    ) -> None:
        for part, marked in ((1, True), (3, False)):
            page = client.get(long.get_absolute_url(), {"q": "دجلة", "part": part})
            (title,) = find(page, "h1")
            assert title.text == long.title
            ids = [mark["id"] for mark in find(page, "mark")]
            assert ids == ["hit-1", "hit-2", "hit-3"]
            assert (page.context["marked"].title != long.title) is marked

    def test_word_in_no_part_has_no_steps(self, client: Client, long: Article) -> None:
        page = client.get(long.get_absolute_url(), {"q": "فرات"})
        assert find(page, "nav", class_="hit-bar") == []
        assert "في النص" in find(page, "div", class_="hits")[0].text

    def test_phrase_across_the_end_of_a_part_is_marked_in_both(
        self, client: Client, make_article: ArticleMaker
    ) -> None:
        line = "مطر " * (PART_LENGTH // 4)
        article = make_article("سكك", body=f"{line}سكة\nحديد {line}")
        page = client.get(article.get_absolute_url(), {"q": '"سكة حديد"', "part": 1})
        assert texts(page, "mark") == ["سكة"]
        page = client.get(article.get_absolute_url(), {"q": '"سكة حديد"', "part": 2})
        assert texts(page, "mark") == ["حديد"]


class TestResults:
    def test_result_leads_to_the_part_of_its_passage(
        self, client: Client, make_article: ArticleMaker
    ) -> None:
        article = make_article("كتاب", body=f"{FILLER}{FILLER}\n\nزعفران أصفر.")
        make_article("خبر", body="زعفران.")
        rebuild()
        page = client.get("/ar/search/", {"q": "زعفران"})
        links = {
            a["href"].partition("?")[0]: _place(a["href"])[0]
            for heading in find(page, "h2", class_="entry-title")
            for a in find(page, "a")
            if a["href"].startswith("/ar/articles/")
        }
        assert links.pop(article.get_absolute_url()) == "2"
        assert list(links.values()) == [""]


class TestWhole:
    def test_export_has_the_whole_text(self, client: Client, long: Article) -> None:
        rebuild()
        file = client.get("/ar/search/export/jsonl/", {"q": "دجلة"})
        text = b"".join(file.streaming_content).decode()  # type: ignore[attr-defined]
        assert len(text) > len(long.body)
        assert text.count("دجلة") == BODY.count("دجلة") + 1
        lengths = Article.objects.values_list(Length("body"), flat=True)
        assert list(lengths) == [len(BODY)]
        assert TextPart(text=BODY).paragraphs() == long.paragraphs()

"""The page of an article."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Permission, User
from django.http import HttpResponse
from django.test import Client

from archive.models import Article
from tests.pages.conftest import Archive, ArticleMaker
from tests.pages.reading import Element, find, texts


def _steps(page: HttpResponse) -> list[Element]:
    return find(page, "a", class_="hit-step")


class TestText:
    def test_original_is_shown_by_paragraphs(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(archive.vocalised.get_absolute_url())
        assert texts(page, "h1") == [archive.vocalised.title]
        body = find(page, "div", class_="article-body")
        assert body[0].text == ("يَنْبُعُ نَهْرُ دِجْلَةَ في الجِبال. وتصب في دجلة روافد <كثيرة>.")

    def test_number_that_no_database_has_is_not_found(
        self, client: Client, archive: Archive
    ) -> None:
        for path in ("", "related/"):
            address = f"/ar/articles/{10**20}/{path}"
            assert client.get(address).status_code == 404

    def test_language_and_direction_are_those_of_the_article(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(archive.english.get_absolute_url())
        assert find(page, "html", lang="ar", dir="rtl")
        assert find(page, "div", class_="article-body", lang="en", dir="ltr")
        assert find(page, "h1", lang="en", dir="ltr")

    def test_date_as_printed_is_beside_the_date(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(archive.vocalised.get_absolute_url())
        (facts,) = [
            record
            for record in find(page, "dl", class_="facts")
            if "التاريخ كما طُبع" in record.text
        ]
        assert "٣ شباط ١٩٢٣" in facts.text
        assert "3 شباط/فبراير 1923" in facts.text
        assert "العربية" in texts(page, "dd")


class TestRecord:
    def test_citation_has_the_permanent_url(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(archive.vocalised.get_absolute_url())
        address = f"http://testserver{archive.vocalised.get_absolute_url()}"
        arabic, chicago, mla, apa = texts(page, "p", class_="citation")
        assert arabic.startswith(
            f"محمد كرد علي، «{archive.vocalised.title}»، المقتبس (دمشق)،"
            f" 3 شباط/فبراير 1923، سجلّ، {address}، تاريخ الاطلاع: "
        )
        assert chicago.startswith("محمد كرد علي. “")
        assert all(address in citation for citation in (chicago, mla, apa))

    def test_byline_is_cited_where_there_is_no_author(
        self, client: Client, make_article: ArticleMaker
    ) -> None:
        article = make_article("خبر", byline="بيروت ـ مراسلنا")
        page = client.get(article.get_absolute_url())
        assert all(
            "بيروت ـ مراسلنا" in text for text in texts(page, "p", class_="citation")
        )
        creators = find(page, "meta", name="dc.creator")
        assert [meta["content"] for meta in creators] == ["بيروت ـ مراسلنا"]

    def test_provenance_is_shown(self, client: Client, archive: Archive) -> None:
        page = client.get(archive.vocalised.get_absolute_url())
        (provenance,) = texts(page, "details", class_="provenance")
        assert "مكتبة المدينة" in provenance
        assert archive.vocalised.content_hash in provenance
        assert find(page, "a", href="https://example.org/tigris")

    def test_external_link_has_noopener_and_nofollow(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(archive.vocalised.get_absolute_url())
        (link,) = find(page, "a", href="https://example.org/tigris")
        assert link["rel"] == "external noopener nofollow"

    def test_javascript_url_is_not_linked(
        self, client: Client, make_article: ArticleMaker
    ) -> None:
        article = make_article("خبر", url="javascript:alert(1)")
        page = client.get(article.get_absolute_url())
        assert not [a for a in find(page, "a") if a["href"].startswith("javascript")]

    def test_reference_managers_find_the_metadata(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(archive.vocalised.get_absolute_url())
        metas = {
            meta["name"]: meta["content"]
            for meta in find(page, "meta")
            if meta.attributes.get("name", "").startswith("dc.")
        }
        assert metas == {
            "dc.type": "newspaperArticle",
            "dc.title": archive.vocalised.title,
            "dc.creator": "محمد كرد علي",
            "dc.date": "1923-02-03",
            "dc.language": "ar",
            "dc.publisher": "المقتبس",
            "dc.identifier": f"http://testserver{archive.vocalised.get_absolute_url()}",
            # The last of them: the actor.
            "dc.subject": "نهر دجلة",
        }

    def test_queries_do_not_grow_with_actors_and_authors(
        self,
        client: Client,
        archive: Archive,
        django_assert_max_num_queries: object,
    ) -> None:
        address = archive.vocalised.get_absolute_url()
        client.get(address)
        # Article and source, topics, authors, actors, their aliases, reprints, the
        # archive's description, holdings.
        with django_assert_max_num_queries(8):  # type: ignore[operator]
            client.get(address)


class TestFromSearch:
    def test_hits_are_highlighted_and_counted(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(archive.vocalised.get_absolute_url(), {"q": "دجلة"})
        marks = find(page, "mark")
        assert [mark["id"] for mark in marks] == ["hit-1", "hit-2", "hit-3"]
        assert marks[1].text == "دِجْلَةَ"
        (hits,) = find(page, "div", class_="hits")
        assert "عُلّمت كلمات بحثك في 3 مواضع من هذا المقال." in hits.text

    def test_marks_follow_the_text(self, client: Client, archive: Archive) -> None:
        address = archive.vocalised.get_absolute_url()
        assert len(find(client.get(address, {"q": "دجلة"}), "mark")) > 1
        archive.vocalised.body = "لا نهر هنا."
        archive.vocalised.save()
        page = client.get(address, {"q": "دجلة"})
        assert [mark.text for mark in find(page, "mark")] == ["دِجْلَةُ"]

    def test_hits_link_to_the_next_and_the_previous(
        self, client: Client, archive: Archive
    ) -> None:
        address = archive.vocalised.get_absolute_url()
        for current, following, preceding in (("", 1, 3), ("1", 2, 3), ("3", 1, 2)):
            page = client.get(address, {"q": "دجلة", "hit": current})
            steps = {a["data-step"]: a["href"] for a in _steps(page)}
            for step, place in (("1", following), ("-1", preceding)):
                parts = urlsplit(steps[step])
                assert parts.fragment == f"hit-{place}"
                assert parse_qs(parts.query) == {"q": ["دجلة"], "hit": [str(place)]}

    @pytest.mark.parametrize("hit", ["0", "4", "-1", "x", "٢"])
    def test_unknown_hit_number_starts_before_the_first(
        self, client: Client, archive: Archive, hit: str
    ) -> None:
        address = archive.vocalised.get_absolute_url()
        page = client.get(address, {"q": "دجلة", "hit": hit})
        assert [a["href"].partition("#")[2] for a in _steps(page)] == ["hit-1", "hit-3"]

    def test_single_hit_has_one_link(self, client: Client, archive: Archive) -> None:
        address = archive.vocalised.get_absolute_url()
        page = client.get(address, {"q": "روافد"})
        (link,) = find(page, "a", class_="hit-step")
        assert link["href"] == "#hit-1"

    def test_article_without_hits_has_no_bar(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(archive.vocalised.get_absolute_url(), {"q": "قطار"})
        assert find(page, "nav", class_="hit-bar") == []

    def test_highlighting_has_the_level_of_the_search(
        self, client: Client, archive: Archive
    ) -> None:
        address = archive.vocalised.get_absolute_url()
        marked = {
            level: len(find(client.get(address, {"q": "جبال", "level": level}), "mark"))
            for level in ("", "family", "exact", "root", "nonsense")
        }
        # «الجِبال» has an article before it.
        assert marked == {"": 1, "family": 1, "exact": 0, "root": 1, "nonsense": 1}

    def test_link_back_drops_the_hit_number(
        self, client: Client, archive: Archive
    ) -> None:
        query = {"q": "دجلة", "hit": "2"}
        page = client.get(archive.vocalised.get_absolute_url(), query)
        for a in find(page, "a"):
            if a["href"].startswith("/ar/search/?"):
                assert parse_qs(urlsplit(a["href"]).query) == {"q": ["دجلة"]}

    def test_link_back_keeps_the_search(self, client: Client, archive: Archive) -> None:
        query = {"q": "دجلة", "actor": ["tigris", "nile"], "page": "2"}
        page = client.get(archive.vocalised.get_absolute_url(), query)
        (back,) = [a for a in find(page, "a") if a.text == "العودة إلى النتائج"]
        address = urlsplit(back["href"])
        assert address.path == "/ar/search/"
        assert parse_qs(address.query) == {
            "q": ["دجلة"],
            "actor": ["tigris", "nile"],
            "page": ["2"],
        }

    @pytest.mark.parametrize("query", ['"دجلة', "لون:أحمر", "OR"])
    def test_syntax_error_still_shows_the_article(
        self, client: Client, archive: Archive, query: str
    ) -> None:
        page = client.get(archive.vocalised.get_absolute_url(), {"q": query})
        assert page.status_code == 200
        assert find(page, "mark") == []

    def test_only_the_plain_url_may_be_indexed(
        self, client: Client, archive: Archive
    ) -> None:
        address = archive.vocalised.get_absolute_url()
        marked, plain = client.get(address, {"q": "دجلة"}), client.get(address)
        assert find(marked, "meta", name="robots", content="noindex,follow")
        assert find(plain, "meta", name="robots") == []
        (canonical,) = find(marked, "link", rel="canonical")
        assert canonical["href"] == f"http://testserver{address}"


class TestHiddenArticles:
    @pytest.fixture
    def editor_client(self, db: None) -> Client:
        editor = User.objects.create_user("editor")
        editor.user_permissions.add(Permission.objects.get(codename="publish_article"))
        client = Client()
        client.force_login(editor)
        return client

    @pytest.fixture(params=["draft", "withdrawn"])
    def hidden(self, request: pytest.FixtureRequest, archive: Archive) -> Article:
        article: Article = getattr(archive, request.param)
        return article

    def test_visitor_sees_nothing_of_it(self, client: Client, hidden: Article) -> None:
        page = client.get(hidden.get_absolute_url())
        assert page.status_code == (410 if hidden.status == "withdrawn" else 404)
        assert hidden.title not in page.content.decode()

    def test_visitor_is_told_why_it_was_withdrawn(
        self, client: Client, archive: Archive
    ) -> None:
        address = archive.withdrawn.get_absolute_url()
        assert "بلا سبب معلن" in client.get(address).content.decode()
        reason = "نُسب إلى غير <كاتبه>"
        Article.objects.filter(pk=archive.withdrawn.pk).update(withdrawn_reason=reason)
        page = client.get(address).content.decode()
        assert "نُسب إلى غير &lt;كاتبه&gt;" in page

    def test_editor_sees_it_with_a_notice(
        self, editor_client: Client, hidden: Article
    ) -> None:
        page = editor_client.get(hidden.get_absolute_url())
        assert page.status_code == 200
        (notice,) = texts(page, "p", class_="notice")
        assert "غير منشور للعموم" in notice
        assert find(page, "meta", name="robots", content="noindex,follow")

    def test_account_without_permission_sees_nothing(
        self, db: None, hidden: Article
    ) -> None:
        client = Client()
        client.force_login(User.objects.create_user("reader"))
        page = client.get(hidden.get_absolute_url())
        assert page.status_code in (404, 410)
        assert hidden.title not in page.content.decode()


class TestSearchNeighbors:
    def test_results_before_and_after_are_linked_with_the_search(
        self, client: Client, archive: Archive
    ) -> None:
        results = client.get("/ar/search/", {"q": "دجلة", "sort": "oldest"})
        links = [
            urlsplit(a["href"])
            for a in find(results, "a")
            if "/articles/" in a["href"] and "hit" not in a["href"]
        ]
        addresses = list(dict.fromkeys(link.geturl() for link in links))
        assert len(addresses) == 3
        for at, address in enumerate(addresses):
            page = client.get(address)
            beside = {a.attributes.get("class"): a["href"] for a in find(page, "a")}
            assert beside.get("result-before") == (addresses[at - 1] if at else None)
            assert beside.get("result-after") == dict(enumerate(addresses)).get(at + 1)
            (nav,) = find(page, "nav", class_="search-neighbors")
            assert f"{at + 1} من 3" in nav.text
            assert find(page, "input", id="masthead-q", value="دجلة")

    @pytest.mark.parametrize(
        "query", [{"q": "(دجلة"}, {"q": "زخزخ"}, {"utm": "1"}, {"from": "x"}]
    )
    def test_article_is_shown_whatever_its_search_does(
        self, client: Client, archive: Archive, query: dict[str, str]
    ) -> None:
        page = client.get(archive.vocalised.get_absolute_url(), query)
        assert page.status_code == 200
        assert "من 3" not in page.content.decode()

    def test_article_without_a_search_has_no_neighbors(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(archive.vocalised.get_absolute_url())
        assert find(page, "nav", class_="search-neighbors") == []

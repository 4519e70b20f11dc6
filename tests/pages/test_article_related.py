"""From an article to others: of its issue, and related to it."""

from http import HTTPStatus

from django.test import Client

from archive.models import Article, Source, Status
from tests.pages.conftest import Archive, ArticleMaker
from tests.pages.reading import find, texts


def _beside(client: Client, article: Article) -> list[str]:
    page = client.get(f"{article.get_absolute_url()}related/")
    return [
        a["rel"] for a in find(page, "a") if a.attributes.get("rel") in ("prev", "next")
    ]


class TestIssue:
    def test_neighbors_are_of_the_same_issue_and_published(
        self, client: Client, make_article: ArticleMaker, newspaper: Source
    ) -> None:
        first, hidden, second, *_others = [
            make_article("الأول", "1911-05", volume="1", issue="5"),
            make_article(
                "مسودة", "1911-05", volume="1", issue="5", status=Status.DRAFT
            ),
            make_article("الثاني", "1911-05", volume="1", issue="5"),
            make_article("عدد آخر", "1911-05", volume="1", issue="6"),
            make_article("يوم آخر", "1911-05-01", volume="1", issue="5"),
        ]
        assert hidden.status == Status.DRAFT
        page = client.get(f"{first.get_absolute_url()}related/")
        assert [a["href"] for a in find(page, "a", rel="next")] == [
            second.get_absolute_url()
        ]
        assert _beside(client, first) == ["next"]
        assert _beside(client, second) == ["prev"]

    def test_undated_article_has_no_issue(
        self, client: Client, make_article: ArticleMaker
    ) -> None:
        undated = make_article("بلا تاريخ")
        make_article("وآخر")
        assert _beside(client, undated) == []


class TestRelated:
    def test_page_leads_to_what_is_related(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(archive.vocalised.get_absolute_url())
        address = f"{archive.vocalised.get_absolute_url()}related/"
        assert find(page, "a", href=address)
        page = client.get(address)
        assert texts(page, "h1") == ["مقالات ذات صلة"]
        assert "مسودة عن دجلة" not in page.content.decode()

    def test_draft_has_no_such_page(self, client: Client, archive: Archive) -> None:
        address = f"{archive.draft.get_absolute_url()}related/"
        assert client.get(address).status_code == HTTPStatus.NOT_FOUND

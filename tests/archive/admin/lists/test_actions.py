"""Actions of the list of articles that change the status."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db.models.signals import post_save
from django.test import Client

from archive.models import Article, Source, Status

LIST = "/en/admin/archive/article/"


@pytest.fixture
def drafts(db: None) -> list[Article]:
    source = Source.objects.create(name_ar="الأهرام")
    return [
        Article.objects.create(title=f"{n}", source=source, status=Status.DRAFT)
        for n in range(3)
    ]


def act(client: Client, action: str, articles: list[Article]) -> str:
    """The page after running *action* on *articles*."""
    chosen = [a.pk for a in articles]
    form = {"action": action, "_selected_action": chosen, "reason": "خطأ في النسبة"}
    return client.post(LIST, form, follow=True).content.decode()


class TestSettingTheStatus:
    @pytest.mark.parametrize(
        ("before", "action", "after", "sentence"),
        [
            ("draft", "publish", "published", "2 articles were published."),
            ("published", "withdraw", "withdrawn", "2 articles were withdrawn."),
            ("withdrawn", "make_draft", "draft", "2 articles are drafts now."),
        ],
    )
    def test_only_selected_articles_change(
        self,
        editor: Client,
        drafts: list[Article],
        before: str,
        action: str,
        after: str,
        sentence: str,
    ) -> None:
        Article.objects.update(status=before)
        assert sentence in act(editor, action, drafts[:2])
        statuses = Article.objects.order_by("pk").values_list("status", flat=True)
        assert list(statuses) == [after, after, before]

    def test_each_change_sends_a_signal_and_is_in_the_history(
        self, editor: Client, drafts: list[Article]
    ) -> None:
        heard: list[int] = []

        def listen(instance: Article, **kwargs: object) -> None:
            heard.append(instance.pk)

        post_save.connect(listen, sender=Article)
        try:
            act(editor, "publish", drafts[:2])
        finally:
            post_save.disconnect(listen, sender=Article)
        assert sorted(heard) == [article.pk for article in drafts[:2]]
        logged = LogEntry.objects.values_list("object_id", flat=True)
        assert sorted(logged) == sorted(str(article.pk) for article in drafts[:2])

    def test_articles_with_the_status_are_not_saved(
        self, editor: Client, drafts: list[Article]
    ) -> None:
        page = act(editor, "make_draft", drafts)
        assert "The selected articles have this status already." in page
        assert not LogEntry.objects.exists()

    def test_other_fields_are_unchanged(
        self, editor: Client, drafts: list[Article]
    ) -> None:
        Article.objects.update(body="متن طويل")
        act(editor, "publish", drafts)
        assert set(Article.objects.values_list("body", flat=True)) == {"متن طويل"}

    def test_view_permission_does_not_allow_publishing(
        self, reader_staff: Client, drafts: list[Article]
    ) -> None:
        act(reader_staff, "publish", drafts)
        assert not Article.objects.filter(status=Status.PUBLISHED).exists()

    def test_view_permission_does_not_offer_the_actions(
        self, reader_staff: Client, article: Article
    ) -> None:
        page = reader_staff.get(LIST).content.decode()
        assert article.title in page
        assert "Publish the selected articles" not in page

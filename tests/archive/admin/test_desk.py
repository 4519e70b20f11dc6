"""The first page of the admin."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.models import Article, Status
from tests.archive.admin.conftest import Catalogue

DESK = "/en/admin/"


def piles(client: Client) -> dict[str, tuple[int, str]]:
    desk = client.get(DESK).context["desk"]
    return {str(pile.label): (pile.count, pile.address) for pile in desk.piles}


class TestDesk:
    def test_piles_lead_to_lists_of_as_many(
        self, editor: Client, catalogue: Catalogue, article: Article
    ) -> None:
        for number, status in enumerate((*Status.values, Status.REVIEW)):
            Article.objects.create(
                title=f"{number}", source=catalogue.ahram, status=status
            )
        found = piles(editor)
        assert found["for review"][0] == 2
        assert found["published without a date"][0] == 1
        assert found["published without actors"][0] == 2
        for count, address in found.values():
            assert len(editor.get(address).context["cl"].result_list) == count

    def test_trash_is_in_the_list_where_it_is_asked_for(
        self, editor: Client, article: Article
    ) -> None:
        Article.objects.update(status=Status.TRASH)
        address = "/en/admin/archive/article/"
        assert not editor.get(address).context["cl"].result_list
        found = editor.get(f"{address}?status__exact=trash").context["cl"].result_list
        assert list(found) == [article]

    def test_what_an_account_has_begun_is_its_own(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        owner = User.objects.get(username="editor")
        for title, creator in (("مسودتي", owner), ("غيرها", None)):
            Article.objects.create(
                title=title, source=catalogue.ahram, status="draft", created_by=creator
            )
        begun = editor.get(DESK).context["desk"].begun
        assert [article.title for article in begun] == ["مسودتي"]

    def test_lockout_stands_with_the_accounts(self, admin_client: Client) -> None:
        labels = [
            app["app_label"] for app in admin_client.get(DESK).context["app_list"]
        ]
        assert "axes" not in labels


class TestStatuses:
    @pytest.mark.parametrize(
        ("action", "status"),
        [("send_for_review", "review"), ("move_to_trash", "trash")],
    )
    def test_action_sets_the_status(
        self, editor: Client, article: Article, action: str, status: str
    ) -> None:
        form = {"action": action, "_selected_action": [article.pk]}
        editor.post("/en/admin/archive/article/", form)
        article.refresh_from_db()
        assert article.status == status

    def test_withdrawal_has_a_reason_which_goes_with_it(
        self, editor: Client, article: Article
    ) -> None:
        chosen = {"_selected_action": [article.pk], "reason": " خطأ في النسبة "}
        editor.post("/en/admin/archive/article/", {"action": "withdraw", **chosen})
        article.refresh_from_db()
        assert (article.status, article.withdrawn_reason) == (
            "withdrawn",
            "خطأ في النسبة",
        )
        editor.post("/en/admin/archive/article/", {"action": "publish", **chosen})
        article.refresh_from_db()
        assert article.withdrawn_reason == ""

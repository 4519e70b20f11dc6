"""Readings for names in the admin."""

from django.test import Client

from archive.models import Article, NameReading
from tests.archive.admin.conftest import Catalogue

BEGIN = "/en/admin/archive/actor/readings/begin/"


class TestReadings:
    def test_reading_is_begun_answered_and_undone(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        texts = ("رثاء حافظ إبراهيم", "ابن حافظ إبراهيم", "شعر")
        stored = [
            Article.objects.create(title=text, source=catalogue.ahram) for text in texts
        ]
        begun = editor.post(BEGIN, {"actor": catalogue.hafiz.pk})
        page = begun.headers["Location"]
        assert "Read on" in editor.get(page).content.decode()
        editor.post(page)
        shown = editor.get(page).context["page"].object_list
        assert [(link.article, link.ticked) for link in shown] == [
            (stored[0], True),
            (stored[1], False),
        ]
        answers = {
            "answer": "accept",
            "link": [shown[0].pk, 999999, "x"],
            "shown": [link.pk for link in shown],
        }
        editor.post(page, answers)
        assert list(catalogue.hafiz.articles.all()) == [stored[0]]
        assert not editor.get(page).context["page"].object_list
        editor.post(page, {"answer": "undo"})
        assert not catalogue.hafiz.articles.exists()

    def test_all_that_is_sure_is_linked_at_once(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        Article.objects.create(title="رثاء حافظ إبراهيم", source=catalogue.ahram)
        page = editor.post(BEGIN, {"actor": catalogue.hafiz.pk}).headers["Location"]
        editor.post(page)
        editor.post(page, {"answer": "accept-sure"})
        assert catalogue.hafiz.articles.count() == 1

    def test_others_may_not_read(
        self, visitor_staff: Client, catalogue: Catalogue
    ) -> None:
        form = {"actor": catalogue.hafiz.pk}
        assert visitor_staff.post(BEGIN, form).status_code == 403
        assert not NameReading.objects.exists()

    def test_unknown_actor_is_not_found(self, editor: Client) -> None:
        assert editor.post(BEGIN, {"actor": "999999"}).status_code == 404

"""The admin of sources."""

from django.test import Client

from archive.models import Article, Source
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.posted_forms import make_source_form

LIST = "/en/admin/archive/source/"


class TestAdding:
    def test_every_field_is_saved(self, editor: Client) -> None:
        form = make_source_form(
            name_ar="المقتطف\u200f",
            name_latin="al-Muqtaṭaf",
            place="\u200fالقاهرة",
            home_page="example.org",
            slug="",
        )
        editor.post(f"{LIST}add/", form)
        source = Source.objects.get()
        assert (source.name_ar, source.place) == ("المقتطف", "القاهرة")
        assert source.home_page == "https://example.org"
        assert source.slug == "al-muqtataf"

    def test_chosen_slug_is_saved(self, editor: Client) -> None:
        editor.post(f"{LIST}add/", make_source_form(slug="muqtataf"))
        assert Source.objects.get().slug == "muqtataf"

    def test_name_of_controls_only_is_refused(self, editor: Client) -> None:
        response = editor.post(f"{LIST}add/", make_source_form(name_ar="\u200f"))
        assert "name_ar" in response.context["adminform"].form.errors


class TestDeleting:
    def test_source_with_articles_is_not_deleted(
        self, editor: Client, article: Article
    ) -> None:
        address = f"{LIST}{article.source.pk}/delete/"
        editor.post(address, {"post": "yes"})
        assert Source.objects.filter(pk=article.source.pk).exists()


class TestList:
    def test_other_spellings_are_found(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        Source.objects.create(name_ar="الهلال")
        listed = editor.get(LIST, {"q": "الاهرام"}).context["cl"].result_list
        assert list(listed) == [catalogue.ahram]

    def test_articles_are_counted(self, editor: Client, article: Article) -> None:
        page = editor.get(LIST).content.decode()
        address = "/en/admin/archive/article/?source__id__exact="
        assert f'<a href="{address}{article.source.pk}">1</a>' in page

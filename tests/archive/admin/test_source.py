"""The pages of sources in the admin."""

from django.test import Client

from archive.models import Article, Source
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.posted_forms import make_source_form

LIST = "/en/admin/archive/source/"


class TestAdding:
    def test_it_keeps_every_field(self, editor: Client) -> None:
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

    def test_a_chosen_slug_is_kept(self, editor: Client) -> None:
        editor.post(f"{LIST}add/", make_source_form(slug="muqtataf"))
        assert Source.objects.get().slug == "muqtataf"

    def test_a_name_of_controls_alone_is_no_name(self, editor: Client) -> None:
        response = editor.post(f"{LIST}add/", make_source_form(name_ar="\u200f"))
        assert "name_ar" in response.context["adminform"].form.errors


class TestDeleting:
    def test_a_source_with_articles_is_not_deleted(
        self, editor: Client, article: Article
    ) -> None:
        address = f"{LIST}{article.source.pk}/delete/"
        editor.post(address, {"post": "yes"})
        assert Source.objects.filter(pk=article.source.pk).exists()


class TestList:
    def test_it_finds_whatever_the_spelling(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        Source.objects.create(name_ar="الهلال")
        listed = editor.get(LIST, {"q": "الاهرام"}).context["cl"].result_list
        assert list(listed) == [catalogue.ahram]

    def test_it_counts_articles(self, editor: Client, article: Article) -> None:
        page = editor.get(LIST).content.decode()
        address = "/en/admin/archive/article/?source__id__exact="
        assert f'<a href="{address}{article.source.pk}">1</a>' in page

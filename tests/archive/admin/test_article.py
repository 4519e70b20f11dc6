"""The admin of articles."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.db.models.signals import m2m_changed
from django.test import Client

from archive.dates import PartialDate
from archive.models import MAX_BODY_LENGTH, Article, ArticleAuthor, Status
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.posted_forms import make_article_form, make_form_of

LIST = "/ar/admin/archive/article/"
ADD = f"{LIST}add/"


def errors_of(response: object) -> dict[str, list[str]]:
    """The errors of each field of the posted form."""
    form = response.context["adminform"].form  # type: ignore[attr-defined]
    return {name: list(found) for name, found in form.errors.items()}


class TestAdding:
    def test_every_field_is_saved(self, editor: Client, catalogue: Catalogue) -> None:
        form = make_article_form(
            catalogue.ahram,
            title="\u200fوفاة أمير  الشعراء\u200e",
            subtitle="القاهرة في حداد",
            byline="بقلم مراسلنا",
            language="ar",
            published="١٤ تشرين الأول ١٩٣٢",
            published_as_printed="الجمعة ١٤ أكتوبر سنة ١٩٣٢",
            url="example.org/articles/9",
            external_id="ahram-9",
            body="الفقرة الأولى.\r\n\r\nالفقرة الثانية" + "َ" * 500,
            mentioned=[catalogue.shawqi.pk],
            issuers=[catalogue.hafiz.pk],
            topics=[catalogue.poetry.pk],
            status="draft",
            kind="obituary",
            volume="٣",
            issue="١٢",
            pages="ص 4–5",
            place="القاهرة",
            rights="ملك عام",
            acquired_from="دار الكتب",
            **{
                "authors-TOTAL_FORMS": "2",
                "authors-0-name": "خليل مطران",
                "authors-0-actor": "",
                "authors-0-position": "1",
                "authors-1-name": "\u200fحافظ بك\u200f",
                "authors-1-actor": str(catalogue.hafiz.pk),
                "authors-1-position": "0",
            },
        )
        response = editor.post(ADD, form)
        article = Article.objects.get()
        assert response.headers["Location"] == LIST
        assert article.title == "وفاة أمير الشعراء"
        assert article.subtitle == "القاهرة في حداد"
        assert article.byline == "بقلم مراسلنا"
        assert article.published == PartialDate(1932, 10, 14)
        assert article.published_as_printed == "الجمعة ١٤ أكتوبر سنة ١٩٣٢"
        assert article.url == "https://example.org/articles/9"
        assert article.external_id == "ahram-9"
        # Combining marks are limited, so that indexing takes bounded time.
        assert article.body == "الفقرة الأولى.\n\nالفقرة الثانية" + "َ" * 100
        roles = dict(article.actor_links.values_list("actor", "role"))
        assert roles == {catalogue.shawqi.pk: "mentioned", catalogue.hafiz.pk: "issuer"}
        assert (article.kind, article.volume, article.issue) == ("obituary", "٣", "١٢")
        assert (article.pages, article.place) == ("ص 4–5", "القاهرة")
        assert article.rights == "ملك عام"
        assert list(article.topics.all()) == [catalogue.poetry]
        assert article.status == Status.DRAFT
        assert article.acquired_from == "دار الكتب"
        assert article.acquired_at.date() == dt.date(2024, 5, 1)
        assert article.content_hash == article.build_content_hash()
        assert [(a.name, a.actor) for a in article.authors.all()] == [
            ("حافظ بك", catalogue.hafiz),
            ("خليل مطران", None),
        ]

    @pytest.mark.parametrize(
        ("typed", "published"),
        [("شباط 1923", PartialDate(1923, 2)), ("1923", PartialDate(1923)), ("", None)],
    )
    def test_precision_of_the_date_is_saved(
        self,
        editor: Client,
        catalogue: Catalogue,
        typed: str,
        published: PartialDate | None,
    ) -> None:
        editor.post(ADD, make_article_form(catalogue.ahram, published=typed))
        assert Article.objects.get().published == published

    def test_understood_date_is_shown_when_other_fields_are_invalid(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_article_form(catalogue.ahram, published="2/1923", title="")
        response = editor.post("/en/admin/archive/article/add/", form)
        assert "February 1923" in response.content.decode()
        assert not Article.objects.exists()

    def test_invalid_date_is_refused_with_the_remedy(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_article_form(catalogue.ahram, published="في الربيع")
        response = editor.post("/en/admin/archive/article/add/", form)
        (sentence,) = errors_of(response)["published"]
        assert "Write for example 3 February 2018" in sentence
        assert 'value="في الربيع"' in response.content.decode()
        assert not Article.objects.exists()

    def test_ambiguous_day_and_month_are_reported(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_article_form(catalogue.ahram, published="3/2/1923")
        response = editor.post("/en/admin/archive/article/add/", form, follow=True)
        assert "was read as 3 February 1923" in response.content.decode()

    def test_computed_hijri_date_is_reported(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_article_form(catalogue.ahram, published="14 رمضان 1341 هـ")
        response = editor.post("/en/admin/archive/article/add/", form, follow=True)
        assert "was computed as 30 April 1923" in response.content.decode()

    def test_second_article_with_the_identifier_is_refused(
        self, editor: Client, article: Article
    ) -> None:
        form = make_article_form(article.source, external_id=article.external_id)
        response = editor.post("/en/admin/archive/article/add/", form)
        (sentence,) = errors_of(response)["__all__"]
        assert sentence == "The source has an article with this identifier already."
        assert Article.objects.count() == 1

    def test_too_long_text_is_refused_with_a_way_to_split_it(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_article_form(catalogue.ahram, body="ن" * (MAX_BODY_LENGTH + 1))
        response = editor.post("/en/admin/archive/article/add/", form)
        (sentence,) = errors_of(response)["body"]
        assert "1,000,001 characters" in sentence
        assert "Split it into articles of their own" in sentence
        assert not Article.objects.exists()

    def test_line_ends_of_browsers_do_not_count(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        body = "ن\r\n" * (MAX_BODY_LENGTH // 2)
        editor.post(ADD, make_article_form(catalogue.ahram, body=body))
        assert len(Article.objects.get().body) == MAX_BODY_LENGTH - 1

    def test_longest_text_of_any_script_is_saved_as_browsers_send_it(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        page = editor.get(ADD).content.decode()
        # Browsers write a letter of Arabic as six bytes in a form of one part.
        assert '<form enctype="multipart/form-data"' in page
        body = "\N{ARABIC MATHEMATICAL ALEF}" * MAX_BODY_LENGTH
        editor.post(ADD, make_article_form(catalogue.ahram, body=body))
        assert len(Article.objects.get().body) == MAX_BODY_LENGTH

    def test_articles_without_identifiers_are_accepted(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        for _ in range(2):
            editor.post(ADD, make_article_form(catalogue.ahram))
        assert Article.objects.count() == 2

    def test_invalid_author_saves_nothing(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_article_form(
            catalogue.ahram,
            **{
                "authors-TOTAL_FORMS": "1",
                "authors-0-name": "",
                "authors-0-actor": str(catalogue.hafiz.pk),
                "authors-0-position": "0",
            },
        )
        response = editor.post(ADD, form)
        assert response.status_code == 200
        assert not Article.objects.exists()
        assert not ArticleAuthor.objects.exists()

    def test_failure_after_the_article_rolls_it_back(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        def fail(**kwargs: object) -> None:
            raise OSError("the disk is full")

        topics = Article.topics.through
        m2m_changed.connect(fail, sender=topics)
        try:
            form = make_article_form(catalogue.ahram, topics=[catalogue.poetry.pk])
            with pytest.raises(OSError, match="the disk is full"):
                editor.post(ADD, form)
        finally:
            m2m_changed.disconnect(fail, sender=topics)
        assert not Article.objects.exists()


class TestChanging:
    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_unchanged_form_changes_nothing(
        self, editor: Client, article: Article, language: str
    ) -> None:
        before = Article.objects.values().get()
        address = f"/{language}/admin/archive/article/{article.pk}/change/"
        editor.post(address, make_form_of(article))
        after = Article.objects.values().get()
        for moved in ("updated_at", "acquired_at"):
            before.pop(moved), after.pop(moved)
        assert after == before

    def test_date_is_shown_to_its_precision(
        self, editor: Client, article: Article
    ) -> None:
        page = editor.get(f"/en/admin/archive/article/{article.pk}/change/")
        assert 'value="1932-11"' in page.content.decode()
        assert "<bdi>November 1932</bdi>" in page.content.decode()

    def test_chosen_namesakes_are_distinguished(
        self, editor: Client, article: Article, catalogue: Catalogue
    ) -> None:
        article.actors.set([catalogue.shawqi, catalogue.shawqi_place])
        article.topics.set([catalogue.poetry, catalogue.press_poetry])
        page = editor.get(f"/en/admin/archive/article/{article.pk}/change/")
        text = page.content.decode().replace("\u2068", "").replace("\u2069", "")
        assert "Aḥmad Shawqī · person · 1868–1932" in text
        assert "أحمد شوقي · place" in text
        assert "Literature / الشعر" in text
        assert "The press / الشعر" in text

    def test_unknown_language_of_an_import_is_kept(
        self, editor: Client, article: Article
    ) -> None:
        Article.objects.update(language="ber")
        address = f"{LIST}{article.pk}/change/"
        editor.post(address, make_form_of(article, language="ber"))
        assert Article.objects.get().language == "ber"

    def test_history_names_the_changed_fields(
        self, editor: Client, article: Article
    ) -> None:
        form = make_form_of(article) | {"published": "1933"}
        editor.post(f"{LIST}{article.pk}/change/", form)
        assert "Date of publication" in LogEntry.objects.get().change_message

    def test_inputs_have_the_direction_of_their_content(
        self, editor: Client, article: Article
    ) -> None:
        form = editor.get(f"{LIST}{article.pk}/change/").context["adminform"].form
        directions = {
            name: form.fields[name].widget.attrs.get("dir")
            for name in ("title", "body", "published", "url", "external_id")
        }
        assert directions == {
            "title": "auto",
            "body": "auto",
            "published": "auto",
            "url": "ltr",
            "external_id": "ltr",
        }

    def test_only_published_article_links_to_its_page(
        self, editor: Client, article: Article
    ) -> None:
        link = f'href="{article.get_absolute_url()}"'
        assert link in editor.get(f"{LIST}{article.pk}/change/").content.decode()
        Article.objects.update(status=Status.WITHDRAWN)
        assert link not in editor.get(f"{LIST}{article.pk}/change/").content.decode()


class TestLongText:
    """An article that was stored before texts had a bound."""

    @pytest.fixture
    def long(self, article: Article) -> Article:
        article.body = "نهر " * (MAX_BODY_LENGTH // 2)
        article.save()
        return article

    def test_form_names_the_reason_and_not_the_text(
        self, editor: Client, long: Article
    ) -> None:
        page = editor.get(f"/en/admin/archive/article/{long.pk}/change/")
        shown = page.content.decode()
        assert "split it into articles of a chapter each" in shown
        assert 'name="body"' not in shown
        assert len(shown) < 200_000

    def test_other_fields_are_saved_and_the_text_stays(
        self, editor: Client, long: Article
    ) -> None:
        form = make_form_of(long)
        del form["body"]
        form["title"] = "عنوان آخر"
        editor.post(f"{LIST}{long.pk}/change/", form)
        saved = Article.objects.get(pk=long.pk)
        assert (saved.title, saved.body) == ("عنوان آخر", long.body)

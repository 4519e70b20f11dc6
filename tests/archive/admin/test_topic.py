"""The admin of topics."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.admin.topic import in_tree_order
from archive.models import Article, Topic, TopicTree
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.posted_forms import make_topic_form

LIST = "/en/admin/archive/topic/"


def listed(client: Client, query: str = "") -> list[Topic]:
    """The topics in the order of the list."""
    return list(client.get(f"{LIST}?{query}").context["cl"].result_list)


class TestAdding:
    def test_topic_is_saved_below_another(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        topic = Topic(name_ar="\u200fالمسرح", name_latin="Theater")
        topic.parent = catalogue.literature
        editor.post(f"{LIST}add/", make_topic_form(topic))
        added = Topic.objects.get(slug="theater")
        assert (added.name_ar, added.parent) == ("المسرح", catalogue.literature)


class TestChanging:
    def test_cycle_is_refused_with_the_remedy(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_topic_form(catalogue.literature, parent=catalogue.poetry.pk)
        response = editor.post(f"{LIST}{catalogue.literature.pk}/change/", form)
        (sentence,) = response.context["adminform"].form.errors["parent"]
        assert sentence == "A topic cannot stand below itself. Choose another one."
        catalogue.literature.refresh_from_db()
        assert catalogue.literature.parent is None

    def test_topic_below_itself_is_refused(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_topic_form(catalogue.poetry, parent=catalogue.poetry.pk)
        response = editor.post(f"{LIST}{catalogue.poetry.pk}/change/", form)
        assert "parent" in response.context["adminform"].form.errors

    def test_cycle_among_ancestors_does_not_hang_the_form(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        above = Topic.objects.filter(pk=catalogue.literature.pk)
        above.update(parent=catalogue.poetry)
        topic = catalogue.press_poetry
        form = make_topic_form(topic, parent=catalogue.poetry.pk)
        editor.post(f"{LIST}{topic.pk}/change/", form)
        topic.refresh_from_db()
        assert topic.parent == catalogue.poetry

    def test_topic_with_children_is_not_deleted(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        address = f"{LIST}{catalogue.literature.pk}/delete/"
        page = editor.post(address, {"post": "yes"})
        assert page.status_code == 200
        assert Topic.objects.filter(pk=catalogue.literature.pk).exists()


class TestList:
    def test_topics_are_in_tree_order(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        assert [(topic.name_ar, topic.parent_id) for topic in listed(editor)] == [
            ("الأدب", None),
            ("الشعر", catalogue.literature.pk),
            ("الصحافة", None),
            ("الشعر", catalogue.press_poetry.parent_id),
        ]
        page = editor.get(LIST).content.decode()
        assert '<span class="depth-0"><bdi>Literature</bdi></span>' in page
        assert '<span class="depth-1"><bdi>الشعر</bdi></span>' in page

    def test_pages_are_in_tree_order(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        for number in range(210):
            Topic.objects.create(name_ar=f"نوع {number}", parent=catalogue.poetry)
        pages = listed(editor) + listed(editor, "p=2")
        assert len(pages) == len(set(pages)) == 214
        assert [topic.pk for topic in pages] == in_tree_order(TopicTree.load())

    def test_sorting_by_a_column_flattens_the_tree(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        names = [topic.name_latin for topic in listed(editor, "o=-2")]
        assert names == ["The press", "Literature", "", ""]

    def test_articles_are_counted(
        self, editor: Client, article: Article, catalogue: Catalogue
    ) -> None:
        article.topics.set([catalogue.poetry])
        page = editor.get(LIST).content.decode()
        address = "/en/admin/archive/article/?topics__id__exact="
        assert f'<a href="{address}{catalogue.poetry.pk}">1</a>' in page

    def test_other_spellings_are_found(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        assert listed(editor, "q=الادب") == [catalogue.literature]

    def test_queries_do_not_grow_with_topics(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        listed(editor)
        with CaptureQueriesContext(connection) as for_few:
            listed(editor)
        for number in range(20):
            Topic.objects.create(name_ar=f"نوع {number}", parent=catalogue.poetry)
        with CaptureQueriesContext(connection) as for_many:
            listed(editor)
        assert len(for_many) == len(for_few), [q["sql"] for q in for_many]


class TestInTreeOrder:
    def test_topics_of_a_cycle_are_listed(self, catalogue: Catalogue) -> None:
        Topic.objects.filter(pk=catalogue.literature.pk).update(parent=catalogue.poetry)
        assert set(in_tree_order(TopicTree.load())) == set(
            Topic.objects.values_list("pk", flat=True)
        )

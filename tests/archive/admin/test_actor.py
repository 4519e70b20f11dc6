"""The admin of actors."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.models import Actor, Article, read_name_edits
from archive.names.phonetic import name_sounds
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.posted_forms import make_actor_form

LIST = "/en/admin/archive/actor/"
ADD = f"{LIST}add/"


def sentences(response: object) -> list[str]:
    """The errors of the posted form."""
    form = response.context["adminform"].form  # type: ignore[attr-defined]
    return [sentence for found in form.errors.values() for sentence in found]


@pytest.mark.django_db
class TestEditing:
    def test_what_a_person_has_edited_is_remembered(self, editor: Client) -> None:
        actor = Actor.objects.create(name_ar="طه حسين", description="كاتب")
        one, other = (actor.aliases.create(name=name) for name in ("الأول", "الثاني"))
        form = make_actor_form(
            description="كاتب مصري",
            **{"aliases-TOTAL_FORMS": "2", "aliases-INITIAL_FORMS": "2"},
            **{
                "aliases-0-id": one.pk,
                "aliases-0-name": "الأول",
                "aliases-0-DELETE": "on",
            },
            **{"aliases-0-actor": actor.pk, "aliases-1-actor": actor.pk},
            **{"aliases-1-id": other.pk, "aliases-1-name": "عميد الأدب"},
        )
        editor.post(f"{LIST}{actor.pk}/change/", form)
        assert read_name_edits(Actor).fields == {actor.pk: {"description"}}
        assert read_name_edits(Actor).removed == {actor.pk: {"الأول", "الثاني"}}
        again = {"aliases-TOTAL_FORMS": "2", "aliases-INITIAL_FORMS": "1"}
        again |= {"aliases-0-id": str(other.pk), "aliases-0-name": "عميد الأدب"}
        again |= {"aliases-1-name": "الأول", "aliases-1-actor": str(actor.pk)}
        editor.post(
            f"{LIST}{actor.pk}/change/", {**form, "aliases-0-DELETE": "", **again}
        )
        assert read_name_edits(Actor).removed == {actor.pk: {"الثاني"}}


@pytest.mark.django_db
class TestAdding:
    def test_every_field_is_saved(self, editor: Client) -> None:
        form = make_actor_form(
            name_ar="\u200fطه  حسين",
            name_latin="Ṭāhā Ḥusayn",
            description="كاتب مصري.",
            began="١٥ تشرين الثاني ١٨٨٩",
            ended="1973-10",
            wikidata_id="https://www.wikidata.org/wiki/Q211144",
            viaf_id="https://viaf.org/viaf/14771110/",
            authority_id="oape:pers:1",
            **{
                "aliases-TOTAL_FORMS": "1",
                "aliases-0-name": "عميد الأدب\u200f العربي",
            },
        )
        editor.post(ADD, form)
        actor = Actor.objects.get()
        assert (actor.name_ar, actor.slug) == ("طه حسين", "taha-husayn")
        assert (actor.began, actor.ended) == ("1889-11-15", "1973-10")
        assert (actor.wikidata_id, actor.viaf_id) == ("Q211144", "14771110")
        assert actor.authority_id == "oape:pers:1"
        assert [alias.name for alias in actor.aliases.all()] == ["عميد الأدب العربي"]

    def test_sounds_of_name_and_alias_are_stored(self, editor: Client) -> None:
        alias = "عميد الأدب العربي"
        fields = {"aliases-TOTAL_FORMS": "1", "aliases-0-name": alias}
        editor.post(ADD, make_actor_form(**fields))
        actor = Actor.objects.get()
        names = (actor.name_ar, actor.name_latin, alias)
        sounds = set(actor.name_keys.values_list("sound", flat=True))
        assert sounds == {sound for name in names for sound in name_sounds(name)}

    @pytest.mark.parametrize(
        ("field", "typed", "remedy"),
        [
            ("began", "قديمًا", "Write for example"),
            ("wikidata_id", "طه", "write for example Q34660"),
            ("viaf_id", "Q1", "write for example 44300643"),
        ],
    )
    def test_invalid_value_is_refused_with_the_remedy(
        self, editor: Client, field: str, typed: str, remedy: str
    ) -> None:
        response = editor.post(ADD, make_actor_form(**{field: typed}))
        (sentence,) = sentences(response)
        assert remedy in sentence
        assert not Actor.objects.exists()

    def test_end_before_the_beginning_is_refused(self, editor: Client) -> None:
        response = editor.post(ADD, make_actor_form(began="1930", ended="1929-12"))
        assert sentences(response) == [
            "The end lies before the beginning. Correct one of the two."
        ]

    def test_life_within_one_year_is_accepted(self, editor: Client) -> None:
        editor.post(ADD, make_actor_form(began="1930-05", ended="1930"))
        assert Actor.objects.count() == 1

    def test_identifier_of_another_actor_is_refused(self, editor: Client) -> None:
        Actor.objects.create(name_ar="طه حسين", wikidata_id="Q211144")
        response = editor.post(ADD, make_actor_form(wikidata_id="q211144"))
        (sentence,) = sentences(response)
        assert "طه حسين" in sentence
        assert "add the name there as an alias" in sentence

    @pytest.mark.parametrize("name", ["عبدالكريم الناصري", "عبد الكريم الناصري"])
    def test_namesake_is_saved_with_a_warning(self, editor: Client, name: str) -> None:
        Actor.objects.create(name_ar="عبد الكريم الناصري", slug="first")
        page = editor.post(ADD, make_actor_form(name_ar=name), follow=True)
        assert Actor.objects.count() == 2
        assert "is in the archive already" in page.content.decode()

    def test_other_name_or_kind_is_saved_without_a_warning(
        self, editor: Client
    ) -> None:
        Actor.objects.create(name_ar="الناصرية", slug="first", kind="place")
        for name in ("الناصرية", "عبد الكريم الناصري"):
            page = editor.post(ADD, make_actor_form(name_ar=name), follow=True)
            assert "is in the archive already" not in page.content.decode()


class TestChanging:
    def test_slug_is_shown_and_not_changed(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        address = f"{LIST}{catalogue.shawqi.pk}/change/"
        page = editor.get(address).content.decode()
        assert 'name="slug"' not in page
        assert "ahmad-shawqi" in page
        form = make_actor_form(name_ar="أمير الشعراء", slug="other")
        editor.post(address, form)
        catalogue.shawqi.refresh_from_db()
        assert catalogue.shawqi.name_ar == "أمير الشعراء"
        assert catalogue.shawqi.slug == "ahmad-shawqi"

    def test_own_identifier_is_accepted(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        Actor.objects.filter(pk=catalogue.hafiz.pk).update(wikidata_id="Q1")
        form = make_actor_form(name_ar="حافظ", wikidata_id="Q1")
        editor.post(f"{LIST}{catalogue.hafiz.pk}/change/", form)
        catalogue.hafiz.refresh_from_db()
        assert catalogue.hafiz.name_ar == "حافظ"

    def test_form_links_to_the_page_of_the_site(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        page = editor.get(f"{LIST}{catalogue.hafiz.pk}/change/").content.decode()
        assert f'href="{catalogue.hafiz.get_absolute_url()}"' in page


class TestList:
    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("احمد شوقي", ["shawqi", "shawqi_place"]),  # hamza left out
            ("أحمدْ شوقى", ["shawqi", "shawqi_place"]),  # a mark, a final ya
            ("Shawqi", ["shawqi", "shawqi_place"]),  # without the macron; the slug
            ("Aḥmad", ["shawqi"]),
            ("شاعر النيل", ["hafiz"]),  # an alias
            ("ابراهيم", ["hafiz"]),
            ("حافظ شاعر", ["hafiz"]),  # a word of the name, a word of the alias
            ("شاعر شوقي", []),
        ],
    )
    def test_other_spellings_are_found(
        self, editor: Client, catalogue: Catalogue, typed: str, found: list[str]
    ) -> None:
        listed = editor.get(LIST, {"q": typed}).context["cl"].result_list
        expected = [getattr(catalogue, name) for name in found]
        assert sorted(actor.pk for actor in listed) == sorted(a.pk for a in expected)

    @pytest.mark.parametrize("typed", ["عبدالكريم", "عبد الكريم ناصري", "الكريم"])
    def test_compounds_are_found_joined_or_apart(
        self, editor: Client, typed: str
    ) -> None:
        Actor.objects.create(name_ar="عبد الكريم الناصري", slug="nasiri")
        Actor.objects.create(name_ar="عبد الله", slug="abdallah")
        found = editor.get(LIST, {"q": typed}).context["cl"].result_list
        assert [actor.slug for actor in found] == ["nasiri"]

    def test_actor_with_two_matching_aliases_is_listed_once(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        catalogue.hafiz.aliases.create(name="شاعر الشعب")
        listed = editor.get(LIST, {"q": "شاعر"}).context["cl"].result_list
        assert list(listed) == [catalogue.hafiz]

    def test_articles_are_counted_and_linked(
        self, editor: Client, article: Article, catalogue: Catalogue
    ) -> None:
        article.actors.set([catalogue.shawqi])
        page = editor.get(LIST, {"q": "Aḥmad"}).content.decode()
        address = "/en/admin/archive/article/?actors__id__exact="
        assert f'<a href="{address}{catalogue.shawqi.pk}">1</a>' in page
        assert "1868–1932" in page

    def test_queries_do_not_grow_with_actors(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        editor.get(LIST)
        with CaptureQueriesContext(connection) as for_few:
            editor.get(LIST)
        for number in range(20):
            Actor.objects.create(name_ar=f"اسم {number}")
        with CaptureQueriesContext(connection) as for_many:
            editor.get(LIST)
        assert len(for_many) == len(for_few), [q["sql"] for q in for_many]

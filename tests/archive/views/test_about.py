"""The page about the archive, and the form at the desk behind it."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client, override_settings

from archive.models import ArchiveDescription, read_description
from tests.archive.browsing.reading import open_page

pytestmark = pytest.mark.django_db
FORM = "/ar/admin/archive/archivedescription/1/change/"


@pytest.fixture(autouse=True)
def _forget_description() -> None:
    cache.clear()


def signed_in(role: str) -> Client:
    user = User.objects.create(username=role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


def described(**fields: str) -> dict[str, str]:
    names = [field.name for field in ArchiveDescription._meta.fields[1:-1]]
    return dict.fromkeys(names, "") | fields


class TestShowAbout:
    def test_description_is_shown_by_paragraphs(self, client: Client) -> None:
        ArchiveDescription(
            name_ar="أرشيف الشام", about_ar="جمعته المكتبة.\n\nمن دمشق <وحدها>.",
            rights_ar="ملك عام", contact="desk@example.org",
        ).save()  # fmt: skip
        page = open_page(client, "/ar/about/")
        assert page.heading == "أرشيف الشام"
        paragraphs = page.texts("p")
        assert {"جمعته المكتبة.", "من دمشق <وحدها>.", "ملك عام"} <= set(paragraphs)
        assert page.links()["mailto:desk@example.org"] == "desk@example.org"

    @override_settings(CONTACT="machine@example.org")
    def test_contact_stands_at_the_foot_of_every_page(self, client: Client) -> None:
        assert "mailto:machine@example.org" in open_page(client, "/ar/topics/").links()
        ArchiveDescription(contact="https://example.org/desk").save()
        links = open_page(client, "/ar/topics/").links()
        assert "https://example.org/desk" in links
        assert "mailto:machine@example.org" not in links

    def test_text_of_the_other_language_keeps_its_language(
        self, client: Client
    ) -> None:
        ArchiveDescription(about_ar="جمعته المكتبة.").save()
        [text] = open_page(client, "/en/about/").find("div", lang="ar")
        assert text.attributes["dir"] == "rtl"
        assert text.text == "جمعته المكتبة."

    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_archive_without_description_has_the_page(
        self, client: Client, language: str
    ) -> None:
        assert open_page(client, f"/{language}/about/").heading


class TestDescriptionAdmin:
    def test_administrator_fills_the_form(self) -> None:
        client = signed_in("administrator")
        listed = client.get("/ar/admin/archive/archivedescription/")
        assert listed["Location"] == FORM
        assert client.get(FORM).status_code == 200
        assert read_description("ar").name.text == ""
        sent = described(name_ar=" أرشيف  الشام ", contact="https://example.org/desk")
        assert client.post(FORM, sent).status_code == 302
        assert ArchiveDescription.objects.count() == 1
        # At once in this process, although it is cached.
        assert read_description("ar").name.text == "أرشيف الشام"

    def test_contact_is_an_address(self) -> None:
        client = signed_in("administrator")
        answer = client.post(FORM, described(contact="javascript:alert(1)"))
        assert answer.status_code == 200
        assert "https://" in answer.content.decode()
        assert not ArchiveDescription.objects.exists()

    @pytest.mark.parametrize("role", ["editor", "contributor"])
    def test_others_may_not_change_it(self, role: str) -> None:
        assert signed_in(role).get(FORM).status_code == 403

    @pytest.mark.parametrize("path", ["add/", "1/delete/"])
    def test_nobody_adds_or_deletes_it(self, path: str) -> None:
        client = signed_in("administrator")
        address = f"/ar/admin/archive/archivedescription/{path}"
        assert client.get(address).status_code == 403

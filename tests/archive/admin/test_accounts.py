"""The admin of accounts: who may give which role to whom."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

LIST = "/en/admin/auth/user/"
PASSWORD = "زيتون-وتين-وطور"


def make_form(account: User, **changes: object) -> dict[str, object]:
    """The form of a stored account, with *changes*."""
    groups = list(account.groups.values_list("pk", flat=True))
    return {"username": account.username, "is_active": "on", "groups": groups} | changes


def role(name: str) -> Group:
    return Group.objects.get(name=name)


@pytest.fixture
def administrator(db: None, client: Client) -> Client:
    """A client of an account with the role, not a superuser."""
    user = User.objects.create_user("nadia", is_staff=True)
    user.groups.add(role("administrator"))
    client.force_login(user)
    return client


@pytest.fixture
def reader(db: None) -> User:
    return User.objects.create_user("hani")


def change(client: Client, account: User, **changes: object) -> User:
    """The account after its form was posted."""
    client.post(f"{LIST}{account.pk}/change/", make_form(account, **changes))
    account.refresh_from_db()
    return account


class TestRoles:
    @pytest.mark.parametrize("name", ["contributor", "editor", "administrator"])
    def test_role_gives_access_to_the_admin(
        self, administrator: Client, reader: User, name: str
    ) -> None:
        hani = change(administrator, reader, groups=[role(name).pk])
        assert [group.name for group in hani.groups.all()] == [name]
        assert hani.is_staff

    def test_visitor_has_no_access(self, administrator: Client, reader: User) -> None:
        assert not change(administrator, reader, groups=[role("visitor").pk]).is_staff

    def test_account_without_role_loses_access(
        self, administrator: Client, reader: User
    ) -> None:
        change(administrator, reader, groups=[role("editor").pk])
        assert not change(administrator, reader, groups=[]).is_staff

    def test_own_permission_gives_access(
        self, administrator: Client, reader: User
    ) -> None:
        right = Permission.objects.get(codename="view_article")
        reader.user_permissions.add(right)
        assert change(administrator, reader).is_staff

    def test_new_account_gets_its_role(self, administrator: Client) -> None:
        form = {
            "username": "rima",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "groups": [role("contributor").pk],
        }
        administrator.post(f"{LIST}add/", form)
        rima = User.objects.get(username="rima")
        assert rima.is_staff
        assert rima.check_password(PASSWORD)

    def test_roles_are_labelled_and_filter_the_list(
        self, administrator: Client, reader: User
    ) -> None:
        reader.groups.add(role("editor"))
        page = administrator.get(f"{LIST}?role={role('editor').pk}")
        assert list(page.context["cl"].queryset) == [reader]
        assert "<bdi>Editor</bdi>" in page.content.decode()
        assert administrator.get(f"{LIST}?role=x").status_code == 200


class TestSuperusers:
    def test_administrator_cannot_create_one(
        self, administrator: Client, reader: User
    ) -> None:
        assert not change(administrator, reader, is_superuser="on").is_superuser

    def test_administrator_cannot_grant_permissions(
        self, administrator: Client, reader: User
    ) -> None:
        right = Permission.objects.get(codename="delete_session")
        hani = change(administrator, reader, user_permissions=[right.pk])
        assert not hani.user_permissions.exists()

    @pytest.mark.parametrize("page", ["change", "password", "delete"])
    def test_administrator_cannot_change_or_delete_one(
        self, administrator: Client, page: str
    ) -> None:
        owner = User.objects.create_superuser("owner", password=PASSWORD)
        form = make_form(owner, password1="x" * 20, password2="x" * 20, post="yes")
        answer = administrator.post(f"{LIST}{owner.pk}/{page}/", form)
        assert answer.status_code == 403
        assert User.objects.get(username="owner").check_password(PASSWORD)

    def test_administrator_cannot_delete_them_by_action(
        self, administrator: Client, reader: User
    ) -> None:
        owner = User.objects.create_superuser("owner")
        chosen = [owner.pk, reader.pk]
        form = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
        administrator.post(LIST, form)
        assert User.objects.filter(pk__in=chosen).count() == len(chosen)

    def test_superuser_can_create_one(self, editor: Client, reader: User) -> None:
        hani = change(editor, reader, is_superuser="on")
        assert hani.is_superuser and hani.is_staff


class TestGroupsOfRoles:
    ADDRESS = "/en/admin/auth/group/"

    def test_role_cannot_be_renamed(self, administrator: Client) -> None:
        editors = role("editor")
        rights = list(editors.permissions.values_list("pk", flat=True))
        form = {"name": "خداع", "permissions": rights[:3]}
        administrator.post(f"{self.ADDRESS}{editors.pk}/change/", form)
        editors.refresh_from_db()
        assert editors.name == "editor"
        assert editors.permissions.count() == len(rights[:3])

    def test_role_cannot_be_deleted(self, editor: Client) -> None:
        address = f"{self.ADDRESS}{role('editor').pk}/delete/"
        assert editor.post(address, {"post": "yes"}).status_code == 403
        assert role("editor")

    def test_other_group_can_be_deleted(self, administrator: Client) -> None:
        friends = Group.objects.create(name="أصدقاء المكتبة")
        administrator.post(f"{self.ADDRESS}{friends.pk}/delete/", {"post": "yes"})
        assert not Group.objects.filter(pk=friends.pk).exists()


class TestDesk:
    """Access to the admin follows the groups of an account and their permissions."""

    ADDRESS = "/en/admin/auth/group/"

    @pytest.fixture
    def friends(self, reader: User) -> Group:
        group = Group.objects.create(name="أصدقاء المكتبة")
        reader.groups.add(group)
        return group

    def _give(self, client: Client, group: Group, *rights: int) -> None:
        form = {"name": group.name, "permissions": rights}
        client.post(f"{self.ADDRESS}{group.pk}/change/", form)

    def _may_enter(self, reader: User) -> bool:
        reader.refresh_from_db()
        return reader.is_staff

    def test_access_follows_the_permissions_of_the_group(
        self, administrator: Client, reader: User, friends: Group
    ) -> None:
        self._give(administrator, friends, Permission.objects.all()[0].pk)
        assert self._may_enter(reader)
        self._give(administrator, friends)
        assert not self._may_enter(reader)

    @pytest.mark.parametrize("many", [False, True])
    def test_deleting_the_group_removes_access(
        self, administrator: Client, reader: User, friends: Group, many: bool
    ) -> None:
        self._give(administrator, friends, Permission.objects.all()[0].pk)
        assert self._may_enter(reader)
        if many:
            chosen = {"action": "delete_selected", "_selected_action": [friends.pk]}
            administrator.post(self.ADDRESS, {**chosen, "post": "yes"})
        else:
            administrator.post(f"{self.ADDRESS}{friends.pk}/delete/", {"post": "yes"})
        assert not Group.objects.filter(pk=friends.pk).exists()
        assert not self._may_enter(reader)

    def test_member_with_another_permission_keeps_access(
        self, administrator: Client, reader: User, friends: Group
    ) -> None:
        reader.groups.add(role("editor"))
        self._give(administrator, friends, Permission.objects.all()[0].pk)
        administrator.post(f"{self.ADDRESS}{friends.pk}/delete/", {"post": "yes"})
        assert self._may_enter(reader)


class TestWhoMay:
    @pytest.mark.parametrize("name", ["visitor", "contributor", "editor"])
    @pytest.mark.parametrize("family", ["auth/user", "auth/group"])
    def test_only_administrators_see_accounts(
        self, client: Client, db: None, name: str, family: str
    ) -> None:
        user = User.objects.create_user("salma", is_staff=True)
        user.groups.add(role(name))
        client.force_login(user)
        assert client.get(f"/en/admin/{family}/").status_code == 403

    def test_groups_are_not_autocompleted(self, editor: Client) -> None:
        asked = {"app_label": "auth", "model_name": "user", "field_name": "groups"}
        assert editor.get("/en/admin/autocomplete/", asked).status_code == 403

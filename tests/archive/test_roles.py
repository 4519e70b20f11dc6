"""The groups of the migrations, and their labels."""

import pytest
from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from archive.models import Article, Source, Status
from archive.roles import Role, may_publish, role_label

# The state before the groups are created.
BEFORE = ("archive", "0004_article_created_by")
ROLES = ("archive", "0005_roles")


def rights(name: str) -> set[str]:
    found = Permission.objects.filter(group__name=name)
    return set(found.values_list("codename", flat=True))


def migrate(*targets: tuple[str, str | None]) -> None:
    MigrationExecutor(connection).migrate(list(targets))


@pytest.mark.django_db
class TestGroups:
    def test_every_role_is_a_group(self) -> None:
        assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)

    def test_each_role_includes_the_previous_one(self) -> None:
        visitor, contributor, editor, administrator = map(rights, Role.values)
        assert visitor == set()
        assert visitor < contributor < editor < administrator

    def test_editors_and_administrators_may_publish(self) -> None:
        may = [name for name in Role.values if "publish_article" in rights(name)]
        assert may == [Role.EDITOR, Role.ADMINISTRATOR]

    def test_only_administrators_may_delete_articles_and_change_accounts(self) -> None:
        for right in ("delete_article", "change_user", "delete_accessattempt"):
            assert [name for name in Role.values if right in rights(name)] == [
                Role.ADMINISTRATOR
            ]

    def test_member_has_the_permission(self) -> None:
        user = User.objects.create_user("layla")
        user.groups.add(Group.objects.get(name=Role.EDITOR))
        assert may_publish(user)


@pytest.mark.django_db(transaction=True)
class TestMigration:
    @pytest.fixture(autouse=True)
    def _to_the_end(self) -> object:
        yield
        if connection.vendor == "sqlite":
            # Put back with its tables by tests/memory_database.py.
            return
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())

    def test_permissions_are_those_of_django(self) -> None:
        migrate(BEFORE)
        Group.objects.all().delete()
        Permission.objects.all().delete()
        migrate(ROLES)
        made = set(Permission.objects.values_list("content_type", "codename", "name"))
        assert made
        for config in apps.get_app_configs():
            create_permissions(config, verbosity=0)
        looked_for = Permission.objects.values_list("content_type", "codename", "name")
        assert made <= set(looked_for)
        assert len(looked_for) == len({row[:2] for row in looked_for})

    def test_existing_permissions_are_kept(self) -> None:
        migrate(BEFORE)
        Group.objects.all().delete()
        kept = Permission.objects.get(codename="delete_article")
        group = Group.objects.create(name=Role.EDITOR)
        group.permissions.add(kept)
        migrate(ROLES)
        assert {"delete_article", "publish_article"} <= rights(Role.EDITOR)
        assert Group.objects.filter(name=Role.EDITOR).count() == 1


class TestLabels:
    def test_label_is_translated(self) -> None:
        with translation.override("en"):
            assert role_label("editor") == "Editor"

    def test_other_groups_keep_their_names(self) -> None:
        assert role_label("أصدقاء المكتبة") == "أصدقاء المكتبة"


@pytest.mark.django_db
class TestVisibleTo:
    @pytest.fixture
    def articles(self) -> dict[str, Article]:
        source = Source.objects.create(name_ar="الأهرام")
        owner = User.objects.create_user("owner")
        return {
            f"{whose} {status}": Article.objects.create(
                title=f"{whose} {status}",
                source=source,
                status=status,
                created_by=owner if whose == "own" else None,
            )
            for whose in ("own", "other")
            for status in Status.values
        }

    @pytest.mark.parametrize(
        ("role", "own", "other"),
        [
            ("visitor", {"published"}, {"published"}),
            ("contributor", set(Status.values), {"published"}),
            ("editor", set(Status.values), set(Status.values)),
            ("administrator", set(Status.values), set(Status.values)),
        ],
    )
    def test_visible_articles_follow_the_role(
        self, articles: dict[str, Article], role: str, own: set[str], other: set[str]
    ) -> None:
        owner = User.objects.get(username="owner")
        owner.groups.add(Group.objects.get(name=role))
        shown = set(Article.objects.visible_to(owner).values_list("title", flat=True))
        expected = {f"own {status}" for status in own}
        assert shown == expected | {f"other {status}" for status in other}

    @pytest.mark.parametrize("role", Role.values)
    def test_closed_account_sees_what_visitors_see(
        self, articles: dict[str, Article], role: str
    ) -> None:
        User.objects.update(is_active=False)
        owner = User.objects.get(username="owner")
        owner.groups.add(Group.objects.get(name=role))
        shown = Article.objects.visible_to(owner)
        assert set(shown) == set(Article.objects.published())

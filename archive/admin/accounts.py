"""The admin of accounts and roles.

``is_staff`` is derived: it is set for accounts with any permission, of their own or of
a group, so that nobody has to remember the flag.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import Group, User
from django.db.models import ManyToManyField, Q, QuerySet
from django.http import HttpRequest
from django.utils.decorators import method_decorator
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from archive.admin.short_transactions import ShortTransactions
from archive.admin.unsaved import UnsavedNotice
from archive.roles import Role, role_label

if TYPE_CHECKING:
    AnyManyToMany = ManyToManyField[Any, Any]
    AnyUserAdmin = UserAdmin[User]
else:
    AnyManyToMany = ManyToManyField
    AnyUserAdmin = UserAdmin

# Fields by which administrators could give themselves every permission.
_SUPERUSERS_ONLY: Final = ("is_superuser", "user_permissions")


class RoleFilter(admin.SimpleListFilter):
    """Filters accounts by group; roles are shown by their translated labels."""

    title = _("role")
    parameter_name = "role"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        groups = Group.objects.order_by("pk").values_list("pk", "name")
        return [(str(pk), role_label(name)) for pk, name in groups]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        chosen = self.value() or ""
        if not (chosen.isascii() and chosen.isdigit()):
            return queryset
        return queryset.filter(groups__in=Group.objects.filter(pk=int(chosen)))


admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class AccountAdmin(UnsavedNotice, ShortTransactions, AnyUserAdmin):
    """Accounts and their roles.

    Invariant: only superusers create, change or delete superusers.
    """

    list_display = ["username", "roles", "is_active", "last_login"]
    list_filter = [RoleFilter, "is_active", "is_superuser"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ["user_permissions"]
    fieldsets = (
        (None, {"fields": ["username", "password"]}),
        (_("What the account may do"), {"fields": ["groups", "is_active"]}),
        (_("Who it is"), {"fields": ["first_name", "last_name", "email"]}),
        (
            _("Rights beyond its roles"),
            {"classes": ["collapse"], "fields": list(_SUPERUSERS_ONLY)},
        ),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ["wide"],
                "fields": ["username", "usable_password", "password1", "password2"],
            },
        ),
        (_("What the account may do"), {"fields": ["groups"]}),
    )

    @method_decorator(login_not_required)
    @method_decorator(sensitive_post_parameters())
    @method_decorator(csrf_protect)
    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Without a transaction around it: hashing a password takes its time."""
        return self._add_view(request, form_url, extra_context)  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[User]":
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(
        self, request: HttpRequest, obj: User | None = None
    ) -> tuple[str, ...]:
        readonly = tuple(super().get_readonly_fields(request, obj))
        return readonly if _is_superuser(request) else (*readonly, *_SUPERUSERS_ONLY)

    def has_change_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        return _may_edit(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        return _may_edit(request, obj) and super().has_delete_permission(request, obj)

    def formfield_for_manytomany(
        self, db_field: AnyManyToMany, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        field: Any = forms.ModelMultipleChoiceField(
            Group.objects.order_by("pk"),
            label=_("Roles"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_(
                "A contributor writes drafts, an editor changes and publishes all "
                "articles, an administrator keeps the accounts as well."
            ),
        )
        field.label_from_instance = lambda group: role_label(group.name)
        return field

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        _update_staff_flags([form.instance.pk])

    @admin.display(description=_("roles"), empty_value="—")
    def roles(self, account: User) -> SafeString:
        names = ((role_label(group.name),) for group in account.groups.all())
        return format_html_join(" · ", "<bdi>{}</bdi>", names)


@admin.register(Group)
class RoleAdmin(UnsavedNotice, ShortTransactions, GroupAdmin):
    """Groups; those of roles cannot be renamed, because the code knows their names."""

    list_display = ["label"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Group | None = None
    ) -> tuple[str, ...]:
        return ("label", "name") if _is_role(obj) else ()

    def has_delete_permission(
        self, request: HttpRequest, obj: Group | None = None
    ) -> bool:
        return not _is_role(obj) and super().has_delete_permission(request, obj)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        _update_staff_flags(_list_members(form.instance))

    def delete_model(self, request: HttpRequest, obj: Group) -> None:
        members = _list_members(obj)
        super().delete_model(request, obj)
        _update_staff_flags(members)

    def delete_queryset(
        self, request: HttpRequest, queryset: "QuerySet[Group]"
    ) -> None:
        members = _list_members(*queryset)
        super().delete_queryset(request, queryset)
        _update_staff_flags(members)

    @admin.display(description=_("role"), ordering="name")
    def label(self, group: Group) -> str:
        return role_label(group.name)


def _is_role(group: Group | None) -> bool:
    return group is not None and group.name in Role.values


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


def _may_edit(request: HttpRequest, account: User | None) -> bool:
    return account is None or not account.is_superuser or _is_superuser(request)


def _list_members(*groups: Group) -> list[int]:
    members = User.objects.filter(groups__in=groups)
    return list(members.values_list("pk", flat=True).distinct())


def _update_staff_flags(account_ids: Sequence[int]) -> None:
    """Set ``is_staff`` of the accounts: whether they have any permission."""
    with_permissions = User.objects.filter(
        Q(is_superuser=True)
        | Q(groups__permissions__isnull=False)
        | Q(user_permissions__isnull=False)
    )
    chosen = User.objects.filter(pk__in=account_ids)
    chosen.filter(pk__in=with_permissions).update(is_staff=True)
    chosen.exclude(pk__in=with_permissions).update(is_staff=False)

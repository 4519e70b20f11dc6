"""Forms that cannot be saved any more: what was typed is shown, with what to do.

The record was deleted or published while its form was open, the account lost a right,
the session ended, or a new one made the form's token invalid. Django answers with a
redirect or a refusal, and what was typed is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import ReadOnlyPasswordHashWidget
from django.core.exceptions import PermissionDenied
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from archive.admin.forms.differences import FieldPart, RowsPart
from archive.admin.forms.sent import count_rows
from archive.admin_site import OF_THE_PAGE, has_typed

if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
else:
    AnyModelAdmin = admin.ModelAdmin


_NO_ISOLATES: Final = dict.fromkeys(
    map(ord, "\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}")
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a part of the form, for people."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Why nothing was saved, what to do, and where the form can be sent from here."""

    reason: str
    remedy: str
    status: HTTPStatus
    # A button that sends what was typed to ``address``; "" for none.
    button: str = ""
    address: str = ""
    needs_sign_in: bool = False


class UnsavedNotice(AnyModelAdmin):
    """Mixin, to stand first: nothing that was typed into the form is lost.

    Invariant: what is shown is what this very request has sent, passwords left out.
    """

    @method_decorator(login_not_required)
    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For members only as well: the admin site itself asks to sign in."""
        return super().add_view(request, *args, **kwargs)

    @method_decorator(login_not_required)
    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """As `add_view`."""
        return super().change_view(request, *args, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except PermissionDenied:
            # The transaction of the request, if it had begun, is rolled back by now.
            if not has_typed(request):
                raise
            reason, remedy = self.explain_refusal(request)
            notice = Notice(reason, remedy, HTTPStatus.FORBIDDEN)
            return self._show(request, object_id, notice)

    def explain_refusal(self, request: HttpRequest) -> tuple[str, str]:
        """Why the form may not be saved by this account, and what to do."""
        return (
            _("Your account may not save this form (any more)."),
            _("Copy what you need, and ask an administrator for the right."),
        )

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> Any:
        """Django's redirect, unless a form was sent."""
        if not has_typed(request):
            return super()._get_obj_does_not_exist_redirect(  # type: ignore[misc]
                request, opts, object_id
            )
        reason = _("This record has been deleted since you opened its form.")
        if not self.has_add_permission(request):
            remedy = _("Copy what you need.")
            notice = Notice(reason, remedy, HTTPStatus.CONFLICT)
        else:
            notice = Notice(
                reason,
                _("Copy what you need, or add it as a new record."),
                HTTPStatus.CONFLICT,
                button=_("Add as a new record"),
                address=self._address("add"),
            )
        return self._show(request, object_id, notice)

    def show_signed_out(
        self, request: HttpRequest, object_id: str | None = None
    ) -> HttpResponseBase:
        """The answer to a form of which nobody knows any more who sends it."""
        notice = Notice(
            _("You are not signed in any more, or your account may not enter here."),
            _("Sign in in another tab of the browser, come back and send it again."),
            HTTPStatus.FORBIDDEN,
            button=_("Send again"),
            address=request.get_full_path(),
            needs_sign_in=True,
        )
        return self._show(request, object_id, notice)

    def show_expired(
        self, request: HttpRequest, object_id: str | None = None
    ) -> HttpResponseBase:
        """The answer to a form of this site whose token is of another session."""
        notice = Notice(
            _("You have signed in anew since you opened this form."),
            _(
                "Look at what you typed and send it again. If this page comes back,"
                " allow this site to keep cookies."
            ),
            HTTPStatus.FORBIDDEN,
            button=_("Send again"),
            address=request.get_full_path(),
        )
        return self._show(request, object_id, notice)

    def _show(
        self, request: HttpRequest, object_id: str | None, notice: Notice
    ) -> TemplateResponse:
        """The page. It names no row of the database to whoever may not see any."""
        record = None if object_id is None else self.model()
        form = self.get_form(request, record)()
        formsets = list(self._list_formsets(request, record))
        sent = request.POST.copy()
        if notice.address != request.get_full_path():
            _make_new(sent, formsets)
        secret = [bound.html_name for bound in form if _is_secret(bound)]
        for name in (*OF_THE_PAGE, *secret):
            sent.pop(name, None)
        context = {
            **self.admin_site.each_context(request),
            "title": _("What you typed has not been saved"),
            "opts": self.opts,
            "notice": notice,
            "typed": list(self._list_typed(request, form, formsets)),
            "sent": [(name, value) for name, all_ in sent.lists() for value in all_],
            "sign_in": reverse(f"{self.admin_site.name}:login"),
        }
        template = "admin/archive/unsaved.html"
        return TemplateResponse(request, template, context, status=notice.status)

    def _address(self, page: str) -> str:
        names = self.admin_site.name, self.opts.app_label, self.opts.model_name
        return reverse("{}:{}_{}_{}".format(*names, page))

    def _list_formsets(self, request: HttpRequest, record: Any) -> Iterator[Any]:
        for formset, _inline in self.get_formsets_with_inlines(request, record):
            yield formset(
                instance=self.model(),
                prefix=formset.get_default_prefix(),
                queryset=formset.model._base_manager.none(),
            )

    def _list_typed(
        self, request: HttpRequest, form: Any, formsets: list[Any]
    ) -> Iterator[Typed]:
        may_see_names = self.admin_site.has_permission(request)
        for bound in form:
            is_choice = isinstance(bound.field, forms.ModelChoiceField)
            if not _is_secret(bound) and (may_see_names or not is_choice):
                yield from _describe(FieldPart(bound), request.POST)
        if may_see_names:
            for formset in formsets:
                yield from _describe(RowsPart(formset), request.POST)


def _is_secret(bound: forms.BoundField) -> bool:
    secret = (forms.PasswordInput, ReadOnlyPasswordHashWidget)
    return isinstance(bound.field.widget, secret)


def _describe(part: FieldPart | RowsPart, data: QueryDict) -> Iterator[Typed]:
    # Isolated from its surroundings, a text would not say which way it runs.
    text = part.describe_typed(data).translate(_NO_ISOLATES)
    if text:
        yield Typed(part.label, text)


def _make_new(data: QueryDict, formsets: list[Any]) -> None:
    """Turn what a change form has sent into what a form for a new record sends."""
    for name in [name for name in data if name.startswith("_")]:
        del data[name]
    for formset in formsets:
        count = count_rows(data, formset)
        data[f"{formset.prefix}-{INITIAL_FORM_COUNT}"] = "0"
        data[f"{formset.prefix}-{TOTAL_FORM_COUNT}"] = str(count)
        for number in range(count):
            for column in (formset.model._meta.pk.name, formset.fk.name):
                data.pop(f"{formset.prefix}-{number}-{column}", None)

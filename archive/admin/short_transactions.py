"""Views of the admin whose transaction begins when they write, and not before.

Django's own views hold one for the whole request: on SQLite that is the lock of all
writers, held while forms are built and validated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.contrib import admin
from django.db import IntegrityError, OperationalError, models, router, transaction
from django.http import HttpRequest
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect

if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
else:
    AnyModelAdmin = admin.ModelAdmin

Answer = TypeVar("Answer")

# How often a request is tried while others change its record under it.
_TRIES: Final = 5


class RecordChanged(OperationalError):
    """Others have changed what this request had checked, before it wrote."""


class _Request:
    """What one try of a request has read, and the transaction in which it writes."""

    def __init__(self, transaction: ExitStack) -> None:
        self.transaction = transaction
        self.has_begun = False
        self.record: models.Model | None = None
        self.state: object = None
        self.note: object = None


_REQUEST: Final[ContextVar[_Request | None]] = ContextVar("request", default=None)


class ShortTransactions(AnyModelAdmin):
    """Mixin, to stand first: forms and deletions are checked before ``BEGIN``.

    Invariant: a request writes to the record that it has checked; where others have
    changed that meanwhile, it is begun anew.
    """

    if TYPE_CHECKING:
        # Django's views without a transaction around them.
        _changeform_view: Callable[..., Any]
        _delete_view: Callable[..., Any]

    @method_decorator(csrf_protect)
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        return _answer(
            lambda: self._changeform_view(request, object_id, form_url, extra_context)
        )

    @method_decorator(csrf_protect)
    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        return _answer(lambda: self._delete_view(request, object_id, extra_context))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        record = super().get_object(request, object_id, from_field)
        current = _REQUEST.get()
        if current and record and current.record is None:
            current.record, current.state = record, self._read_state(record)
        return record

    def state_as_read(self) -> str:
        """A hash of the record's state when this request first read it."""
        current = _REQUEST.get()
        state = repr(current.state if current else None)
        return hashlib.sha256(state.encode()).hexdigest()

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        self.begin_writing()
        super().save_model(request, obj, form, change)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """The first that a deletion writes."""
        self.begin_writing()
        return super().log_deletions(request, queryset)

    def set_note(self, note: object) -> None:
        """Keep *note* for the rest of this try of the request."""
        current = _REQUEST.get()
        if current:
            current.note = note

    def get_note(self) -> object:
        """What this try of the request has noted; ``None`` outside of one."""
        current = _REQUEST.get()
        return current.note if current else None

    def begin_writing(self) -> None:
        """Begin the request's transaction, once, and hold its record.

        Raises RecordChanged.
        """
        current = _REQUEST.get()
        if current is None or current.has_begun:
            return
        using = router.db_for_write(self.model)
        current.transaction.enter_context(transaction.atomic(using))
        current.has_begun = True
        if current.record is None:
            return
        rows = self.model._base_manager.using(using).select_for_update()
        record = rows.filter(pk=current.record.pk).first()
        if record is None or self._read_state(record) != current.state:
            raise RecordChanged("The record was changed meanwhile.")

    def _read_state(self, record: models.Model) -> object:
        """All that the record's form may change, to be compared."""
        options = record._meta
        columns = [
            getattr(record, field.attname)
            for field in options.concrete_fields
            if not getattr(field, "auto_now", False)
        ]
        relations = [
            _read_links(record, field.remote_field.through, field.m2m_field_name())
            for field in options.many_to_many
        ]
        return columns, relations, [self._read_rows(record, i) for i in self.inlines]

    def _read_rows(self, record: models.Model, inline: Any) -> list[tuple[Any, ...]]:
        """The rows of an inline, by primary key."""
        columns = inline.model._meta.concrete_fields
        owner = next(field for field in columns if field.related_model is self.model)
        rows = inline.model._base_manager.filter(**{owner.name: record.pk})
        return list(rows.order_by("pk").values_list())


def _read_links(record: models.Model, through: Any, own: str) -> list[tuple[Any, ...]]:
    """The rows of a relation of the record, sorted, without their primary keys."""
    columns = [field.attname for field in through._meta.concrete_fields]
    columns.remove(through._meta.pk.attname)
    rows = through._base_manager.filter(**{own: record.pk})
    return sorted(rows.values_list(*columns))


@contextmanager
def _trying() -> Iterator[None]:
    with ExitStack() as transaction:
        token = _REQUEST.set(_Request(transaction))
        try:
            yield
        finally:
            _REQUEST.reset(token)


def _answer(answer: Callable[[], Answer]) -> Answer:
    """What *answer* returns, which is asked again where others were faster."""
    for _ in range(_TRIES - 1):
        # The next try finds by its checks what has changed, and says it.
        try:
            with _trying():
                return answer()
        except (RecordChanged, IntegrityError):
            continue
    with _trying():
        return answer()

"""The admin of imports: a list, and for each file the steps from upload to undoing."""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from archive.admin.importing import uploads
from archive.admin.importing.forms import (
    OptionsForm,
    UploadForm,
    field_labels,
    field_titles,
    initial_of,
)
from archive.admin.importing.listing import (
    count_results,
    describe_entry,
    percent_read,
    waits_for_index,
)
from archive.admin.importing.preview import (
    SHOWN_FIELDS,
    FilePreview,
    chosen_columns,
    preview_file,
)
from archive.importing.batches.jobs import (
    BatchBusy,
    copy_batch,
    is_at_work,
    is_resumable,
    is_stale,
    request_cancel,
    stored_path,
)
from archive.importing.batches.settings import BatchOptions
from archive.importing.batches.undo import is_undoable, undo_batch
from archive.importing.kinds import KINDS
from archive.importing.readers import SourceFile
from archive.models import (
    BatchState,
    EntryResult,
    ImportBatch,
    SavedMapping,
)
from archive.roles import may_publish
from archive.templatetags.display import number

if TYPE_CHECKING:
    BatchModelAdmin = admin.ModelAdmin[ImportBatch]
else:
    BatchModelAdmin = admin.ModelAdmin

PAGE_SIZE: Final = 100
# Seconds after which the page of a running import asks again.
REFRESH_SECONDS: Final = 2


@admin.register(ImportBatch)
class ImportBatchAdmin(BatchModelAdmin):
    """Imports; those who may publish begin, cancel and undo them."""

    list_display = ["file_name", "kind_label", "state", "records", "created_at"]
    list_filter = ["state"]
    list_per_page = 50
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_publish(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_publish(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_publish(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        """The addresses of the steps, before Django's own."""
        wrap = self.admin_site.admin_view
        steps = [
            path(
                "<int:batch_id>/match/",
                wrap(self.match_view),
                name="archive_importbatch_match",
            ),
            path(
                "<int:batch_id>/act/",
                wrap(self.act_view),
                name="archive_importbatch_act",
            ),
        ]
        return [*steps, *super().get_urls()]

    @admin.display(description=_("kind of records"))
    def kind_label(self, batch: ImportBatch) -> str:
        labels = dict(UploadForm.base_fields["kind"].choices)  # type: ignore[attr-defined]
        return str(labels.get(batch.kind, batch.kind))

    @admin.display(description=_("records read"), ordering="records_read")
    def records(self, batch: ImportBatch) -> str:
        return number(batch.records_read)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The upload of a file, which becomes a waiting batch."""
        self._refuse_others(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            kind, user_id = form.cleaned_data["kind"], request.user.pk
            if pages := form.cleaned_data["pages"]:
                batch = uploads.store_pages(pages, kind, user_id)
            else:
                batch = uploads.store(form.cleaned_data["file"], kind, user_id)
            return self._to("match", batch)
        context = {"form": form, "title": gettext("Import a file")}
        return self._page(request, "upload", context)

    def match_view(self, request: HttpRequest, batch_id: int) -> HttpResponse:
        """The columns of the file with their guesses, and the first records."""
        self._refuse_others(request)
        batch = get_object_or_404(ImportBatch, pk=batch_id)
        if batch.state != BatchState.WAITING or not batch.stored_file:
            return self._to("change", batch)
        options = BatchOptions.from_json(batch.options)
        form = OptionsForm(
            batch.kind, request.POST or None, initial=initial_of(options)
        )
        if request.method == "POST" and form.is_valid():
            options = self._read_options(request, batch, form)
            action = request.POST.get("action")
            if action in {"dry_run", "import"}:
                return self._start(batch, dry=action == "dry_run")
            form = OptionsForm(batch.kind, initial=initial_of(options))
        context = {
            "batch": batch,
            "form": form,
            "preview": self._preview(batch, options),
            "fields": field_labels(
                batch.kind, [field.name for field in KINDS[batch.kind].fields]
            ),
            "shown": [
                field_titles(batch.kind)[name] for name in SHOWN_FIELDS[batch.kind]
            ],
            "title": gettext("Columns of %(file)s") % {"file": batch.file_name},
        }
        return self._page(request, "match", context)

    def act_view(self, request: HttpRequest, batch_id: int) -> HttpResponse:
        """Cancel, resume, import after a dry run, or undo: by POST alone."""
        self._refuse_others(request)
        batch = get_object_or_404(ImportBatch, pk=batch_id)
        action = request.POST.get("action", "") if request.method == "POST" else ""
        if action == "cancel":
            request_cancel(batch.pk)
        elif action == "resume" and is_resumable(batch):
            with suppress(BatchBusy):
                uploads.start(batch)
        elif action == "import" and batch.is_dry_run and batch.stored_file:
            return self._start(copy_batch(batch, request.user.pk), dry=False)
        elif action == "undo" and is_undoable(batch):
            self._undo(request, batch)
        return self._to("change", batch)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """The batch: how far it is, what became of each record, what can be done."""
        self._refuse_others(request)
        batch = self.get_object(request, unquote(object_id))
        if batch is None:
            raise Http404
        if batch.state == BatchState.WAITING and batch.stored_file:
            return self._to("match", batch)
        chosen = request.GET.get("result", "")
        entries = batch.entries.all()
        if chosen in EntryResult.values:
            entries = entries.filter(result=chosen)
        page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("p"))
        is_running = is_at_work(batch)
        context = {
            "batch": batch,
            "page": page,
            "rows": [describe_entry(entry) for entry in page.object_list],
            "results": count_results(batch, chosen),
            "chosen": chosen,
            "is_running": is_running,
            "is_stale": is_stale(batch),
            "is_resumable": is_resumable(batch),
            "is_undoable": is_undoable(batch),
            "percent": percent_read(batch),
            "is_indexing": batch.state == BatchState.INDEXING,
            "waits_for_index": waits_for_index(batch),
            "title": batch.file_name,
        }
        response = self._page(request, "batch", context)
        if is_running:
            response["Refresh"] = str(REFRESH_SECONDS)
        return response

    def _read_options(
        self, request: HttpRequest, batch: ImportBatch, form: OptionsForm
    ) -> BatchOptions:
        """The options that the form has sent, stored with the batch and by name."""
        saved: SavedMapping | None = form.cleaned_data["saved"]
        if saved and request.POST.get("action") == "load":
            options = BatchOptions.from_json(saved.options)
        else:
            names = request.POST.getlist("column-name")
            fields = [field.name for field in KINDS[batch.kind].fields]
            columns = chosen_columns(names, request.POST, fields) if names else None
            constants = BatchOptions.from_json(batch.options).constants
            options = replace(form.options(columns), constants=constants)
        stored = options.as_json()
        if name := form.cleaned_data["save_as"]:
            SavedMapping.objects.update_or_create(
                name=name, defaults={"kind": batch.kind, "options": stored}
            )
            messages.success(request, gettext("Saved as “%(name)s”.") % {"name": name})
        # The sentences of the batch are written in the language of the page.
        batch.options = {**stored, "language": get_language()}
        batch.save(update_fields=["options"])
        return options

    def _preview(self, batch: ImportBatch, options: BatchOptions) -> FilePreview:
        with SourceFile(stored_path(batch), encoding=options.encoding) as source:
            return preview_file(source, KINDS[batch.kind], options)

    def _start(self, batch: ImportBatch, *, dry: bool) -> HttpResponse:
        batch.is_dry_run = dry
        with suppress(BatchBusy):  # A second click: the page of the first one follows.
            uploads.start(batch)
        return self._to("change", batch)

    def _undo(self, request: HttpRequest, batch: ImportBatch) -> None:
        undone = undo_batch(batch, user_id=request.user.pk)
        messages.success(
            request,
            ngettext(
                "The import is undone: %(count)s record was removed or put back.",
                "The import is undone: %(count)s records were removed or put back.",
                undone.removed + undone.restored,
            )
            % {"count": number(undone.removed + undone.restored)},
        )
        if undone.kept:
            messages.warning(
                request,
                ngettext(
                    "%(count)s record was kept: it was edited or used since.",
                    "%(count)s records were kept: they were edited or used since.",
                    undone.kept,
                )
                % {"count": number(undone.kept)},
            )

    def _refuse_others(self, request: HttpRequest) -> None:
        if not may_publish(request.user):
            raise PermissionDenied

    def _to(self, step: str, batch: ImportBatch) -> HttpResponseRedirect:
        address = reverse(f"admin:archive_importbatch_{step}", args=[batch.pk])
        return HttpResponseRedirect(address)

    def _page(
        self, request: HttpRequest, name: str, context: dict[str, Any]
    ) -> TemplateResponse:
        return TemplateResponse(
            request,
            f"admin/archive/importbatch/{name}.html",
            {**self.admin_site.each_context(request), "opts": self.opts, **context},
        )

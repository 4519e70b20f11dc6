"""The choices of a run: its options, over those that were saved under a name."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from archive.importing.batches.settings import BatchOptions
from archive.importing.mapping.options import (
    MappingError,
    read_constants,
    read_rules,
)
from archive.importing.options import ImportOptions
from archive.models import SavedMapping


def read_choices(
    options: ImportOptions, kind: str, defaults: Mapping[str, str]
) -> BatchOptions:
    """The choices of the options, else those that were saved. Raises `MappingError`."""
    saved = _load(options.saved, kind) if options.saved else BatchOptions()
    given = {name: value for name, value in defaults.items() if value}
    rules = read_rules(options.maps, options.mapping)
    return replace(
        saved,
        rules={**saved.rules, **rules},
        constants={**saved.constants, **read_constants(options.sets)},
        defaults={**saved.defaults, **given},
        separator=options.separator or saved.separator,
        encoding=options.encoding or saved.encoding,
        base_address=options.base_address or saved.base_address,
        only_new=options.only_new or saved.only_new,
        overwrite=options.overwrite or saved.overwrite,
    )


def save_choices(name: str, kind: str, choices: BatchOptions) -> None:
    """Save the choices under a name; others of that name are replaced."""
    SavedMapping.objects.update_or_create(
        name=name, defaults={"kind": kind, "options": choices.as_json()}
    )


def _load(name: str, kind: str) -> BatchOptions:
    """The saved choices. Raises `MappingError`, which names those that there are."""
    saved = SavedMapping.objects.filter(kind=kind)
    found = saved.filter(name=name).first()
    if found is None:
        names = "، ".join(f"“{each.name}”" for each in saved)
        raise MappingError(
            _("Nothing is saved under “%(name)s” for these records; there are: %(all)s")
            % {"name": name, "all": names or "—"}
        )
    return BatchOptions.from_json(found.options)

"""Compiles the translations without gettext's programs: `compile_catalogues`."""

from pathlib import Path

import polib


def compile_catalogues(source: Path, target: Path) -> list[Path]:
    """Write each ``.po`` under source as ``.mo`` at the same place under target.

    Returns the files that changed. Entries marked fuzzy are left out, as gettext does:
    the reader gets the English sentence rather than a guess.
    """
    changed = []
    for catalogue in sorted(source.glob("*/LC_MESSAGES/*.po")):
        compiled = target / catalogue.relative_to(source).with_suffix(".mo")
        content = polib.pofile(str(catalogue), encoding="utf-8").to_binary()
        if compiled.is_file() and compiled.read_bytes() == content:
            continue
        compiled.parent.mkdir(parents=True, exist_ok=True)
        new = compiled.with_suffix(".mo.new")
        new.write_bytes(content)
        new.replace(compiled)
        changed.append(compiled)
    return changed

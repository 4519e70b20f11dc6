"""Compiles the translations in Python, so that gettext need not be installed."""

from pathlib import Path

import polib


def compile_catalogues(source: Path, target: Path) -> list[Path]:
    """Compile each ``.po`` under *source* to ``.mo`` at the same path under *target*.

    Returns the files that changed. Fuzzy entries are left out, as by gettext, so that
    readers get the English sentence instead of a guess.
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

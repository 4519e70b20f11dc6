"""What a run of the fault tests counted, printed at its end.

Public: `note`, `list_noted`.
"""

_NOTED: list[tuple[str, str]] = []


def note(subject: str, **counts: object) -> None:
    """Keep the counts of a test for the end of the run."""
    said = ", ".join(
        f"{value:,} {name.replace('_', ' ')}"
        if isinstance(value, int)
        else f"{name.replace('_', ' ')}: {value}"
        for name, value in counts.items()
    )
    _NOTED.append((subject, said))


def list_noted() -> list[tuple[str, str]]:
    """The subjects and what was counted of each, in the order of the tests."""
    return _NOTED

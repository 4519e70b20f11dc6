"""Counts of the tests of faults, printed at the end of a run."""

_NOTED: list[tuple[str, str]] = []


def note(subject: str, **counts: object) -> None:
    """Store the counts of a test for the summary of the run."""
    said = ", ".join(
        f"{value:,} {name.replace('_', ' ')}"
        if isinstance(value, int)
        else f"{name.replace('_', ' ')}: {value}"
        for name, value in counts.items()
    )
    _NOTED.append((subject, said))


def list_noted() -> list[tuple[str, str]]:
    """Pairs of a subject and its counts in words, in the order of the tests."""
    return _NOTED

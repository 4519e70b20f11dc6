"""What tests name by its path."""


def identity() -> str:
    return "archive-1"

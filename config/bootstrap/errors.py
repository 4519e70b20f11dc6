"""The error that stops a start, with a sentence that names the remedy."""


class StartError(Exception):
    """The site cannot be started; the message says what to do about it."""

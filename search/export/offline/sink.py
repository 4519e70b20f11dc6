"""Where a ZIP is written that is sent while it is made."""


class Sink:
    """A file that can only be written; ``take`` hands over what was."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, data: bytes, /) -> int:
        """Keep *data* until it is taken; the number of its bytes."""
        self._written += data
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""

    def take(self) -> bytes:
        """The bytes written since the last time."""
        taken = bytes(self._written)
        self._written.clear()
        return taken

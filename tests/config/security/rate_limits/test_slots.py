"""Slots for costly searches: so many at once, over threads and processes."""

import subprocess
import sys
from pathlib import Path

from config.security.rate_limits.slots import Slots

_HOLD = (
    "import sys\n"
    "from pathlib import Path\n"
    "from config.security.rate_limits.slots import Slots\n"
    "slot = Slots(Path(sys.argv[1]), 'slot', 1).take()\n"
    "print('held' if slot else 'none', flush=True)\n"
    "sys.stdin.read()\n"
)


class TestSlots:
    def test_as_many_are_taken_as_there_are(self, tmp_path: Path) -> None:
        slots = Slots(tmp_path, "slot", 2)
        first, second = slots.take(), slots.take()
        assert first and second
        assert slots.take() is None
        first.release()
        assert slots.take()
        second.release()

    def test_slot_of_a_killed_process_is_free(self, tmp_path: Path) -> None:
        with subprocess.Popen(
            [sys.executable, "-c", _HOLD, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as holder:
            assert holder.stdout
            assert holder.stdout.readline() == "held\n"
            assert Slots(tmp_path, "slot", 1).take() is None
            holder.kill()
        assert Slots(tmp_path, "slot", 1).take()

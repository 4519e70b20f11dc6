"""Loads a running site with wrk and reads what it says.

Public: `Load`, `load`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.measuring import MILLISECONDS

# wrk asks for the addresses in turn and prints its figures, in microseconds, as JSON.
# Each request has a connection of its own, as from a web server in front of the site:
# connections that are kept may all be with one of its workers.
_SCRIPT: Final = """
local addresses, at = {}, 0
for address in io.lines(os.getenv("ADDRESSES")) do
  addresses[#addresses + 1] = address
end
request = function()
  at = at % #addresses + 1
  return wrk.format("GET", addresses[at], {["Connection"] = "close"})
end
done = function(summary, latency)
  local refused = summary.errors
  io.write(string.format(
    '\\n{"p50": %d, "p95": %d, "requests": %d, "duration": %d, "failed": %d}\\n',
    latency:percentile(50), latency:percentile(95), summary.requests, summary.duration,
    refused.connect + refused.read + refused.write + refused.status + refused.timeout))
end
"""
_MICROSECONDS: Final = 1_000_000
# Seconds that one page may take before wrk calls it failed.
_TIMEOUT: Final = 30


@dataclass(frozen=True, slots=True)
class Load:
    """What so many clients at once saw: milliseconds of a page, pages a second."""

    clients: int
    p50: float
    p95: float
    pages_a_second: float
    failed: int


def load(site: str, paths: Sequence[str], *, clients: int, seconds: int) -> Load:
    """*paths* of *site* asked for in turn by *clients*, each without a pause.

    Raises RuntimeError where wrk is missing or fails.
    """
    program = shutil.which("wrk")
    if program is None:
        raise RuntimeError("The load comes from wrk. Install it: apt-get install wrk")
    with tempfile.TemporaryDirectory(prefix="sijill-load-") as folder:
        script, addresses = Path(folder) / "pages.lua", Path(folder) / "addresses"
        script.write_text(_SCRIPT, "utf-8")
        addresses.write_text("\n".join(paths) + "\n", "utf-8")
        done = subprocess.run(  # noqa: S603 - our own command
            [
                *(program, "--threads", "1", "--connections", str(clients)),
                *("--duration", f"{seconds}s", "--timeout", f"{_TIMEOUT}s"),
                *("--script", str(script), site),
            ],
            env={"ADDRESSES": str(addresses)},
            capture_output=True,
            text=True,
        )
    if done.returncode:
        raise RuntimeError(done.stderr or done.stdout)
    said = json.loads(done.stdout.splitlines()[-1])
    return Load(
        clients=clients,
        p50=said["p50"] * MILLISECONDS / _MICROSECONDS,
        p95=said["p95"] * MILLISECONDS / _MICROSECONDS,
        pages_a_second=said["requests"] * _MICROSECONDS / said["duration"],
        failed=said["failed"],
    )

"""Load on a running site by wrk (https://github.com/wg/wrk)."""

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

# Requests the addresses in turn and prints the figures, in microseconds, as JSON. Each
# request opens a connection, as a proxy in front of the site does: persistent ones may
# all be accepted by the same worker.
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
# Seconds after which wrk counts a request as failed.
_TIMEOUT: Final = 30


@dataclass(frozen=True, slots=True)
class Load:
    """Latencies in milliseconds, and throughput, under concurrent clients."""

    clients: int
    p50: float
    p95: float
    pages_a_second: float
    failed: int


def load(site: str, paths: Sequence[str], *, clients: int, seconds: int) -> Load:
    """Request *paths* of *site* by so many *clients*, each without a pause.

    Raises RuntimeError where wrk is missing or fails.
    """
    program = shutil.which("wrk")
    if program is None:
        raise RuntimeError("The load comes from wrk. Install it: apt-get install wrk")
    with tempfile.TemporaryDirectory(prefix="sijill-load-") as folder:
        script, addresses = Path(folder) / "pages.lua", Path(folder) / "addresses"
        script.write_text(_SCRIPT, "utf-8")
        addresses.write_text("\n".join(paths) + "\n", "utf-8")
        done = subprocess.run(  # noqa: S603 - own command
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
    figures = json.loads(done.stdout.splitlines()[-1])
    return Load(
        clients=clients,
        p50=figures["p50"] * MILLISECONDS / _MICROSECONDS,
        p95=figures["p95"] * MILLISECONDS / _MICROSECONDS,
        pages_a_second=figures["requests"] * _MICROSECONDS / figures["duration"],
        failed=figures["failed"],
    )

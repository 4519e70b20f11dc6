""".ci/audit, with a fake pip-audit."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources import BASE_DIR

_WEAK = {
    "name": "django",
    "version": "5.2.0",
    "vulns": [{"id": "PYSEC-2025-1", "fix_versions": ["5.2.1"]}],
}
_SOUND = {"name": "six", "version": "1.17.0", "vulns": []}
_UNKNOWN = {"name": "six", "skip_reason": "Dependency not found"}


def _audit(tmp_path: Path, printed: str) -> "subprocess.CompletedProcess[str]":
    (tmp_path / "pip_audit.py").write_text(f"print({printed!r})\n")
    return subprocess.run(
        [sys.executable, BASE_DIR / ".ci/audit"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )


class TestAudit:
    def test_known_weakness_fails_and_is_named(self, tmp_path: Path) -> None:
        done = _audit(tmp_path, json.dumps({"dependencies": [_WEAK, _SOUND]}))
        assert done.returncode == 1
        assert "django 5.2.0: PYSEC-2025-1; mended in 5.2.1" in done.stdout

    def test_no_weakness_reports_the_number_of_packages(self, tmp_path: Path) -> None:
        done = _audit(tmp_path, json.dumps({"dependencies": [_SOUND, _UNKNOWN]}))
        assert done.returncode == 0
        assert "1 packages looked up, 0 weak" in done.stdout

    @pytest.mark.parametrize(
        "printed", ["", json.dumps({"dependencies": [_UNKNOWN, _UNKNOWN]})]
    )
    def test_index_without_data_is_reported(self, tmp_path: Path, printed: str) -> None:
        done = _audit(tmp_path, printed)
        assert done.returncode == 0
        assert "skipped" in done.stdout

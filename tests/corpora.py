"""Collections of real newspapers, too large to come with the project.

The variable SIJILL_TEST_CORPORA names the folder that holds them, one in each
subfolder; tests that need them are skipped without it.
"""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("SIJILL_TEST_CORPORA") or "no-such-folder")

NEEDED = [
    pytest.mark.corpora,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="SIJILL_TEST_CORPORA names no folder of real texts"
    ),
]

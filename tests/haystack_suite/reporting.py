"""A Django test runner that leaves each test's outcome in a file.

Runs in a process of its own, on Haystack's settings: see ``distribution.run_suite``.
"""

import json
import os
import unittest
from pathlib import Path
from typing import Any

from django.test.runner import DiscoverRunner


class OutcomeResult(unittest.TextTestResult):
    """Records the outcome of each test by its dotted name."""

    outcomes: dict[str, str] = {}

    def _note(self, test: unittest.TestCase, outcome: str) -> None:
        self.outcomes[test.id()] = outcome

    def addSuccess(self, test: unittest.TestCase) -> None:
        super().addSuccess(test)
        self._note(test, "passed")

    def addFailure(self, test: unittest.TestCase, err: Any) -> None:
        super().addFailure(test, err)
        self._note(test, "failed")

    def addError(self, test: unittest.TestCase, err: Any) -> None:
        super().addError(test, err)
        self._note(test, "failed")

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        super().addSkip(test, reason)
        self._note(test, "skipped")

    def addExpectedFailure(self, test: unittest.TestCase, err: Any) -> None:
        super().addExpectedFailure(test, err)
        self._note(test, "failed as Haystack expects")

    def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:
        super().addUnexpectedSuccess(test)
        self._note(test, "passed")


class OutcomeRunner(DiscoverRunner):
    """Writes the outcomes to the file that SUITE_OUTCOMES names."""

    def get_resultclass(self) -> type[unittest.TextTestResult]:
        return OutcomeResult

    def suite_result(self, suite: Any, result: Any, **kwargs: Any) -> int:
        Path(os.environ["SUITE_OUTCOMES"]).write_text(json.dumps(result.outcomes))
        return int(super().suite_result(suite, result, **kwargs))

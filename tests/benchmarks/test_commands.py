"""The subcommands of ``start.py bench``."""

import pytest

from config.bootstrap import run


class TestBench:
    @pytest.mark.parametrize(
        ("arguments", "command"),
        [
            (["--size", "9"], ["-m", "benchmarks.run", "--size", "9"]),
            (["retrieval", "DIR"], ["-m", "benchmarks.retrieval", "DIR"]),
        ],
    )
    def test_subcommand_selects_the_module(
        self,
        monkeypatch: pytest.MonkeyPatch,
        arguments: list[str],
        command: list[str],
    ) -> None:
        executed: list[list[str]] = []

        def execute(arguments: list[str], environ: object) -> int:
            executed.append(arguments)
            return 0

        monkeypatch.setattr(run, "_prepare", lambda requirements: {})
        monkeypatch.setattr(run, "_hand_over", execute)
        assert run.main(["bench", *arguments]) == 0
        assert executed == [command]

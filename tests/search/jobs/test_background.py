"""Jobs that outlive a restart, and the process that runs them."""

import datetime as dt
import json
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from archive.models import Article, Status
from search.indexing.lock import IndexerBusy, hold_lock
from search.jobs import (
    Background,
    background,
    file_path,
    run_waiting,
)
from search.jobs.background import Chore
from search.models import Job, JobState
from tests.search.jobs.test_jobs import _ask, _fetch, every_item_is_told
from tests.search.library import Library

__all__ = ["every_item_is_told"]


class TestRestarts:
    def test_killed_job_is_begun_again(self, client: Client, library: Library) -> None:
        job = _ask(client)
        Job.objects.filter(pk=job.pk).update(
            state=JobState.RUNNING, attempts=1, done=7, file_name=f"{job.key}.xlsx"
        )
        (file := file_path(Job.objects.get())).write_bytes(b"half")
        run_waiting()
        job.refresh_from_db()
        assert (job.state, job.attempts) == (JobState.FINISHED, 2)
        assert file.read_bytes()[:2] == b"PK"

    def test_job_that_ends_every_process_is_given_up(
        self, client: Client, library: Library
    ) -> None:
        job = _ask(client)
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, attempts=3)
        assert run_waiting() == 0
        job.refresh_from_db()
        assert job.state == JobState.FAILED
        assert job.error

    def test_interrupted_job_waits_and_its_attempt_does_not_count(
        self, client: Client, library: Library
    ) -> None:
        job = _ask(client)
        with pytest.raises(KeyboardInterrupt):
            run_waiting(alive=lambda: False)
        job.refresh_from_db()
        assert (job.state, job.attempts, job.done) == (JobState.WAITING, 0, 0)
        assert not file_path(job).exists()

    def test_one_process_at_a_time(self, client: Client, library: Library) -> None:
        _ask(client)
        with hold_lock("jobs.lock"), pytest.raises(IndexerBusy):
            run_waiting()


class TestTime:
    def test_expired_files_and_files_without_a_job_are_deleted(
        self,
        client: Client,
        library: Library,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        old, new = _ask(client), _ask(client)
        call_command("run_jobs", "--json")
        assert json.loads(capsys.readouterr().out)["files"] == 2
        Job.objects.filter(pk=old.pk).update(
            expires_at=timezone.now() - dt.timedelta(seconds=1)
        )
        new.refresh_from_db()
        stray = file_path(new).with_name("stray.csv")
        stray.write_text("x")
        call_command("run_jobs", "--json")
        assert json.loads(capsys.readouterr().out)["expired"] == 1
        assert [path.name for path in stray.parent.iterdir()] == [new.file_name]
        answer = client.get(f"/ar/files/{old.key}/")
        assert answer.status_code == 404
        assert _fetch(client, new)

    def test_file_with_a_withdrawn_article_is_given_to_nobody(
        self, client: Client, library: Library
    ) -> None:
        job = _ask(client, article=library["tatweel"].pk)
        run_waiting()
        Article.objects.filter(pk=library["tatweel"].pk).update(status=Status.WITHDRAWN)
        answer = client.get(f"/ar/files/{job.key}/file/")
        assert answer.status_code == 410
        job.refresh_from_db()
        assert not file_path(job).exists()

    def test_file_that_the_disk_has_lost_is_gone_with_a_sentence(
        self, client: Client, library: Library
    ) -> None:
        job = _ask(client)
        run_waiting()
        job.refresh_from_db()
        file_path(job).unlink()
        assert client.get(f"/ar/files/{job.key}/file/").status_code == 410


class _Process:
    """A child of the indexer that ends when it is told."""

    def __init__(self, command: list[str], **kwargs: object) -> None:
        self.command, self.status = command, None
        _STARTED.append(self)

    def poll(self) -> int | None:
        return self.status

    def terminate(self) -> None:
        self.status = 0  # type: ignore[assignment]

    def wait(self) -> int:
        return 0


_STARTED: list[_Process] = []


class TestBackground:
    @pytest.fixture(autouse=True)
    def processes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        _STARTED.clear()
        monkeypatch.setattr(background.subprocess, "Popen", _Process)

    def test_chore_is_started_when_due_and_once_at_a_time(self) -> None:
        now, due = [0.0], [False]
        chore = Chore(("run_jobs",), lambda: due[0], interval=1.0)
        watch = Background([chore], clock=lambda: now[0])
        watch.look()
        assert _STARTED == []
        due[0] = True
        for now[0] in (0.5, 1.0, 2.0, 3.0):
            watch.look()
        assert [process.command[-1] for process in _STARTED] == ["run_jobs"]
        watch.stop()
        assert _STARTED[0].status == 0

    def test_what_stays_due_is_started_ever_more_seldom(self) -> None:
        now = [0.0]
        chore = Chore(("run_jobs",), lambda: True, interval=1.0)
        watch = Background([chore], clock=lambda: now[0])
        starts = []
        while now[0] < 300:
            before = len(_STARTED)
            watch.look()
            if len(_STARTED) > before:
                starts.append(now[0])
                _STARTED[-1].terminate()
            now[0] += 0.5
        pauses = [later - one for one, later in pairwise(starts)]
        assert pauses == sorted(pauses)
        assert pauses[0] <= 3
        assert pauses[-1] >= background.LONGEST_PAUSE

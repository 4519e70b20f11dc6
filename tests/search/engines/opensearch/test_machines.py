"""Three web machines with data directories of their own, one PostgreSQL, one cluster.

Run by ``--engine opensearch``.
"""

import re
import subprocess
from pathlib import Path

import pytest

from tests.installed import PATIENCE, Installed

pytestmark = [pytest.mark.cluster, pytest.mark.slow]

_SAVED = 40
_PREPARE = """
from django.contrib.auth.models import User
from archive.models import Source
from search.models import Frequency, SavedSearch
Source.objects.create(name_ar="جريدة", slug="gazette")
owner = User.objects.create(username="reader", email="reader@example.org")
SavedSearch.objects.create(
    owner=owner, name="كل جديد", query_string="q=مقال", language="ar",
    site_address="https://archive.example.org", frequency=Frequency.AT_ONCE,
)
"""
_SAVE = f"""
import sys
from archive.models import Article, Source, Status
source = Source.objects.get()
for number in range({_SAVED}):
    Article.objects.create(
        title=f"مقال {{sys.argv[1]}} {{number}}", body="نص المقال", source=source,
        status=Status.PUBLISHED,
    )
"""
_COUNT = """
from search.models import Alert, Digest, OutboxEntry
counted = Alert.objects.exclude(digest=None), OutboxEntry.objects, Digest.objects
print(json.dumps([each.count() for each in counted]))
"""
_MAIL_RE = re.compile(r"^Message-ID: (.+)$", re.MULTILINE)


def _start(machine: Installed, code: str, *arguments: str) -> "subprocess.Popen[str]":
    whole = f"import django, json\ndjango.setup()\n{code}"
    return machine.start("-c", whole, *arguments)


def _end(process: "subprocess.Popen[str]") -> str:
    out, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    return out


class TestThreeMachines:
    def test_nothing_is_lost_and_nobody_is_told_twice(
        self, postgresql_url: str, opensearch_urls: list[str], tmp_path: Path
    ) -> None:
        shared = {
            "DATABASE_URL": postgresql_url,
            "SIJILL_SEARCH_URL": " ".join(f"{url}/machines" for url in opensearch_urls),
        }
        machines = [Installed(tmp_path / f"m{at}", dict(shared)) for at in range(3)]
        for machine in machines:
            machine.data_dir.mkdir(mode=0o700)
        machines[0].manage("migrate", "--verbosity", "0")
        machines[0].run(_PREPARE)
        machines[0].manage("rebuild_index", "--noinput", "--verbosity", "0")

        workers = [machine.start("manage.py", "index_worker") for machine in machines]
        outputs = []
        try:
            savers = [
                _start(machine, _SAVE, str(at)) for at, machine in enumerate(machines)
            ]
            _end(savers[0])
            # As a machine that fails.
            workers[0].kill()
            for saver in savers[1:]:
                _end(saver)
        finally:
            for worker in workers:
                worker.terminate()
                outputs.append(worker.communicate(timeout=PATIENCE)[0])
        machines[1].manage("index_worker", "--once")
        found = machines[2].reconcile()
        assert found["articles"] == found["documents"] == 3 * _SAVED

        # The workers may have done some of it.
        tellers = [
            machine.start("manage.py", "send_alerts", "--verbosity", "0")
            for machine in machines
            for _time in range(2)
        ]
        outputs += map(_end, tellers)
        outputs.append(machines[0].manage("send_alerts", "--verbosity", "0").stdout)
        # What is printed in place of a mail server.
        sent = [line for output in outputs for line in _MAIL_RE.findall(output)]
        assert len(sent) == len(set(sent))
        alerts, waiting, digests = machines[0].run(_COUNT)
        assert (alerts, waiting) == (3 * _SAVED, 0)
        assert len(sent) == digests > 0

"""Three gunicorns behind nginx on one PostgreSQL and one cluster; one is killed.

Run by ``--engine opensearch``; nginx is Debian's, with ``deploy/nginx/machines.conf``.
"""

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from tests.installed import PATIENCE, Installed
from tests.postgresql_server import free_port
from tests.sources import BASE_DIR

pytestmark = [pytest.mark.cluster, pytest.mark.slow]

_SEARCHES: Final = int(os.environ.get("SIJILL_TEST_MACHINES", "200"))
_SAVED: Final = 30
_SAVERS: Final = 3
_SESSION: Final = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from archive.models import Article, Source, Status
from search.models import Frequency, SavedSearch
editor = User.objects.create_superuser("editor", "editor@example.org", "x" * 20)
source = Source.objects.create(name_ar="جريدة", slug="gazette")
Article.objects.create(
    title="ثابت", body="نص", source=source, status=Status.PUBLISHED
)
SavedSearch.objects.create(
    owner=editor, name="كل جديد", query_string="q=مقال", language="ar",
    site_address="https://archive.example.org", frequency=Frequency.AT_ONCE,
)
session = SessionStore()
session[SESSION_KEY] = str(editor.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = editor.get_session_auth_hash()
session.create()
print(json.dumps(session.session_key))
"""
_SAVE: Final = f"""
from archive.models import Article, Source, Status
source = Source.objects.get()
for number in range({_SAVED}):
    Article.objects.create(
        title=f"مقال {{sys.argv[1]}} {{number}}", body="نص المقال", source=source,
        status=Status.PUBLISHED,
    )
"""
_COUNT: Final = """
from archive.models import Article
from search.models import Alert, OutboxEntry
alerts = Alert.objects.exclude(digest=None)
print(json.dumps({
    "articles": Article.objects.count(),
    "alerts": alerts.count(),
    "distinct": alerts.values("article_id").distinct().count(),
    "waiting": OutboxEntry.objects.count(),
}))
"""
_MAIL_RE: Final = re.compile(r"^Message-ID: (.+)$", re.MULTILINE)


@contextmanager
def _serving(machine: Installed, port: int) -> Iterator["subprocess.Popen[str]"]:
    """gunicorn with its indexer, a process group of its own."""
    with (machine.data_dir / "log").open("w") as log:
        process = machine.start(
            *("-m", "gunicorn", "--config", "python:config.gunicorn"),
            *("--workers", "1", "--bind", f"127.0.0.1:{port}"),
            "config.wsgi:application",
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        _wait(lambda: _status(f"http://127.0.0.1:{port}/healthz") == 200)
        yield process
    finally:
        _kill(process, signal.SIGTERM)


def _kill(process: "subprocess.Popen[str]", number: int) -> None:
    if process.poll() is None:
        os.killpg(process.pid, number)
        process.wait(PATIENCE)


@contextmanager
def _proxy(folder: Path, ports: list[int]) -> Iterator[str]:
    """Debian's nginx with the upstream of deploy/, on these machines."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("No nginx on this machine: apt-get install nginx")
    upstream = (BASE_DIR / "deploy/nginx/machines.conf").read_text()
    for place, port in zip((21, 22, 23), ports, strict=True):
        upstream = upstream.replace(f"10.0.0.{place}:8000", f"127.0.0.1:{port}")
    port = free_port()
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        "events {}\n"
        f"http {{\naccess_log off;\n{temporary}{upstream}\n"
        f"server {{ listen 127.0.0.1:{port}; location / {{\n"
        "proxy_pass http://sijill; proxy_set_header Host localhost; }}\n}\n"
    )
    process = subprocess.Popen([program, "-c", folder / "nginx.conf"])
    try:
        _wait(lambda: _status(f"http://127.0.0.1:{port}/healthz") == 200)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _status(address: str, cookie: str = "") -> int:
    request = urllib.request.Request(address, headers={"Cookie": cookie})
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments: Any) -> None:
        return None


def _wait(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.25)


class TestThreeWebMachines:
    def test_one_is_killed_and_nothing_is_lost_or_told_twice(
        self, postgresql_url: str, opensearch_urls: list[str], tmp_path: Path
    ) -> None:
        shared = {
            "DATABASE_URL": postgresql_url,
            "SIJILL_SEARCH_URL": " ".join(f"{url}/webs" for url in opensearch_urls),
        }
        machines = [Installed(tmp_path / f"m{at}", dict(shared)) for at in range(3)]
        for machine in machines:
            machine.data_dir.mkdir(mode=0o700)
            machine.manage("setup_site", "--no-sample")
        session = machines[0].run(_SESSION)
        machines[0].manage("rebuild_index", "--noinput", "--verbosity", "0")
        ports = [free_port() for _machine in machines]
        with (
            _serving(machines[0], ports[0]) as first,
            _serving(machines[1], ports[1]),
            _serving(machines[2], ports[2]),
            _proxy(tmp_path, ports) as site,
        ):
            # Any machine knows who signed in at another.
            cookie = f"sessionid={session}"
            seen = [_status(f"{site}/ar/admin/", cookie) for _time in range(6)]
            assert seen == [200] * 6
            search = f"{site}/ar/search/?{urllib.parse.urlencode({'q': 'ثابت'})}"
            with ThreadPoolExecutor(4) as searching, ThreadPoolExecutor(3) as saving:
                searches = [
                    searching.submit(_status, search) for _time in range(_SEARCHES)
                ]
                saves = [
                    saving.submit(machines[at].run, _SAVE, str(at))
                    for at in range(_SAVERS)
                ]
                searches[_SEARCHES // 3].result()
                _kill(first, signal.SIGKILL)
                for save in saves:
                    save.result()
                assert {one.result() for one in searches} == {200}
            expected = _SAVERS * _SAVED
            # The indexers of the two that are left go on.
            _wait(lambda: machines[1].run(_COUNT)["waiting"] == 0)
            assert _status(search) == 200
        tellers = [
            machine.start("manage.py", "send_alerts", "--verbosity", "0")
            for machine in machines[1:]
            for _time in range(2)
        ]
        told = [teller.communicate(timeout=PATIENCE)[0] for teller in tellers]
        told.append(machines[1].manage("send_alerts", "--verbosity", "0").stdout)
        counts = machines[2].run(_COUNT)
        assert counts == {
            "articles": expected + 1,
            "alerts": expected,
            "distinct": expected,
            "waiting": 0,
        }
        assert machines[2].reconcile()["documents"] == expected + 1
        told += [(machine.data_dir / "log").read_text() for machine in machines]
        sent = [line for text in told for line in _MAIL_RE.findall(text)]
        assert sent
        assert len(sent) == len(set(sent))

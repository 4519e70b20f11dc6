"""gunicorn's configuration, in gunicorn's own names; start.py sets host and port."""

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any

import gunicorn.http.message
from django.core.exceptions import ImproperlyConfigured

from config.bootstrap.private_files import restrict_existing, restrict_new_files
from config.operations.indexer_process import IndexerProcess

# For gunicorn and what it starts: its workers and the indexer.
restrict_new_files()

# A query is part of the URL: 10,000 Arabic letters take 60,000 characters there, and
# the site itself answers longer queries, in the reader's language.
_LONGEST_REQUEST_LINE = 131_072
gunicorn.http.message.MAX_REQUEST_LINE = _LONGEST_REQUEST_LINE
limit_request_line = _LONGEST_REQUEST_LINE

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# Exports stream as long as the client downloads; with threads the heartbeat goes on.
worker_class = "gthread"
# The heartbeat is a file, in memory where the system has /dev/shm.
_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn makes its file with a random name
worker_tmp_dir = str(_MEMORY) if _MEMORY.is_dir() else os.environ["SIJILL_DATA_DIR"]
# Its socket would be in the home directory, outside the data directory.
control_socket_disable = True
# New objects after which a worker looks for garbage; of caches there is seldom any.
_NEW_OBJECTS = 10_000
_MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
loglevel = "warning"
if os.environ.get("LOG_FORMAT", "").strip().lower() == "json":
    # Formats gunicorn's events as the site's; gunicorn merges this with its defaults.
    logconfig_dict = {
        "formatters": {"generic": {"()": "config.operations.log_format.JsonFormatter"}},
        "loggers": {
            "gunicorn.error": {
                "level": loglevel.upper(),
                "handlers": ["error_console"],
                "propagate": False,
                "qualname": "gunicorn.error",
            }
        },
        "root": {"level": loglevel.upper(), "handlers": ["error_console"]},
    }


def on_starting(server: Any) -> None:
    """Exit with a sentence, before any worker starts, where it cannot serve.

    Where a setting is invalid, or the archive is lost: of workers that find that out
    themselves, a second one would end gunicorn with a traceback.
    """
    try:
        settings = import_module("config.settings")
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")
    restrict_existing(settings.DATA_DIR)
    if _may_be_lost(settings.DATABASES["default"]):
        # In a process of its own, because workers must load the code themselves.
        done = subprocess.run([sys.executable, "-c", "import config.wsgi"])
        if done.returncode:
            sys.exit(done.returncode)


def _may_be_lost(database: Mapping[str, Any]) -> bool:
    """Whether more than a look at the file must tell if there is an archive."""
    if not database["ENGINE"].endswith("sqlite"):
        return True
    file = Path(database["NAME"])
    return not file.exists() or not file.stat().st_size


def when_ready(server: Any) -> None:
    """Start the indexer beside the workers, keep it alive and print the addresses."""
    command = [sys.executable, str(_MANAGE), "index_worker"]
    command.append(f"--with-parent={os.getpid()}")
    server.indexer = IndexerProcess(command, warn=server.log.warning)
    server.indexer.start()
    _after_each_turn(server, server.indexer.restart_if_ended)
    address = os.environ.get("SIJILL_ADDRESS")
    if address is None:
        return
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.stdout.write(
        f"\nSijill  {address}  ·  سجلّ\n"
        f"admin   {address}ar/admin/  ·  الإدارة\n"
        "Ctrl-C ends it.  ·  لإيقافه: Ctrl-C\n\n"
    )
    sys.stdout.flush()


def post_worker_init(worker: Any) -> None:
    """Open the index beside the first requests, and find what the first page shows.

    The first search of a process takes a second and more: no reader waits for it.
    Nor for garbage: with Python's 700 new objects a worker looks through all that it
    caches every thirty searches, for a fifth of a second (measured).
    """
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
    Thread(target=_open_index, args=(worker.log,), daemon=True).start()


def _open_index(log: Any) -> None:
    searcher = import_module("search.searcher")
    suggest = import_module("search.suggest")
    database = import_module("django.db")
    try:
        suggest.find_examples(searcher.count_articles)
    except database.Error as error:
        # It fails again for a reader, who is told.
        log.info("The index is opened by the first reader: %s", error)
    finally:
        database.connections.close_all()
        # What is there now stays: it need not be looked through again.
        gc.freeze()


def _after_each_turn(server: Any, act: Callable[[], object]) -> None:
    """Let gunicorn's arbiter call *act* each time it has looked after its workers.

    That is once a second or more often. A thread would be forked with the workers.
    """
    manage_workers = server.manage_workers

    def manage_workers_and_act() -> None:
        manage_workers()
        act()

    server.manage_workers = manage_workers_and_act


def on_exit(server: Any) -> None:
    """End the indexer."""
    indexer = getattr(server, "indexer", None)
    if indexer is not None:
        indexer.stop()

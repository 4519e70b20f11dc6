"""``kill -9`` of the indexing process at any moment loses and leaves nothing."""

import json
import sys

import pytest

from tests.faults.figures import note
from tests.faults.saving import read_journal
from tests.installed import Installed, count_rounds

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux", reason="who holds the lock is read from /proc/locks"
    ),
]

_BEGIN = "from tests.faults.saving import fill; fill(300)"
# What is found of each word, and what is left in the index, in a process of its own.
_LOOK = """
from pathlib import Path
from django.conf import settings
from archive.models import Article
from search.engines.contract import EngineRequest
from search.indexing.connections import site_engine
from search.models import OutboxEntry
from search.query.parse import parse
from tests.faults.killing import list_leftovers

engine = site_engine()
find = lambda word: list(engine.iter_ids(EngineRequest(query=parse(word))))
titles = Article.objects.values_list("pk", "title")
saved = {pk: title.split()[1] for pk, title in titles}
words = set(json.loads(Path(sys.argv[1]).read_text()))
index = Path(settings.HAYSTACK_CONNECTIONS["default"]["PATH"])
print(json.dumps({
    "saved": saved,
    "not_found": [pk for pk, word in saved.items() if find(word) != [pk]],
    "found_though_gone": [word for word in words - set(saved.values()) if find(word)],
    "documents": engine.status().documents,
    "waiting": OutboxEntry.objects.count(),
    # The generation before the live one is kept on purpose.
    "leftovers": [
        name for name in list_leftovers(index) if not name.startswith("generation-")
    ],
    "generations": len(list(index.glob("generation-*"))),
}))
"""


class TestRandomMoments:
    def test_random_kills_lose_double_and_leave_nothing(
        self, installed: Installed
    ) -> None:
        installed.run(_BEGIN)
        journal = installed.data_dir / "journal"
        kills = count_rounds(short=5, full=200)
        killing = installed.start(
            *("-m", "tests.faults.killing", str(journal), str(kills), "20261122")
        )
        out, said = killing.communicate()
        assert killing.returncode == 0, said
        counts = json.loads(out)
        assert counts["while_indexing"]

        installed.manage("index_worker", "--once")
        may_be, words = read_journal(journal)
        listed = installed.data_dir / "words.json"
        listed.write_text(json.dumps(sorted(words)))
        seen = installed.run(_LOOK, str(listed))

        saved = {int(pk): word for pk, word in seen["saved"].items()}
        lost = {pk for pk, versions in may_be.items()
                if saved.get(pk) not in versions}  # fmt: skip
        assert lost == set()
        assert seen["not_found"] == []
        assert seen["found_though_gone"] == []
        assert seen["documents"] == len(saved)
        assert seen["waiting"] == 0
        assert seen["leftovers"] == []
        assert seen["generations"] <= 2
        assert installed.reconcile()["documents"] == len(saved)
        note("kill -9 of the indexer", **counts, versions_saved=len(words))


class TestEachStep:
    """A death just before each operation on a file, one after the other."""

    @pytest.mark.parametrize("work", ["drain", "rebuild"])
    def test_index_is_whole_after_a_kill_at_each_step_and_restart_cleans_up(
        self, installed: Installed, work: str
    ) -> None:
        installed.run("from tests.faults.saving import fill; fill(20)")
        step = count_rounds(short=6, full=1)
        dying = installed.start("-m", "tests.faults.each_step", work, str(step))
        out, said = dying.communicate()
        assert dying.returncode == 0, said
        counts = json.loads(out)
        assert counts["kills"] > 2
        assert counts["leaving_files"]
        installed.reconcile()
        note(f"kill -9 before each file operation of a {work}", **counts)

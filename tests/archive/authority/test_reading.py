"""Readings of the archive for names: steps, answers, undoing, and the command."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from archive.authority import reading as readings
from archive.authority.reading import (
    accept_links,
    begin_reading,
    count_links,
    read_on,
    refuse_links,
    undo_reading,
)
from archive.models import (
    Actor,
    Article,
    ArticleActor,
    ImportBatch,
    ImportEntry,
    NameAnswers,
    NameReading,
    Source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rusafi() -> Actor:
    return Actor.objects.create(name_ar="معروف الرصافي", slug="rusafi")


@pytest.fixture
def articles(rusafi: Actor) -> list[Article]:
    """One that names him, one that may, one without, one that is linked already."""
    source = Source.objects.create(name_ar="لغة العرب")
    Actor.objects.create(name_ar="جميل صدقي الزهاوي", slug="zahawi")
    bodies = (
        "أنشد معروف الرصافي قصيدة للزهاوي وجميل صدقي الزهاوي حاضر.",
        "ذكره معروف الرصافي بن علي.",
        "في الزراعة.",
        "زار معروف الرصافي دمشق.",
    )
    stored = [
        Article.objects.create(title=f"{n}", body=body, source=source)
        for n, body in enumerate(bodies)
    ]
    stored[3].actors.add(rusafi)
    return stored


def links(actor: Actor) -> set[int]:
    rows = ArticleActor.objects.filter(actor=actor)
    return set(rows.values_list("article", flat=True))


class TestReading:
    def test_links_are_proposed_and_none_is_made(
        self, rusafi: Actor, articles: list[Article]
    ) -> None:
        reading = begin_reading(actor=rusafi)
        read_on(reading)
        assert (reading.read, reading.total, reading.is_finished) == (4, 4, True)
        found = {link.article: link.ticked for link in reading.links.all()}
        assert found == {articles[0]: True, articles[1]: False}
        assert all("معروف الرصافي" in link.quote for link in reading.links.all())
        assert links(rusafi) == {articles[3].pk}

    def test_reading_goes_on_where_it_stopped(
        self,
        rusafi: Actor,
        articles: list[Article],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(readings, "_BATCH", 2)
        reading = begin_reading(actor=rusafi)
        read_on(reading, seconds=0)
        assert (reading.read, reading.is_finished) == (2, False)
        read_on(NameReading.objects.get())
        reading.refresh_from_db()
        assert (reading.read, reading.is_finished) == (4, True)
        assert reading.links.count() == 2

    def test_all_names_of_an_import(
        self, rusafi: Actor, articles: list[Article]
    ) -> None:
        batch = ImportBatch.objects.create(file_name="a.csv")
        for number in (0, 2):
            ImportEntry.objects.create(
                batch=batch, line=1, result="added", object_id=articles[number].pk
            )
        reading = begin_reading(batch=batch)
        read_on(reading)
        assert reading.total == 2
        slugs = {link.actor.slug for link in reading.links.all()}
        assert slugs == {"rusafi", "zahawi"}


class TestAnswers:
    def test_ticked_links_are_accepted_and_taken_back(
        self, rusafi: Actor, articles: list[Article]
    ) -> None:
        reading = begin_reading(actor=rusafi)
        read_on(reading)
        assert accept_links(reading) == 1
        assert links(rusafi) == {articles[0].pk, articles[3].pk}
        assert count_links(reading) == {"accepted": 1, "waiting": 1}
        assert NameAnswers.objects.get().accepted == 1
        assert undo_reading(reading) == 1
        assert links(rusafi) == {articles[3].pk}
        assert count_links(reading) == {"waiting": 2}
        assert NameAnswers.objects.get().accepted == 0

    def test_link_with_another_role_by_now_stays(
        self, rusafi: Actor, articles: list[Article]
    ) -> None:
        reading = begin_reading(actor=rusafi)
        read_on(reading)
        accept_links(reading)
        ArticleActor.objects.filter(article=articles[0]).update(role="issuer")
        assert undo_reading(reading) == 0
        assert articles[0].pk in links(rusafi)

    def test_refused_link_is_not_proposed_again(
        self, rusafi: Actor, articles: list[Article]
    ) -> None:
        reading = begin_reading(actor=rusafi)
        read_on(reading)
        assert refuse_links(reading, [link.pk for link in reading.links.all()]) == 2
        again = begin_reading(actor=rusafi)
        read_on(again)
        assert not again.links.exists()

    def test_link_that_was_made_meanwhile_is_not_made_twice(
        self, rusafi: Actor, articles: list[Article]
    ) -> None:
        reading = begin_reading(actor=rusafi)
        read_on(reading)
        articles[0].actors.add(rusafi)
        assert accept_links(reading) == 0
        assert undo_reading(reading) == 0
        assert articles[0].pk in links(rusafi)


class TestCommand:
    def run(self, *args: str) -> dict[str, int]:
        out = io.StringIO()
        call_command("read_names", *args, "--json", stdout=out, stderr=io.StringIO())
        counts: dict[str, int] = json.loads(out.getvalue())
        return counts

    def test_command_proposes_links_and_takes_them_back(
        self, rusafi: Actor, articles: list[Article]
    ) -> None:
        found = self.run("--actor", "rusafi", "--accept-ticked")
        assert (found["articles"], found["linked"], found["waiting"]) == (4, 1, 1)
        assert self.run("--undo", str(found["reading"])) == {"removed": 1}

    def test_unknown_names_are_told(self) -> None:
        with pytest.raises(CommandError, match="nobody"):
            self.run("--actor", "nobody")
        with pytest.raises(CommandError, match="99"):
            self.run("--resume", "99")

"""Proposals from a database: the authority, topics, duplicates, and the command."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from archive.models import (
    MAX_BODY_LENGTH,
    Actor,
    ActorAlias,
    Article,
    NameAnswers,
    Source,
    Topic,
    stored_spelling_key,
)
from archive.recognition.propose import Refusals, propose

pytestmark = pytest.mark.django_db

TEXT = (
    "اجتمعت جمعية الاتحاد الأدبي في بغداد يوم 5 آذار 1921 وخطب فيها جميل صدقي الزهاوي"
    " خطبة طويلة عن الشعر الحديث، ثم ردّ عليه الشاعر معروف الرصافي بقصيدة مشهورة."
)


@pytest.fixture
def zahawi() -> Actor:
    return Actor.objects.create(name_ar="جميل صدقي الزهاوي")


def add_article(body: str, actor: Actor, *topics: Topic, **fields: Any) -> Article:
    source, _ = Source.objects.get_or_create(name_ar="لغة العرب")
    article = Article.objects.create(title="خبر", body=body, source=source, **fields)
    article.actors.add(actor)
    article.topics.add(*topics)
    return article


class TestPropose:
    def test_new_alias_is_known_at_once(self, zahawi: Actor) -> None:
        text = "قال فيلسوف الشعراء"
        assert propose(text).actors == ()
        ActorAlias.objects.create(actor=zahawi, name="فيلسوف الشعراء")
        assert [one.actor_ids for one in propose(text).actors] == [(zahawi.pk,)]
        zahawi.delete()
        assert propose(text).actors == ()

    def test_topics_of_similar_articles(self, zahawi: Actor) -> None:
        poetry, other = (Topic.objects.create(name_ar=n) for n in ("الشعر", "الزراعة"))
        add_article("ديوان جديد.", zahawi, poetry)
        add_article("قصيدة جديدة.", zahawi, poetry, other)
        (topic,) = propose(TEXT).topics
        assert (topic.topic_id, topic.articles, topic.of) == (poetry.pk, 2, 2)
        refused = Refusals(topics={poetry.pk})
        assert propose(TEXT, refused=refused).topics == ()

    def test_nearly_the_same_text_is_a_possible_duplicate(self, zahawi: Actor) -> None:
        article = add_article(TEXT.replace("خطبة طويلة", "خطبةً طويلةً جدًا"), zahawi)
        (duplicate,) = propose(TEXT).duplicates
        assert duplicate.article_id == article.pk
        assert 0.5 < duplicate.likeness < 1
        assert propose(TEXT, article_id=article.pk).duplicates == ()

    def test_hidden_articles_are_not_disclosed(self, zahawi: Actor) -> None:
        add_article(TEXT, zahawi, status="draft")
        assert propose(TEXT).duplicates == ()

    def test_refused_actor_is_not_proposed_again(self, zahawi: Actor) -> None:
        assert propose(TEXT, refused=Refusals(actors={zahawi.pk})).actors == ()

    def test_answers_count(self, zahawi: Actor) -> None:
        key = stored_spelling_key("جميل صدقي الزهاوي")
        NameAnswers.objects.create(actor=zahawi, key=key, refused=9)
        (actor,) = propose(TEXT).actors
        assert not actor.ticked


class TestCommand:
    def run(self, *args: str) -> str:
        out = io.StringIO()
        call_command("propose", *args, stdout=out)
        return out.getvalue()

    def test_json_has_offsets_and_readings(self, zahawi: Actor, tmp_path: Path) -> None:
        file = tmp_path / "statement.txt"
        file.write_text(TEXT, "utf-8")
        found = json.loads(self.run(str(file), "--json"))
        (actor,) = found["actors"]
        (passage,) = actor["passages"]
        assert actor["actors"][0]["id"] == zahawi.pk
        assert actor["ticked"] and not actor["is_ambiguous"]
        assert TEXT[passage["start"] : passage["end"]] == "جميل صدقي الزهاوي"
        (date,) = found["dates"]
        assert (date["start_day"], date["precision"]) == ("1921-03-05", "day")
        names = {one["name"] for one in found["unknown_names"]}
        assert {"جمعية الاتحاد الأدبي", "معروف الرصافي"} <= names
        assert "جميل صدقي الزهاوي" in self.run(str(file))

    def test_unreadable_file_is_one_sentence(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="absent"):
            self.run(str(tmp_path / "absent.txt"))
        damaged = tmp_path / "damaged.txt"
        damaged.write_bytes("بغداد".encode("windows-1256"))
        with pytest.raises(CommandError, match="UTF-8"):
            self.run(str(damaged))
        damaged.write_text(" \n", "utf-8")
        with pytest.raises(CommandError, match="لا نصّ"):
            self.run(str(damaged))
        damaged.write_text("س " * MAX_BODY_LENGTH, "utf-8")
        with pytest.raises(CommandError, match="أطول"):
            self.run(str(damaged))

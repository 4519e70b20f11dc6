"""An article as its page reads it: kept, and true to the database at each reading."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User

from archive.article_page.named_actors import find_links
from archive.article_page.record import read_record
from archive.article_page.stored import StoredArticle, read_stored
from archive.browsing.text_parts import read_part
from archive.models import (
    Actor,
    ActorAlias,
    Article,
    ArticleActor,
    ArticleAuthor,
    Likeness,
    LikenessAnswer,
    Source,
    Status,
    Topic,
)

pytestmark = pytest.mark.django_db

CHANGES: dict[str, Callable[[Article], object]] = {
    "the source is named anew": lambda _article: _rename(Source),
    "a topic is named anew": lambda _article: _rename(Topic),
    "an actor is named anew": lambda _article: _rename(Actor),
    "an actor has another role": lambda _article: ArticleActor.objects.update(
        role="author"
    ),
    "another topic": lambda article: article.topics.add(
        Topic.objects.create(name_ar="الأنهار")
    ),
    "no actors": lambda article: article.actors.clear(),
    "an author is corrected": lambda _article: ArticleAuthor.objects.update(
        name="كرد علي"
    ),
    "another page, past the models": lambda _article: Article.objects.update(pages="9"),
}


def _rename(model: type[Source] | type[Topic] | type[Actor]) -> None:
    model.objects.update(name_ar="اسم آخر")


@pytest.fixture
def article() -> Article:
    source = Source.objects.create(name_ar="المقتبس")
    article = Article.objects.create(
        title="في بغداد", body="قال أبو جعفر ذلك. ثم مضى المنصور.", source=source
    )
    actor = Actor.objects.create(name_ar="المنصور")
    article.actors.add(actor)
    article.topics.add(Topic.objects.create(name_ar="التاريخ"))
    ArticleAuthor.objects.create(article=article, name="محمد كرد علي", actor=actor)
    return article


def _read(article: Article) -> StoredArticle:
    stored = read_stored(article.pk, AnonymousUser())
    assert stored
    return stored


class TestReadStored:
    @pytest.mark.parametrize("name", CHANGES)
    def test_change_is_seen_at_once(self, article: Article, name: str) -> None:
        before = read_record(_read(article).article)
        CHANGES[name](article)
        after = read_record(_read(article).article)
        assert after != before
        assert after == read_record(Article.objects.get(pk=article.pk))

    def test_unchanged_article_is_kept(self, article: Article) -> None:
        assert _read(article).article is _read(article).article

    def test_new_alias_leads_to_its_actor(self, article: Article) -> None:
        def named() -> list[str]:
            stored = _read(article)
            part = read_part(stored.opening, 1)
            links = find_links(stored.article, part)
            return [part.text[link.start : link.end] for link in links]

        assert named() == ["المنصور"]
        ActorAlias.objects.create(actor=Actor.objects.get(), name="أبو جعفر")
        assert named() == ["أبو جعفر"]

    def test_text_is_read_anew(self, article: Article) -> None:
        _read(article)
        Article.objects.filter(pk=article.pk).update(body="نص آخر")
        assert _read(article).opening.text == "نص آخر"

    def test_reprints_are_told(self, article: Article) -> None:
        other = Article.objects.create(title="مثله", source=article.source)
        pair = Likeness.objects.create(article=other, other=article, likeness=1)
        assert not _read(article).has_reprints
        pair.answer = LikenessAnswer.REPRINT
        pair.save()
        assert _read(article).has_reprints
        assert _read(other).has_reprints

    def test_hidden_article_is_for_those_who_may_see_it(self, article: Article) -> None:
        _read(article)
        owner, other = (User.objects.create(username=name) for name in "ab")
        may_add = Permission.objects.get(codename="change_article")
        for user in (owner, other):
            user.user_permissions.add(may_add)
        Article.objects.update(status=Status.DRAFT, created_by=owner)
        assert read_stored(article.pk, AnonymousUser()) is None
        assert read_stored(article.pk, other) is None
        assert read_stored(article.pk, owner)

    def test_unknown_number_has_none(self) -> None:
        assert read_stored(10**18, AnonymousUser()) is None

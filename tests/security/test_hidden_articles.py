"""Unpublished articles change no answer for readers who may not see them.

Every door is asked before and after there are hidden articles, with words, actors,
topics, sources and dates that only they have: the answers must be the same to the byte.
"""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import translation

from archive.dates import PartialDate
from archive.models import (
    Actor,
    ActorAlias,
    Article,
    ArticleAuthor,
    Source,
    Status,
    Topic,
)
from search.indexing.indexer import drain
from search.indexing.outbox import enqueue
from search.keeping import take_in_noted
from search.models import OutboxEntry
from search.searcher import run
from tests.search.searching import make_request
from tests.security.doors import DOORS, GONE, HIDDEN_YEAR, NAMES, SECRETS, WORD

pytestmark = pytest.mark.slow

# The sign of a session in a form, and a time, are other ones every time.
_TOKEN_RE = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]+"|<responseDate>[^<]+</responseDate>'
)
_FOOTER_RE = re.compile(rb"<footer.*</footer>", re.DOTALL)
_ARTICLE_RE = re.compile("(/articles/|article[-/])([0-9]+)")
# Status and content.
Answer = tuple[int, bytes]


def iter_names(
    patterns: list[URLPattern | URLResolver], space: str = ""
) -> Iterator[str]:
    """The full names of all views but the admin's own."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        elif pattern.namespace != "admin":
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from iter_names(pattern.url_patterns, space + inner)


def ask(reader: User | None, *, most: int = 99) -> dict[str, Answer]:
    """Status and content of addresses of each of `DOORS`, for *reader* or a guest.

    The first *most* of each door, and those that are known to change.
    """
    client = Client()
    if reader:
        client.force_login(reader)
    cache.clear()
    # Databases go on counting from test to test.
    before_first = Article.objects.earliest("pk").pk - 1
    answers = {}
    asked_of = [address for door in DOORS.values() for address in door[:most]]
    for address in dict.fromkeys((*asked_of, GONE, *NAMES)):
        asked = _ARTICLE_RE.sub(
            lambda match: f"{match[1]}{before_first + int(match[2])}", address
        )
        answer = client.get(asked, headers={"Accept-Language": "ar"})
        content = b"".join(answer) if answer.streaming else answer.content
        answers[address] = answer.status_code, _TOKEN_RE.sub(b"", content)
        # As the indexer does: earlier searches of the reader are suggested.
        take_in_noted()
    return answers


def differing(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The addresses whose answers differ."""
    return [address for address in before if before[address] != after[address]]


def without_footers(answers: dict[str, Answer]) -> dict[str, Answer]:
    """The answers without the counts in the footer."""
    return {
        address: (status, _FOOTER_RE.sub(b"", content))
        for address, (status, content) in answers.items()
    }


def save(
    title: str, *, source: Source, published: PartialDate | None, **more: object
) -> Article:
    article = Article(title=title, source=source, **more)
    article.published = published
    article.save()
    return article


@pytest.fixture
def archive(transactional_db: None, no_index: Path) -> Topic:
    """Three published articles, which share a word, a topic and a year."""
    presses = Topic.objects.create(name_ar="المطابع", slug="presses")
    printer = Actor.objects.create(name_ar="إبراهيم المطبعي", slug="printer")
    gazette = Source.objects.create(name_ar="الجريدة", slug="gazette")
    for day in (PartialDate(1923, 5, 14), PartialDate(1923), None):
        article = save(
            "مطبعة جديدة", source=gazette, published=day, body="مطبعة في المدينة."
        )
        article.topics.add(presses)
        article.actors.add(printer)
    drain()
    return presses


def add_hidden(presses: Topic, *, merge: bool = False) -> list[Article]:
    """A withdrawn article, which was found before, and a draft that never was."""
    # Below a topic that readers know stands one that they do not, and one below it.
    jewels = Topic.objects.create(name_ar="الجواهر", slug="jewels", parent=presses)
    gems = Topic.objects.create(name_ar="الأحجار الكريمة", slug="gems", parent=jewels)
    actor = Actor.objects.create(
        name_ar="زمرد الكاتب", name_latin="Zumurrud", slug="zumurrud", kind="place"
    )
    ActorAlias.objects.create(actor=actor, name="ست الحسن")
    source = Source.objects.create(name_ar="الجوهرة", slug="al-jawhara")
    known = Actor.objects.get(slug="printer")
    articles = []
    for status in (Status.PUBLISHED, Status.DRAFT):
        article = save(
            source=source,
            published=PartialDate(HIDDEN_YEAR, 5, 14),
            status=status,
            external_id=f"secret-{status}",
            **SECRETS,
        )
        article.actors.add(actor, known)
        article.topics.add(gems, presses)
        ArticleAuthor.objects.create(article=article, name="ياقوتي", actor=actor)
        articles.append(article)
    with_all_indexed(merge=merge)
    assert run(make_request(WORD), language="ar").total == 1
    articles[0].status = Status.WITHDRAWN
    articles[0].save()
    with_all_indexed(merge=merge)
    return articles


def with_all_indexed(*, merge: bool) -> None:
    """Let the indexer finish; unmerged, deleted documents stay in their segment."""
    if merge:
        enqueue(Article.objects.values_list("pk", flat=True))
        drain()
    assert not OutboxEntry.objects.exists()


def make_reader(role: str | None) -> User | None:
    if role is None:
        return None
    user = User.objects.create_user(f"reader-{role}")
    user.groups.add(Group.objects.get(name=role))
    return user


class TestDoors:
    def test_every_view_has_addresses(self) -> None:
        assert set(iter_names(get_resolver().url_patterns)) == set(DOORS)

    def test_addresses_belong_to_their_view(self) -> None:
        for name, addresses in DOORS.items():
            paths = {one.partition("?")[0].replace("/en/", "/ar/") for one in addresses}
            with translation.override("ar"):
                assert {resolve(path).view_name for path in paths} == {name}

    @pytest.mark.parametrize(
        ("role", "merge", "most"),
        [
            (None, False, 99),
            # The same views, which another index or reader may change as a whole.
            (None, True, 3),
            ("visitor", False, 3),
            ("contributor", False, 99),
        ],
    )
    def test_hidden_articles_change_no_answer(
        self, archive: Topic, role: str | None, merge: bool, most: int
    ) -> None:
        reader = make_reader(role)
        before = ask(reader, most=most)
        add_hidden(archive, merge=merge)
        after = ask(reader, most=most)
        names = NAMES if role == "contributor" else []
        assert differing(before, after) == [GONE, *names]
        assert after[GONE][0] == HTTPStatus.GONE
        for address in (GONE, *NAMES):
            shown = after[address][1].decode()
            assert [text for text in SECRETS.values() if text in shown] == []

    def test_published_articles_change_the_answers(self, archive: Topic) -> None:
        before = without_footers(ask(None))
        for article in add_hidden(archive):
            article.status = Status.PUBLISHED
            article.save()
        changed = set(differing(before, without_footers(ask(None))))
        # Where a published article changes nothing, the walk would prove nothing.
        silent = {
            name for name, addresses in DOORS.items() if not changed & set(addresses)
        }
        assert silent == {
            "root", "healthz", "readyz", "set_language", "login", "logout", "status",
            "password_change", "password_change_done", "search:syntax",
            "archive:styleguide",
            "archive:undated", "search:opensearch", "search:saved", "search:save",
            "search:saved_search", "search:edit_saved", "search:mark_seen",
            "search:delete_saved", "search:stop_alerts", "search:cited",
            "search:cited_crate", "search:batch", "search:quotations", "sitemap",
            "search:prepare", "search:jobs", "search:job", "search:job_file",
            "search:cancel_job",
            "search:basket", "search:add_to_basket", "search:empty_basket",
            "search:share", "search:basket_note", "search:remove_from_basket",
            "search:shared_lists", "search:shared_list", "search:edit_list",
            "search:revoke_list", "search:history", "search:change_history",
            "search:api", "search:api_reference", "api-v1:openapi", "api-v1:api-root",
            "api-v1:nothing", "no_api",
        }  # fmt: skip

    def test_editors_see_hidden_articles_and_their_authorities(
        self, archive: Topic
    ) -> None:
        articles = add_hidden(archive)
        editor = User.objects.create_user("editor")
        for name in ("publish_article", "view_actor", "view_topic", "view_source"):
            editor.user_permissions.add(Permission.objects.get(codename=name))
        client = Client()
        client.force_login(editor)
        for article in articles:
            page = client.get(article.get_absolute_url()).content.decode()
            assert SECRETS["title"] in page
        for address in ("actors/zumurrud", "topics/gems", "sources/al-jawhara"):
            assert client.get(f"/ar/{address}/").status_code == 200


class TestWithdrawing:
    def test_withdrawn_article_still_in_the_index_is_on_no_page(
        self, archive: Topic
    ) -> None:
        article = save(source=Source.objects.get(), published=None, **SECRETS)
        with_all_indexed(merge=False)
        # By a command that tells nobody: the index still holds it.
        Article.objects.filter(pk=article.pk).update(status=Status.WITHDRAWN)
        telling = (SECRETS["title"], "مخبوءة", "ياقوتي", "خزانة مرجان")
        for address, (_status, content) in ask(None).items():
            shown, asked = content.decode(), unquote(address)
            found = [text for text in telling if text in shown and text not in asked]
            assert found == [], address

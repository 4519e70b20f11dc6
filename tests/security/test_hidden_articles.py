"""Unpublished articles change no answer for readers who may not see them.

Every door is asked before and after there are hidden articles, with words, actors,
topics, sources and dates that only they have: the answers must be the same to the byte.
"""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote

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

pytestmark = pytest.mark.slow

WORD, NEAR_WORD, PART = "زمردة", "زمردا", "زمر"
HIDDEN_YEAR = 1611
# Of articles: two hidden ones, two public ones, and two that there never are.
NUMBERS = (4, 5, 1, 3, 6, 8)
# What a page could show of a hidden article, each told from all others.
SECRETS = {
    "title": f"خزانة {WORD}",
    "body": f"نص فيه {WORD} مخبوءة، وكلمة مطبعة التي في غيره.",
    "byline": "بقلم ياقوتي",
    "acquired_from": "خزانة مرجان",
}

QUERIES = [
    WORD, NEAR_WORD, f"{NEAR_WORD}~", f"{PART}*", f"={WORD}", f"√{WORD}", f"-{WORD}",
    f"مطبعة {WORD}", "مطبعة", "مطبعا", f"عنوان:{WORD}", "كاتب:ياقوتي", "Zumurrud",
    "مصدر:الجوهرة", f"سنة:{HIDDEN_YEAR}", "",
]  # fmt: skip
NARROWED = [
    "actor=zumurrud", "topic=jewels", "topic=gems", "source=al-jawhara",
    "actor=printer", "topic=presses", "from=1600&to=1700", "sort=newest", "level=root",
    "-actor=zumurrud", "actor=~", "-topic=~", "actor=printer&actor=zumurrud&any=actor",
    "undated=1",
]  # fmt: skip
# The name of each view of the site and what to ask of it; the admin has its own tests.
DOORS: dict[str, list[str]] = {
    "root": ["/"],
    "healthz": ["/healthz"],
    "readyz": ["/readyz"],
    "set_language": ["/i18n/setlang/"],
    "login": ["/ar/login/"],
    "logout": ["/ar/logout/"],
    "password_change": ["/ar/password/"],
    "password_change_done": ["/ar/password/changed/"],
    "status": ["/ar/admin/status/"],
    "search:home": ["/ar/", "/en/"],
    "search:results": [
        *(f"/ar/search/?q={quote(query)}" for query in QUERIES if query),
        *(f"/en/search/?{narrowed}" for narrowed in NARROWED),
        f"/ar/search/?q={quote(WORD)}&actor=zumurrud",
    ],
    "search:facet": [
        f"/ar/search/facets/{name}/?{query}"
        for name in ("actor", "topic", "source")
        for query in ("", "q=" + quote(WORD), "actor=zumurrud", "topic=gems")
    ],
    "search:export": [
        f"/ar/search/export/{name}/?{query}"
        for name in ("csv", "jsonl", "ris", "bibtex", "csl")
        for query in ("", "q=" + quote(WORD), "topic=gems", "q=" + quote("مطبعة"))
    ],
    "search:take_away": [
        f"/ar/search/take-away/?{query}"
        for query in ("", "q=" + quote(WORD), "topic=gems", "article=1")
    ],
    "search:suggestions": [
        f"/ar/search/suggestions/?q={quote(text)}"
        for text in (WORD, WORD[:3], WORD[:4], NEAR_WORD[:3], "زمر", "Zum", "جواهر",
                     "الجوهر", "ياقو", "مط", ".lv")
    ],
    "search:feed": [
        f"/ar/search/feed/?{query}"
        for query in ("", "q=" + quote(WORD), "actor=zumurrud", "source=al-jawhara")
    ],
    "search:opensearch": ["/ar/opensearch.xml"],
    "search:saved": ["/ar/search/saved/"],
    "search:save": ["/ar/search/saved/new/?q=" + quote(WORD)],
    "search:saved_search": ["/ar/search/saved/1/"],
    "search:edit_saved": ["/ar/search/saved/1/edit/"],
    "search:mark_seen": ["/ar/search/saved/1/seen/"],
    "search:delete_saved": ["/ar/search/saved/1/delete/"],
    "search:stop_alerts": ["/ar/alerts/stop/x/"],
    "search:cite": ["/ar/search/cite/?q=" + quote(WORD)],
    "search:cited": ["/ar/searches/none/"],
    "search:cited_crate": ["/ar/searches/none/crate/"],
    "search:batch": ["/ar/search/batch/"],
    "search:prepare": ["/ar/search/prepare/csv/"],
    "search:jobs": ["/ar/files/"],
    "search:job": ["/ar/files/none/"],
    "search:job_file": ["/ar/files/none/file/"],
    "search:cancel_job": ["/ar/files/none/cancel/"],
    "search:basket": ["/ar/basket/"],
    "search:add_to_basket": ["/ar/basket/add/?article=1"],
    "search:empty_basket": ["/ar/basket/empty/"],
    "search:share": ["/ar/basket/share/"],
    "search:basket_note": ["/ar/basket/1/note/"],
    "search:remove_from_basket": ["/ar/basket/1/remove/"],
    "search:shared_lists": ["/ar/lists/"],
    "search:shared_list": ["/ar/lists/none/"],
    "search:edit_list": ["/ar/lists/none/edit/"],
    "search:revoke_list": ["/ar/lists/none/revoke/"],
    "search:history": ["/ar/search/history/"],
    "search:change_history": ["/ar/search/history/begin/"],
    "search:quotations": ["/ar/quotations/"],
    "search:concordance": [
        f"/ar/search/concordance/?q={quote(query)}&order={order}"
        for query in (WORD, "مطبعة", "مط*")
        for order in ("oldest", "after", "before")
    ],
    "search:concordance_csv": [
        f"/ar/search/concordance/csv/?q={quote(query)}" for query in (WORD, "مطبعة")
    ],
    "search:frequency": [
        f"/ar/search/frequency/?q={quote(WORD)}&q={quote('مطبعة')}&{query}"
        for query in ("", "grain=month", f"from={HIDDEN_YEAR}", "actor=printer")
    ],
    "search:frequency_csv": [f"/ar/search/frequency/csv/?q={quote(WORD)}"],
    "search:compare": [
        "/ar/search/compare/?a.actor=printer",
        f"/ar/search/compare/?a.q={quote(WORD)}&b.q={quote('مطبعة')}",
        "/ar/search/compare/?a.actor=printer&b.q=",
        "/ar/search/compare/?a.actor=zumurrud&b.topic=presses",
    ],
    "search:compare_csv": [
        f"/ar/search/compare/csv/{table}/?a.actor=printer&b.q="
        for table in ("articles", "periods", "words")
    ],
    "search:from_article": [f"/ar/search/from-article/{pk}/" for pk in NUMBERS],
    "search:api": ["/ar/api/"],
    "search:api_reference": ["/ar/api/reference/"],
    "api-v1:openapi": ["/api/v1/openapi.json"],
    "api-v1:api-root": ["/api/v1/"],
    "api-v1:nothing": ["/api/v1/nothing"],
    "api-v1:search": [
        *(f"/api/v1/search?q={quote(query)}" for query in QUERIES if query),
        *(f"/api/v1/search?{narrowed}" for narrowed in NARROWED),
    ],
    "api-v1:articles": [
        *(f"/api/v1/articles?q={quote(query)}" for query in QUERIES if query),
        *(f"/api/v1/articles?{narrowed}" for narrowed in NARROWED
          if not narrowed.startswith("sort")),
        "/api/v1/articles?text=true",
    ],
    "api-v1:article": [f"/api/v1/articles/{pk}" for pk in NUMBERS],
    "api-v1:actors": ["/api/v1/actors"],
    "api-v1:actor": ["/api/v1/actors/zumurrud", "/api/v1/actors/printer"],
    "api-v1:topics": ["/api/v1/topics"],
    "api-v1:topic": ["/api/v1/topics/jewels", "/api/v1/topics/presses"],
    "api-v1:sources": ["/api/v1/sources"],
    "api-v1:source": ["/api/v1/sources/al-jawhara", "/api/v1/sources/gazette"],
    "api-v1:coverage": ["/api/v1/coverage"],
    "api-v1:coverage_months": ["/api/v1/coverage/months"],
    "api-v1:facet": [
        f"/api/v1/facets/{name}?{query}"
        for name in ("actor", "topic", "source", "kind")
        for query in ("", "q=" + quote(WORD), "topic=gems")
    ],
    "no_api": ["/api/v2/search"],
    # Its lists tell for ever what was public once: tests/search/api/oai.
    "oai": ["/oai/?verb=ListSets"],
    "sitemap": ["/sitemap.xml"],
    "sitemap_part": [
        f"/sitemap-{name}.xml" for name in ("pages", "actors", "topics", "sources", "1")
    ],
    "archive:reference": [
        f"/ar/articles/{pk}/reference/{name}/"
        for pk in NUMBERS
        for name in ("ris", "bibtex", "csl")
    ],
    "archive:unapi": [
        "/ar/unapi/",
        *(f"/ar/unapi/?id=article-{pk}" for pk in NUMBERS),
        *(f"/ar/unapi/?id=article-{pk}&format=ris" for pk in NUMBERS),
    ],
    "search:syntax": ["/ar/search/help/"],
    "archive:article": [
        f"/ar/articles/{pk}/?q={quote(WORD)}" for pk in NUMBERS
    ],
    "archive:related": [f"/ar/articles/{pk}/related/" for pk in NUMBERS],
    "archive:actors": [
        "/ar/actors/",
        "/en/actors/",
        "/ar/actors/?name=" + quote("زمرد"),
        "/en/actors/?name=Zum",
        "/ar/actors/?letter=" + quote("ز"),
        "/ar/actors/?kind=place",
    ],
    "archive:actor": ["/ar/actors/zumurrud/", "/ar/actors/printer/"],
    "archive:topics": ["/ar/topics/"],
    "archive:topic": [
        "/ar/topics/jewels/", "/ar/topics/gems/", "/ar/topics/presses/",
    ],
    "archive:sources": ["/ar/sources/", "/en/sources/"],
    "archive:source": ["/ar/sources/al-jawhara/", "/ar/sources/gazette/"],
    "archive:about": ["/ar/about/"],
    "archive:styleguide": ["/ar/styleguide/"],
    "archive:coverage": [
        f"/ar/coverage/{query}"
        for query in ("", f"?period={HIDDEN_YEAR}", "?period=1610s", "?period=1911")
    ],
    "archive:days": ["/ar/calendar/any-year/"],
    "archive:any_year": ["/ar/calendar/any-year/5/14/", "/en/calendar/any-year/1/1/"],
    "archive:hijri": ["/ar/calendar/hijri/"],
    "archive:hijri_year": ["/ar/calendar/hijri/1020/", "/ar/calendar/hijri/1329/"],
    "archive:hijri_month": ["/ar/calendar/hijri/1020/2/"],
    "archive:calendar": ["/ar/calendar/"],
    "archive:undated": ["/ar/calendar/undated/"],
    "archive:year": [f"/ar/calendar/{year}/" for year in (HIDDEN_YEAR, 1923)],
    "archive:month": [f"/ar/calendar/{year}/5/" for year in (HIDDEN_YEAR, 1923)],
    "archive:day": [f"/ar/calendar/{year}/5/14/" for year in (HIDDEN_YEAR, 1923)],
}  # fmt: skip
# Contributors choose from all names, so they see the pages of these, without articles.
NAMES = [
    "/ar/actors/zumurrud/",
    "/ar/topics/jewels/",
    "/ar/topics/gems/",
    "/ar/sources/al-jawhara/",
]
# The first hidden article was public: its own address says that it is withdrawn.
GONE = f"/ar/articles/4/?q={quote(WORD)}"
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

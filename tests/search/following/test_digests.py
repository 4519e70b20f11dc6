"""E-mails: when they are due, what they say, and that each article is in one."""

import datetime as dt
import re
import smtplib
from email import message_from_bytes, policy
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from archive.models import Article, Source
from search.following import read_token, send_digests, write_token
from search.models import Alert, Digest, Frequency, SavedSearch

NOW = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def saved(db: None) -> SavedSearch:
    owner = User.objects.create_user("reader", email="reader@example.org")
    return SavedSearch.objects.create(
        owner=owner,
        name="قطار الشام",
        reason="للفصل الثالث",
        query_string="q=%D9%82%D8%B7%D8%A7%D8%B1",
        language="ar",
        site_address="https://archive.example",
        frequency=Frequency.DAILY,
    )


def _alert(saved: SavedSearch, title: str) -> Article:
    source, _ = Source.objects.get_or_create(slug="paper", name_ar="المقتبس")
    article = Article.objects.create(title=title, source=source)
    Alert.objects.create(search=saved, article_id=article.pk)
    return article


def _named() -> list[int]:
    """The numbers of the articles in all e-mails, in the order of sending."""
    return [
        int(number)
        for message in mail.outbox
        for number in re.findall(r"/ar/articles/(\d+)/", str(message.body))
    ]


class TestDue:
    @pytest.mark.parametrize(
        ("frequency", "passed", "count"),
        [
            (Frequency.AT_ONCE, dt.timedelta(minutes=5), 2),
            (Frequency.DAILY, DAY - HOUR, 1),
            (Frequency.DAILY, DAY, 2),
            (Frequency.WEEKLY, 6 * DAY, 1),
            (Frequency.WEEKLY, 7 * DAY, 2),
            # A clock that was set back by days silences nothing.
            (Frequency.DAILY, -3 * DAY, 2),
        ],
    )
    def test_next_email_is_sent_after_the_interval(
        self, saved: SavedSearch, frequency: Frequency, passed: dt.timedelta, count: int
    ) -> None:
        saved.frequency = frequency
        saved.save()
        _alert(saved, "الأول")
        send_digests(NOW)
        _alert(saved, "الثاني")
        send_digests(NOW + passed)
        assert len(mail.outbox) == count

    def test_nothing_new_is_no_email(self, saved: SavedSearch) -> None:
        assert send_digests(NOW).sent == 0
        assert mail.outbox == []

    def test_search_without_emails_sends_none(self, saved: SavedSearch) -> None:
        saved.frequency = Frequency.NEVER
        saved.save()
        _alert(saved, "خبر")
        send_digests(NOW)
        assert mail.outbox == []

    def test_each_article_is_in_one_email(self, saved: SavedSearch) -> None:
        articles = []
        moment = NOW
        # Clocks are put on, put back, and stand.
        for step in (DAY, 3 * DAY, -2 * DAY, HOUR, 2 * DAY, 0 * DAY, 5 * DAY):
            articles.append(_alert(saved, f"خبر {step}").pk)
            moment += step
            send_digests(moment)
        send_digests(moment + 8 * DAY)
        assert _named() == articles


class TestFailures:
    def test_unsent_email_is_sent_later_and_is_the_same(
        self, saved: SavedSearch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        article = _alert(saved, "خبر")
        tried = []

        def fail(message: EmailMessage) -> int:
            tried.append(message.extra_headers["Message-ID"])
            raise smtplib.SMTPServerDisconnected("gone")

        with monkeypatch.context() as patch:
            patch.setattr(EmailMessage, "send", fail)
            assert send_digests(NOW).failed == 1
        later = _alert(saved, "خبر بعده")
        assert send_digests(NOW + HOUR).sent == 1
        assert _named() == [article.pk]
        assert [m.extra_headers["Message-ID"] for m in mail.outbox] == tried
        send_digests(NOW + 2 * DAY)
        assert _named() == [article.pk, later.pk]

    def test_crash_after_preparing_loses_nothing(self, saved: SavedSearch) -> None:
        article = _alert(saved, "خبر")
        digest = Digest.objects.create(search=saved, prepared_at=NOW)
        Alert.objects.update(digest=digest)
        send_digests(NOW + HOUR)
        send_digests(NOW + 2 * HOUR)
        assert _named() == [article.pk]

    def test_article_withdrawn_meanwhile_is_left_out(self, saved: SavedSearch) -> None:
        kept, gone = _alert(saved, "باق"), _alert(saved, "مسحوب")
        Article.objects.filter(pk=gone.pk).update(status="withdrawn")
        send_digests(NOW)
        assert _named() == [kept.pk]


class TestMessage:
    def test_message_says_what_is_new_and_why(self, saved: SavedSearch) -> None:
        _alert(saved, "وصول\nالقطار")
        send_digests(NOW)
        (message,) = mail.outbox
        assert message.subject == "مقال جديد: قطار الشام"
        assert message.to == ["reader@example.org"]
        assert "وصول القطار\nالمقتبس\nhttps://archive.example/ar/articles/" in str(
            message.body
        )
        assert "للفصل الثالث" in str(message.body)
        assert f"https://archive.example/ar/search/?{saved.query_string}" in str(
            message.body
        )

    def test_html_reads_in_its_direction_and_shows_names_as_they_are(
        self, saved: SavedSearch, settings: Settings
    ) -> None:
        settings.DEFAULT_FROM_EMAIL = "archive@example.org"
        saved.reason = "<b>للفصل</b>"
        saved.save()
        article = _alert(saved, "وصول <القطار>")
        send_digests(NOW)
        message = message_from_bytes(
            mail.outbox[0].message().as_bytes(), policy=policy.default
        )
        assert message["From"] == "سجلّ <archive@example.org>"
        assert message.get_content_type() == "multipart/alternative"
        page = message.get_body(("html",)).get_content()  # type: ignore[attr-defined]
        assert '<div lang="ar" dir="rtl">' in page
        assert f'<a href="https://archive.example/ar/articles/{article.pk}/">' in page
        assert "وصول &lt;القطار&gt;" in page
        assert "&lt;b&gt;للفصل" in page
        stop = message["List-Unsubscribe"].strip(" <>")
        assert f'<a href="{stop}">أوقف هذه الرسائل</a>' in page

    def test_name_of_two_lines_is_no_second_header(self, saved: SavedSearch) -> None:
        saved.name = "اسم\nBcc: other@example.org"
        saved.save()
        _alert(saved, "خبر")
        assert send_digests(NOW).sent == 1
        assert "\n" not in mail.outbox[0].subject

    def test_language_is_that_of_the_search(self, saved: SavedSearch) -> None:
        saved.language = "en"
        saved.save()
        _alert(saved, "خبر")
        _alert(saved, "خبر آخر")
        send_digests(NOW)
        assert mail.outbox[0].subject == "2 new articles: قطار الشام"


class TestStopping:
    def _link(self, saved: SavedSearch) -> str:
        _alert(saved, "خبر")
        send_digests(NOW)
        header = mail.outbox[0].extra_headers["List-Unsubscribe"]
        assert mail.outbox[0].extra_headers["List-Unsubscribe-Post"] == (
            "List-Unsubscribe=One-Click"
        )
        return urlsplit(header.strip("<>")).path

    def test_link_asks_and_one_click_stops(self, saved: SavedSearch) -> None:
        link = self._link(saved)
        client = Client(enforce_csrf_checks=True)
        assert client.get(link).status_code == 200
        saved.refresh_from_db()
        assert saved.frequency == Frequency.DAILY
        answer = client.post(link, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        saved.refresh_from_db()
        assert saved.frequency == Frequency.NEVER

    def test_link_works_where_readers_have_to_sign_in(
        self, saved: SavedSearch, settings: object
    ) -> None:
        settings.LOGIN_REQUIRED = True  # type: ignore[attr-defined]
        assert Client().post(self._link(saved)).status_code == 200

    def test_foreign_token_is_404(self, db: None) -> None:
        for token in ("x", "1:abc", write_token(10**9)):
            assert Client().get(f"/ar/alerts/stop/{token}/").status_code == 404

    def test_token_is_of_one_search(self) -> None:
        assert read_token(write_token(7)) == 7
        assert read_token(write_token(7)[:-1] + "x") is None

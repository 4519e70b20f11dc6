"""The limit of articles in one exported file."""

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import override
from pytest_django import Settings

from search.export.limits import export_limit_notice, limit_for

GUEST = AnonymousUser()
EDITOR = User(username="editor")


@pytest.fixture(autouse=True)
def _limits(settings: Settings) -> None:
    settings.EXPORT_MAX_ROWS = 50_000
    settings.EXPORT_GUEST_MAX_ROWS = 5_000


class TestLimitFor:
    def test_guest_has_a_lower_limit_than_an_editor(self) -> None:
        assert (limit_for(GUEST), limit_for(EDITOR)) == (5_000, 50_000)

    def test_guest_limit_never_exceeds_the_editors(self, settings: Settings) -> None:
        settings.EXPORT_MAX_ROWS = 100
        assert limit_for(GUEST) == 100


class TestExportLimitNotice:
    def test_notice_states_the_limit_below_it(self) -> None:
        with override("en"):
            assert (
                export_limit_notice(7, GUEST)
                == "One file holds at most 5,000 articles."
            )

    def test_total_at_the_limit_is_allowed(self) -> None:
        assert export_limit_notice(5_000, GUEST) == export_limit_notice(1, GUEST)

    def test_notice_beyond_the_limit_names_the_remedies(self) -> None:
        with override("en"):
            notice = export_limit_notice(5_001, GUEST)
        assert "at most 5,000 articles" in notice
        assert "Narrow it" in notice
        assert "Editors who have signed in may take 50,000 articles" in notice

    def test_editor_is_not_told_to_sign_in(self) -> None:
        with override("en"):
            notice = export_limit_notice(50_001, EDITOR)
        assert "at most 50,000 articles" in notice
        assert "signed in" not in notice

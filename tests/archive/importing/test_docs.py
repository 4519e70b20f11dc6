"""docs/importing.md agrees with the commands."""

from pathlib import Path

import pytest
from django.core.management import load_command_class

from archive.importing.fields import (
    ACTOR_FIELDS,
    ARTICLE_FIELDS,
    SOURCE_FIELDS,
    TOPIC_FIELDS,
)
from archive.importing.problems import MESSAGES
from archive.importing.report import COLUMNS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "importing.md"


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text("utf-8")


class TestPage:
    def test_page_names_every_field_and_synonym_of_an_article(self, page: str) -> None:
        for field in ARTICLE_FIELDS:
            for name in (field.name, field.path, *field.synonyms):
                assert f"`{name}`" in page

    def test_page_names_every_field_of_an_authority_record(self, page: str) -> None:
        for field in (*SOURCE_FIELDS, *TOPIC_FIELDS, *ACTOR_FIELDS):
            assert f"`{field.name}`" in page

    def test_page_names_every_code_of_a_problem(self, page: str) -> None:
        missing = [code for code in MESSAGES if f"`{code}`" not in page]
        assert missing == []

    def test_page_names_every_column_of_the_report(self, page: str) -> None:
        for column in COLUMNS:
            assert f"`{column}`" in page

    def test_page_names_every_option(self, page: str) -> None:
        command = load_command_class("archive", "import_articles")
        parser = command.create_parser("manage.py", "import_articles")
        own = command.base_stealth_options
        from_django = {
            "--help", "--version", "--verbosity", "--settings", "--pythonpath",
            "--traceback", "--no-color", "--force-color", "--skip-checks",
        }  # fmt: skip
        options = {
            option
            for action in parser._actions
            for option in action.option_strings
            if option.startswith("--") and option not in from_django | set(own)
        }
        assert {option for option in options if option not in page} == set()

"""Readers of environment variables, and their messages."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env_vars
from config.security.rate_limits.rates import Rate

NAME = "SIJILL_PROBE"


@pytest.fixture
def write(monkeypatch: pytest.MonkeyPatch):
    return lambda value: monkeypatch.setenv(NAME, value)


class TestText:
    def test_value_is_stripped(self, write) -> None:
        write("  سجلّ  ")
        assert env_vars.text(NAME) == "سجلّ"

    def test_empty_value_gives_the_default(self, write) -> None:
        write(" ")
        assert env_vars.text(NAME, default="سجلّ") == "سجلّ"


class TestWords:
    @pytest.mark.parametrize("value", ["a.example b.example", "a.example, b.example ,"])
    def test_spaces_and_commas_separate(self, write, value: str) -> None:
        write(value)
        assert env_vars.words(NAME) == ["a.example", "b.example"]

    def test_empty_value_has_no_words(self) -> None:
        assert env_vars.words(NAME) == []


class TestHosts:
    def test_names_are_accepted(self, write) -> None:
        write("archive.example.org, .example.org [::1] *")
        named = ["archive.example.org", ".example.org", "[::1]", "*"]
        assert env_vars.hosts(NAME, default="") == named

    def test_url_is_refused(self, write) -> None:
        write("localhost https://archive.example.org")
        refusal = f"{NAME} cannot be 'https://archive.example.org'.*names alone"
        with pytest.raises(ImproperlyConfigured, match=refusal):
            env_vars.hosts(NAME, default="")


class TestOrigins:
    def test_urls_are_accepted(self, write) -> None:
        write("https://archive.example.org http://localhost:8000")
        named = ["https://archive.example.org", "http://localhost:8000"]
        assert env_vars.origins(NAME) == named

    def test_name_without_scheme_is_refused(self, write) -> None:
        write("archive.example.org")
        refusal = f"{NAME} cannot be 'archive.example.org'.*https://"
        with pytest.raises(ImproperlyConfigured, match=refusal):
            env_vars.origins(NAME)


class TestBoolean:
    @pytest.mark.parametrize(
        ("value", "meaning"),
        [("1", True), ("TRUE", True), ("yes", True), ("off", False), ("0", False)],
    )
    def test_usual_spellings_are_accepted(
        self, write, value: str, meaning: bool
    ) -> None:
        write(value)
        assert env_vars.boolean(NAME, default=not meaning) is meaning

    def test_other_spelling_is_refused(self, write) -> None:
        write("ture")
        with pytest.raises(
            ImproperlyConfigured, match=f"{NAME} cannot be 'ture'.*true"
        ):
            env_vars.boolean(NAME, default=False)


class TestInteger:
    def test_arabic_digits_are_accepted(self, write) -> None:
        write("٥٠٠")
        assert env_vars.integer(NAME, default=1) == 500

    @pytest.mark.parametrize(
        ("value", "remedy"), [("50k", "whole number"), ("0", "1 or more")]
    )
    def test_invalid_number_is_refused(self, write, value: str, remedy: str) -> None:
        write(value)
        with pytest.raises(ImproperlyConfigured, match=f"'{value}'.*{remedy}"):
            env_vars.integer(NAME, default=7, minimum=1)


class TestChoice:
    def test_case_does_not_count(self, write) -> None:
        write("Levantine")
        assert env_vars.choice(NAME, choices=("both", "levantine"), default="both") == (
            "levantine"
        )

    def test_refusal_lists_the_choices(self, write) -> None:
        write("iraqi")
        with pytest.raises(ImproperlyConfigured, match="one of: both, levantine"):
            env_vars.choice(NAME, choices=("both", "levantine"), default="both")


class TestTimeZone:
    def test_known_zone_is_accepted(self, write) -> None:
        write("Asia/Baghdad")
        assert env_vars.time_zone(NAME, default="UTC") == "Asia/Baghdad"

    @pytest.mark.parametrize("value", ["Baghdad", "../etc/passwd", "Asia"])
    def test_unknown_zone_is_refused(self, write, value: str) -> None:
        write(value)
        with pytest.raises(ImproperlyConfigured, match="Asia/Baghdad"):
            env_vars.time_zone(NAME, default="UTC")


class TestPath:
    def test_path_is_absolute(self, write, tmp_path: Path, monkeypatch) -> None:
        monkeypatch.chdir(tmp_path)
        write("data")
        assert env_vars.path(NAME, Path("/srv")) == tmp_path.resolve() / "data"


class TestSecretKey:
    IN_FILE = "from the file".ljust(env_vars.SECRET_KEY_MIN_LENGTH, "-")
    IN_VARIABLE = "from the variable".ljust(env_vars.SECRET_KEY_MIN_LENGTH, "-")

    def test_variable_is_preferred(self, write, tmp_path: Path) -> None:
        file = tmp_path / "secret-key"
        file.write_text(self.IN_FILE)
        write(self.IN_VARIABLE)
        assert env_vars.secret_key(NAME, file, debug=False) == self.IN_VARIABLE

    def test_file_is_read_without_a_variable(self, tmp_path: Path) -> None:
        file = tmp_path / "secret-key"
        file.write_text(f"{self.IN_FILE}\n")
        assert env_vars.secret_key(NAME, file, debug=False) == self.IN_FILE

    def test_missing_key_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ImproperlyConfigured, match=r"start\.py setup"):
            env_vars.secret_key(NAME, tmp_path / "secret-key", debug=False)

    def test_missing_key_is_replaced_in_debug_mode(self, tmp_path: Path) -> None:
        key = env_vars.secret_key(NAME, tmp_path / "secret-key", debug=True)
        assert key.startswith("django-insecure-")


class TestContact:
    @pytest.mark.parametrize("value", ["desk@example.org", "https://example.org/us"])
    def test_address_is_accepted(self, write, value: str) -> None:
        write(value)
        assert env_vars.contact(NAME) == value

    def test_unset_contact_is_empty(self) -> None:
        assert env_vars.contact(NAME) == ""

    @pytest.mark.parametrize("value", ["javascript:alert(1)", "the desk", "a@b c@d"])
    def test_other_value_is_refused(self, write, value: str) -> None:
        write(value)
        with pytest.raises(ImproperlyConfigured, match=r"e-mail address or a link"):
            env_vars.contact(NAME)


class TestDatabase:
    def test_sqlite_is_the_default(self, tmp_path: Path) -> None:
        database = env_vars.database(NAME, tmp_path / "sijill.sqlite3")
        assert database["NAME"] == str(tmp_path / "sijill.sqlite3")

    def test_refusal_does_not_contain_the_password(self, write) -> None:
        write("mysql://amina:open-sesame@db.example/sijill")
        with pytest.raises(ImproperlyConfigured, match="mysql") as refusal:
            env_vars.database(NAME, Path("x"))
        assert "open-sesame" not in str(refusal.value)
        assert refusal.value.__suppress_context__


class TestRate:
    def test_number_and_unit_are_a_rate(self, write) -> None:
        write("5/Hour")
        assert env_vars.rate(NAME, default="off") == Rate(5, 3600)

    def test_default_is_parsed(self) -> None:
        assert env_vars.rate(NAME, default="off") is None

    @pytest.mark.parametrize("value", ["5", "0/hour", "5/week", "كثير"])
    def test_other_value_is_refused_with_the_remedy(self, write, value: str) -> None:
        write(value)
        with pytest.raises(ImproperlyConfigured, match="second or minute or hour"):
            env_vars.rate(NAME, default="off")

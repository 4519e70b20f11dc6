"""Cached URLs."""

from django.urls import reverse, set_script_prefix
from django.utils.translation import override

from archive.addresses import reverse_cached


class TestReverseCached:
    def test_each_language_has_its_own_url(self) -> None:
        for language in ("ar", "en", "ar"):
            with override(language):
                found = reverse_cached("search:results")
                assert found == f"/{language}/search/" == reverse("search:results")

    def test_each_argument_has_its_own_url(self) -> None:
        with override("ar"):
            for slug in ("taha-hussein", "umm-kulthum", "taha-hussein"):
                address = reverse("archive:actor", args=[slug])
                assert reverse_cached("archive:actor", slug) == address

    def test_script_prefix_is_kept(self) -> None:
        with override("ar"):
            without = reverse_cached("search:syntax")
            try:
                set_script_prefix("/archive/")
                assert reverse_cached("search:syntax") == f"/archive{without}"
            finally:
                set_script_prefix("/")

"""Addresses that are kept."""

from django.urls import reverse, set_script_prefix
from django.utils.translation import override

from archive.addresses import reverse_cached


class TestFindAddress:
    def test_each_language_has_its_own(self) -> None:
        for language in ("ar", "en", "ar"):
            with override(language):
                found = reverse_cached("search:results")
                assert found == f"/{language}/search/" == reverse("search:results")

    def test_each_name_has_its_own(self) -> None:
        with override("ar"):
            for slug in ("taha-hussein", "umm-kulthum", "taha-hussein"):
                address = reverse("archive:actor", args=[slug])
                assert reverse_cached("archive:actor", slug) == address

    def test_a_site_below_another_path_keeps_that_path(self) -> None:
        with override("ar"):
            without = reverse_cached("search:syntax")
            try:
                set_script_prefix("/archive/")
                assert reverse_cached("search:syntax") == f"/archive{without}"
            finally:
                set_script_prefix("/")

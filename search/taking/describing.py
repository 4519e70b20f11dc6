"""What a file is about, in the language of the moment."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from archive.references import Place
from search.export.about import About
from search.taking.taken import Taken


def describe(taken: Taken, columns: tuple[str, ...], site_address: str) -> About:
    """What a file of *taken* is about; *site_address* is as of `Place`."""
    is_arabic = (get_language() or "ar").startswith("ar")
    return About(
        place=Place.today(site_address),
        site_name=settings.SITE_NAME_AR if is_arabic else settings.SITE_NAME_EN,
        question=taken.question,
        address=f"{site_address}{taken.path}",
        total=taken.total,
        made_at=timezone.localtime(),
        columns=columns,
        notes=taken.notes,
    )

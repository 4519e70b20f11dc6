"""Articles that records look like without being the same: duplicates, told and kept.

Texts that are nearly the same are found by `archive.duplicates`.

The same text in the archive is found by its hash, whose index makes it as fast in a
large archive as in a small one.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Final

from archive.duplicates import RecentRuns, note_texts
from archive.importing.problems import Note, excerpt
from archive.importing.writing.matching.identities import Candidate
from archive.importing.writing.matching.names import name_key
from archive.models import Article

# Likeness of two spellings of one source's name, and the length from which it counts.
_NEARLY: Final = 0.85
_SHORTEST_NAME: Final = 6


def find_same_texts(candidates: Sequence[Candidate]) -> dict[str, list[Article]]:
    """The stored articles with the text of a new one, by content hash."""
    hashes = {each.content_hash for each in candidates if not each.article_id}
    found: defaultdict[str, list[Article]] = defaultdict(list)
    same = Article.objects.filter(content_hash__in=hashes).values_list("pk", flat=True)
    ids = list(same) if hashes else []
    if ids:
        rows = Article.objects.filter(pk__in=ids).select_related("source")
        for article in rows.only(
            "title", "content_hash", "external_id", "published_on", "source__name_ar"
        ).order_by("pk"):
            found[article.content_hash].append(article)
    return found


def correct_sources(
    candidates: Sequence[Candidate],
    same_texts: dict[str, list[Article]],
    *,
    is_new_source: Callable[[int], bool],
    claim: Callable[[Candidate, int], bool],
) -> None:
    """Take articles whose source has only been spelled otherwise for the same ones.

    Identifier and text are the same, the old name is nearly the new one, and no article
    had the new one before this import.
    """
    for each in candidates:
        if each.article_id or not each.record.external_id:
            continue
        if not is_new_source(each.source_id):
            continue
        for article in same_texts.get(each.content_hash, ()):
            same_id = article.external_id == each.record.external_id
            old, new = article.source.name_ar, each.record.source.name_ar
            if same_id and is_nearly(old, new) and claim(each, article.pk):
                each.moves = True
                note = Note("source_corrected", "source", {"piece": excerpt(old)})
                each.notes.append(note)
                break


def is_nearly(one: str, other: str) -> bool:
    """Whether two names differ by a slip of the pen.

    >>> is_nearly("لغة العربب", "لغة العرب"), is_nearly("النهار", "المنار")
    (True, False)
    """
    keys = name_key(one), name_key(other)
    if min(map(len, keys)) < _SHORTEST_NAME:
        return False
    return SequenceMatcher(None, *keys).ratio() >= _NEARLY


def note_duplicates(
    candidates: Sequence[Candidate], same_texts: dict[str, list[Article]]
) -> None:
    """Add a note to each new record whose text is in the archive."""
    for each in candidates:
        if each.article_id:
            continue
        for article in same_texts.get(each.content_hash, ())[:1]:
            values = {
                "number": article.pk,
                "title": excerpt(article.title),
                "source": excerpt(article.source.name_ar),
            }
            each.notes.append(Note("possible_duplicate", "", values))


def note_alike(candidates: Sequence[Candidate], recent: RecentRuns) -> None:
    """Add a note to each article, just inserted, whose text is nearly another one's.

    *recent* has the texts of the import's last batches.
    """
    texts = {each.article.pk: each.article.body for each in candidates}
    found = note_texts(texts, new=True, recent=recent)
    if not found:
        return
    others = {alike[0].article_id for alike in found.values()}
    rows = Article.objects.filter(pk__in=others).values_list("pk", "title")
    titles = dict(rows.order_by())
    for each in candidates:
        alike = found.get(each.article.pk, [])
        told = any(note.code == "possible_duplicate" for note in each.notes)
        for other in () if told else alike[:1]:
            values = {
                "number": other.article_id,
                "title": excerpt(titles.get(other.article_id, "")),
                "percent": other.percent,
            }
            code = "part_of_another" if other.is_part else "nearly_duplicate"
            each.notes.append(Note(code, "", values))

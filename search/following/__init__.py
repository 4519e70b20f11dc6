"""What is new to saved searches, and the e-mails that tell of it."""

from search.following.arrivals import take_in
from search.following.digests import DigestResult, send_digests
from search.following.form import SavedSearchForm
from search.following.matching import MatchResult, match_arrivals
from search.following.stopping import read_token, write_token
from search.following.visits import note_visit, seen_until

__all__ = [
    "DigestResult",
    "MatchResult",
    "SavedSearchForm",
    "match_arrivals",
    "note_visit",
    "read_token",
    "seen_until",
    "send_digests",
    "take_in",
    "write_token",
]

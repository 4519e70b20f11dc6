"""What readers keep: a basket with notes, earlier searches, lists under a link.

It knows accounts and keepers, and nothing of requests and sessions.
"""

from search.keeping.basket import (
    MOST_ARTICLES,
    MOST_NOTE,
    BasketFull,
    add_articles,
    list_ids,
)
from search.keeping.form import SharedListForm
from search.keeping.history import remember
from search.keeping.keepers import (
    SESSION_KEY,
    find_keeper,
    make_own,
    make_visitor,
    move_to_account,
    remove_expired,
    renew,
)
from search.keeping.noting import NotedSearch, note, take_in_noted
from search.keeping.sharing import (
    LIFE_OF_VISITORS,
    MOST_OF_VISITOR,
    TooManyLists,
    list_own,
    make_key,
    share,
)

__all__ = [
    "LIFE_OF_VISITORS",
    "MOST_ARTICLES",
    "MOST_NOTE",
    "MOST_OF_VISITOR",
    "SESSION_KEY",
    "BasketFull",
    "NotedSearch",
    "SharedListForm",
    "TooManyLists",
    "add_articles",
    "find_keeper",
    "list_ids",
    "list_own",
    "make_key",
    "make_own",
    "make_visitor",
    "move_to_account",
    "note",
    "remember",
    "remove_expired",
    "renew",
    "share",
    "take_in_noted",
]

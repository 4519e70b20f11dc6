"""Word families: the lemmas that a surface form may be of, and their roots.

Forms that share a lemma are of one family. What a form belongs to is a function of the
form and the lexicon, not of the archive, so that all segments agree. ``membership``
tells the family of a form and of a word that is asked for, ``asked`` the lemmas of
such a word, ``vowelled`` what printed vowels tell, ``keys`` how lemmas and roots are
written in an index, ``starts`` where the word in a form may begin, ``dictionary`` what
a word may be looked up as.
"""

from search.arabic.families.dictionary import (
    Reading,
    derived_words,
    readings_of,
    related_words,
    vowels_of,
)
from search.arabic.families.keys import (
    BEFORE_RANK,
    ITSELF,
    base_of,
    join_keys,
    split_itself,
    split_keys,
)
from search.arabic.families.membership import (
    Family,
    asked_family,
    asked_lemmas,
    asked_roots,
    family,
    find_families,
    prime,
    prime_asked,
    telling_form,
    telling_forms,
)
from search.arabic.families.starts import prime_starts, proclitics, starts_of
from search.arabic.families.vowelled import has_diacritics

__all__ = [
    "BEFORE_RANK",
    "ITSELF",
    "Family",
    "Reading",
    "asked_family",
    "asked_lemmas",
    "asked_roots",
    "base_of",
    "derived_words",
    "family",
    "find_families",
    "has_diacritics",
    "join_keys",
    "prime",
    "prime_asked",
    "prime_starts",
    "proclitics",
    "readings_of",
    "related_words",
    "split_itself",
    "split_keys",
    "starts_of",
    "telling_form",
    "telling_forms",
    "vowels_of",
]

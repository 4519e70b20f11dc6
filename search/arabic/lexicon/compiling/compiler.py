"""The steps from the package's tables to the arrays of a lexicon."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

import numpy as np
from farahidi.lexicon import TABLES, load_map

from search.arabic.lexicon.clitics import read_enclitics, read_proclitics
from search.arabic.lexicon.compiling import source, tables
from search.arabic.lexicon.compiling.alignment import (
    AnnotatedLemma,
    Counts,
    Identity,
    align,
    annotate,
)
from search.arabic.lexicon.compiling.inflections import inflect_noun
from search.arabic.lexicon.compiling.lemmas import canonical, dictionary_form, identity
from search.arabic.lexicon.compiling.stems.plurals import find_plurals
from search.arabic.lexicon.compiling.stems.profiles import add_rows, build_table
from search.arabic.lexicon.compiling.stems.rows import (
    Numbering,
    Rows,
    fold_last_hamza,
    iter_derived,
    list_rows,
)
from search.arabic.lexicon.compiling.stems.variants import (
    VARIANT_WEIGHT,
    find_same,
    find_variants,
)
from search.arabic.lexicon.compiling.weighing import (
    Targets,
    agreement,
    weigh_inflections,
    weigh_profiles,
)
from search.arabic.lexicon.location import STAMP, content_digest
from search.arabic.lexicon.lookup import ARRAYS, checksum
from search.arabic.lexicon.packing import Array, PackedForms, pack
from search.arabic.lexicon.readings import Weighed, share
from search.arabic.lexicon.segmentation import Segmenter
from search.arabic.lexicon.stem_table import Candidates, StemTable
from search.arabic.normalize import fold

# The least probability of a lemma, and the most of one that the frequencies have and
# the counted forms have not.
_UNSEEN_LEMMA: Final = 2e-8
_MOST_UNCOUNTED: Final = 1e-5
# That of a name of our own: once in half a million words.
_OWN_NAME: Final = 2e-6


class Compiler:
    """The steps from the package's tables to arrays."""

    def __init__(self) -> None:
        self.numbering = Numbering()
        rows = self._gather()
        # What a word takes that only annotated text has.
        free = inflect_noun(
            definiteness="", case="", has_tanween=False, is_construct=False, features=()
        )
        other = self.numbering.inflection(free)
        self.lemma_of = self._identify()
        self.table, self.profiles = build_table(rows, self.lemma_of, other)
        self.proclitics = read_proclitics(load_map(TABLES["proclitics"]))
        self.enclitics = read_enclitics(load_map(TABLES["enclitics"]))
        self.segmenter = Segmenter(self.table.keys, self.proclitics, self.enclitics)

    def _gather(self) -> Rows:
        self.nouns = source.read_category("noun")
        parts = [
            rows
            for category in (source.read_category("verb"), self.nouns)
            for rows in iter_derived(category, self.numbering)
        ]
        parts.append(list_rows(source.iter_particles(), self.numbering))
        parts.append(list_rows(source.iter_names(), self.numbering))
        return fold_last_hamza(
            Rows(*map(np.concatenate, zip(*map(astuple, parts), strict=True))),
            self.numbering,
        )

    def _identify(self) -> Array:
        """Number the distinct lemmas; returns the number of each of ``numbering``."""
        self.numbers: dict[Identity, int] = {}
        self.roots = source.read_root_frequencies()
        self.entries: list[tuple[str, str, str, str]] = []
        return np.array(
            [
                self._add(identity(lemma, category), lemma, root)
                for (lemma, category), root in zip(
                    self.numbering.lemmas, self.numbering.roots, strict=True
                )
            ]
        )

    def _add(self, of: Identity, lemma: str, root: str) -> int:
        """The number of a lemma; of its spellings' roots the most frequent is kept."""
        number = self.numbers.setdefault(of, len(self.numbers))
        if number == len(self.entries):
            self.entries.append((lemma, of[1], dictionary_form(of[0]), ""))
        known = self.entries[number]
        if self.roots.get(root, 0) > self.roots.get(known[3], 0):
            self.entries[number] = (*known[:3], root)
        return number

    def write(self, folder: Path, stamp: Mapping[str, object]) -> None:
        """Write the arrays to *folder*, and *stamp* with what they hold.

        The stamp goes last: a folder without it is no lexicon.
        """
        arrays = self._compile()
        for name in ARRAYS:
            np.save(folder / f"{name}.npy", arrays[name])
        checksums = {name: checksum(arrays[name]) for name in ARRAYS}
        complete = dict(stamp) | {
            "checksums": checksums,
            "proclitics": [astuple(each) for each in self.proclitics],
            "enclitics": [astuple(each) for each in self.enclitics],
        }
        complete["digest"] = content_digest(complete)
        (folder / STAMP).write_text(json.dumps(complete, ensure_ascii=False), "utf-8")

    def _compile(self) -> dict[str, Array]:
        """The arrays of ``ARRAYS`` by name."""
        forms_of_god = self._forms_of_god()
        counts = tables.with_bare_forms(annotate(source.read_counts()))
        forms = sorted(form for form in counts if pack(form))
        candidates = self.table.expand(self.segmenter.cut(PackedForms.of(forms)))
        agrees = agreement(list(self.numbering.inflections), self.segmenter)
        readings = self._list_readings(forms, candidates, agrees)
        aligned = align(counts, readings, self._particles())
        targets = self._targets(forms, counts, aligned)
        self._add_own_names(targets)
        likelihood = weigh_inflections(candidates, self.profiles, agrees, targets)
        profile_weights = weigh_profiles(self.profiles, likelihood, agrees)
        lemma_weights = self._weigh_lemmas(targets)
        _vowelled, _kinds, dictionary_forms, roots = zip(*self.entries, strict=True)
        shares = tables.combine(
            forms,
            targets,
            _likelihoods(candidates, profile_weights, lemma_weights),
            dictionary_forms,
        )
        same = find_same(dictionary_forms, roots, lemma_weights)
        shares = tables.prefer(
            forms,
            share(shares.forms, same[shares.lemmas], shares.weights),
            {dictionary_forms[name]: int(same[name]) for name in self.own_names},
        )
        table = self._complete(lemma_weights)
        return {
            "keys": table.keys,
            "firsts": table.firsts.astype(np.uint32),
            "stem_lemmas": same[table.lemmas].astype(np.uint32),
            "profiles": table.profiles.astype(np.uint16),
            "seats": table.seats.astype(np.uint8),
            "profile_weights": np.concatenate(
                (profile_weights, profile_weights * np.float32(VARIANT_WEIGHT))
            ),
            **tables.pack_forms(forms, shares, forms_of_god),
            **self._describe(lemma_weights, same),
        }

    def _describe(self, weights: Array, same: Array) -> dict[str, Array]:
        """The arrays of the lemmas by number."""
        roots = [entry[3] for entry in self.entries]
        plurals = find_plurals(self.nouns, self.numbers, roots, weights)
        return {
            "lemma_weights": weights,
            "root_lemmas": tables.list_by_root(roots, weights, same),
            **tables.pack_texts(tables.with_keys(self.entries, weights), plurals),
        }

    def _list_readings(
        self, forms: Sequence[str], candidates: Candidates, agrees: Array
    ) -> dict[str, list[Identity]]:
        """The lemmas that each of *forms* can be of."""
        every = np.ones(agrees.shape)
        possible = weigh_profiles(self.profiles, every, agrees) > 0
        kept = possible[candidates.profiles, candidates.attachments]
        pairs = np.unique(
            np.stack((candidates.forms[kept], candidates.lemmas[kept])), axis=1
        )
        identities = list(self.numbers)
        return {
            forms[form]: [identities[lemma] for _form, lemma in of_form]
            for form, of_form in groupby(pairs.T.tolist(), key=itemgetter(0))
        }

    def _particles(self) -> set[Identity]:
        return {
            identity(lemma, category)
            for lemma, category in self.numbering.lemmas
            if category == "particle"
        }

    def _targets(
        self,
        forms: Sequence[str],
        counts: Counts,
        aligned: Mapping[AnnotatedLemma, Sequence[Identity]],
    ) -> Targets:
        """The counts of *forms* by number; numbers lemmas that the lexicon lacks."""
        rows: defaultdict[tuple[int, int], float] = defaultdict(float)
        self.unknown: list[int] = []
        for number, form in enumerate(forms):
            for lemma, count in counts[form].items():
                for of in aligned[lemma]:
                    if of not in self.numbers:
                        self.unknown.append(self._add(of, of[0], ""))
                    rows[number, self.numbers[of]] += count / len(aligned[lemma])
        ordered = sorted(rows.items())
        pairs = np.array([pair for pair, _count in ordered], np.int64)
        found = np.array([count for _pair, count in ordered])
        return Targets(pairs[:, 0], pairs[:, 1], found)

    def _add_own_names(self, targets: Targets) -> None:
        """Add the names of ``names.txt`` that are no counted word's dictionary form."""
        counted = np.unique(targets.lemmas).tolist()
        known = {self.entries[number][2] for number in counted}
        self.own_names: list[int] = []
        for name in source.read_own_names():
            if dictionary_form(name) not in known:
                self.own_names.append(self._add(identity(name, "name"), name, ""))

    def _name_profile(self) -> int:
        """The profile that most names of the package have."""
        categories = [category for _lemma, category in self.numbering.lemmas]
        of_names = np.unique(self.lemma_of[np.array(categories) == "name"])
        profiles = self.table.profiles[np.isin(self.table.lemmas, of_names)]
        return int(np.argmax(np.bincount(profiles)))

    def _weigh_lemmas(self, targets: Targets) -> Array:
        """P(lemma), from the counts or else from the package's frequencies."""
        counted = np.bincount(targets.lemmas, targets.counts, len(self.entries))
        frequencies: defaultdict[str, float] = defaultdict(float)
        for lemma, frequency in source.read_lemma_frequencies().items():
            frequencies[canonical(lemma)] += frequency
        others = [
            min(frequencies[spelled], _MOST_UNCOUNTED)
            for spelled, _kind in self.numbers
        ]
        shares = np.where(counted > 0, counted / counted.sum(), others)
        shares[self.own_names] = np.maximum(shares[self.own_names], _OWN_NAME)
        return (shares + _UNSEEN_LEMMA).astype(np.float32)

    def _complete(self, lemma_weights: Array) -> StemTable:
        """The table with the lemmas that only annotated text has, and with variants.

        The profile of a variant is that of its stem, and so many more as there are.
        """
        count = self.profiles.firsts.size - 1
        added = dict.fromkeys(self.unknown, count - 1)
        added |= dict.fromkeys(self.own_names, self._name_profile())
        keys = {lemma: pack(self.entries[lemma][2]) for lemma in added}
        used = [lemma for lemma, key in keys.items() if key]
        table = add_rows(
            self.table,
            np.array([keys[lemma] for lemma in used], np.uint64),
            np.array(used, np.int64),
            np.array([added[lemma] for lemma in used], np.int64),
        )
        roots = [entry[3] for entry in self.entries]
        variants = find_variants(table, lemma_weights, roots)
        profiles = table.profiles[variants.rows]
        return add_rows(
            table,
            variants.keys,
            table.lemmas[variants.rows],
            np.where(variants.is_regular, profiles, profiles + count),
        )

    def _forms_of_god(self) -> dict[str, int]:
        return {
            fold(written): self._add(identity(lemma, "name"), lemma, "")
            for written, lemma in source.read_forms_of_god().items()
        }


def _likelihoods(
    candidates: Candidates, profile_weights: Array, lemma_weights: Array
) -> Weighed:
    """The shares of readings by lemma and inflection alone."""
    weights = profile_weights[candidates.profiles, candidates.attachments]
    return share(
        candidates.forms, candidates.lemmas, weights * lemma_weights[candidates.lemmas]
    )

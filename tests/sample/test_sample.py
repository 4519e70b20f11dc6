"""Validity of the sample archive's records."""

import json
import re
import unicodedata
from collections import Counter

import pytest

from archive.dates import parse_date
from tests.sample.records import (
    ACTORS,
    ARTICLES,
    SAMPLE,
    SOURCES,
    TOPICS,
    Record,
    load,
    names_of,
    paragraphs,
    path_of,
    words,
)

GOLDEN = load("golden_queries")

FILES = ("sources", "topics", "actors", "articles", "golden_queries")
ACTOR_KINDS = {"person", "organisation", "party", "government_body", "place"}
CITIES = {"بغداد", "الموصل", "البصرة", "دمشق", "القاهرة", "بيروت", "تونس"}
SOURCE_KINDS = {"newspaper", "magazine", "agency", "radio", "website", "book"}

FEWEST_ARTICLES, FEWEST_WORDS, MOST_WORDS = 60, 80, 350
FIRST_YEAR, LAST_YEAR = "1900", "2020"
# Characters of a year, a year and month, and a whole date in ISO form.
PRECISIONS = {0: "unknown", 4: "year", 7: "month", 10: "day"}
FEWEST_BY_PRECISION = {"unknown": 2, "year": 5, "month": 10, "day": 40}

SAYS_IT_IS_A_SAMPLE = re.compile(
    r"(?:نموذجي|عيّنة).*سجلّ|sample.*Sijill|exemple.*Sijill", re.IGNORECASE
)
ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
WIKIDATA_ID = re.compile(r"Q[1-9]\d*")


class TestFiles:
    @pytest.mark.parametrize("name", FILES)
    def test_file_is_normalized_and_ends_with_a_line_end(self, name: str) -> None:
        text = (SAMPLE / f"{name}.jsonl").read_text("utf-8")
        assert text == unicodedata.normalize("NFC", text)
        assert text.endswith("}\n")

    @pytest.mark.parametrize("name", FILES)
    def test_spaces_and_controls_are_tidy(self, name: str) -> None:
        text = (SAMPLE / f"{name}.jsonl").read_text("utf-8")
        untidy = re.findall(r"  |\\t|\\r| \\n|\\n |\\n\\n\\n|\ufeff|\\u", text)
        assert untidy == []

    @pytest.mark.parametrize("records", [SOURCES, TOPICS, ACTORS])
    def test_slugs_are_unique_and_ascii(self, records: list[Record]) -> None:
        slugs = [record["slug"] for record in records]
        assert len(set(slugs)) == len(slugs)
        assert [slug for slug in slugs if not SLUG.fullmatch(slug)] == []

    @pytest.mark.parametrize("records", [SOURCES, TOPICS, ACTORS])
    def test_arabic_names_are_unique(self, records: list[Record]) -> None:
        names = Counter(record["name_ar"] for record in records)
        assert [name for name, count in names.items() if count > 1] == []


class TestSources:
    def test_names_say_that_they_are_samples(self) -> None:
        assert [s for s in SOURCES if "النموذجي" not in s["name_ar"]] == []
        assert [s for s in SOURCES if "ample" not in s["name_latin"]] == []

    def test_kinds_and_cities_are_many(self) -> None:
        assert {source["kind"] for source in SOURCES} == SOURCE_KINDS
        assert {source["place"] for source in SOURCES} == CITIES


class TestTopics:
    def test_parents_precede_their_children(self) -> None:
        seen: set[str | None] = {None}
        for topic in TOPICS:
            assert topic["parent"] in seen
            seen.add(topic["slug"])

    def test_tree_has_three_levels(self) -> None:
        assert {path_of(topic).count(" / ") for topic in TOPICS} == {0, 1, 2}

    def test_each_has_both_names(self) -> None:
        assert all(topic["name_ar"] and topic["name_en"] for topic in TOPICS)


class TestActors:
    def test_all_kinds_but_one_appear(self) -> None:
        assert {actor["kind"] for actor in ACTORS} == ACTOR_KINDS

    def test_each_is_spelled_in_three_ways_in_each_script(self) -> None:
        for actor in ACTORS:
            names = [actor["name_ar"], actor["name_latin"], *actor["aliases"]]
            arabic = [name for name in names if re.search("[ء-ي]", name)]
            assert len(set(names)) == len(names), actor["slug"]
            assert len(arabic) >= 3, actor["slug"]
            assert len(names) - len(arabic) >= 3, actor["slug"]

    def test_dates_and_identifiers_are_well_formed(self) -> None:
        for actor in ACTORS:
            dates = [date for date in (actor["began"], actor["ended"]) if date]
            assert all(ISO_DATE.fullmatch(date) for date in dates), actor["slug"]
            assert dates == sorted(dates), actor["slug"]
            wikidata_id = actor["wikidata_id"]
            assert not wikidata_id or WIKIDATA_ID.fullmatch(wikidata_id), actor["slug"]

    def test_identifiers_are_used_once(self) -> None:
        ids = [actor["wikidata_id"] for actor in ACTORS if actor["wikidata_id"]]
        assert len(set(ids)) == len(ids)


class TestArticles:
    def test_articles_are_enough_and_numbered(self) -> None:
        ids = [article["external_id"] for article in ARTICLES]
        assert len(ids) >= FEWEST_ARTICLES
        assert ids == [f"sample-{n:03}" for n in range(1, len(ids) + 1)]

    def test_each_has_some_length_and_three_paragraphs(self) -> None:
        for article in ARTICLES:
            count = len(words(article))
            assert FEWEST_WORDS <= count <= MOST_WORDS, article["external_id"]
            assert len(paragraphs(article)) >= 3, article["external_id"]

    def test_each_ends_with_a_notice_that_it_is_a_sample(self) -> None:
        last = {a["external_id"]: paragraphs(a)[-1] for a in ARTICLES}
        others = [n for n, said in last.items() if not SAYS_IT_IS_A_SAMPLE.search(said)]
        assert others == []

    def test_notices_vary(self) -> None:
        closings = {paragraphs(a)[-1] for a in ARTICLES if a["language"] == "ar"}
        assert len(closings) == 4

    def test_arabic_punctuation_is_arabic(self) -> None:
        for article in ARTICLES:
            name, text = article["external_id"], article["body"]
            assert not re.search(r"[ء-ي][,;?]", text), name
            if article["language"] != "fr":
                assert not re.search(r"\s[،؛؟.:!»]|«\s", text), name
            assert text.count("«") == text.count("»"), name
            assert text.count("(") == text.count(")"), name

    def test_references_exist(self) -> None:
        topics = {path_of(topic) for topic in TOPICS} | {t["name_ar"] for t in TOPICS}
        for article in ARTICLES:
            name, named = article["external_id"], article["actors"]
            actors = {a["slug"] if isinstance(a, dict) else a for a in named}
            assert article["source"] in names_of(SOURCES), name
            assert actors <= names_of(ACTORS), name
            assert article["topics"], name
            assert set(article["topics"]) <= topics, name

    def test_every_source_topic_and_actor_is_used(self) -> None:
        topics = {topic.split(" / ")[-1] for a in ARTICLES for topic in a["topics"]}
        assert topics == {topic["name_ar"] for topic in TOPICS}
        sources = {article["source"] for article in ARTICLES}
        assert all(sources & {s["slug"], s["name_ar"]} for s in SOURCES)
        named = [actor for article in ARTICLES for actor in article["actors"]]
        actors = {a["name_ar"] if isinstance(a, dict) else a for a in named}
        assert actors == {actor["name_ar"] for actor in ACTORS}

    def test_articles_come_from_the_sample_archive(self) -> None:
        origins = {json.dumps(article["provenance"]) for article in ARTICLES}
        assert len(origins) == 1
        assert "Sijill sample archive" in origins.pop()


class TestDates:
    def test_dates_are_from_1900_to_2020(self) -> None:
        years = {a["published"][:4] for a in ARTICLES if a["published"]}
        assert (min(years), max(years)) == (FIRST_YEAR, LAST_YEAR)

    def test_every_precision_occurs(self) -> None:
        found = Counter(PRECISIONS[len(article["published"])] for article in ARTICLES)
        fewer = {name for name, n in FEWEST_BY_PRECISION.items() if found[name] < n}
        assert fewer == set()

    def test_printed_dates_mean_the_recorded_ones(self) -> None:
        for article in ARTICLES:
            printed = article["published_as_printed"]
            meant = parse_date(printed).partial.iso() if printed else ""
            assert meant == article["published"], article["external_id"]


class TestGoldenQueries:
    def test_queries_are_many_and_different(self) -> None:
        queries = [golden["query"] for golden in GOLDEN]
        assert len(queries) >= 45
        assert len(set(queries)) == len(queries)

    def test_expected_articles_are_published(self) -> None:
        public = {a["external_id"] for a in ARTICLES if a["status"] == "published"}
        for golden in GOLDEN:
            assert golden["why"], golden["query"]
            assert 1 <= len(golden["expected"]) <= 10, golden["query"]
            assert set(golden["expected"]) <= public, golden["query"]

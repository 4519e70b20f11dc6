"""Large collections assembled from smaller ones."""

import json
from pathlib import Path

import pytest

from benchmarks.data.assemble import Record, assemble, main, read_records

_SEED = 7


def _record(number: int, source: str, published: str) -> Record:
    paragraphs = tuple(f"فقرة {number} من {source} {n}" for n in range(3))
    return Record(
        f"عنوان {number}", paragraphs, source, ("أدب",), ("طه حسين",), published
    )


PAPERS = [
    [_record(number, "المقتطف", "1923-02-28") for number in range(6)],
    [_record(number, "الهلال", "") for number in range(2)],
]


class TestAssemble:
    def test_same_seed_gives_the_same_collection(self) -> None:
        first = list(assemble(PAPERS, size=20, seed=_SEED))
        assert first == list(assemble(PAPERS, size=20, seed=_SEED))
        assert first != list(assemble(PAPERS, size=20, seed=_SEED + 1))

    def test_paragraphs_are_whole_and_of_the_same_source(self) -> None:
        for article in assemble(PAPERS, size=20, seed=_SEED):
            paragraphs = article["body"].split("\n\n")
            assert len(paragraphs) == len(set(paragraphs)) == 3
            own = {
                paragraph
                for records in PAPERS
                for record in records
                if record.source == article["source"]
                for paragraph in record.paragraphs
            }
            assert set(paragraphs) <= own

    def test_dates_are_near_and_unknown_dates_stay_unknown(self) -> None:
        for article in assemble(PAPERS, size=40, seed=_SEED):
            if article["source"] == "الهلال":
                assert article["published"] is None
            else:
                assert "1923-02-13" <= article["published"] <= "1923-03-15"

    def test_ids_are_distinct(self) -> None:
        ids = [article["id"] for article in assemble(PAPERS, size=30, seed=_SEED)]
        assert len(set(ids)) == 30

    def test_empty_collections_raise(self) -> None:
        with pytest.raises(ValueError, match="No collection"):
            list(assemble([[]], size=1, seed=_SEED))


class TestReadRecords:
    def test_records_without_title_or_body_are_skipped(self) -> None:
        lines = ['{"title": "", "body": "متن"}', '{"title": "عنوان", "body": " \\n"}']
        assert read_records(lines) == []

    def test_persons_become_actors(self) -> None:
        line = json.dumps(
            {
                "title": "خبر",
                "body": "سطر\n\nآخر",
                "persons": [{"name": "ابن حزم", "n": 1}],
            }
        )
        [record] = read_records([line])
        assert record.paragraphs == ("سطر", "آخر")
        assert record.actors == ("ابن حزم",)


class TestMain:
    def test_gzipped_file_is_reproducible(self, tmp_path: Path) -> None:
        collection = tmp_path / "articles.jsonl"
        line = {"title": "خبر", "body": "سطر\nآخر", "published": "2015-07-21"}
        collection.write_text(json.dumps(line), "utf-8")
        written = []
        for name in ("one.jsonl.gz", "two.jsonl.gz"):
            out = tmp_path / name
            main([str(collection), "--size", "5", "--out", str(out)])
            written.append(out.read_bytes())
        assert written[0] == written[1] != b""

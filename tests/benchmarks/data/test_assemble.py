"""Large collections made of smaller ones."""

import json
from pathlib import Path

import pytest

from benchmarks.data.assemble import Record, assemble, main, read_records

_SEED = 7


def _record(number: int, source: str, published: str) -> Record:
    paragraphs = tuple(f"فقرة {number} من {source} {at}" for at in range(3))
    return Record(
        f"عنوان {number}", paragraphs, source, ("أدب",), ("طه حسين",), published
    )


PAPERS = [
    [_record(number, "المقتطف", "1923-02-28") for number in range(6)],
    [_record(number, "الهلال", "") for number in range(2)],
]


class TestAssemble:
    def test_one_seed_gives_one_collection(self) -> None:
        first = list(assemble(PAPERS, size=20, seed=_SEED))
        assert first == list(assemble(PAPERS, size=20, seed=_SEED))
        assert first != list(assemble(PAPERS, size=20, seed=_SEED + 1))

    def test_paragraphs_stay_whole_and_with_their_source(self) -> None:
        for article in assemble(PAPERS, size=20, seed=_SEED):
            pieces = article["body"].split("\n\n")
            assert len(pieces) == len(set(pieces)) == 3
            own = {
                paragraph
                for records in PAPERS
                for record in records
                if record.source == article["source"]
                for paragraph in record.paragraphs
            }
            assert set(pieces) <= own

    def test_days_stay_near_and_unknown_ones_unknown(self) -> None:
        for article in assemble(PAPERS, size=40, seed=_SEED):
            if article["source"] == "الهلال":
                assert article["published"] is None
            else:
                assert "1923-02-13" <= article["published"] <= "1923-03-15"

    def test_each_article_has_a_number_of_its_own(self) -> None:
        found = [one["id"] for one in assemble(PAPERS, size=30, seed=_SEED)]
        assert len(set(found)) == 30

    def test_nothing_to_assemble_is_refused(self) -> None:
        with pytest.raises(ValueError, match="No collection"):
            list(assemble([[]], size=1, seed=_SEED))


class TestReadRecords:
    def test_records_without_title_or_body_are_left_out(self) -> None:
        lines = ['{"title": "", "body": "متن"}', '{"title": "عنوان", "body": " \\n"}']
        assert read_records(lines) == []

    def test_persons_are_actors_by_name(self) -> None:
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
    def test_a_packed_file_is_the_same_bytes_each_time(self, tmp_path: Path) -> None:
        collection = tmp_path / "articles.jsonl"
        line = {"title": "خبر", "body": "سطر\nآخر", "published": "2015-07-21"}
        collection.write_text(json.dumps(line), "utf-8")
        written = []
        for name in ("one.jsonl.gz", "two.jsonl.gz"):
            out = tmp_path / name
            main([str(collection), "--size", "5", "--out", str(out)])
            written.append(out.read_bytes())
        assert written[0] == written[1] != b""

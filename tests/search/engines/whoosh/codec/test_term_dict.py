"""Terms looked up in a lexicon, one by one and many at once."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.codec.segment_file import SegmentFile, write_segment_file
from search.engines.whoosh.codec.term_dict import TermDict, pack_terms

TERMS = st.text("اب0", max_size=4).map(str.encode)


class TestFindAll:
    @given(held=st.sets(TERMS, max_size=200), asked=st.lists(TERMS, max_size=30))
    def test_it_finds_what_is_held(
        self, tmp_path: Path, held: set[bytes], asked: list[bytes]
    ) -> None:
        terms = sorted(held)
        path = tmp_path / "terms"
        write_segment_file(path, {}, pack_terms("id/terms", terms))
        found = TermDict(SegmentFile(path), "id/terms").find_all(asked).tolist()
        assert found == [at for at, term in enumerate(terms) if term in set(asked)]

"""Many terms are looked up at once, by scan or one by one."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.codec.segment_file import SegmentFile, write_segment_file
from search.engines.whoosh.codec.term_dict import TermDict, pack_terms

TERMS = st.text("اب0", max_size=4).map(str.encode)


class TestFindAll:
    @given(present=st.sets(TERMS, max_size=200), asked=st.lists(TERMS, max_size=30))
    def test_ordinals_are_those_of_the_terms_present(
        self, tmp_path: Path, present: set[bytes], asked: list[bytes]
    ) -> None:
        terms = sorted(present)
        path = tmp_path / "terms"
        write_segment_file(path, {}, pack_terms("id/terms", terms))
        found = TermDict(SegmentFile(path), "id/terms").find_all(asked).tolist()
        assert found == [at for at, term in enumerate(terms) if term in set(asked)]

"""Documents of a scratch index."""

from benchmarks.scratch_index import build_document
from search.indexing.documents import iter_documents
from tests.search.library import Library


class TestBuildDocument:
    def test_fields_and_types_are_those_of_an_article(self, library: Library) -> None:
        article = next(iter(library.articles.values()))
        indexed = next(iter_documents([article]))
        document = build_document(article.pk, title="عنوان", body="متن")
        assert {key: type(value) for key, value in document.items()} == {
            key: type(value) for key, value in indexed.items()
        }

    def test_title_and_body_are_in_the_fields_of_an_article(self) -> None:
        document = build_document(1, title="عنوان", body="متن")
        assert document["text"] == ["عنوان", "", "متن"]
        assert document["title"] == ["عنوان"]

"""Messages for texts that are not dates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import DateNotUnderstood, Trouble


class TestDateNotUnderstood:
    def test_it_is_a_value_error(self) -> None:
        assert issubclass(DateNotUnderstood, ValueError)

    @pytest.mark.parametrize("trouble", list(Trouble))
    def test_each_message_has_examples(self, trouble: Trouble) -> None:
        sentence = str(DateNotUnderstood(trouble, "قديم"))
        assert sentence.endswith("02/2018, 2018 or 14 Ramadan 1445.")
        assert "%" not in sentence

    @pytest.mark.parametrize("trouble", [t for t in Trouble if t is not Trouble.EMPTY])
    def test_each_message_quotes_the_part_at_fault(self, trouble: Trouble) -> None:
        assert "“قديم”" in str(DateNotUnderstood(trouble, "قديم"))

    def test_message_is_translated_by_the_function(self) -> None:
        arabic = {Trouble.WORD.value: "لا يُفهم «%(piece)s»."}
        error = DateNotUnderstood(Trouble.WORD, "قديم")
        sentence = error.sentence(lambda message: arabic.get(message, "اكتب 2018."))
        assert sentence == "لا يُفهم «قديم». اكتب 2018."

    def test_percent_sign_in_the_text_is_kept(self) -> None:
        assert "“5%s”" in str(DateNotUnderstood(Trouble.WORD, "5%s"))

    def test_long_text_is_cut(self) -> None:
        assert DateNotUnderstood(Trouble.TOO_LONG, "س" * 300).piece == "س" * 40 + "…"

    @given(piece=st.text(alphabet=st.characters()))
    def test_any_text_can_be_encoded(self, piece: str) -> None:
        str(DateNotUnderstood(Trouble.WORD, piece)).encode()

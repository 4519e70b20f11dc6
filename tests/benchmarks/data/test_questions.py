"""Questions drawn from the words of a collection."""

import pytest

from benchmarks.data.collection import Article, stems
from benchmarks.data.questions import KINDS, Question, draw_questions

_LINES = (
    "نفط سفينة ميناء وزارة تجارة زراعة قمح شعير سكة حديد",
    "قطار مدينة جامعة طالب مدرسة مستشفى طبيب دواء صحيفة مقال",
    "شاعر قصيدة رواية مسرح جمهور ملعب فريق بطولة مطر سيول",
    "جبل نهر بحيرة جزيرة صحراء غابة حديقة شارع جسر مطار",
    "رئيس وزير سفير قاض محكمة قانون دستور انتخاب حزب مجلس",
    "مصرف عملة ذهب فضة سوق متجر مصنع عامل أجرة إضراب",
)
_WORDS = [word for line in _LINES for word in line.split()]
_COUNT = 3


def _article(number: int) -> Article:
    """An article whose words are each in several articles and none in all."""
    body = " ".join(_WORDS[(number * 7 + n * 11) % len(_WORDS)] for n in range(9))
    title = " ".join(_WORDS[(number * 2 + n * 7) % len(_WORDS)] for n in range(6))
    return Article(number, title, body, f"صحيفة {number % 3}", (), 19230100 + number)


ARTICLES = [_article(number) for number in range(1, 31)]


def _draw(seed: int = 1) -> list[Question]:
    return draw_questions(ARTICLES, count=_COUNT, seed=seed)


def _count(stem: str) -> int:
    return sum(stem in stems(f"{one.title} {one.body}") for one in ARTICLES)


class TestDrawQuestions:
    def test_each_class_has_the_count_of_distinct_questions(self) -> None:
        questions = _draw()
        kinds = [question.kind for question in questions]
        assert {kind: kinds.count(kind) for kind in KINDS} == dict.fromkeys(
            KINDS, _COUNT
        )
        assert len(set(questions)) == len(questions)

    def test_same_seed_gives_the_same_questions(self) -> None:
        assert _draw() == _draw()
        assert _draw() != _draw(seed=2)

    def test_words_are_in_the_collection(self) -> None:
        for question in _draw():
            if question.joined != "prefix":
                assert all(_count(stem) for stem in map(_stem, question.words))

    def test_rare_word_is_in_few_articles(self) -> None:
        rare = [question for question in _draw() if question.kind == "rare"]
        assert all(2 <= _count(_stem(one.words[0])) <= 20 for one in rare)

    def test_phrase_is_in_an_article(self) -> None:
        texts = [" ".join(stems(one.body)) for one in ARTICLES]
        for question in _draw():
            if question.joined == "phrase":
                phrase = " ".join(map(_stem, question.words))
                assert any(phrase in text for text in texts)

    def test_headline_has_five_to_twelve_words(self) -> None:
        headlines = [one for one in _draw() if one.kind == "headline"]
        assert all(5 <= len(one.words) <= 12 for one in headlines)

    def test_filtered_question_matches_an_article(self) -> None:
        for question in _draw():
            if question.kind == "filtered":
                assert any(
                    one.source == question.source
                    and question.first <= one.day <= question.last
                    and _stem(question.words[0]) in stems(one.body)
                    for one in ARTICLES
                )

    def test_too_few_words_raise(self) -> None:
        with pytest.raises(ValueError, match="--size"):
            draw_questions(ARTICLES[:1], count=_COUNT, seed=1)


def _stem(word: str) -> str:
    [stem] = stems(word)
    return stem

"""An article's text leads to the pages of the actors that its record names."""

import pytest
from django.test import Client

from archive.models import Actor, ActorKind
from tests.pages.conftest import ArticleMaker
from tests.pages.reading import find, texts

_BODY = (
    "قال مصطفى الكاظمي إنّ الأمر انتهى، وأضاف الكاظمي أنه <باقٍ>.\n\n"
    "ثم زار بغداد، وكان للكاظميّ رأي في هذا.\n\n"
    "أما عليّ بن مصطفى الكاظمي فلم يقل شيئًا."
)
_ADDRESS = "/ar/actors/kadhimi/"


@pytest.fixture
def kadhimi(db: None) -> Actor:
    return Actor.objects.create(
        slug="kadhimi", name_ar="مصطفى الكاظمي", kind=ActorKind.PERSON
    )


def test_actor_of_the_record_is_linked_once_a_paragraph(
    client: Client, make_article: ArticleMaker, kadhimi: Actor
) -> None:
    article = make_article("خبر", body=_BODY)
    article.actors.add(kadhimi)
    page = client.get(article.get_absolute_url())
    linked = [a.text for a in find(page, "a", href=_ADDRESS)]
    # The last of them is the record's. Who is called his son is another.
    assert linked == ["مصطفى الكاظمي", "للكاظميّ", "مصطفى الكاظمي"]
    assert texts(page, "div", class_="article-body") == [" ".join(_BODY.split())]


def test_nobody_beyond_the_record_is_linked(
    client: Client, make_article: ArticleMaker, kadhimi: Actor
) -> None:
    page = client.get(make_article("خبر", body=_BODY).get_absolute_url())
    assert not find(page, "a", href=_ADDRESS)


def test_alias_is_linked_as_soon_as_it_is_known(
    client: Client, make_article: ArticleMaker, kadhimi: Actor
) -> None:
    article = make_article("خبر", body="قال أبو هيا المستشار كلامًا.")
    article.actors.add(kadhimi)
    page = client.get(article.get_absolute_url())
    assert len(find(page, "a", href=_ADDRESS)) == 1
    kadhimi.aliases.create(name="أبو هيا المستشار")
    page = client.get(article.get_absolute_url())
    assert find(page, "a", href=_ADDRESS)[0].text == "أبو هيا المستشار"


def test_links_and_marks_of_a_search_stand_together(
    client: Client, make_article: ArticleMaker, kadhimi: Actor
) -> None:
    article = make_article("خبر", body=_BODY)
    article.actors.add(kadhimi)
    page = client.get(article.get_absolute_url(), {"q": "مصطفى الأمر"})
    assert b'<mark id="hit-1">' in page.content
    assert f'<a href="{_ADDRESS}"><mark id="hit-1">' in page.content.decode()
    assert texts(page, "div", class_="article-body") == [" ".join(_BODY.split())]

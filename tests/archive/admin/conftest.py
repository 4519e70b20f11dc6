"""Fixtures of the admin: accounts, and the rows that its tests use."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import translation

from archive.models import (
    Actor,
    ActorAlias,
    ActorKind,
    Article,
    Source,
    SourceKind,
    Topic,
)
from tests import shared_rows


@dataclass(frozen=True)
class Catalogue:
    """Rows for different ways of looking up names."""

    ahram: Source  # hamza on the alef, a definite article
    shawqi: Actor  # أحمد: the hamza that people leave out; Shawqī: a macron
    shawqi_place: Actor  # a namesake that only its kind tells apart
    hafiz: Actor  # found under an alias alone
    literature: Topic
    poetry: Topic  # below literature
    press_poetry: Topic  # a namesake of poetry, below another topic


@shared_rows.layer("catalogue")
def _write_catalogue(request: pytest.FixtureRequest) -> Catalogue:
    literature = Topic.objects.create(name_ar="الأدب", name_latin="Literature")
    press = Topic.objects.create(name_ar="الصحافة", name_latin="The press")
    hafiz = Actor.objects.create(name_ar="حافظ إبراهيم", began="1872", ended="1932")
    ActorAlias.objects.create(actor=hafiz, name="شاعر النيل")
    return Catalogue(
        ahram=Source.objects.create(
            name_ar="الأهرام", name_latin="Al-Ahram", kind=SourceKind.NEWSPAPER
        ),
        shawqi=Actor.objects.create(
            name_ar="أحمد شوقي",
            name_latin="Aḥmad Shawqī",
            began="1868-10-16",
            ended="1932-10-14",
        ),
        shawqi_place=Actor.objects.create(
            name_ar="أحمد شوقي", kind=ActorKind.PLACE, slug="shawqi-square"
        ),
        hafiz=hafiz,
        literature=literature,
        poetry=Topic.objects.create(name_ar="الشعر", parent=literature),
        press_poetry=Topic.objects.create(name_ar="الشعر", parent=press),
    )


@pytest.fixture
def catalogue(request: pytest.FixtureRequest, db: None) -> Catalogue:
    rows: Catalogue = shared_rows.take("catalogue", request)
    return rows


@pytest.fixture
def article(catalogue: Catalogue) -> Article:
    """A published article with a date known to the month only."""
    return Article.objects.create(
        title="إحياء ذكرى شَوقي في القاهرة",
        body="نصّ الخبر.",
        source=catalogue.ahram,
        byline="بقلم مُراسلنا",
        external_id="ahram-7",
        published_on=dt.date(1932, 11, 1),
        published_precision="month",
    )


@pytest.fixture
def editor(db: None, client: Client) -> Client:
    """A client that a superuser has signed in to."""
    client.force_login(User.objects.create_superuser("editor"))
    return client


@pytest.fixture
def visitor_staff(db: None, client: Client) -> Client:
    """A client of a member of staff without permissions."""
    client.force_login(User.objects.create_user("guest", is_staff=True))
    return client


@pytest.fixture
def reader_staff(db: None, client: Client) -> Client:
    """A client of a member of staff who may view articles only."""
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def _language_left_as_it_was() -> Iterator[None]:
    """Reset the language, which requests under /en/ leave active."""
    with translation.override("ar"):
        yield


@pytest.fixture
def english(_language_left_as_it_was: None) -> Iterator[None]:
    """Activate English, also for lazy translations."""
    with translation.override("en"):
        yield

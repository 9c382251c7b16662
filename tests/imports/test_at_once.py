"""People who import at the same moment, over HTTP: every figure is taken once, and nobody's is lost without a word."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from kpis import permissions
from kpis.imports.terms import choose, keep
from kpis.models import Measurement, SourceMap, Upload
from tests.factories import IndicatorFactory, UserFactory

from .importing import LONG, TERMS, layout_of
from .visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 5


@pytest.fixture
def seen(transactional_db):
    return IndicatorFactory(code="seen")


def uploaded(value):
    """Somebody’s file that is ready for its last look; the address of that page and who it is."""
    person = UserFactory(group=permissions.IMPROVEMENT_TEAM)
    content = f"Indicator,Period,Value\nseen,May 2017,{value}\n".encode()
    upload = keep(file_name="may.csv", content=content, terms=TERMS, by=person)
    choose(upload, layout=layout_of(*LONG), terms=TERMS)
    return reverse("kpis:import_check", args=[upload.pk]), person


def looking(live_server, address, person):
    """A browser that shows the last look, and what its button sends."""
    client = Client()
    client.force_login(person)
    visitor = Visitor(urlsplit(live_server.url).port, client.cookies["sessionid"].value)
    seen = visitor.get(address).text.split('name="seen" value="')[1].split('"')[0]
    return lambda: visitor.post(address, {"seen": seen})


def at_once(clicks):
    barrier = Barrier(len(clicks))

    def press(click):
        barrier.wait()
        return click()

    with ThreadPoolExecutor(len(clicks)) as pool:
        return list(pool.map(press, clicks))


def test_button_pressed_five_times_at_once_takes_figures_once(live_server, seen):
    address, person = uploaded(70)
    clicks = [looking(live_server, address, person) for _ in range(CLICKS)]

    answers = at_once(clicks)

    statuses = [answer.status for answer in answers]
    assert (statuses.count(302), set(statuses) - {302, 404, 409}) == (1, set())
    assert Measurement.objects.get().value == 70
    assert (Upload.objects.count(), SourceMap.objects.count()) == (0, 1)


def test_two_people_with_one_month_at_once(live_server, seen):
    files = {value: uploaded(value) for value in (70, 71)}
    clicks = [looking(live_server, *file) for file in files.values()]

    answers = at_once(clicks)

    assert sorted(answer.status for answer in answers) == [302, 409]
    winner = next(value for value, answer in zip(files, answers, strict=True) if answer.status == 302)
    told = next(answer.text for answer in answers if answer.status == 409)
    assert Measurement.objects.get().value == winner
    assert "Somebody recorded figures while you read this page. Nothing was taken." in told
    assert f"{winner}%" in told
    assert Upload.objects.count() == 1

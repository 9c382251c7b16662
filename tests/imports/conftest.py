import json
from decimal import Decimal

import pytest

from kpis.enums import Coverage, Frequency, Polarity, Unit
from kpis.imports import child, files
from tests.factories import IndicatorFactory


@pytest.fixture
def seen(db):
    return IndicatorFactory(code="seen", name="Children seen", short_name="Seen")


@pytest.fixture
def plans(db):
    return IndicatorFactory(
        code="plans",
        name="Plans",
        short_name="Plans",
        unit=Unit.NUMBER,
        frequency=Frequency.QUARTERLY,
        covers=Coverage.LAST_DAY,
        polarity=Polarity.CONTEXT,
    )


@pytest.fixture
def yearly(db):
    return IndicatorFactory(code="yearly", name="Yearly share", dfe_measure="ShareDfE", dfe=True)


@pytest.fixture
def team(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def without_child(monkeypatch):
    """Files are read in this process: that a child reads them is proved elsewhere, and to start one takes its time."""

    def ask(content, question):
        for answer in child.answers(bytes(content), **question):
            told = child.ENCODER.encode(answer)
            yield json.loads(told, parse_float=Decimal, parse_int=Decimal, object_hook=files._with_date)

    monkeypatch.setattr(files, "_ask", ask)

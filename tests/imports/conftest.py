import pytest

from kpis.enums import Coverage, Frequency, Polarity, Unit
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

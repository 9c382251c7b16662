"""Files of the kinds that are really published, from the first page to the figures. None of them is ever half right:
what is not plain is asked, refused by its cell or left out by its name."""

from datetime import date

import pytest

from kpis.enums import Coverage, Frequency, Unit
from kpis.imports.words import shown
from kpis.models import Area, Benchmark, Measurement
from tests.factories import AreaFactory, IndicatorFactory

from .importing import confirm, go_through
from .real_spreadsheets import SPREADSHEETS
from .real_text import TEXT

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("without_child")]

FILES = TEXT | SPREADSHEETS


@pytest.fixture
def team(client, manager, settings):
    """The improvement team on a day when every period of the files is over, among indicators and areas they name."""
    settings.OFSTED_TODAY = date(2017, 12, 15)
    quarterly = {"frequency": Frequency.QUARTERLY}
    number = {"unit": Unit.NUMBER}
    for code, name, more in [
        ("rhi-72", "Interviews", {}),
        ("supervision", "Supervision", {}),
        ("cl-contact", "Leavers seen", {}),
        ("cin-plans", "Children in need", number),
        ("cp-plans", "Plans", number),
        ("cl-eet", "EET", quarterly | {"decimals": 1}),
        ("foster-carers", "Carers", quarterly | number),
        ("proc-weeks", "Proceedings", quarterly | {"unit": Unit.WEEKS}),
        ("cp-repeat-dfe", "Repeat", {"dfe": True, "dfe_measure": "PrevRegCPR", "decimals": 1}),
        ("cl-eet-dfe", "EET 19-21", {"dfe": True}),
        ("cin-rate-dfe", "Need rate", {"dfe": True, "unit": Unit.RATE_10K, "covers": Coverage.LAST_DAY}),
    ]:
        IndicatorFactory(code=code, name=name, short_name=name, **more)
    for code, name, kind in [
        ("havering", "Havering", Area.Kind.COUNCIL),
        ("bexley", "Bexley", Area.Kind.AUTHORITY),
        ("outer-london", "Outer London", Area.Kind.REGION),
        ("london", "London", Area.Kind.REGION),
        ("england", "England", Area.Kind.COUNTRY),
    ]:
        AreaFactory(code=code, name=name, kind=kind)
    client.force_login(manager)
    return client


def test_there_are_enough_of_them():
    assert len(FILES) >= 25


@pytest.mark.parametrize("name", FILES)
def test_file_goes_from_the_first_page_to_its_figures(team, name):
    made = FILES[name]

    page = go_through(
        team, made.name, made.make(), columns=made.columns, names=made.names, known_from="15 12 2017"
    )
    preview = page.context["preview"]
    lines = shown(preview)

    assert [f"{line.about}: {line.said}" for line in lines["new"]] == made.figures
    assert [f"{cell.split('!')[-1]} {why}" for cell, why in lines["refused"]] == made.refused
    assert preview.sheet.names_left_out == made.left_out
    taken = confirm(team, page)
    written = Measurement.objects.count() + Benchmark.objects.count()
    assert (taken.status_code, written) == ((200, 0) if made.refused else (302, len(made.figures)))

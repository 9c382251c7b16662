"""The chart that is drawn when a figure is saved is the one that readers meet."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from actionplan.enums import DeliveryState
from kpis.charted import charted, warm
from kpis.charts import engine
from kpis.periods import Period, months_later
from kpis.readings import readings
from tests.factories import (
    ActionFactory,
    AreaFactory,
    BenchmarkFactory,
    IndicatorFactory,
    MeasurementFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
    RebaseFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db

ON = date(2017, 6, 27)
VALUES = [40, 42, 41, 39, 40, 42, 41, 40, 39, 41, 40, 55, 56, 58]


def an_indicator():
    indicator = IndicatorFactory()
    for back, value in enumerate(reversed(VALUES)):
        period = Period.month(months_later(date(2017, 5, 1), -back))
        MeasurementFactory(indicator=indicator, start=period.start, end=period.end, value=value)
    england = AreaFactory(name="England", kind="country")
    BenchmarkFactory(indicator=indicator, area=england, recorded_on=date(2017, 6, 1))
    TargetFactory(indicator=indicator)
    RebaseFactory(indicator=indicator)
    action = ActionFactory()
    action.indicators.add(indicator)
    MilestoneFactory(action=action, completed_on=date(2017, 2, 20), title="Evening interviews")
    return indicator


def charted_now(indicator):
    found = readings([indicator], ON, with_benchmarks=True)
    return charted(found, ON)[indicator.pk]


def test_chart_carries_benchmark_rebase_and_what_was_done():
    facts = charted_now(an_indicator()).facts

    assert facts.benchmark.name == "England"
    assert [each.reason for each in facts.rebases] == ["A new form from January"]
    assert [(mark.letter, mark.on) for mark in facts.marks] == [("A", date(2017, 2, 20))]


def test_shift_is_the_first_day_of_the_first_changed_month():
    indicator = IndicatorFactory()
    for back, value in enumerate(reversed(VALUES)):
        period = Period.month(months_later(date(2017, 5, 1), -back))
        MeasurementFactory(indicator=indicator, start=period.start, end=period.end, value=value)

    assert charted_now(indicator).shift == date(2017, 3, 1)


def test_level_figures_have_no_shift():
    indicator = IndicatorFactory()
    for back, value in enumerate([40, 41] * 7):
        period = Period.month(months_later(date(2017, 5, 1), -back))
        MeasurementFactory(indicator=indicator, start=period.start, end=period.end, value=value)

    assert charted_now(indicator).shift is None


def test_warmed_chart_is_the_one_that_every_page_shows(client, officer, monkeypatch):
    indicator = an_indicator()
    warm([indicator])
    drawn = []
    monkeypatch.setattr(engine, "draw", lambda *facts: drawn.append(facts) or "<svg></svg>")
    client.force_login(officer)

    for address in [
        reverse("kpis:indicator", args=[indicator.code]),
        reverse("kpis:charts"),
        reverse("kpis:chart_svg", args=[indicator.code]),
    ]:
        assert client.get(address).status_code == 200

    assert drawn == []


@pytest.mark.parametrize("count", [1, 3])
def test_charts_are_a_fixed_number_of_queries(count, django_assert_num_queries):
    made = IndicatorFactory.create_batch(count)
    for indicator in made:
        action = ActionFactory()
        action.indicators.add(indicator)
        ProgressUpdateFactory(action=action, state=DeliveryState.DELIVERED, rag="")
    found = readings(made, ON, with_benchmarks=True)

    with django_assert_num_queries(6):
        charted(found, ON)


def test_command_draws_every_chart_once(monkeypatch, capsys):
    an_indicator()
    IndicatorFactory()
    call_command("draw_charts")
    drawn = []
    monkeypatch.setattr(engine, "draw", lambda *facts: drawn.append(facts) or "<svg></svg>")

    call_command("draw_charts")

    assert drawn == []
    assert capsys.readouterr().out == "The charts are drawn.\n" * 2


def test_chart_of_many_years_is_warmed_as_its_page_shows_it(client, officer, monkeypatch):
    indicator = IndicatorFactory()
    for back in range(60):
        period = Period.month(months_later(date(2017, 5, 1), -back))
        MeasurementFactory(indicator=indicator, start=period.start, end=period.end, value=40 + back % 7)
    warm([indicator])
    drawn = []
    monkeypatch.setattr(engine, "draw", lambda *facts: drawn.append(facts) or "<svg></svg>")
    client.force_login(officer)

    client.get(reverse("kpis:indicator", args=[indicator.code]))

    assert drawn == []

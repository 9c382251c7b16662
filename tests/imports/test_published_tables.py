"""Files as they were published go through every page and leave the figures that were printed."""

from datetime import date
from decimal import Decimal

import pytest

from kpis.models import Measurement
from kpis.reference import load_reference

from .importing import as_shown, confirm, go_through, post_file
from .made_files import published

pytestmark = pytest.mark.usefixtures("without_child")

LAIT = "lait_havering_rows_as_published.csv"
SCORECARD = "havering_q1_2017_18_scorecard_layout.csv"
LATER = date(2026, 4, 30)


def test_published_table_is_taken_as_it_is(team, settings):
    settings.OFSTED_TODAY = LATER
    load_reference()
    Measurement.objects.filter(indicator__code="cp-repeat-dfe", end__gte="2020-01-01").delete()
    wrong = Measurement.objects.get(indicator__code="sw-agency-dfe", end="2019-09-30")
    wrong.value = 99
    wrong.save()

    page = go_through(
        team,
        LAIT,
        published(LAIT),
        known_from="30 4 2026",
    )
    preview = page.context["preview"]

    assert preview.refused.count == 0
    assert preview.revised.count == 1
    confirm(team, page, reason="As published", right="on", answer="As published")
    repeat = Measurement.objects.filter(indicator__code="cp-repeat-dfe").as_at(LATER)
    assert {row.period.label: row.value for row in repeat if row.end.year > 2015} == {
        "2015-16": Decimal("7.8"),
        "2016-17": Decimal("14.8"),
        "2017-18": Decimal("11.4"),
        "2018-19": Decimal("16.5"),
        "2019-20": Decimal("16.6"),
        "2020-21": Decimal("20.4"),
        "2021-22": Decimal("22.5"),
        "2022-23": Decimal("15.2"),
        "2023-24": Decimal("23"),
        "2024-25": Decimal("23.1"),
    }
    rows = Measurement.objects.count()

    again = post_file(
        team, LAIT, published(LAIT), known_from="30 4 2026",
        source="Monthly extract", new_source="",
    )  # fmt: skip
    checked = team.get(team.post(again.url, as_shown(team.get(again.url))).url)

    assert checked.status_code == 302
    preview = team.get(checked.url).context["preview"]
    assert (preview.changes, preview.refused.count) == ([], 0)
    assert Measurement.objects.count() == rows


def test_published_scorecard_is_taken_as_it_is(team, settings):
    settings.OFSTED_TODAY = date(2017, 9, 1)
    load_reference()
    Measurement.objects.filter(start="2017-04-01", end="2017-06-30").delete()
    names = {
        "Total no. of in-house foster carers": "foster-carers",
        "% of young people leaving care who are in education, employment or training at ages 18-21": "cl-eet",
    }

    page = go_through(team, SCORECARD, published(SCORECARD), names=names, known_from="1 9 2017")
    confirm(team, page, reason="As printed", right="on", answer="As printed")

    new = Measurement.objects.filter(source__startswith="Monthly extract")
    assert {(row.indicator.code, row.period.label, row.value) for row in new} == {
        ("foster-carers", "Q1 2017-18", 78),
        ("cl-eet", "Q1 2017-18", Decimal("60.9")),
    }
    again = go_through(team, SCORECARD, published(SCORECARD), names=names, known_from="1 9 2017")
    assert (again.context["preview"].same, again.context["preview"].changes) == (2, [])

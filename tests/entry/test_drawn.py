"""What nobody typed into is drawn once for its content: nobody may ever see an older one."""

import pytest

from havering_ofsted.models import User
from kpis.models import Indicator, Target
from tests.entry.page import MAY, TODAY, month_ago
from tests.factories import MeasurementFactory, UserFactory
from tests.forms import typed
from tests.test_indicator_pages import words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda visits: Indicator.objects.update(short_name="Talks"), "Correct or validate Talks"),
        (lambda visits: Indicator.objects.update(denominator="Children back"), "Of: Children back"),
        (lambda visits: Indicator.objects.update(definition="Talks in time"), "Talks in time. This figure"),
        (
            lambda visits: User.objects.update(job_title="Data officer"),
            "Entered by Data officer on 9 June 2017",
        ),
        (lambda visits: Target.objects.update(value=90), "75% 18 of 24 Not met"),
        (lambda visits: Target.objects.update(value=90), "Target 90% by 30 June 2017"),
        (lambda visits: month_ago(1, indicator=visits, value=61, recorded_on=TODAY), "Apr 2017 61%"),
        (
            lambda visits: MeasurementFactory(indicator=visits, value=77, recorded_on=TODAY),
            "77% Met Validated",
        ),
    ],
)
def test_a_line_that_was_drawn_is_drawn_anew_when_anything_it_shows_changes(team, visits, change, expected):
    by = UserFactory(job_title="Analyst")
    MeasurementFactory(indicator=visits, value=None, numerator=18, denominator=24, made_by=by)
    assert expected not in words(team.get(MAY))

    change(visits)

    assert expected in words(team.get(MAY))


def test_what_somebody_typed_is_not_shown_to_the_next(post, team, visits):
    before = typed(team.get(MAY))
    assert typed(post({"rhi-numerator": "many"}))["rhi-numerator"] == "many"

    assert {**typed(team.get(MAY)), "csrfmiddlewaretoken": ""} == {**before, "csrfmiddlewaretoken": ""}

"""A figure that stands is validated or revised by a new row, and never by somebody who has not seen it."""

from datetime import date

import pytest

from kpis.enums import Status, Unit
from kpis.models import Measurement
from tests.entry.page import MAY, MAY_2017, TODAY, newest
from tests.factories import IndicatorFactory, MeasurementFactory, UserFactory
from tests.forms import assert_error_summary, typed
from tests.test_indicator_pages import words

pytestmark = pytest.mark.django_db


def test_a_figure_that_stands_is_shown_with_the_day_it_was_known(team, may):
    assert "75% 18 of 24 Met Provisional. Known from 9 June 2017." in words(team.get(MAY))


def test_validating_is_a_new_row_without_a_reason(post, may):
    post({"rhi-status": "validated"})

    assert (newest().numerator, newest().status, newest().comment) == (18, Status.VALIDATED, "A new team")
    may.refresh_from_db()
    assert may.status == Status.PROVISIONAL


def test_a_revision_needs_a_reason_and_keeps_what_stood(post, may):
    response = post({"rhi-numerator": "19"})
    assert_error_summary(response, "Interviews: say why 75% (18 of 24) becomes 79% (19 of 24)")

    post({"rhi-numerator": "19", "rhi-reason": "One came in late"})

    assert (newest().numerator, newest().reason) == (19, "One came in late")
    assert [
        row.numerator for row in Measurement.objects.as_at(date(2017, 6, 26)).filter(end=MAY_2017.end)
    ] == [18]
    assert [row.numerator for row in Measurement.objects.as_at(TODAY).filter(end=MAY_2017.end)] == [19]


def test_a_figure_that_was_cleared_is_asked_for(post, may):
    response = post({"rhi-numerator": "", "rhi-denominator": ""})

    assert_error_summary(response, "Interviews: enter the figure, or say why there is none")


def test_counts_with_their_printed_value_can_be_validated(post, visits):
    MeasurementFactory(indicator=visits, value=75, numerator=18, denominator=24, status=Status.PROVISIONAL)

    post({"rhi-status": "validated"})

    assert (newest().numerator, newest().status, newest().reason) == (18, Status.VALIDATED, "")


def test_somebody_else_was_first_and_nothing_is_lost(team, may):
    page = typed(team.get(MAY)) | {"rhi-numerator": "19", "rhi-reason": "One came in late"}
    by = UserFactory(job_title="Data officer")
    MeasurementFactory(indicator=may.indicator, value=None, numerator=20, denominator=24, made_by=by)

    response = team.post(MAY, page)

    assert response.status_code == 409
    assert_error_summary(
        response,
        "Interviews: 83% (20 of 24) came in from Data officer while this page was open. "
        "Say why yours replaces it, or leave it alone",
    )
    assert typed(response).items() >= {"rhi-numerator": "19", "rhi-reason": "One came in late"}.items()
    assert newest().numerator == 20

    team.post(MAY, typed(response))
    assert (newest().numerator, newest().reason) == (19, "One came in late")


def test_an_empty_place_that_was_filled_meanwhile_is_a_conflict(team, visits):
    page = typed(team.get(MAY)) | {"rhi-numerator": "19", "rhi-denominator": "24"}
    MeasurementFactory(indicator=visits, value=None, numerator=20, denominator=24)

    response = team.post(MAY, page)

    assert response.status_code == 409
    assert "83% (20 of 24) came in from a file" in words(response)


def test_a_conflict_can_be_left_as_the_other_wrote_it(team, may):
    page = typed(team.get(MAY)) | {"rhi-numerator": "19"}
    MeasurementFactory(indicator=may.indicator, value=None, numerator=20, denominator=24)

    team.post(MAY, typed(team.post(MAY, page)) | {"rhi-leave": "on"})

    assert newest().numerator == 20


def test_a_line_nobody_touched_follows_what_the_other_wrote(team, may):
    IndicatorFactory(code="cin", unit=Unit.NUMBER)
    page = typed(team.get(MAY)) | {"cin-value": "many"}
    MeasurementFactory(indicator=may.indicator, value=None, numerator=20, denominator=24)

    response = team.post(MAY, page)

    assert response.status_code == 200
    assert typed(response)["rhi-numerator"] == "20"


def test_the_same_form_sent_twice_saves_once(team, visits):
    page = typed(team.get(MAY)) | {"rhi-numerator": "18", "rhi-denominator": "24"}
    team.post(MAY, page)

    response = team.post(MAY, page, follow=True)

    assert "Nothing new: these figures stood already." in words(response)
    assert Measurement.objects.filter(end=MAY_2017.end).count() == 1


@pytest.mark.parametrize("known", ["", "7" * 30, "²", "-1", "x\0"])
def test_a_page_that_does_not_say_what_it_saw_overwrites_nothing(post, may, known):
    response = post({"rhi-known": known, "rhi-numerator": "19", "rhi-reason": "Late"})

    assert response.status_code == 409
    assert newest() == may

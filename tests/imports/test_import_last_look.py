"""The last page of an import: what would be taken is shown, and taken once it is confirmed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from kpis.models import Area, Measurement, SourceMap, Upload
from tests.factories import (
    AreaFactory,
    BenchmarkFactory,
    IndicatorFactory,
    MeasurementFactory,
    SourceMapFactory,
)
from tests.forms import assert_error_summary

from .importing import FIGURES, IMPORT, as_shown, confirm, go_through, post_file

pytestmark = pytest.mark.usefixtures("without_child")


def test_figures_are_taken_and_the_file_is_let_go(team, manager, seen, django_capture_on_commit_callbacks):
    page = go_through(team, "june.csv", FIGURES)

    with django_capture_on_commit_callbacks(execute=True) as after:
        response = confirm(team, page)

    assert response.url == reverse("kpis:indicators")
    assert "Took 1 figure from Monthly extract: 1 new, 0 revised." in team.get(response.url).content.decode()
    row = Measurement.objects.get()
    assert (row.indicator, row.value, row.made_by) == (seen, 70, manager)
    assert Upload.objects.count() == 0
    assert SourceMap.objects.get().used_by == manager
    assert len(after) == 1


def test_button_pressed_twice_takes_figures_once(team, seen):
    page = go_through(team, "june.csv", FIGURES)

    confirm(team, page)

    again = confirm(team, page)
    assert again.status_code == 404
    assert "If you pressed a button twice, its figures were taken once." in again.content.decode()
    assert Measurement.objects.count() == 1


def test_refused_cells_stop_the_file_and_name_themselves(team, seen):
    page = go_through(team, "june.csv", FIGURES + b"seen,April 2017,7o\n", columns={"role_2": "value"})

    assert "1 cell cannot be taken" in page.content.decode()
    assert "Take these figures" not in page.content.decode()
    assert confirm(team, page).status_code == 200
    assert Measurement.objects.count() == 0


def test_corrected_file_keeps_what_was_said_of_the_refused_one(team, seen):
    content = b"Indicator,Period,Foo,Bar\nOurs,April 2017,7o,3\n"
    columns = {"role_2": "value", "role_3": "ignore"}
    refused = go_through(team, "april.csv", content, columns=columns, names={"Ours": "seen"})
    assert refused.context["preview"].refused.count == 1

    response = post_file(team, "april.csv", content.replace(b"7o", b"70"))
    page = team.get(response.url)
    checked = team.get(team.post(response.url, as_shown(page)).url)

    assert "Filled in as for the last file from Monthly extract." in page.content.decode()
    assert team.get(checked.url).context["preview"].new.count == 1


def test_period_of_one_file_is_not_taken_for_the_next(team, seen):
    confirm(
        team, go_through(team, "april.csv", b"Indicator,Value\nseen,70\n", columns={"period": "April 2017"})
    )

    response = post_file(
        team, "may.csv", b"Indicator,Value\nseen,71\n", source="Monthly extract", new_source=""
    )
    page = team.get(response.url)

    assert page.context["form"]["period"].value() == ""
    assert_error_summary(
        team.post(response.url, as_shown(page)),
        "Choose the column that says the period, or enter the period of the whole file",
    )


def test_periods_that_are_not_over_can_be_left_out_at_once(team, seen):
    page = go_through(team, "june.csv", FIGURES + b"seen,June 2017,70\nseen,July 2017,70\n")
    assert "Leave out the 2 figures of periods that are not over" in page.content.decode()

    page = team.get(team.post(page.wsgi_request.path, {"do": "past only"}).url)

    assert page.context["preview"].can_be_taken
    assert page.context["preview"].sheet.left_out == 2


def test_revision_asks_for_its_reason(team, seen):
    MeasurementFactory(indicator=seen, value=80)
    page = go_through(team, "june.csv", FIGURES)

    assert_error_summary(confirm(team, page), "Say why figures are revised")
    confirm(team, page, reason="Late returns")
    assert Measurement.objects.latest("pk").reason == "Late returns"


def test_unusual_values_ask_for_a_tick_and_an_answer(team, seen):
    for month, value in [(1, 60), (2, 61), (3, 60), (4, 61)]:
        start = date(2016, month, 1)
        MeasurementFactory(
            indicator=seen, start=start, end=start + timedelta(days=27), value=value, recorded_on="2017-01-01"
        )
    months = ["January", "February", "March", "April"]
    rows = "".join(f"seen,{month} 2017,60\n" for month in months)
    page = go_through(team, "june.csv", f"Indicator,Period,Value\n{rows}seen,May 2017,6\n".encode())

    assert_error_summary(
        confirm(team, page),
        "Look at the unusual values, and tick the box if they are right",
        "Say why the unusual values are right",
    )
    confirm(team, page, right="on", answer="The system was down")
    assert set(Measurement.objects.exclude(answer="").values_list("end", "answer")) == {
        (date(2017, 5, 31), "The system was down")
    }


def test_figures_recorded_meanwhile_are_shown_before_anything_is_taken(team, seen):
    page = go_through(team, "june.csv", FIGURES)
    MeasurementFactory(indicator=seen, value=80)

    response = confirm(team, page)

    assert response.status_code == 409
    assert (
        "Somebody recorded figures while you read this page. Nothing was taken." in response.content.decode()
    )
    assert Measurement.objects.count() == 1
    assert confirm(team, response, reason="Late returns").status_code == 302
    assert Measurement.objects.latest("pk").value == 70


def test_text_from_the_file_is_escaped(team):
    content = b"Indicator,Period,Value\n<script>alert(1)</script>,May 2017,70\n"
    address = post_file(team, "<img src=x>.csv", content).url

    pages = [team.get(address)]
    pages.append(team.get(team.post(address, as_shown(pages[0]) | {"role_0": "indicator"}).url))
    pages.append(team.get(team.post(pages[1].wsgi_request.path, {}).url))

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert not [page for page in pages if b"<script>alert" in page.content or b"<img src" in page.content]


@pytest.mark.parametrize("count", [1, 3])
def test_pages_of_an_import_query_count(team, seen, count, django_assert_num_queries):
    AreaFactory(code="havering", name="Havering", kind=Area.Kind.COUNCIL)
    england = AreaFactory(name="England")
    indicators = IndicatorFactory.create_batch(count)
    for each in indicators:
        MeasurementFactory(indicator=each)
        BenchmarkFactory(indicator=each, area=england)
        SourceMapFactory()
    rows = "".join(
        f"{each.code},May 2017,England,7\n{each.code},May 2017,Havering,7\n" for each in indicators
    )
    content = f"Indicator,Period,Area,Value\n{rows}unknown,May 2017,England,7\n".encode()

    with django_assert_num_queries(4):  # session, user, groups; sources
        team.get(IMPORT)
    page = go_through(team, "june.csv", content)
    pk = Upload.objects.get().pk
    with django_assert_num_queries(6):  # session, user, groups; upload; indicators, areas
        team.get(reverse("kpis:import_layout", args=[pk]))
    with django_assert_num_queries(6):  # the same
        team.get(reverse("kpis:import_names", args=[pk]) + "?all=1")
    with django_assert_num_queries(9):  # the same; ends of years, measurements, benchmarks
        team.get(page.wsgi_request.path)

"""The pages of an import: from the file to the figures, whoever asks and whatever they send."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from kpis.imports.layout import Role
from kpis.models import Area, Measurement, SourceMap, Upload
from kpis.reference import load_reference
from tests.factories import (
    AreaFactory,
    BenchmarkFactory,
    IndicatorFactory,
    MeasurementFactory,
    SourceMapFactory,
    UploadFactory,
)
from tests.forms import assert_error_summary

from .corpus import GOOD
from .importing import IMPORT, as_shown, confirm, go_through, post_file
from .made_files import published

LAIT = "lait_havering_rows_as_published.csv"
SCORECARD = "havering_q1_2017_18_scorecard_layout.csv"
FIGURES = b"Indicator,Period,Value\nseen,May 2017,70\n"
LATER = date(2026, 4, 30)


@pytest.fixture
def team(client, manager):
    client.force_login(manager)
    return client


# The file


def test_first_page_says_everything_that_is_missing(team):
    response = team.post(IMPORT, {"known_from_day": "27", "known_from_month": "6", "known_from_year": "2017"})

    assert_error_summary(
        response,
        "Choose a file",
        "Enter where the file comes from",
        "Choose whether the figures are provisional or validated",
    )


def test_figures_cannot_count_from_a_day_to_come(team):
    response = post_file(team, "june.csv", FIGURES, known_from="28 6 2017")

    assert_error_summary(response, "The day must be 27 June 2017 or earlier")
    assert Upload.objects.count() == 0


def test_source_is_chosen_or_named_not_both(team):
    SourceMapFactory(name="LAIT")

    response = post_file(team, "june.csv", FIGURES, source="LAIT")

    assert_error_summary(response, "Choose a source from the list or name a new one, not both")


def test_file_is_kept_with_what_was_said_of_it(team, manager):
    response = post_file(
        team,
        f"{'long ' * 60}.csv",
        FIGURES,
        known_from="1 6 2017",
        vintage_day="31",
        vintage_month="5",
        vintage_year="2017",
    )

    upload = Upload.objects.get()
    assert response.url == reverse("kpis:import_layout", args=[upload.pk])
    assert (bytes(upload.content), upload.made_by) == (FIGURES, manager)
    assert (len(upload.file_name), upload.file_name[-5:]) == (200, "l.csv")
    assert upload.layout == {
        "terms": {
            "source": "Monthly extract",
            "status": "validated",
            "known_from": "2017-06-01",
            "vintage": "2017-05-31",
            "past_only": False,
        }
    }


def test_new_file_takes_the_place_of_ones_own_and_of_old_ones(team, manager):
    UploadFactory(made_by=manager)
    UploadFactory(made_at=timezone.now() - timedelta(hours=25))
    theirs = UploadFactory()

    post_file(team, "june.csv", FIGURES)

    assert set(Upload.objects.values_list("file_name", "made_by")) == {
        ("june.csv", manager.pk),
        (theirs.file_name, theirs.made_by_id),
    }


@pytest.mark.parametrize("page", ["import_layout", "import_names", "import_check"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_elses_file_is_not_found(team, seen, page, method):
    theirs = UploadFactory(content=FIGURES)

    response = getattr(team, method)(reverse(f"kpis:{page}", args=[theirs.pk]))

    assert response.status_code == 404
    assert Upload.objects.get() == theirs


@pytest.mark.parametrize("page", ["import_layout", "import_names", "import_check"])
def test_file_can_be_given_up_on_every_page(team, manager, page):
    upload = UploadFactory(made_by=manager, content=FIGURES)

    response = team.post(reverse(f"kpis:{page}", args=[upload.pk]), {"do": "give up"}, follow=True)

    assert "figures.csv was given up. Nothing of it was taken." in response.content.decode()
    assert Upload.objects.count() == 0


@pytest.mark.parametrize("name", GOOD)
def test_good_file_reaches_the_question_about_its_columns(team, name):
    made = GOOD[name]

    response = team.get(post_file(team, made.name, made.content).url)

    assert response.status_code == 200
    assert response.context["form"].top != []


def test_file_that_was_replaced_is_said_to_be_gone_and_leaves_the_new_one_alone(team, seen):
    first = post_file(team, "may.csv", FIGURES).url
    data = as_shown(team.get(first))
    post_file(team, "june.csv", FIGURES)

    response = team.post(first, data)

    assert response.status_code == 404
    assert "This file is no longer here" in response.content.decode()
    (upload,) = Upload.objects.all()
    assert (upload.file_name, upload.layout.keys()) == ("june.csv", {"terms"})


# The columns


def test_columns_are_proposed_and_shown_with_examples(team, seen):
    response = team.get(post_file(team, "june.csv", b"Extract\n\n" + FIGURES).url)

    lines = list(response.context["form"].lines)
    assert [(line.letter, line.heading, line.samples, line.role.value()) for line in lines] == [
        ("A", "Indicator", ["seen"], Role.INDICATOR),
        ("B", "Period", ["May 2017"], Role.PERIOD),
        ("C", "Value", ["70"], Role.VALUE),
    ]
    assert response.context["begun"].layout.heading_rows == (3, 3)


def test_heading_rows_and_sheet_can_be_chosen(team, seen):
    made = GOOD["sheet by its name"]
    address = post_file(team, made.name, made.content).url
    place = team.get(address).context["place"]
    other = place.fields["sheet"].choices[-1][0]

    response = team.get(address, {"sheet": other, "first": "9", "last": "9", "shown": place["sheet"].value()})

    assert response.context["begun"].layout.sheet == other
    assert response.context["begun"].layout.heading_rows != (9, 9)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"sheet": "nowhere"}, "Choose a sheet of this file"),
        ({"sheet": "june", "first": "x"}, "Enter the number of a row, from 0 to 200,000"),
        ({"sheet": "june", "first": "9" * 40}, "Enter the number of a row, from 0 to 200,000"),
        (
            {"sheet": "june", "first": "2", "last": "1"},
            "The last heading row must be the same as the first, or below it",
        ),
    ],
)  # fmt: skip
def test_wrong_place_is_said_at_its_box(team, seen, query, message):
    assert_error_summary(team.get(post_file(team, "june.csv", FIGURES).url, query), message)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"role_2": "ignore"}, "Choose the column that holds the values"),
        ({"role_2": "numerator"}, "Choose both a numerator and a denominator, or neither"),
        ({"role_0": "ignore"}, "Choose the column that names the indicator, or the indicator of the whole file"),
        ({"role_1": "ignore"}, "Choose the column that says the period, or enter the period of the whole file"),
        (
            {"role_1": "value"},
            "Two columns hold the same figure. Say which period, indicator or area each is about, or leave one out",
        ),
        ({"role_1": "nonsense"}, "Choose from the list what Period means"),
        ({"role_1": "value", "period_1": "April 2017", "period_2": "May 2017", "role_0": "comment",
          "indicator": "seen"},
         "Leave the comments out: with several figures in a row nobody knows which one they are about"),
    ],
)  # fmt: skip
def test_columns_that_make_no_figure_are_said(team, seen, said, message):
    address = post_file(team, "june.csv", FIGURES).url

    response = team.post(address, as_shown(team.get(address)) | said)

    assert message in response.context["form"].errors.as_text()
    assert Upload.objects.get().layout.keys() == {"terms"}


def test_period_that_is_none_is_said_at_its_box(team, seen):
    address = post_file(team, "june.csv", FIGURES).url

    response = team.post(address, as_shown(team.get(address)) | {"period": "last month"})

    assert_error_summary(
        response,
        "“last month” is not a period. Write a month, a quarter or a year, such as April 2017, Q1 2017-18 or 2016-17.",
    )


@pytest.mark.parametrize(
    ("nonsense", "status"),
    [
        *(({name: "nonsense"}, 200) for name in ("sheet", "role_0", "indicator", "area_0", "year_means", "shares")),
        *(({name: "9" * 5000}, 200) for name in ("first", "last", "period_1", "day_first")),
        *(({name: "\0"}, 200) for name in ("sheet", "period", "indicator_0")),
        ({"first": "150000", "last": "200000"}, 302),
        ({"role_99": "value", "period_99": "x", "\0": "\0"}, 302),
        ({f"role_{number}": "value" for number in range(10_000)}, 400),
    ],
)  # fmt: skip
def test_nonsense_about_the_columns_is_answered(team, seen, nonsense, status):
    address = post_file(team, "june.csv", FIGURES).url

    response = team.post(address, as_shown(team.get(address)) | nonsense)

    assert response.status_code == status
    if status == 302:
        assert team.get(team.get(response.url).url).status_code == 200
    assert Measurement.objects.count() == 0


def test_wide_file_shows_as_many_columns_as_a_form_can_ask_about(team, seen):
    row = ["Indicator", *(f"c{number}" for number in range(400))]
    content = f"{','.join(row)}\nseen{',1' * 400}\n".encode()
    address = post_file(team, "wide.csv", content).url

    response = team.get(address)

    assert response.context["columns_left"] == 201
    data = as_shown(response) | {"role_1": "value", "period": "May 2017"}
    assert team.post(address, data).status_code == 302


# Names


def test_unknown_names_are_left_out_unless_they_are_chosen(team, seen):
    content = FIGURES + b"ReRegCPR,May 2017,30\nSeen again,April 2017,60\n"

    response = go_through(team, "june.csv", content, names={"Seen again": "seen"})

    assert response.context["preview"].new.count == 2
    assert response.context["preview"].sheet.names_left_out == {"ReRegCPR": 1}


def test_known_name_can_be_left_out_too(team, seen):
    response = go_through(team, "june.csv", FIGURES)
    names = reverse("kpis:import_names", args=[Upload.objects.get().pk])

    assert [field.label for field in team.get(f"{names}?all=1").context["form"].decided] == ["seen"]
    response = team.get(team.post(names, {"indicator_0": ""}).url)
    assert "Nothing to take" in response.content.decode()


def test_names_of_a_source_are_remembered(team, seen):
    content = b"Indicator,Period,Value\nOurs,%s,70\n"
    confirm(team, go_through(team, "april.csv", content % b"April 2017", names={"Ours": "seen"}))

    response = post_file(team, "may.csv", content % b"May 2017", source="Monthly extract", new_source="")
    page = team.get(response.url)
    after = team.get(team.post(response.url, as_shown(page)).url)

    assert "Filled in as for the last file from Monthly extract." in page.content.decode()
    assert after.url == reverse("kpis:import_check", args=[Upload.objects.get().pk])
    assert team.get(after.url).context["preview"].new.count == 1


def test_columns_that_moved_are_found_by_their_headings(team, seen):
    confirm(team, go_through(team, "april.csv", b"Indicator,Period,Foo,Bar\nseen,April 2017,70,3\n",
                             columns={"role_2": "value", "role_3": "ignore"}))  # fmt: skip

    response = post_file(
        team,
        "may.csv",
        b"Bar,Foo,Period,Indicator\n3,70,May 2017,seen\n",
        source="Monthly extract",
        new_source="",
    )

    roles = [line.role.value() for line in team.get(response.url).context["form"].lines]
    assert roles == ["ignore", "value", "period", "indicator"]


def test_other_columns_keep_what_the_names_stand_for(team, seen):
    confirm(
        team,
        go_through(team, "a.csv", b"Indicator,Period,Value\nOurs,April 2017,70\n", names={"Ours": "seen"}),
    )

    response = post_file(team, "b.csv", b"Name,May 2017\nOurs,70\n", source="Monthly extract", new_source="")
    page = team.get(response.url)

    assert "The columns are not those of the last file" in page.content.decode()
    assert page.context["begun"].layout.indicators == {"Ours": "seen"}


# The last look


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


# The files that were published


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


def test_person_who_is_not_of_the_team_is_told_who_is(client, officer):
    client.force_login(officer)

    response = client.get(IMPORT)

    assert response.status_code == 403
    assert "Figures are imported by the improvement team." in response.content.decode()

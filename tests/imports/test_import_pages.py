"""The pages of an import: which file it is, and what its columns mean, whatever somebody sends."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kpis.imports.layout import Role
from kpis.models import Measurement, Upload
from tests.factories import SourceMapFactory, UploadFactory
from tests.forms import assert_error_summary

from .corpus import GOOD
from .importing import FIGURES, IMPORT, as_shown, post_file

pytestmark = pytest.mark.usefixtures("without_child")


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


@pytest.mark.once
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


def test_person_who_is_not_of_the_team_is_told_who_is(client, officer):
    client.force_login(officer)

    response = client.get(IMPORT)

    assert response.status_code == 403
    assert "Figures are imported by the improvement team." in response.content.decode()


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

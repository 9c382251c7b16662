"""The figures that were printed come out of the loaded data, and the sample agrees with them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import transaction

from actionplan.enums import Grade
from actionplan.frameworks.national import national_table
from actionplan.models import Inspection, Judgement, MonitoringVisit, PublishedOutcome, Recommendation
from kpis.arithmetic import rounded, share
from kpis.benchmarks import benchmarks_by_period
from kpis.enums import Kind, Polarity, Rating
from kpis.figures import Measure, measured
from kpis.models import Baseline, Benchmark, Indicator, Measurement, NeighbourSet, Target
from kpis.periods import Period
from kpis.readings import readings

pytestmark = pytest.mark.django_db  # without a marked test, pytest-django makes no database

TODAY = date(2017, 6, 27)


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker):
    """Everything loaded once for this module, which only reads, and taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        call_command("load_sample", verbosity=0)
        yield
        transaction.set_rollback(True)


def reading(code, on=TODAY, **how):
    indicator = Indicator.objects.get(code=code)
    return readings([indicator], on, **how)[indicator.pk]


# The committee report of 6 July 2017, paragraph 9.


def test_the_national_picture_of_the_committee_report():
    table = national_table(TODAY)

    assert table.reports == 136
    assert {line.grade: (line.reports.count, line.reports.words) for line in table.lines} == {
        Grade.OUTSTANDING: (2, "1%"),
        Grade.GOOD: (39, "29%"),
        Grade.REQUIRES_IMPROVEMENT: (62, "46%"),
        Grade.INADEQUATE: (33, "24%"),
    }


def test_the_national_picture_by_authorities_counts_each_once():
    table = national_table(TODAY)

    assert table.authorities == 132
    assert [line.authorities.count for line in table.lines] == [2, 39, 62, 29]


def test_two_of_136_is_one_percent():
    assert rounded(share(Decimal(2), Decimal(136)), 2) == Decimal("1.47")


@pytest.mark.parametrize("day", [date(2014, 2, 10), date(2000, 1, 1)])
def test_before_the_first_report_there_is_no_picture(day):
    assert (national_table(day).reports, national_table(day).first) == (0, date(2014, 2, 11))


def test_the_table_holds_every_report_of_the_framework():
    assert PublishedOutcome.objects.count() == 173


# Ofsted's three inspections.


def test_the_judgements_of_2016_2018_and_2023():
    found = {
        key: dict(
            Judgement.objects.filter(inspection__key=key)
            .order_by("area__order")
            .values_list("area__code", "grade")
        )
        for key in ("HAV-SIF-2016", "HAV-ILACS-2018", "HAV-ILACS-2023")
    }

    assert found == {
        "HAV-SIF-2016": {
            "sif/overall": Grade.REQUIRES_IMPROVEMENT,
            "sif/help-and-protection": Grade.REQUIRES_IMPROVEMENT,
            "sif/looked-after": Grade.REQUIRES_IMPROVEMENT,
            "sif/adoption": Grade.REQUIRES_IMPROVEMENT,
            "sif/care-leavers": Grade.INADEQUATE,
            "sif/leadership": Grade.REQUIRES_IMPROVEMENT,
        },
        "HAV-ILACS-2018": {
            "ilacs-2018/overall": Grade.GOOD,
            "ilacs-2018/leaders": Grade.GOOD,
            "ilacs-2018/help-and-protection": Grade.REQUIRES_IMPROVEMENT,
            "ilacs-2018/care": Grade.GOOD,
        },
        "HAV-ILACS-2023": {
            "ilacs-2023/overall": Grade.INADEQUATE,
            "ilacs-2023/leaders": Grade.INADEQUATE,
            "ilacs-2023/help-and-protection": Grade.INADEQUATE,
            "ilacs-2023/in-care": Grade.INADEQUATE,
            "ilacs-2023/care-leavers": Grade.REQUIRES_IMPROVEMENT,
        },
    }


def test_care_leavers_of_2016_did_not_limit_the_overall_grade():
    assert list(Judgement.objects.filter(is_limiting=False).values_list("area__code", flat=True)) == [
        "sif/care-leavers"
    ]


@pytest.mark.parametrize(
    ("key", "published_on", "numbers"),
    [
        ("HAV-SIF-2016", date(2016, 12, 9), range(1, 14)),
        ("HAV-LSCB-2016", date(2016, 12, 9), range(129, 133)),  # numbered by their paragraphs
        ("HAV-ILACS-2018", date(2018, 7, 23), range(1, 6)),
        ("HAV-ILACS-2023", date(2024, 2, 16), range(1, 7)),
    ],
)
def test_the_recommendations_of_each_inspection(key, published_on, numbers):
    inspection = Inspection.objects.get(key=key)

    assert inspection.published_on == published_on
    assert list(inspection.recommendations.values_list("number", flat=True)) == list(numbers)


def test_the_wording_of_2016_is_ofsteds_beside_the_councils():
    first = Recommendation.objects.get(inspection__key="HAV-SIF-2016", number=1)

    assert first.wording.startswith(
        "Ensure that managers at all levels use management information effectively"
    )
    assert first.council_wording == "Access for all managers to relevant management information."


def test_a_monitoring_visit_known_to_the_month():
    visit = MonitoringVisit.objects.get(key="HAV-MV-2024-10")

    assert (visit.start_precision, visit.published_on) == ("month", None)


# The figures printed in the Ofsted report of 9 December 2016.


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("rhi-72", "41%"),
        ("iv-matched", "0"),
        ("cin-plans", "1,389"),
        ("cp-plans", "285"),
        ("iha-28", "67%"),
        ("rha", "74%"),
        ("cl-eet", "66.0%"),
        ("foster-carers", "75"),
        ("proc-weeks", "30 weeks"),
        ("sw-permanent", "75%"),
        ("pathway-good", "46%"),  # printed as 54% that were not
    ],
)
def test_the_printed_baselines(code, words):
    found = reading(code)

    assert (found.baseline_words, found.baseline_origin) == (words, "published")
    assert "9 December 2016" in found.baseline_source


# The council's performance report of quarter 1, 2017-18.


@pytest.mark.parametrize(
    ("code", "figures"),
    [
        ("cl-eet", {"Q1 2016-17": "62.3%", "Q4 2016-17": "67.2%", "Q1 2017-18": "60.9%"}),
        (
            "foster-carers",
            {"Q1 2016-17": "81", "31 August 2016": "75", "Q4 2016-17": "77", "Q1 2017-18": "78"},
        ),
    ],
)
def test_the_printed_quarters(code, figures):
    found = {
        each.label: each.words for each in reading(code, date(2017, 12, 31)).figures if not each.is_sample
    }

    assert found == {**found, **figures}


def test_the_printed_quarters_were_rated_red():
    for code in ("cl-eet", "foster-carers"):
        assert reading(code, date(2017, 12, 31)).rating == Rating.NOT_MET


def test_the_same_name_is_two_measures():
    assert reading("cl-eet").baseline_words == "66.0%"
    assert reading("cl-eet-dfe").latest_words == "57%"


# DfE's series.


def test_what_dfe_published_later_is_not_known_on_the_day():
    for indicator in Indicator.objects.filter(kind=Kind.DFE):
        found = readings([indicator], TODAY, whole=True)[indicator.pk]
        assert all(figure.period.end <= date(2016, 10, 27) for figure in found.figures), indicator.code


def test_plans_and_rates_are_context():
    codes = {"cin-plans", "cp-plans", "cin-rate-dfe", "cp-rate-dfe"}

    assert set(Indicator.objects.filter(polarity=Polarity.CONTEXT).values_list("code", flat=True)) == codes


def worked_out(row):
    """The value as it follows from the counts."""
    return measured(row, Measure.of(row.indicator)).observed.value


def test_a_printed_share_agrees_with_its_counts():
    """DfE prints both; the share worked out from the counts is the printed one."""
    rows = Measurement.objects.filter(is_sample=False, value__isnull=False, denominator__gt=0).select_related(
        "indicator"
    )
    differing = [
        str(row)
        for row in rows
        if rounded(worked_out(row), row.indicator.decimals) != rounded(row.value, row.indicator.decimals)
    ]

    assert rows
    assert differing == []


def test_england_and_both_neighbour_lists_stand_beside_agency_staff():
    found = reading("sw-agency-dfe", with_benchmarks=True)
    beside = {each.name: (each.words, each.label, each.of_words) for each in found.benchmarks}

    assert (found.latest_words, found.latest_label) == ("44.9%", "30 September 2016")
    assert beside == {
        "England": ("16.1%", "30 September 2016", ""),
        "London": ("26.1%", "30 September 2016", ""),
        "Outer London": ("28.4%", "30 September 2016", ""),
        "Statistical neighbours, April 2021 list": ("20.1%", "30 September 2016", "9 of 10 neighbours"),
        "Statistical neighbours, May 2025 list": ("22.5%", "30 September 2016", "9 of 10 neighbours"),
    }


def test_the_mean_of_neighbours_is_plain():
    indicator = Indicator.objects.get(code="assess-45-dfe")
    day = date(2016, 3, 31)
    members = NeighbourSet.objects.get(as_of__year=2021).areas.all()
    values = Benchmark.objects.filter(indicator=indicator, area__in=members, end=day, value__isnull=False)
    values = list(values.values_list("value", flat=True))

    shown = benchmarks_by_period(indicator, TODAY)["Statistical neighbours, April 2021 list"]

    assert shown[Period(date(2015, 4, 1), day)].value == sum(values) / len(values)
    assert shown[Period(date(2015, 4, 1), day)].of_words == f"{len(values)} of 10 neighbours"


# The sample agrees with what was printed.


def counted(code, start, end):
    """Numerator, denominator and share of the months from `start` to `end`, added up."""
    rows = Measurement.objects.filter(indicator__code=code, start__gte=start, end__lte=end, is_sample=True)
    numerator, denominator = (
        sum(getattr(row, name) for row in rows) for name in ("numerator", "denominator")
    )
    return rounded(share(numerator, denominator), 0)


def test_return_home_interviews_average_41_percent_over_the_half_year():
    assert counted("rhi-72", date(2016, 4, 1), date(2016, 9, 30)) == 41


@pytest.mark.parametrize(("code", "percent"), [("iha-28", 67), ("rha", 74)])
def test_health_assessments_of_july_to_september_agree(code, percent):
    assert counted(code, date(2016, 7, 1), date(2016, 9, 30)) == percent


def test_permanent_staff_at_the_inspection_agree():
    assert counted("sw-permanent", date(2016, 10, 1), date(2016, 10, 31)) == 75


def test_nobody_had_an_independent_visitor_before_the_inspection():
    rows = Measurement.objects.filter(indicator__code="iv-matched", end__lte=date(2016, 10, 31))

    assert {row.value for row in rows} == {0}


def test_sample_percentages_come_from_whole_numbers_of_children():
    rows = Measurement.objects.filter(is_sample=True, indicator__unit="percent").select_related("indicator")

    assert rows
    for row in rows:
        assert row.numerator == int(row.numerator), row
        assert 0 <= row.numerator <= row.denominator == int(row.denominator), row
        assert rounded(worked_out(row), 0) == row.value, row


def test_no_sample_month_stands_where_a_published_value_does():
    published = set(Measurement.objects.filter(is_sample=False).values_list("indicator", "start", "end"))
    sample = set(Measurement.objects.filter(is_sample=True).values_list("indicator", "start", "end"))

    assert sample
    assert published & sample == set()


def test_what_is_sample_says_so_and_what_is_not_names_its_source():
    for model in (Measurement, Baseline, Target):
        for row in model.objects.all():
            assert ("Sample data" in row.source) == row.is_sample, row


def test_every_early_measure_of_the_committee_report_is_there():
    numbers = set(Indicator.objects.exclude(early_measure=None).values_list("early_measure", flat=True))

    assert numbers == set(range(1, 9))

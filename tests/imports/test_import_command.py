"""The import from the command line: the same preview, all or nothing, and no traceback whatever it is given."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kpis.enums import Status
from kpis.imports.layout import Column, Layout, Role
from kpis.models import Measurement, SourceMap
from kpis.reference import load_reference
from tests.factories import MeasurementFactory, SourceMapFactory, UserFactory

from .corpus import BAD
from .made_files import PUBLISHED

FIGURES = "Indicator,Period,Value\nseen,May 2017,70\n"


@pytest.fixture
def run(manager, tmp_path):
    """Return a function that imports a text as the manager, and gives back what was printed and what went wrong."""

    def run(text=FIGURES, *, file="june.csv", **options):
        path = tmp_path / file
        if text is not None:
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        said, refused = StringIO(), StringIO()
        options = {"source": "Monthly extract", "by": manager.email} | options
        try:
            call_command("import_measurements", path, stdout=said, stderr=refused, **options)
        except CommandError as error:
            return said.getvalue(), f"{refused.getvalue()}{error}"
        return said.getvalue(), refused.getvalue()

    return run


def test_figures_are_taken_and_signed(run, seen, manager):
    said, wrong = run(status="validated", known_from=date(2017, 6, 20))

    row = Measurement.objects.get()
    assert (row.value, row.status, row.made_by, row.recorded_on) == (
        70,
        Status.VALIDATED,
        manager,
        date(2017, 6, 20),
    )
    assert said == (
        "1 new, 0 revised, 0 the same, 0 refused, 0 left out\n"
        "Took 1 figure from Monthly extract: 1 new, 0 revised.\n"
    )
    assert wrong == ""
    assert SourceMap.objects.get().name == "Monthly extract"


def test_same_file_twice_adds_nothing(run, seen):
    run()

    said, _ = run()

    assert said.endswith("Nothing was taken: there is nothing new.\n")
    assert Measurement.objects.count() == 1


def test_dry_run_takes_nothing_and_needs_nobody(run, seen):
    said, _ = run(dry_run=True, by=None)

    assert said.endswith("Nothing was taken: this was a dry run.\n")
    assert Measurement.objects.count() == 0


def test_refused_cells_are_named(run, seen):
    said, wrong = run(f"{FIGURES}seen,April 2017,12\nseen,March 2017,1\nseen,June 2017,8\nseen,May 2017,7\n")

    assert said == "3 new, 0 revised, 0 the same, 2 refused, 0 left out\n"
    assert wrong == (
        "B5  June 2017 is not over on 27 June 2017, the day from which these figures count.\n"
        f"C6  {seen.short_name}, May 2017: here 7%, but C2 says 70%. Correct one of them.\n"
        "Nothing was taken: every refused cell must be put right first."
    )
    assert Measurement.objects.count() == 0


def test_revision_needs_its_reason(run, seen):
    MeasurementFactory(indicator=seen, value=80)

    said, wrong = run()

    assert "revised  C2  Seen, May 2017: 80% -> 70%" in said
    assert wrong == "Nothing was taken. Say with --reason why figures are revised."
    run(reason="Late returns")
    assert Measurement.objects.latest("pk").reason == "Late returns"


def test_unusual_values_need_their_answer(run, seen):
    text = "Indicator,Period,Value\n" + "".join(
        f"seen,{month} 2017,60\n" for month in ("Jan", "Feb", "Mar", "Apr")
    )

    said, wrong = run(f"{text}seen,May 2017,6\n")

    assert "unusual  C6  Seen, May 2017: 6%, before it 60% to 60%; perhaps 60% is meant" in said
    assert wrong == "Nothing was taken. Say with --answer why the unusual values are right."
    run(f"{text}seen,May 2017,6\n", answer="The system was down")
    assert [row.answer for row in Measurement.objects.filter(value=6)] == ["The system was down"]


def test_parts_of_one_are_refused_until_somebody_says_what_they_are(run, seen):
    text = "Indicator,Period,Value\nseen,May 2017,0.7\n"

    _, refused = run(text)
    run(text, percentages="parts")

    assert refused.startswith("C2  “0.7” may be 70% or 0.7%.")
    assert Measurement.objects.get().value == 70


def test_unknown_names_are_refused_or_left_out(run, seen):
    text = f"{FIGURES}ReRegCPR,May 2017,30\n"

    _, refused = run(text)
    said, _ = run(text, leave_out_unknown=True)

    assert refused.startswith("A3  “ReRegCPR” is not an indicator here.")
    assert said.startswith("1 new, 0 revised, 0 the same, 0 refused, 1 left out\n")


def test_map_is_a_file_or_another_source(run, seen, tmp_path):
    columns = (Column("What", Role.INDICATOR), Column("When", Role.PERIOD), Column("Foo", Role.VALUE))
    layout = Layout(columns=columns, indicators={"Ours": "seen"}).to_json()
    (tmp_path / "map.json").write_text(json.dumps(layout))
    SourceMapFactory(name="Other", layout=layout)
    text = "Foo,When,What\n70,May 2017,Ours\n"

    by_file, _ = run(text, map=str(tmp_path / "map.json"), dry_run=True)
    by_source, _ = run(text, map="Other", dry_run=True)

    assert by_file == by_source
    assert by_file.startswith("1 new")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": None}, "Say with --by whose import this is."),
        ({"by": "nobody@havering.example"}, "Nobody in the improvement team has the e-mail address"),
        ({"by": "stranger@havering.example"}, "Nobody in the improvement team has the e-mail address"),
        ({"known_from": date(2017, 6, 28)}, "--known-from must be 27 June 2017 or earlier."),
        ({"sheet": "Q1"}, "The file has no sheet “Q1”. Its sheets: june."),
        ({"map": "Elsewhere"}, "Nothing is remembered of a source “Elsewhere”."),
        ({"map": "nowhere.json"}, "nowhere.json cannot be read: No such file or directory."),
        ({"map": str(PUBLISHED / "broken.json")}, "cannot be read"),
        ({"source": " "}, "The name of the source must have 1 to 150 characters."),
        ({"source": "x" * 151}, "The name of the source must have 1 to 150 characters."),
        (
            {"text": "Indicator,Period\nseen,May 2017\n"},
            "Nothing was taken. Choose the column that holds the values",
        ),
        ({"text": None, "file": "nowhere.csv"}, "nowhere.csv cannot be read: No such file or directory."),
        ({"text": None, "file": "."}, "cannot be read: Is a directory."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(run, seen, options, message):
    UserFactory(email="stranger@havering.example")

    said, wrong = run(**options)

    assert message in wrong
    assert "Traceback" not in said + wrong
    assert Measurement.objects.count() == 0


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"columns": 1}', '{"columns": [{"role": "king"}]}', "\ud800"]
)
def test_map_that_is_none_is_said_to_be_none(run, seen, tmp_path, text):
    (tmp_path / "map.json").write_text(text, errors="surrogatepass")

    _, wrong = run(map=str(tmp_path / "map.json"))

    assert "map.json is not a map." in wrong


@pytest.mark.parametrize(
    "name",
    [
        "empty",
        "pdf",
        "larger than 10 MB",
        "billion laughs",
        "only a hidden sheet",
        "bits flipped",
        "NUL bytes",
    ],
)
def test_bad_file_is_refused_in_its_sentence(run, seen, name):
    made = BAD[name]

    _, wrong = run(made.content, file=made.name)

    assert made.expected in wrong
    assert Measurement.objects.count() == 0


def test_published_table_is_taken_from_the_command_line_too(run, manager, settings):
    settings.OFSTED_TODAY = date(2026, 4, 30)
    load_reference()
    before = Measurement.objects.count()
    lait = (PUBLISHED / "lait_havering_rows_as_published.csv").read_bytes()

    said, wrong = run(lait, leave_out_unknown=True, status="validated")

    assert wrong == ""
    assert said.endswith("4 new, 0 revised. 164 were known already.\n")
    assert Measurement.objects.count() == before + 4

"""Loading the published facts: the same twice, and nothing of a broken file."""

import csv
import shutil
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

import actionplan.reference
import kpis.reference
from actionplan.models import Inspection, Recommendation
from havering_ofsted.models import User
from kpis.models import Indicator, Measurement, Target
from kpis.tables import BrokenRow, day, number, one_of, optional, read, required, text, whole, yes_no

# Reading a file.

COLUMNS = {"code": required, "by": day, "value": optional(number), "polarity": one_of(["higher", "lower"])}
GOOD = "code,by,value,polarity\ncl-eet,2018-03-31,80,higher\n"


@pytest.fixture
def table(tmp_path):
    """Write a file and read it with COLUMNS, no two rows with one code and day."""

    def read_it(content, columns=COLUMNS):
        path = tmp_path / "targets.csv"
        path.write_text(content, encoding="utf-8")
        return read(path, columns, ("code", "by"))

    return read_it


def test_a_good_row_is_parsed(table):
    assert table(GOOD) == [
        {"code": "cl-eet", "by": date(2018, 3, 31), "value": Decimal(80), "polarity": "higher"}
    ]


def test_columns_may_stand_in_any_order_and_cells_may_have_spaces(table):
    assert table("polarity,value,by,code\n lower ,, 2018-03-31 ,cl-eet\n") == [
        {"code": "cl-eet", "by": date(2018, 3, 31), "value": None, "polarity": "lower"}
    ]


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        ("cl-eet,31/03/2018,80,higher", "by", "'31/03/2018' is not a date such as 2016-12-09"),
        ("cl-eet,2018-02-30,80,higher", "by", "'2018-02-30' is not a date such as 2016-12-09"),
        ("cl-eet,,80,higher", "by", "'' is not a date such as 2016-12-09"),
        ("cl-eet,2018-03-31,eighty,higher", "value", "'eighty' is not a number"),
        ("cl-eet,2018-03-31,80%,higher", "value", "'80%' is not a number"),
        ("cl-eet,2018-03-31,NaN,higher", "value", "'NaN' is not a number"),
        ("cl-eet,2018-03-31,Infinity,higher", "value", "'Infinity' is not a number"),
        ("cl-eet,2018-03-31,80,up", "polarity", "'up' is not known here"),
        (",2018-03-31,80,higher", "code", "is empty"),
        ("cl-eet,2018-03-31,80", "polarity", "the row has 3 cells, not 4"),
        ("cl-eet,2018-03-31,80,higher,more", "polarity", "the row has 5 cells, not 4"),
    ],
)
def test_a_broken_row_is_named_by_file_line_and_column(table, row, column, what):
    with pytest.raises(BrokenRow) as broken:
        table(f"{GOOD}{row}\n")

    assert str(broken.value) == f"targets.csv, line 3, column {column}: {what}"


def test_the_same_key_twice_names_both_lines(table):
    with pytest.raises(BrokenRow, match=r"targets\.csv, line 4, column code: the same code and by as line 2"):
        table(f"{GOOD}cl-eet,2019-03-31,80,higher\ncl-eet,2018-03-31,81,higher\n")


def test_a_line_is_counted_in_the_file_and_not_in_rows(table):
    with pytest.raises(BrokenRow, match="line 4, column value"):
        table('code,by,value,polarity\n"cl-\neet",2018-03-31,80,higher\nrha,2018-03-31,x,higher\n')


@pytest.mark.parametrize(
    ("heading", "column", "what"),
    [
        ("code,by,value", "polarity", "is not in the heading"),
        ("code,by,value,polarity,colour", "colour", "is not expected"),
        ("", "code", "is not in the heading"),
    ],
)
def test_a_heading_must_be_complete(table, heading, column, what):
    with pytest.raises(BrokenRow, match=rf"line 1, column {column}: {what}"):
        table(f"{heading}\n")


@pytest.mark.parametrize(
    ("parser", "cell", "value"),
    [
        (text, "", ""),
        (whole, "7", 7),
        (yes_no, "yes", True),
        (yes_no, "no", False),
        (optional(whole), "", None),
    ],
)
def test_a_cell_is_parsed(parser, cell, value):
    assert parser(cell) == value


@pytest.mark.parametrize(("parser", "cell"), [(whole, "7.5"), (whole, ""), (yes_no, "true"), (yes_no, "")])
def test_a_cell_is_refused(parser, cell):
    with pytest.raises(ValueError, match=r"is not a whole number|is not known here"):
        parser(cell)


# Loading all of it.


def rows():
    """Every row of the two apps by model, without the moments at which they were entered and their histories."""
    return {
        model._meta.label: sorted(
            tuple(
                getattr(row, field.attname)
                for field in model._meta.concrete_fields
                if field.name != "made_at"
            )
            for row in model._base_manager.all()
        )
        for label in ("kpis", "actionplan")
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.startswith("Historical")
    }


def sizes():
    return {label: len(found) for label, found in rows().items() if found}


@pytest.mark.django_db
def test_loading_twice_gives_the_same_rows():
    call_command("load_reference", verbosity=0)
    first = rows()

    call_command("load_reference", verbosity=0)

    assert first["kpis.Measurement"]
    assert first["actionplan.Recommendation"]
    assert rows() == first


@pytest.mark.django_db
def test_loading_again_keeps_what_people_edited_and_mends_what_they_may_not():
    call_command("load_reference", verbosity=0)
    Indicator.objects.filter(code="rhi-72").update(why="Our own reason")
    Target.objects.filter(indicator__code="cl-eet").update(value=85)
    Recommendation.objects.filter(inspection__key="HAV-SIF-2016", number=1).update(short_title="Data")
    Inspection.objects.filter(key="HAV-SIF-2016").update(lead_inspector="Nobody")

    call_command("load_reference", verbosity=0)

    assert Indicator.objects.get(code="rhi-72").why == "Our own reason"
    assert set(Target.objects.filter(indicator__code="cl-eet").values_list("value", flat=True)) == {85}
    assert Recommendation.objects.get(inspection__key="HAV-SIF-2016", number=1).short_title == "Data"
    assert Inspection.objects.get(key="HAV-SIF-2016").lead_inspector == "Louise Warren"


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["load_sample", "load_reference"])
def test_neither_load_touches_the_sample_that_is_there(command):
    call_command("load_reference", verbosity=0)
    call_command("load_sample", verbosity=0)
    first = rows()

    call_command(command, verbosity=0)

    assert rows() == first


@pytest.mark.django_db
def test_the_sample_is_refused_outside_a_demonstration(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="for demonstrations only"):
        call_command("load_sample", verbosity=0)

    assert sizes() == {}
    assert not User.objects.exists()


BROKEN = [
    (kpis.reference, "measurements.csv", "indicator", "made-up", "'made-up' is not known here"),
    (kpis.reference, "measurements.csv", "end", "31/03/2016", "'31/03/2016' is not a date"),
    (kpis.reference, "measurements.csv", "value", "n/a", "'n/a' is not a number"),
    (kpis.reference, "benchmarks.csv", "area", "atlantis", "'atlantis' is not known here"),
    (kpis.reference, "targets.csv", "source", "", "is empty"),
    (actionplan.reference, "judgements.csv", "area", "sif/kitchen", "'sif/kitchen' is not known here"),
    (actionplan.reference, "judgements.csv", "grade", "fine", "'fine' is not known here"),
    (actionplan.reference, "inspections.csv", "published_on", "9 December 2016", "is not a date"),
    (actionplan.reference, "recommendations.csv", "number", "one", "'one' is not a whole number"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("app", "file", "column", "cell", "what"), BROKEN, ids=[f"{row[1]}-{row[2]}" for row in BROKEN]
)
def test_a_broken_file_stops_the_load_and_nothing_is_half_loaded(
    monkeypatch, tmp_path, app, file, column, cell, what
):
    line = break_cell(monkeypatch, tmp_path, app, file, column, cell)

    with pytest.raises(CommandError) as refused:
        call_command("load_reference", verbosity=0)

    assert str(refused.value).startswith(f"Nothing was loaded. {file}, line {line}, column {column}: ")
    assert what in str(refused.value)
    assert sizes() == {}


@pytest.mark.django_db
def test_a_broken_file_leaves_what_was_loaded_before(monkeypatch, tmp_path):
    call_command("load_reference", verbosity=0)
    first = rows()
    Measurement.objects.filter(indicator__code="assess-45-dfe").delete()
    without = rows()
    break_cell(monkeypatch, tmp_path, kpis.reference, "benchmarks.csv", "value", "n/a")

    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_reference", verbosity=0)

    assert rows() == without != first


@pytest.mark.django_db
def test_a_row_that_stands_twice_stops_the_load(monkeypatch, tmp_path):
    path = copy_of(monkeypatch, tmp_path, kpis.reference) / "measurements.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")

    with pytest.raises(CommandError, match=rf"measurements\.csv, line {len(lines) + 1}, .* as line 2"):
        call_command("load_reference", verbosity=0)

    assert sizes() == {}


def copy_of(monkeypatch, tmp_path, app):
    folder = shutil.copytree(app.REFERENCE, tmp_path / "reference")
    monkeypatch.setattr(app, "REFERENCE", folder)
    return folder


def break_cell(monkeypatch, tmp_path, app, file, column, cell):
    """Put `cell` in the last row of a copy of the file, and load from the copy; return the line that is broken."""
    path = copy_of(monkeypatch, tmp_path, app) / file
    with path.open(encoding="utf-8", newline="") as source:
        content = list(csv.DictReader(source))
    content[-1][column] = cell
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(content[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(content)
    return len(path.read_text(encoding="utf-8").splitlines())

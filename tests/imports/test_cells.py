"""What a cell says: figures as people and spreadsheets write them, signs for those that are missing, footnote marks."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.enums import Marker
from kpis.imports.cells import (
    CellValue,
    Unreadable,
    clean,
    folded,
    has_sign,
    quoted,
    value,
    without_footnote,
)

ANY_TEXT = st.text(st.characters(), max_size=300) | st.text(
    "0123456789 ,.%-/()[]*<>of xcznaREDQ¹²\0\u202e", max_size=60
)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("0", "0"),
        ("72", "72"),
        ("72.0", "72"),
        ("60.9", "60.9"),
        ("60.", "60"),
        (".5", "0.5"),
        ("007", "7"),
        (" 841 ", "841"),
        ("\xa0841\xa0", "841"),
        ("\ufeff841", "841"),
        ("8\u200b41", "841"),
        ("80%", "80"),
        ("80 %", "80"),
        ("80 per cent", "80"),
        ("80 percent", "80"),
        ("1,234", "1234"),
        ("1,234,567.8", "1234567.8"),
        ("1 234", "1234"),
        ("1\xa0234", "1234"),
        ("1\u2009234", "1234"),
        ("£1,234.50", "1234.5"),
        ("£ 12", "12"),
        ("-3.5", "-3.5"),
        ("\u22123.5", "-3.5"),
        ("\u20113.5", "-3.5"),
        ("44.900000000000006", "44.9"),
        ("16.600000000000001", "16.6"),
        ("20.399999999999999", "20.4"),
        ("0.30000000000000004", "0.3"),
        ("100.00000000000001", "100"),
        ("60.9*", "60.9"),
        ("60.9†", "60.9"),
        ("60.9¹", "60.9"),
        ("60.9²", "60.9"),
        ("60.9 [1]", "60.9"),
        ("60.9[note 12]", "60.9"),
        ("60.9 [p]", "60.9"),
        ("60.9[p][e]", "60.9"),
        ("60.9 (r)", "60.9"),
        ("↑ 67.2%", "67.2"),
        ("67.2% ▼", "67.2"),
        ("0.609", "0.609"),
        (Decimal("0.609"), "0.609"),
        (Decimal("44.900000000000006"), "44.9"),
        (Decimal("78"), "78"),
        (Decimal("9999999999"), "9999999999"),
    ],
)
def test_number_is_read_as_it_is_printed(cell, number):
    assert value(cell, percent=True) == CellValue(Decimal(number))


@pytest.mark.parametrize(
    ("cell", "number", "rating"),
    [
        ("60.9% RED", "60.9", "RED"),
        ("78 RED", "78", "RED"),
        ("14.8% red", "14.8", "RED"),
        ("81 AMBER (within tolerance)", "81", "AMBER"),
        ("81 - Amber", "81", "AMBER"),
        ("81, Green", "81", "GREEN"),
        ("81 (GREEN)", "81", "GREEN"),
        ("81%GREEN", "81", "GREEN"),
        ("81 Gray", "81", "GREY"),
        ("81 blue", "81", "BLUE"),
        ("RED 60.9", "60.9", "RED"),
        ("RED: -5", "-5", "RED"),
        ("Green - 5", "5", "GREEN"),
        ("60.9% R", "60.9", "RED"),
        ("60.9 (A)", "60.9", "AMBER"),
        ("60.9 G", "60.9", "GREEN"),
    ],
)
def test_value_and_rating_are_taken_apart(cell, number, rating):
    assert value(cell, percent=True) == CellValue(Decimal(number), rating=rating)


@pytest.mark.parametrize(
    ("cell", "marker"),
    [
        *(
            (sign, Marker.WITHHELD)
            for sign in ["c", "C", "[c]", "(c)", "*", "**", "conf", "Suppressed", "supp"]
        ),
        *((sign, Marker.WITHHELD) for sign in ["<5", "< 6", "<10", "fewer than 5", "less than 5", "under 6"]),
        *(
            (sign, Marker.NOT_AVAILABLE)
            for sign in ["x", "[x]", "X", "..", "...", "…", "n/a", "N/A", "NA", "#N/A"]
        ),
        *(
            (sign, Marker.NOT_AVAILABLE)
            for sign in ["u", "tbc", "TBA", "No data", "Not available", "\u2010 N/A"]
        ),
        *((sign, Marker.NOT_APPLICABLE) for sign in ["z", "[z]", ".", "Not applicable"]),
        *((sign, Marker.NOT_COLLECTED) for sign in ["-", "–", "—", "\u2011", "--", "low", "[low]", "k", "~"]),
        *((sign, Marker.MISSING) for sign in [":", "[:]", "missing", "Not provided"]),
    ],
)
def test_sign_says_why_there_is_no_figure(cell, marker):
    assert value(cell, percent=True) == CellValue(marker=marker)


def test_every_marker_reads_as_itself():
    assert {value(marker.value).marker for marker in Marker} == set(Marker)


def test_rating_may_stand_beside_a_sign():
    assert value("N/A RED") == CellValue(marker=Marker.NOT_AVAILABLE, rating="RED")
    assert value("- RED") == CellValue(marker=Marker.NOT_COLLECTED, rating="RED")


@pytest.mark.parametrize("cell", [None, "", " ", "\xa0", "\u200b", "\ufeff", "\r\n", "\0"])
def test_blank_cell_says_nothing(cell):
    """Not even that there is no figure: the columns of months to come are blank."""
    assert value(cell).is_blank
    assert not value("-").is_blank


@pytest.mark.parametrize(
    ("cell", "number", "numerator", "denominator"),
    [
        ("19 of 27", None, 19, 27),
        ("19 out of 27", None, 19, 27),
        ("19/27", None, 19, 27),
        ("4/5", None, 4, 5),
        ("0/0", None, 0, 0),
        ("1,230 of 2,207", None, 1230, 2207),
        ("70.4% (19 of 27)", "70.4", 19, 27),
        ("70% (19/27)", "70", 19, 27),
        ("70% 19/27", "70", 19, 27),
        ("19 of 27 (70.4%)", "70.4", 19, 27),
        ("19/27, 70%", "70", 19, 27),
        ("0% (0/0)", "0", 0, 0),
    ],
)
def test_counts_of_a_percentage_are_kept(cell, number, numerator, denominator):
    printed = None if number is None else Decimal(number)

    assert value(cell, percent=True) == CellValue(printed, "", "", Decimal(numerator), Decimal(denominator))


NOT_A_NUMBER = "{} is not a number."
COMMA = "{} has a comma for a point. Write {}."
LETTERS = "{} has letters beside the number. Write the number alone."
DATE_OR_COUNTS = "{} looks like a date. Write “of” between two counts."


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        *(
            (cell, NOT_A_NUMBER.format(f"“{cell}”"))
            for cell in ["abc", "RED", "½", "٣", "１２", "1_000", "0x10", "nan"]
        ),
        *(
            (cell, NOT_A_NUMBER.format(f"“{cell}”"))
            for cell in ["Infinity", "+5", "1.2.3", "1.234,5", "1,23,456", "%"]
        ),
        *(
            (cell, NOT_A_NUMBER.format(f"“{cell}”"))
            for cell in ["1 23", "60 9", "=1+1", "--5", "<5%", "60.9 (2)", "1?"]
        ),
        ("60,9", COMMA.format("“60,9”", "60.9")),
        ("60,9%", COMMA.format("“60,9%”", "60.9")),
        ("0,609", COMMA.format("“0,609”", "0.609")),
        ("-12,34", COMMA.format("“-12,34”", "-12.34")),
        ("1234,5", COMMA.format("“1234,5”", "1234.5")),
        ("(12)", "“(12)” may mean minus 12. Write -12 or 12."),
        ("(60.9%)", "“(60.9%)” may mean minus 60.9. Write -60.9 or 60.9."),
        ("1.23E+05", "“1.23E+05” is a shortened number. Widen the column, or write it in full."),
        ("1e-7", "“1e-7” is a shortened number. Widen the column, or write it in full."),
        ("#DIV/0!", "“#DIV/0!” is an error of the spreadsheet. Mend the formula or clear the cell."),
        ("#REF!", "“#REF!” is an error of the spreadsheet. Mend the formula or clear the cell."),
        ("#NAME?", "“#NAME?” is an error of the spreadsheet. Mend the formula or clear the cell."),
        ("25 weeks", LETTERS.format("“25 weeks”")),
        ("12k", LETTERS.format("“12k”")),
        ("04/05", DATE_OR_COUNTS.format("“04/05”")),
        ("2016/17", "“2016/17”: the first count is larger than the second."),
        ("27 of 19", "“27 of 19”: the first count is larger than the second."),
        ("80% (19/27)", "“80% (19/27)” does not agree: the counts make 70.4%."),
        ("10000000000", "“10000000000” is too large a number."),
        ("9" * 60, f"“{'9' * 40}…” is too large a number."),
        ("1" * 201, f"“{'1' * 40}…” is too long for a figure."),
        (date(2017, 7, 3), "“3 July 2017” is a date. If you wrote 3/7, write 3 of 7."),
        (Decimal("NaN"), "“NaN” is too large a number."),
        (Decimal("1E+20"), "“1E+20” is too large a number."),
    ],
)
def test_what_may_be_something_else_is_refused_in_a_sentence(cell, sentence):
    with pytest.raises(Unreadable) as refused:
        value(cell, percent=True)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("60.9%", "“60.9%” is a percentage, and this figure is not."),
        ("19 of 27", "“19 of 27” is two numbers. This figure takes one."),
        ("19/27", "“19/27” is two numbers. This figure takes one."),
    ],
)
def test_count_takes_no_percentage(cell, sentence):
    with pytest.raises(Unreadable) as refused:
        value(cell, percent=False)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (Decimal("0.609"), "60.9"),
        ("0.609", "60.9"),
        ("60.9%", "60.9"),
        (Decimal(1), "100"),
        (Decimal(0), "0"),
    ],
)
def test_share_is_multiplied_only_where_the_file_is_said_to_hold_shares(cell, number):
    assert value(cell, percent=True, shares=True) == CellValue(Decimal(number))


def test_share_of_something_that_is_no_percentage_stays():
    assert value("0.609", percent=False, shares=True) == CellValue(Decimal("0.609"))


def test_share_above_one_is_refused():
    with pytest.raises(
        Unreadable, match=r"“60\.9” is more than 1, and this file is said to hold 0\.609 for 60\.9%"
    ):
        value("60.9", percent=True, shares=True)


@pytest.mark.parametrize(
    ("cell", "says_so"),
    [("60.9%", True), ("60.9 per cent", True), ("0.609", False), (Decimal("0.609"), False), (None, False)],
)
def test_percentage_may_say_that_it_is_one(cell, says_so):
    assert has_sign(cell) is says_so


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_every_decimal_is_read_back(number):
    assert value(f"{number:f}").value == number
    assert value(f"{number:,}").value == number
    assert value(number).value == number


@given(st.floats(min_value=-(10**9), max_value=10**9).map(lambda number: round(number, 4)))
def test_dust_of_a_float_is_gone(number):
    assert value(Decimal(number)).value == Decimal(f"{number:.4f}")


def read_or_refused(text, *how):
    """What the cell says, or the sentence that refuses it."""
    try:
        return value(text, *how)
    except Unreadable as why:
        return str(why)


@given(ANY_TEXT, st.booleans(), st.booleans())
def test_any_text_is_read_or_refused_in_a_sentence(text, percent, shares):
    match read_or_refused(text, percent, shares):
        case CellValue(value=number):
            assert number is None or number.is_finite()
        case sentence:
            assert sentence.endswith((".", "?"))
            assert len(sentence) < 200


@pytest.mark.parametrize(
    "part", ["9,", "1 ", "-", "(", "RED ", "[1]", "\0", "\u202e", "19/", "\U0001f600", "%", ". ", "- "]
)
@pytest.mark.parametrize("length", [200, 50_000])
def test_long_text_is_refused_at_once(part, length):
    text = (part * length)[:length]

    start = time.perf_counter()
    read_or_refused(text, True)
    without_footnote(text, {"england"})

    assert time.perf_counter() - start < 0.1


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("in\u2010house", "in-house"),
        ("in\u2011house", "in-house"),
        ("18\u201221", "18-21"),
        ("18–21", "18-21"),
        ("a\xa0 b\t\n c ", "a b c"),
        ("\ufeffIndicator", "Indicator"),
        ("child\xadren", "children"),
        ("chil\u200bdren\u200d", "children"),
        ("\u202eabc\u202c", "abc"),
        ("a\0b", "a b"),
        ("a\x85b", "a b"),
        ("a\ud800b", "ab"),
        ("Children’s", "Children’s"),
    ],
)
def test_text_is_as_it_looks(text, seen):
    assert clean(text) == seen


@given(ANY_TEXT)
def test_clean_text_is_clean(text):
    assert clean(clean(text)) == clean(text)
    assert clean(text).encode().decode() == clean(text)


def test_names_are_compared_without_capitals_and_quotation_marks():
    assert folded("Children’s  HOMES") == folded("children's homes")


def test_quoted_text_is_cut():
    assert quoted("a" * 41) == f"“{'a' * 40}…”"
    assert quoted("\u202ea\0") == "“a”"


KNOWN = {"england", "havering", "outer london", "band 2", "st. helens"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("England", "England"),
        ("England1", "England"),
        ("England 1", "England"),
        ("England1,2", "England"),
        ("ENGLAND12", "ENGLAND"),
        ("England¹ ²", "England"),
        ("Havering(2)", "Havering"),
        ("Havering (2)", "Havering"),
        ("Havering (note 2)", "Havering"),
        ("Havering [x]", "Havering"),
        ("London [3]", "London"),
        ("London [note 3]", "London"),
        ("London1", "London1"),
        ("Total¹", "Total"),
        ("Outer London*", "Outer London"),
        ("Outer\xa0London **", "Outer London"),
        ("Outer London†‡", "Outer London"),
        ("Q1", "Q1"),
        ("2016", "2016"),
        ("Band 2", "Band 2"),
        ("Band 21", "Band 21"),
        ("Key Stage 4", "Key Stage 4"),
        ("Aged 16", "Aged 16"),
        ("Total (2016)", "Total (2016)"),
        ("*", "*"),
        ("", ""),
    ],
)
def test_footnote_mark_is_taken_off_a_name(text, name):
    assert without_footnote(text, KNOWN) == name

"""Spreadsheets as councils and the DfE publish them, figures made up."""

from datetime import datetime

from .made_files import row, spreadsheet, table, typed_cell, workbook
from .real_text import RealFile


def excel(name, write, figures, **said):
    return RealFile(name, lambda: workbook(write), figures, **said)


def first_of(month):
    return datetime(2017, month, 1)  # noqa: DTZ001 a spreadsheet knows no time zones


def committee_scorecard(book):
    sheet = book.add_worksheet("Scorecard")
    percent = book.add_format({"num_format": "0%"})
    sheet.merge_range("A1:J1", "Overview and Scrutiny Sub-Committee: Quarter 2 2016/17")
    sheet.merge_range("A3:A4", "Performance indicator")
    sheet.merge_range("B3:B4", "Good is")
    sheet.merge_range("C3:G3", "2016/17")
    sheet.merge_range("H3:H4", "DOT")
    sheet.merge_range("I3:I4", "Comments")
    sheet.write_row("C4", ["Target", "Q1", "Q2", "Q3", "Q4"])
    sheet.merge_range("A5:I5", "Care leavers")
    sheet.write_row("A6", ["Care leavers in EET", "High"])
    sheet.write_row("C6", [0.7, 0.64, 0.655], percent)
    sheet.write_row("H6", ["▲", "Small cohort"])
    sheet.merge_range("A7:I7", "Placements")
    sheet.write_row("A8", ["Total no. of in-house foster carers", "High", 90, 81, 80])
    sheet.write("A10", "Notes: figures are provisional until the year ends.")
    sheet.merge_range("A11:I11", "Source: case system, 5 October 2016")


def accessible_tables(book):
    cover = book.add_worksheet("Cover sheet")
    cover.write_column(0, 0, ["Children in need, accessible tables", "Published 30 November 2016"])
    notes = book.add_worksheet("Notes")
    notes.write_row(0, 0, ["Note number", "Note text"])
    notes.write_row(1, 0, [1, "Suppressed to protect identity"])
    data = book.add_worksheet("Table_1")
    data.write(0, 0, "Rate per 10,000 children in need at 31 March [note 1]")
    data.write(1, 0, "Some cells are suppressed, shown as [c].")
    data.write_row(2, 0, ["Area code", "Area name", "2014 [note 2]", "2015", "2016 [r]"])
    data.write_row(3, 0, ["E92000001", "England [note 3]", 346.4, 337.3, 337.7])
    data.write_row(4, 0, ["E09000016", "Havering", "[x]", 299, 306.1])
    data.write_row(5, 0, ["E06000053", "Isles of Scilly", "[c]", "[c]", "[z]"])


def national_table(book):
    sheet = book.add_worksheet("D1")
    sheet.write_column(
        "A1", ["Table D1: second or subsequent plans¹", "Years ending 31 March", "Coverage: England"]
    )
    sheet.write_row("C5", ["Number", "", "", "Percentage²"])
    sheet.write_row("A6", ["", "", 2015, 2016, "", 2015, 2016])
    sheet.write_row("A8", ["", "England3", 10370, 11350, "", 16.6, 17.9])
    sheet.write_row("A10", [311, "Havering", 30, "x", "", 7.8, "x"])
    sheet.write("A12", "1. A child with more than one plan is counted once for each.")


def pivot(book):
    sheet = book.add_worksheet("Pivot")
    month = book.add_format({"num_format": "mmm-yy"})
    sheet.write_row(2, 0, ["Sum of Value", "Column Labels"])
    sheet.write(3, 0, "Row Labels")
    for column, number in enumerate([4, 5], 1):
        sheet.write_datetime(3, column, first_of(number), month)
    sheet.write(3, 3, "Grand Total")
    sheet.write_row(4, 0, ["Children in need", 1311, 1301, 2612])
    sheet.write_row(5, 0, ["Plans", 291, 288, 579])
    sheet.write_row(6, 0, ["Grand Total", 1602, 1589, 3191])


def pivot_of_two_years(book):
    sheet = book.add_worksheet("Pivot")
    sheet.write_row(0, 0, ["Average of %", "Column Labels"])
    sheet.write_row(1, 0, ["", 2016, "", "2016 Total", 2017])
    sheet.write_row(2, 0, ["Row Labels", "Nov", "Dec", "", "Jan"])
    sheet.write_row(3, 0, ["Interviews", 62, 60, 61, 66])


def months_under_their_year(book):
    sheet = book.add_worksheet("CSC")
    sheet.merge_range("A1:A2", "KPI")
    sheet.merge_range("B1:B2", "Target 2016/17")
    sheet.merge_range("C1:E1", "2016/17")
    sheet.write_row("C2", ["Nov", "Dec", "Jan"])
    sheet.write_row("F1", ["YTD", "RAG"])
    sheet.write_row("A3", ["Interviews", 90, 62, 60, 66, 61, "R"])


def indicators_over_their_parts(book):
    sheet = book.add_worksheet("Data")
    month = book.add_format({"num_format": "mmm yyyy"})
    sheet.merge_range("B1:D1", "Interviews")
    sheet.merge_range("E1:F1", "Supervision")
    sheet.write_row("A2", ["Month", "Numerator", "Denominator", "%", "Numerator", "Denominator"])
    sheet.write_datetime("A3", first_of(4), month)
    sheet.write_row("B3", [14, 20, 70, 28, 34])
    sheet.write_datetime("A4", first_of(5), month)
    sheet.write_row("B4", [19, 27, 70.4, 30, 36])
    sheet.write_row("A5", ["Total", 33, 47, 70.2, 58, 70])


def a_rating_beside_each_quarter(book):
    sheet = book.add_worksheet("Return")
    sheet.write_row(0, 0, ["PI", "Definition", "Q3 2016/17", "RAG", "Q4 2016/17", "RAG"])
    sheet.write_row(1, 0, ["Care leavers in EET", "% of 18 to 21", 63, "A", "60.9 ", "R"])
    sheet.write_row(2, 0, ["Carers", "Households", 79, "R", 78, "R"])


def exported_visual(book):
    sheet = book.add_worksheet("Export")
    day, percent = (
        book.add_format({"num_format": "dd/mm/yyyy"}),
        book.add_format({"num_format": "0.0%;-0.0%"}),
    )
    sheet.write_row(0, 0, ["KPI", "Month", "% achieved", "Cases"])
    for number, (name, month, value) in enumerate([("Interviews", 4, 0.7), ("Supervision", 5, 0.8235)], 1):
        sheet.write(number, 0, name)
        sheet.write_datetime(number, 1, first_of(month), day)
        sheet.write(number, 2, value, percent)
        sheet.write(number, 3, 20)
    sheet.write(4, 0, "Applied filters:\nService is Children")


def google_sheet():
    def ended(iso):
        return typed_cell("date", "date-value", iso)

    def percent(value):
        return typed_cell("percentage", "value", value)

    return spreadsheet(
        table(
            row("Measure", "Month ending", "Performance", "Target", "Narrative"),
            row("Interviews", ended("2017-04-30"), percent("0.7"), percent("0.9"), "Three were late"),
            row("Interviews", ended("2017-05-31"), percent("0.703703703703704"), percent("0.9"), ""),
            name="KPIs – live",
        )
        + table(row("Scratch"), name="Sheet2")
    )


EET = {"Care leavers in EET": "cl-eet"}
SPREADSHEETS = {
    "committee scorecard": excel(
        "Q2 scorecard.xlsx",
        committee_scorecard,
        [
            "EET, Q1 2016-17: 64.0%",
            "EET, Q2 2016-17: 65.5%",
            "Carers, Q1 2016-17: 81",
            "Carers, Q2 2016-17: 80",
        ],
        names=EET | {"Total no. of in-house foster carers": "foster-carers"},
    ),
    "accessible tables behind a cover": excel(
        "tables.xlsx",
        accessible_tables,
        [
            "Need rate, England, 31 March 2014: 346.4 per 10,000",
            "Need rate, England, 31 March 2015: 337.3 per 10,000",
            "Need rate, England, 31 March 2016: 337.7 per 10,000",
            "Need rate, 31 March 2014: not available",
            "Need rate, 31 March 2015: 299 per 10,000",
            "Need rate, 31 March 2016: 306.1 per 10,000",
        ],
        columns={"indicator": "cin-rate-dfe", "year_means": "financial"},
        left_out={"Isles of Scilly": 3},
    ),
    "national table with numbers and percentages": excel(
        "Tables_D1.xlsx",
        national_table,
        [
            "Repeat, England, 2014-15: 16.6%",
            "Repeat, England, 2015-16: 17.9%",
            "Repeat, 2014-15: 7.8%",
            "Repeat, 2015-16: not available",
        ],
        columns={
            "role_5": "value",
            "role_6": "value",
            "indicator": "cp-repeat-dfe",
            "year_means": "financial",
        },
    ),
    "pivot table": excel(
        "pivot.xlsx",
        pivot,
        [
            "Children in need, April 2017: 1,311",
            "Children in need, May 2017: 1,301",
            "Plans, April 2017: 291",
            "Plans, May 2017: 288",
        ],
        left_out={"Grand Total": 2},
    ),
    "pivot table of two years": excel(
        "pivot.xlsx",
        pivot_of_two_years,
        ["Interviews, November 2016: 62%", "Interviews, December 2016: 60%", "Interviews, January 2017: 66%"],
    ),
    "months under their financial year": excel(
        "2016-17.xlsx",
        months_under_their_year,
        ["Interviews, November 2016: 62%", "Interviews, December 2016: 60%", "Interviews, January 2017: 66%"],
    ),
    "indicators over their numerators": excel(
        "across.xlsx",
        indicators_over_their_parts,
        [
            "Interviews, April 2017: 70%, 14 of 20",
            "Supervision, April 2017: 82%, 28 of 34",
            "Interviews, May 2017: 70%, 19 of 27",
            "Supervision, May 2017: 83%, 30 of 36",
        ],
        left_out={"Total": 2},
    ),
    "a rating beside each quarter": excel(
        "Q4 return.xlsx",
        a_rating_beside_each_quarter,
        [
            "EET, Q3 2016-17: 63.0%",
            "EET, Q4 2016-17: 60.9%",
            "Carers, Q3 2016-17: 79",
            "Carers, Q4 2016-17: 78",
        ],
        names=EET,
    ),
    "a visual with its filters below": excel(
        "Power BI.xlsx",
        exported_visual,
        ["Interviews, April 2017: 70%", "Supervision, May 2017: 82.35%"],
        columns={"role_2": "value"},
    ),
    "sheet of another office": RealFile(
        "KPIs.ods", google_sheet, ["Interviews, April 2017: 70%", "Interviews, May 2017: 70.3704%"]
    ),
}

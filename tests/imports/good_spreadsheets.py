"""Workbooks and OpenDocument spreadsheets that are read, each with the rows that come out."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from .made_files import (
    MAIN,
    STRICT,
    MadeFile,
    archive,
    number_cells,
    raw_workbook,
    row,
    spreadsheet,
    table,
    text_cell,
    typed_cell,
    workbook,
    workbook_of,
)

D = Decimal
ONE = [(1, [D(1)])]


def excel(expected, write, sheet=None, **options):
    return MadeFile("figures.xlsx", lambda: workbook(write, **options), expected, sheet)


def by_hand(expected, sheet, **parts):
    return MadeFile("figures.xlsx", lambda: raw_workbook(sheet, **parts), expected)


def write_percentages(book):
    sheet = book.add_worksheet()
    for column, (value, shown) in enumerate(
        [(0.609, "0.0%"), (0.6, "0%"), (1, "0%"), (0.6, '0.0" %"'), (0.6, "0.0\\%"), ("n/a", "0%")]
    ):
        sheet.write(0, column, value, book.add_format({"num_format": shown}))


def write_dates(book):
    sheet = book.add_worksheet()
    day = datetime(2017, 6, 27, 14, 5)  # noqa: DTZ001 a spreadsheet knows no time zones
    for column, shown in enumerate(["dd/mm/yyyy", "mmm-yy", "d mmmm yyyy hh:mm", "[$-809]dd mmmm yyyy"]):
        sheet.write_datetime(0, column, day, book.add_format({"num_format": shown}))


def write_times(book):
    sheet = book.add_worksheet()
    sheet.write_datetime(0, 0, time(14, 5), book.add_format({"num_format": "hh:mm"}))
    sheet.write_datetime(0, 1, timedelta(hours=36, minutes=5), book.add_format({"num_format": "[h]:mm"}))


def write_formulas(book):
    sheet = book.add_worksheet()
    sheet.write_formula(0, 0, "=1/0", None, "#DIV/0!")
    sheet.write_formula(0, 1, "=NA()", None, "#N/A")
    sheet.write_formula(0, 2, "=1+1", None, 2)
    sheet.write_formula(0, 3, '="a"&"b"', None, "ab")
    sheet.write_boolean(0, 4, True)
    sheet.write_formula(0, 5, "=1>2", None, False)


def write_rich_text(book):
    sheet = book.add_worksheet()
    raised = book.add_format({"font_script": 1})
    sheet.write_rich_string(0, 0, "England", raised, "1")
    sheet.write_string(0, 1, "Q1 & Q2 <draft>")
    sheet.write_string(0, 2, "a\nb")
    sheet.write_comment(0, 0, "a remark that is no figure")


def write_merged(book):
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 3, "Scorecard")
    sheet.merge_range(1, 0, 2, 0, "Indicator")
    sheet.merge_range(1, 1, 1, 3, "2016-17")
    sheet.write_row(2, 1, ["Q1", "Q2", "Q3"])
    sheet.merge_range(3, 0, 4, 0, "RHI72")
    sheet.write_row(3, 1, [1, 2, 3])
    sheet.write_row(4, 1, [4, 5, 6])


MERGED = [
    (1, ["Scorecard"] * 4),
    (2, ["Indicator", "2016-17", "2016-17", "2016-17"]),
    (3, ["Indicator", "Q1", "Q2", "Q3"]),
    (4, ["RHI72", D(1), D(2), D(3)]),
    (5, ["RHI72", D(4), D(5), D(6)]),
]


def write_away_from_the_corner(book):
    sheet = book.add_worksheet()
    sheet.write_row(4, 2, ["a", 1])
    sheet.write_row(6, 2, ["b", 2])


AWAY = [(5, [None, None, "a", D(1)]), (7, [None, None, "b", D(2)])]


def write_several(book):
    hidden = book.add_worksheet("Lists")
    hidden.write(0, 0, "secret")
    hidden.hide()
    book.add_chartsheet("Chart")
    book.add_worksheet("Cover")
    book.add_worksheet("Q1 & “Q2”").write(0, 0, 1)
    book.add_worksheet("Last").write(0, 0, "last")
    book.get_worksheet_by_name("Cover").activate()


def write_hidden_rows(book):
    sheet = book.add_worksheet()
    sheet.write_column(0, 0, [1, 2, 3])
    sheet.set_row(1, None, None, {"hidden": True})


def write_far_format(book):
    sheet = book.add_worksheet()
    sheet.write(0, 0, 1)
    sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bg_color": "yellow"}))


XLSX = {
    "workbook": MadeFile(
        "figures.xlsx", lambda: workbook_of([["a", 1], ["b", 2.5]]), [(1, ["a", D(1)]), (2, ["b", D("2.5")])]
    ),
    "numbers without dust": MadeFile(
        "figures.xlsx",
        lambda: workbook_of([[44.900000000000006, 0.1 + 0.2, 7.0, -3.25, 1e-7, 123456789012345, 1e21, 0]]),
        [(1, [D("44.9"), D("0.3"), D(7), D("-3.25"), D("1e-7"), D(123456789012345), D(10**21), D(0)])],
    ),
    "numbers kept as text": MadeFile(
        "figures.xlsx",
        lambda: workbook_of([["044", "1,234", "60.9% RED", "  "]]),
        [(1, ["044", "1,234", "60.9% RED", None])],
    ),
    "percentages": excel([(1, ["60.9%", "60%", "100%", D("0.6"), D("0.6"), "n/a"])], write_percentages),
    "dates": excel([(1, [date(2017, 6, 27)] * 4)], write_dates),
    "dates counted from 1904": excel([(1, [date(2017, 6, 27)] * 4)], write_dates, date_1904=True),
    "times": excel([(1, ["14:05:00", "36:05:00"])], write_times),
    "formulas and errors": excel([(1, ["#DIV/0!", "#N/A", D(2), "ab", "TRUE", "FALSE"])], write_formulas),
    "rich text": excel([(1, ["England1", "Q1 & Q2 <draft>", "a\nb"])], write_rich_text),
    "merged cells": excel(MERGED, write_merged),
    "table away from the corner": excel(AWAY, write_away_from_the_corner),
    "first sheet that is seen and filled": excel([(1, [D(1)])], write_several),
    "sheet by its name": excel([(1, ["last"])], write_several, sheet="Last"),
    "hidden sheet by its name": excel([(1, ["secret"])], write_several, sheet="Lists"),
    "hidden rows": excel([(1, [D(1)]), (2, [D(2)]), (3, [D(3)])], write_hidden_rows),
    "colour in the last cell of all": excel(ONE, write_far_format),
    "constant memory": MadeFile(
        "figures.xlsx", lambda: workbook_of([["a", 1]], constant_memory=True), [(1, ["a", D(1)])]
    ),
    "false dimension": by_hand(
        ONE, '<row r="1"><c r="A1"><v>1</v></c></row>', before='<dimension ref="A1:XFD1048576"/>'
    ),
    "cells without references": by_hand([(1, [D(1), D(1)]), (2, [D(1), D(1)])], number_cells(2, 2)),
    "target from the root": by_hand(ONE, number_cells(1, 1), target="/xl/worksheets/sheet1.xml"),
    "strict workbook": by_hand(
        ONE,
        number_cells(1, 1),
        main=f"{STRICT}/spreadsheetml/main",
        relations=f"{STRICT}/officeDocument/relationships",
    ),
    "characters that XML cannot hold": by_hand(
        [(1, ["a\r\nb", "cd"])],
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_\nb</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>c_x0000_d</t></is></c></row>',
    ),
    "reading aid left out": by_hand(
        [(1, ["東京"])],
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        strings=f'<sst xmlns="{MAIN}"><si><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh></si></sst>',
    ),
    "error in a large cell": by_hand(
        [(2, [None, "#REF!", D(3)])],
        '<row r="2"><c r="B2" s="0" t="e"><f>SUM(A1:A9)/#REF!</f><v>#REF!</v></c><c r="C2"><v>3</v></c></row>',
    ),
    "drawing packed with it": by_hand(ONE, number_cells(1, 1), extra={"xl/media/image1.png": b"\x89PNG\r\n"}),
    "stored, not packed": MadeFile(
        "figures.xlsx", lambda: archive(raw_workbook(number_cells(1, 1), only_parts=True), 0), ONE
    ),
}


def ods(expected, tables, **options):
    sheet = options.pop("sheet", None)
    return MadeFile("figures.ods", lambda: spreadsheet(tables, **options), expected, sheet)


COVERED = "<table:covered-table-cell/>"
HIDDEN_STYLE = (
    '<style:style style:name="ta2" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)

ODS = {
    "opendocument": ods([(1, ["a", "b"]), (2, [None, "c"])], table(row("a", "b"), row("", "c"))),
    "opendocument values": ods(
        [(1, [D("44.9"), "60.9%", D(5), date(2017, 6, 27), date(2017, 6, 27), "TRUE", "14:05"])],
        table(
            row(
                typed_cell("float", "value", "44.900000000000006", "45"),
                typed_cell("percentage", "value", "0.609", "61%"),
                typed_cell("currency", "value", "5", "£5.00"),
                typed_cell("date", "date-value", "2017-06-27", "27/06/17"),
                typed_cell("date", "date-value", "2017-06-27T14:05:00", "27/06/17"),
                typed_cell("boolean", "boolean-value", "true", "WAHR"),
                typed_cell("time", "time-value", "PT14H05M00S", "14:05"),
            )
        ),
    ),
    "opendocument errors": ods(
        [(1, ["#DIV/0!", "#N/A"])],
        table(
            row(
                '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
                "<text:p>#DIV/0!</text:p></table:table-cell>",
                '<table:table-cell office:value-type="float" office:value="0" calcext:value-type="error">'
                "<text:p>#N/A</text:p></table:table-cell>",
            )
        ),
    ),
    "opendocument merged cells": ods(
        MERGED,
        table(
            row(text_cell("Scorecard", ' table:number-columns-spanned="4"'), COVERED * 3),
            row(
                text_cell("Indicator", ' table:number-rows-spanned="2"'),
                text_cell("2016-17", ' table:number-columns-spanned="3" table:number-rows-spanned="1"'),
                '<table:covered-table-cell table:number-columns-repeated="2"/>',
            ),
            row(COVERED, "Q1", "Q2", "Q3"),
            row(
                text_cell("RHI72", ' table:number-rows-spanned="2"'),
                *(typed_cell("float", "value", n) for n in "123"),
            ),
            row(COVERED, *(typed_cell("float", "value", n) for n in "456")),
        ),
    ),
    "opendocument repeated": ods(
        [(1, ["a", "a", "a", None, None, "b"]), (2, ["a", "a", "a", None, None, "b"])],
        table(
            row(
                text_cell("a", ' table:number-columns-repeated="3"'),
                '<table:table-cell table:number-columns-repeated="2"/>',
                "b",
                '<table:table-cell table:number-columns-repeated="16378"/>',
                about=' table:number-rows-repeated="2"',
            ),
            row(
                '<table:table-cell table:number-columns-repeated="16384"/>',
                about=' table:number-rows-repeated="1048574"',
            ),
        ),
    ),
    "opendocument text": ods(
        [(1, ["a   b\tc\nd", "England1", "last"])],
        table(
            row(
                '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="3"/>b<text:tab/>c</text:p>'
                "<text:p>d</text:p></table:table-cell>",
                "England<text:span>1</text:span>",
                '<table:table-cell office:value-type="string" office:string-value="last"/>',
            )
        ),
    ),
    "opendocument comment": ods(
        [(1, ["a", "b"])],
        table(
            row(
                '<table:table-cell office:value-type="string"><office:annotation><text:p>a remark</text:p>'
                "</office:annotation><text:p>a</text:p></table:table-cell>",
                '<table:table-cell office:value-type="string"><draw:frame><draw:text-box><text:p>drawn</text:p>'
                "</draw:text-box></draw:frame><text:p>b</text:p></table:table-cell>",
            )
        ),
    ),
    "opendocument hidden sheet": ods(
        [(1, ["seen"])],
        table(row("secret"), name="Lists", about=' table:style-name="ta2"') + table(row("seen"), name="Q1"),
        styles=HIDDEN_STYLE,
    ),
    "opendocument sheet by its name": ods(
        [(1, ["secret"])],
        table(row("secret"), name="Lists", about=' table:style-name="ta2"') + table(row("seen"), name="Q1"),
        styles=HIDDEN_STYLE,
        sheet="Lists",
    ),
    "opendocument copy of another file": ods(
        [(1, ["own"])],
        table('<table:table-source xlink="file:///x.ods"/>', row("theirs"), name="’file:///x’#S")
        + table(row("own")),
    ),
    "opendocument groups of rows": ods(
        [(1, ["Indicator"]), (2, ["RHI72"])],
        table(
            f"<table:table-header-rows>{row('Indicator')}</table:table-header-rows>",
            f"<table:table-row-group>{row('RHI72')}</table:table-row-group>",
        ),
    ),
    "opendocument blank rows between": ods(
        [(2, [None, "a"]), (5, [None, "b"])],
        table(row(""), row("", "a"), row("", about=' table:number-rows-repeated="2"'), row("", "b")),
    ),
    "opendocument number it does not mean": ods(
        [(1, ["many"])], table(row(typed_cell("float", "value", "many")))
    ),
}

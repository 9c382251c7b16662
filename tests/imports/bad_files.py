"""Files that are refused, each with the sentence that says so: hostile ones, and those of an honest mistake."""

from struct import pack

from .made_files import (
    MAIN,
    MadeFile,
    archive,
    number_cells,
    raw_workbook,
    row,
    spreadsheet,
    table,
    text_cell,
    workbook,
    workbook_of,
)

SAVE = "Save the sheet as .xlsx or .csv and upload it again."
COPY = "Copy only the table into a new workbook, save it as .xlsx or .csv and upload that."
DAMAGED = f"This file is damaged and cannot be read. Open it in your spreadsheet program. {SAVE}"
TOO_MUCH = f"This file is too large or too complicated to read. {COPY}"
LOCKED = f"This file is protected with a password. Take the password off. {SAVE}"
BLANK = "This file has no figures in it: every row is blank. Check that you chose the right file."
HIDDEN = f"Every sheet in this file is hidden. Show the sheet with the table. {SAVE}"
UNPACKS = f"This file unpacks to more than 200 MB, or to far more than its size. {COPY}"
ROWS = f"A sheet in this file has more than 200,000 rows. {COPY}"
COLUMNS = f"A sheet in this file has more than 1,000 columns. {COPY}"
CELLS = f"A sheet in this file has more than 3,000,000 cells. {COPY}"
NO_TEXT = f"This file is not a table of text that can be read. {SAVE}"
ANOTHER = f"Another file is packed inside this one. {COPY}"
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
OOXML = "application/vnd.openxmlformats-officedocument"
MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def this_is(what):
    return f"This is {what}. {SAVE}"


def named(what, ending):
    return (
        f"This is {what}, but its name does not end in {ending}. "
        f"Save it under a name that does and upload it again."
    )


def text(expected, content, name="figures.csv"):
    return MadeFile(name, lambda: content.encode() if isinstance(content, str) else content, expected)


def long_cell(row):
    return (
        f"A cell in row {row} has more than 32,767 characters. "
        f"Look for a quotation mark that is never closed. {SAVE}"
    )


TEXT = {
    "empty": text("This file is empty. Check that you chose the right file.", ""),
    "only a byte-order mark": text(BLANK, b"\xef\xbb\xbf"),
    "only blank rows": text(BLANK, "\n , ,\n\xa0\n,,,\n"),
    "larger than 10 MB": MadeFile(
        "figures.csv", lambda: b"1,2\n" * 2_700_000, f"This file is larger than 10 MB. {COPY}"
    ),
    "10 MB in one line": MadeFile("figures.csv", lambda: b"a" * 10_000_000, long_cell(1)),
    "10 MB of commas": MadeFile("figures.csv", lambda: b"," * 10_000_000, BLANK),
    "10 MB of cells in one row": MadeFile("figures.csv", lambda: b"1," * 5_000_000, COLUMNS),
    "10 MB of quotation marks": MadeFile("figures.csv", lambda: b'"' * 10_000_000, long_cell(1)),
    "10 MB of line ends": MadeFile("figures.csv", lambda: b"\r\n" * 5_000_000, ROWS),
    "cell of 1 MB": text(long_cell(2), f"a,b\n1,{'x' * 1_000_000}\n"),
    "cell one character too long": text(long_cell(1), "x" * 32_768),
    "100,000 quotation marks": text(long_cell(1), '"' * 100_000),
    "quotation mark never closed": text(
        f"A quotation mark in row 2 is never closed. {SAVE}", 'a,b\n1,"2\n3,4\n5,6\n'
    ),
    "too many rows": MadeFile("figures.csv", lambda: b"1,2\n" * 200_001, ROWS),
    "too many columns": text(COLUMNS, "a\n" + ",".join(["1"] * 1001)),
    "too many cells": MadeFile("figures.csv", lambda: b"1\n" * 3_100 + b"1," * 1_000, CELLS),
    "NUL bytes": text(NO_TEXT, b"a,b\n1,\x002\n"),
    "utf-16 without its mark": text(NO_TEXT, "Indicator,Q1\n".encode("utf-16-le")),
    "utf-16 cut off": text(NO_TEXT, b"\xff\xfea\x00,\x00\x00"),
    "utf-32": text(NO_TEXT, "Indicator,Q1\n".encode("utf-32")),
    "bytes of no encoding": text(NO_TEXT, b"a,\x81\x8d\x8f\n"),
    "program": text(NO_TEXT, b"MZ\x90\x00\x03\x00\x00\x00", "figures.xlsx"),
    "pdf": text(this_is("a PDF"), b"%PDF-1.7\n%\xe2\xe3\n", "figures.csv"),
    "png": text(this_is("a picture"), b"\x89PNG\r\n\x1a\n\x00", "figures.csv"),
    "png called xlsx": text(this_is("a picture"), b"\x89PNG\r\n\x1a\n\x00", "figures.xlsx"),
    "gzip": text(this_is("a packed file"), b"\x1f\x8b\x08\x00", "figures.csv"),
    "web page": text(
        this_is("a web page, a drawing or other marked-up text"),
        "\n <!doctype html><table><tr><td>1",
        "x.csv",
    ),
    "web page in utf-16": text(
        this_is("a web page, a drawing or other marked-up text"), "<html>".encode("utf-16"), "x.csv"
    ),
    "web page called xlsx": text(
        this_is("a web page, a drawing or other marked-up text"),
        "<table><tr><td>1</td></tr></table>",
        "x.xlsx",
    ),
    "drawing": text(
        this_is("a web page, a drawing or other marked-up text"),
        f'<?xml version="1.0"?>{LAUGHS}<svg xmlns="http://www.w3.org/2000/svg">&a9;</svg>',
    ),
    "json": text(this_is("data for a program (JSON)"), '[{"indicator": "RHI72"}]'),
    "rich text": text(this_is("a Word document"), "{\\rtf1 a,b}"),
    "old workbook": text(
        this_is("a file of an old version of Office, such as .xls or .doc"), OLE, "figures.xls"
    ),
    "old workbook called xlsx": text(
        this_is("a file of an old version of Office, such as .xls or .doc"), OLE, "figures.xlsx"
    ),
    "workbook with a password": text(LOCKED, OLE + "EncryptedPackage".encode("utf-16-le"), "figures.xlsx"),
    "text called xlsx": text(named("a text file", ".csv"), "a,b\n1,2\n", "figures.xlsx"),
    "text without an ending": text(named("a text file", ".csv"), "a,b\n1,2\n", "figures"),
    "text called exe": text(named("a text file", ".csv"), "a,b\n1,2\n", "figures.csv.exe"),
}


def workbook_type(what, kind):
    return MadeFile("figures.xlsx", lambda: raw_workbook(number_cells(1, 1), sheet_type=kind), this_is(what))


def by_hand(expected, sheet, **parts):
    """`sheet` is a function where it is large."""
    make = sheet if callable(sheet) else lambda: sheet
    return MadeFile("figures.xlsx", lambda: raw_workbook(make(), **parts), expected)


def cell(reference):
    return f'<row><c r="A1"><v>1</v></c></row><row><c r="{reference}"><v>1</v></c></row>'


def sheet_part(prologue, value):
    return (
        f'{prologue}<worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><t>{value}</t></is></c></row>'
        f"</sheetData></worksheet>"
    ).encode()


def one_string(string):
    return f'<sst xmlns="{MAIN}"><si><t>{string}</t></si></sst>'


def whole_sheet_merged_often():
    ranges = "".join(f'<mergeCell ref="A1:J{row}"/>' for row in range(10_000, 11_000))
    return f"<mergeCells>{ranges}</mergeCells>"


def hidden_and_blank(book):
    book.add_worksheet("Cover")
    book.add_worksheet("Lists").write(0, 0, "secret")
    book.get_worksheet_by_name("Lists").hide()


def only_a_chart(book):
    book.add_chartsheet("Chart")


def many_sheets(book):
    for _ in range(201):
        book.add_worksheet().write(0, 0, 1)


def changed(content, old, new):
    """The file with some of its bytes exchanged, all of them or none."""
    assert len(old) == len(new)
    assert old in content
    return content.replace(old, new)


def lying_size():
    """A sheet that unpacks to ten times what its headers say."""
    content = raw_workbook(number_cells(1_000, 10))
    size = len(f'<worksheet xmlns="{MAIN}"><sheetData></sheetData></worksheet>') + len(
        number_cells(1_000, 10)
    )
    return changed(content, pack("<I", size), pack("<I", size // 10))


def flipped_bits():
    content = raw_workbook(number_cells(1, 1), strings=one_string("damaged " * 50))
    start = content.index(b"xl/sharedStrings.xml") + 40
    return content[:start] + bytes(byte ^ 0xFF for byte in content[start : start + 8]) + content[start + 8 :]


def encrypted_parts():
    content = bytearray(workbook_of([[1]]))
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1
    return bytes(content)


def same_name_twice():
    return changed(workbook_of([[1]]), b"docProps/core.xml", b"xl/styles.xml....").replace(
        b"xl/styles.xml....", b"xl/sharedStringss"
    )


def zeros(megabytes):
    return b"\0" * (megabytes * 1024 * 1024)


XLSX = {
    "unpacks to 300 MB": MadeFile(
        "figures.xlsx", lambda: archive({"[Content_Types].xml": "", "xl/big.bin": zeros(300)}), UNPACKS
    ),
    "unpacks to a thousand times its size": MadeFile(
        "figures.xlsx",
        lambda: archive({"[Content_Types].xml": "", "xl/big.bin": zeros(150)}, level=9),
        UNPACKS,
    ),
    "size in its directory is a lie": MadeFile("figures.xlsx", lying_size, DAMAGED),
    "10,000 parts": by_hand(UNPACKS, number_cells(1, 1), extra={f"xl/p{n}.xml": "" for n in range(10_000)}),
    "zip file in a workbook": by_hand(
        ANOTHER, number_cells(1, 1), extra={"xl/media/a.png": archive({"a": "b"})}
    ),
    "old document in a workbook": by_hand(ANOTHER, number_cells(1, 1), extra={"xl/embeddings/a.bin": OLE}),
    "zip file": MadeFile(
        "figures.xlsx",
        lambda: archive({"figures.xlsx": workbook_of([[1]])}),
        this_is("a zip file, not a spreadsheet"),
    ),
    "empty zip file": text(this_is("a zip file, not a spreadsheet"), archive({}), "figures.xlsx"),
    "cut off": MadeFile("figures.xlsx", lambda: workbook_of([[1]])[:-2_000], DAMAGED),
    "only the first bytes": text(DAMAGED, b"PK\x03\x04", "figures.xlsx"),
    "bits flipped": MadeFile("figures.xlsx", flipped_bits, DAMAGED),
    "parts with a password": MadeFile("figures.xlsx", encrypted_parts, LOCKED),
    "part of another packing": MadeFile(
        "figures.xlsx",
        lambda: archive(raw_workbook(number_cells(1, 1), only_parts=True), compression=12),
        f"This file is packed in a way that cannot be read. {SAVE}",
    ),
    "workbook called csv": MadeFile(
        "figures.csv", lambda: workbook_of([[1]]), named("an Excel workbook", ".xlsx")
    ),
    "workbook called ods": MadeFile(
        "figures.ods", lambda: workbook_of([[1]]), named("an Excel workbook", ".xlsx")
    ),
    "macros": workbook_type("an Excel workbook with macros (.xlsm)", MACROS),
    "macros under a plain type": by_hand(
        this_is("an Excel workbook with macros (.xlsm)"), number_cells(1, 1), extra={"xl/vbaProject.bin": OLE}
    ),
    "binary workbook": workbook_type(
        "an Excel binary workbook (.xlsb)", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    ),
    "template": workbook_type("an Excel template", f"{OOXML}.spreadsheetml.template.main+xml"),
    "word document": workbook_type("a Word document", f"{OOXML}.wordprocessingml.document.main+xml"),
    "presentation": workbook_type(
        "a PowerPoint presentation", f"{OOXML}.presentationml.presentation.main+xml"
    ),
    "last cell of all": by_hand(ROWS, cell("XFD1048576")),
    "far column": by_hand(COLUMNS, cell("ALM1")),
    "column that no sheet has": by_hand(COLUMNS, cell("ZZZZZZZ1")),
    "row too far": by_hand(ROWS, cell("A200001")),
    "corners too far apart": by_hand(CELLS, cell("ALL200000")),
    "far cell written otherwise": by_hand(TOO_MUCH, cell("XFD1048576").replace('"', "'")),
    "too many rows in a workbook": by_hand(ROWS, lambda: number_cells(200_001, 1)),
    "too many columns in a workbook": by_hand(COLUMNS, lambda: number_cells(1, 1_001)),
    "too many cells in a workbook": by_hand(CELLS, lambda: number_cells(3_001, 1_000)),
    "whole sheet merged a thousand times": by_hand(
        TOO_MUCH, lambda: number_cells(10_000, 10), after=whole_sheet_merged_often()
    ),
    "billion laughs": by_hand(DAMAGED, sheet_part(LAUGHS, "&a9;")),
    "entity from outside": by_hand(DAMAGED, sheet_part(OUTSIDE, "&a;")),
    "entity in the strings": by_hand(
        DAMAGED, '<row><c t="s"><v>0</v></c></row>', strings=OUTSIDE + one_string("&a;")
    ),
    "tags never closed": by_hand(DAMAGED, b"<worksheet><sheetData><row><c><v>1"),
    "100,000 tags deep": by_hand(BLANK, f"<worksheet>{'<a>' * 100_000}</worksheet>".encode()),
    "cell of 1 MB in a workbook": by_hand(
        f"Cell A1 has more than 32,767 characters. Shorten it. {SAVE}",
        '<row><c t="s"><v>0</v></c></row>',
        strings=one_string("x" * 1_000_000),
    ),
    "long text in 100,000 cells": by_hand(
        TOO_MUCH, lambda: '<row><c t="s"><v>0</v></c></row>' * 100_000, strings=one_string("x" * 30_000)
    ),
    "only a hidden sheet": by_hand(HIDDEN, number_cells(1, 1), state="hidden"),
    "hidden sheet behind a blank one": MadeFile("figures.xlsx", lambda: workbook(hidden_and_blank), BLANK),
    "only a very hidden sheet": by_hand(HIDDEN, number_cells(1, 1), state="veryHidden"),
    "only a chart": MadeFile("figures.xlsx", lambda: workbook(only_a_chart), BLANK),
    "no sheet of that name": MadeFile(
        "figures.xlsx",
        lambda: workbook_of([[1]]),
        "There is no sheet called “Q1” in this file. Choose another sheet.",
        "Q1",
    ),
    "blank workbook": MadeFile("figures.xlsx", lambda: workbook_of([["  "]]), BLANK),
    "201 sheets": MadeFile(
        "figures.xlsx", lambda: workbook(many_sheets), f"This file has more than 200 sheets. {SAVE}"
    ),
}


def ods(expected, tables, **options):
    make = tables if callable(tables) else lambda: tables
    return MadeFile("figures.ods", lambda: spreadsheet(make(), **options), expected)


def opendocument_part(content):
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return MadeFile("figures.ods", lambda: archive({"mimetype": kind, "content.xml": content}), DAMAGED)


def hidden(name):
    return table(row("secret"), name=name, about=' table:style-name="ta2"')


ODS = {
    "opendocument text document": ods(
        this_is("an OpenDocument file, but not a spreadsheet"),
        table(row("a")),
        mimetype="application/vnd.oasis.opendocument.text",
    ),
    "opendocument with a password": ods(
        LOCKED, "", extra={"META-INF/manifest.xml": "<manifest:encryption-data/>"}
    ),
    "opendocument called xlsx": MadeFile(
        "figures.xlsx", lambda: spreadsheet(table(row("a"))), named("an OpenDocument spreadsheet", ".ods")
    ),
    "opendocument without content": MadeFile(
        "figures.ods",
        lambda: archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        DAMAGED,
    ),
    "opendocument billion laughs": opendocument_part(f"{LAUGHS}<a>&a9;</a>"),
    "opendocument laughs in utf-16": opendocument_part(f"{LAUGHS}<a>&a9;</a>".encode("utf-16")),
    "opendocument entity from outside": opendocument_part(f"{OUTSIDE}<a>&a;</a>"),
    "opendocument tags never closed": opendocument_part("<a><b>"),
    "opendocument row a million times": ods(
        ROWS, table(row("a", about=' table:number-rows-repeated="1048576"'))
    ),
    "opendocument cell in all columns": ods(
        COLUMNS, table(row(text_cell("a", ' table:number-columns-repeated="16384"')))
    ),
    "opendocument cell repeated for ever": ods(
        COLUMNS, table(row(text_cell("a", f' table:number-columns-repeated="{10**30}"')))
    ),
    "opendocument cells without end": ods(
        CELLS,
        table(
            row(
                text_cell("a", ' table:number-columns-repeated="1000"'),
                about=' table:number-rows-repeated="200000"',
            )
        ),
    ),
    "opendocument last cell": ods(
        ROWS, table(row("a"), row("", about=' table:number-rows-repeated="1048574"'), row("b"))
    ),
    "opendocument merged without end": ods(
        TOO_MUCH,
        table(
            *(
                row(
                    *(
                        text_cell(
                            "a", ' table:number-rows-spanned="1048576" table:number-columns-spanned="16384"'
                        )
                        for _ in range(10)
                    )
                )
                for _ in range(2_000)
            )
        ),
    ),
    "opendocument long text": ods(
        f"Cell B1 has more than 32,767 characters. Shorten it. {SAVE}", table(row("a", "x" * 1_000_000))
    ),
    "opendocument many spaces": ods(
        f"Cell A1 has more than 32,767 characters. Shorten it. {SAVE}",
        table(row("a" + '<text:s text:c="1000000"/>' * 100)),
    ),
    "opendocument blank": ods(BLANK, table(row("", "  "))),
    "opendocument only hidden": ods(
        HIDDEN,
        hidden("Lists"),
        styles='<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>',
    ),
    "opendocument 201 sheets": ods(
        f"This file has more than 200 sheets. {SAVE}",
        "".join(table(row("a"), name=str(n)) for n in range(201)),
    ),
    "opendocument unpacks to 300 MB": MadeFile(
        "figures.ods",
        lambda: archive(
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": zeros(300)}
        ),
        UNPACKS,
    ),
}

"""Makes the files that the import is tested with, byte by byte where a spreadsheet program would not."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import xlsxwriter

PUBLISHED = Path(__file__).parent / "published"

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STRICT = "http://purl.oclc.org/ooxml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"


@dataclass
class MadeFile:
    """A file, made when it is first wanted, and what should come of it: rows for a good one, words for a bad one."""

    name: str
    make: Callable[[], bytes]
    expected: Any
    sheet: str | None = None

    @cached_property
    def content(self) -> bytes:
        return self.make()


def published(name: str) -> bytes:
    return (PUBLISHED / name).read_bytes()


def archive(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED, level: int = 1) -> bytes:
    """A zip file; a part called mimetype is stored, as OpenDocument wants it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression, compresslevel=level) as packed:
        for name, part in parts.items():
            packed.writestr(name, part, zipfile.ZIP_STORED if name == "mimetype" else None)
    return file.getvalue()


def workbook(write: Callable[[xlsxwriter.Workbook], None], **options: Any) -> bytes:
    """A workbook as XlsxWriter makes it; `write` fills it."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True} | options) as book:
        write(book)
    return file.getvalue()


def workbook_of(rows: list[list[Any]], **options: Any) -> bytes:
    """A workbook with one sheet that begins at A1."""

    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return workbook(write, **options)


def raw_workbook(
    sheet: str | bytes,
    *,
    after: str = "",
    strings: str = "",
    styles: str = "",
    main: str = MAIN,
    relations: str = RELATIONS,
    target: str = "worksheets/sheet1.xml",
    sheet_type: str = SHEET_TYPE,
    before: str = "",
    state: str = "visible",
    extra: dict[str, str | bytes] | None = None,
    only_parts: bool = False,
) -> Any:
    """A workbook written by hand: `sheet` is what stands between <sheetData> and its end, bytes are the whole part."""
    if isinstance(sheet, str):
        sheet = f'<worksheet xmlns="{main}">{before}<sheetData>{sheet}</sheetData>{after}</worksheet>'
    others = {"sharedStrings": strings, "styles": styles}
    related = "".join(
        f'<Relationship Id="rId{kind}" Type="{relations}/{kind}" Target="{kind}.xml"/>'
        for kind, part in others.items()
        if part
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet_type}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}">'
        f'<sheets><sheet name="Sheet1" sheetId="1" state="{state}" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}'
        f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="{target}"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    parts |= {f"xl/{kind}.xml": part for kind, part in others.items() if part} | (extra or {})
    return parts if only_parts else archive(parts)


def number_cells(rows: int, columns: int) -> str:
    """Rows of the number 1 with the reference of each cell left out, as the standard allows."""
    row = f"<row>{'<c><v>1</v></c>' * columns}</row>"
    return row * rows


def spreadsheet(
    tables: str, *, styles: str = "", mimetype: str = ODS_TYPE, extra: dict[str, str | bytes] | None = None
) -> bytes:
    """An OpenDocument spreadsheet: `tables` is what stands in its body."""
    spaces = "".join(
        f' xmlns:{name}="{OASIS}:{full}:1.0"'
        for name, full in {
            "office": "office",
            "table": "table",
            "text": "text",
            "style": "style",
            "draw": "drawing",
        }.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}'
        f' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return archive({"mimetype": mimetype, "content.xml": content} | (extra or {}))


def table(*rows: str, name: str = "Sheet1", about: str = "") -> str:
    """One sheet of an OpenDocument spreadsheet, of rows made by `row`."""
    return f'<table:table table:name="{name}"{about}>{"".join(rows)}</table:table>'


def row(*cells: str, about: str = "") -> str:
    """A row; a cell that is no markup yet is text."""
    made = (cell if cell.startswith("<table:") else text_cell(cell) for cell in cells)
    return f"<table:table-row{about}>{''.join(made)}</table:table-row>"


def text_cell(text: str, about: str = "") -> str:
    paragraph = f"<text:p>{text}</text:p>" if text else ""
    kind = ' office:value-type="string"' if text else ""
    return f"<table:table-cell{kind}{about}>{paragraph}</table:table-cell>"


def typed_cell(kind: str, attribute: str, value: str, shown: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}">'
        f"<text:p>{shown or value}</text:p></table:table-cell>"
    )

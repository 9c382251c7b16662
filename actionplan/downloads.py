"""CSV files that spreadsheets open as they stand."""

import csv

from django.http import HttpResponse

# What starts a formula in Excel or one of its kin. The last four are the full-width twins.
FORMULA_STARTS = tuple("=+-@\t\r\n\0＝＋－＠")


def harmless(value) -> str:
    """The value as text that no spreadsheet runs: an apostrophe goes before whatever could start a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_file(name, header, rows):
    """A file to keep, in UTF-8 with the mark by which Excel knows it."""
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(header)
    writer.writerows([harmless(value) for value in row] for row in rows)
    return response

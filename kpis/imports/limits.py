"""How much of a file is read, and the word for one that is not read."""

MEGABYTE = 1024**2

MAX_BYTES = 10 * MEGABYTE
MAX_UNPACKED = 200 * MEGABYTE
MAX_RATIO = 500  # unpacked against packed; a sheet of real figures stays under 100
MAX_PARTS = 5_000  # files inside the workbook
MAX_SHEETS = 200
MAX_ROWS = 200_000
MAX_COLUMNS = 1_000
MAX_CELLS = 3_000_000  # 200,000 rows of 15 columns
MAX_CELL = 32_767  # characters, as many as Excel itself puts into one cell
MAX_TEXT = 50_000_000  # characters in all: one long text may be named by a million cells

MAX_MEMORY = 512 * MEGABYTE
MAX_SECONDS_TO_ANSWER = 4  # of the processor: on a machine that is not too busy, an answer comes within five
MAX_SECONDS = 10  # of the processor in all; the rows come as fast as they are taken
MAX_SILENCE = 15  # seconds by the clock, when the machine is too busy to read at all

SAVE_AGAIN = "Save the sheet as .xlsx or .csv and upload it again."
COPY_TABLE = "Copy only the table into a new workbook, save it as .xlsx or .csv and upload that."
TOO_MUCH = f"This file is too large or too complicated to read. {COPY_TABLE}"
DAMAGED = f"This file is damaged and cannot be read. Open it in your spreadsheet program. {SAVE_AGAIN}"
LOCKED = f"This file is protected with a password. Take the password off. {SAVE_AGAIN}"
BLANK = "This file has no figures in it: every row is blank. Check that you chose the right file."
HIDDEN = f"Every sheet in this file is hidden. Show the sheet with the table. {SAVE_AGAIN}"
EMPTY = "This file is empty. Check that you chose the right file."
TOO_BIG = f"This file is larger than {MAX_BYTES // MEGABYTE} MB. {COPY_TABLE}"


class Refused(Exception):
    """The file is not read. The text is one plain sentence for the person who uploaded it, or two."""


def check_extent(rows: int, columns: int) -> None:
    """Refuse a sheet that is too long, too wide or, though neither, too large."""
    if rows > MAX_ROWS:
        raise Refused(f"A sheet in this file has more than {MAX_ROWS:,} rows. {COPY_TABLE}")
    if columns > MAX_COLUMNS:
        raise Refused(f"A sheet in this file has more than {MAX_COLUMNS:,} columns. {COPY_TABLE}")
    if rows * columns > MAX_CELLS:
        raise Refused(f"A sheet in this file has more than {MAX_CELLS:,} cells. {COPY_TABLE}")

"""All the files that the import is tested with, by a name that says what is special about each."""

from . import bad_files, good_spreadsheets, good_text

GOOD = good_text.TEXT | good_spreadsheets.XLSX | good_spreadsheets.ODS
BAD = bad_files.TEXT | bad_files.XLSX | bad_files.ODS

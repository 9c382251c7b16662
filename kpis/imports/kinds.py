"""What kind of file it is, by what it holds; the name only has to agree."""

from enum import StrEnum
from pathlib import PurePath

from .archive import Archive
from .delimited import decoded
from .limits import LOCKED, SAVE_AGAIN, Refused


class Kind(StrEnum):
    """The kinds that are read, and the way to say each in a sentence."""

    TEXT = "a text file"
    XLSX = "an Excel workbook"
    ODS = "an OpenDocument spreadsheet"


ENDINGS = {
    Kind.TEXT: (".csv", ".tsv", ".tab", ".txt"),
    Kind.XLSX: (".xlsx",),
    Kind.ODS: (".ods",),
}

# The first bytes of what people take for a table, or of what is sent under a false name.
STARTS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a Word document",
    b"\x1f\x8b": "a packed file",
    b"7z\xbc\xaf": "a packed file",
    b"Rar!": "a packed file",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}
# What [Content_Types].xml says the main part of an Office file is; a workbook with macros comes before a plain one.
OFFICE = {
    b"spreadsheetml.sheet.main+xml": Kind.XLSX,
    b"ms-excel.sheet.macroEnabled": "an Excel workbook with macros (.xlsm)",
    b"ms-excel.sheet.binary": "an Excel binary workbook (.xlsb)",
    b"spreadsheetml.template": "an Excel template",
    b"ms-excel.template": "an Excel template",
    b"wordprocessingml": "a Word document",
    b"presentationml": "a PowerPoint presentation",
}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def kind_of(content: bytes, name: str) -> Kind:
    """The kind of the file; refused when it is not one that is read, or when its name says another."""
    kind = kind_by_content(content)
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS[kind]:
        raise Refused(
            f"This is {kind}, but its name does not end in {ENDINGS[kind][0]}. "
            f"Save it under a name that does and upload it again."
        )
    return kind


def kind_by_content(content: bytes) -> Kind:
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return packed_kind(Archive(content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # the container of old Office files, and of locked new ones
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Refused(LOCKED)
        raise not_a_table("a file of an old version of Office, such as .xls or .doc")
    for start, what in STARTS.items():
        if content.startswith(start):
            raise not_a_table(what)
    opening = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n\0\xff\xfe").replace(b"\0", b"")[:2]
    if opening[:1] == b"<" and (opening[1:2].isalpha() or opening[1:2] in b"!?"):
        raise not_a_table("a web page, a drawing or other marked-up text")
    if opening in (b'{"', b"{\r", b"{\n", b"{ ", b"[{", b"[["):
        raise not_a_table("data for a program (JSON)")
    decoded(content)  # anything else that is not text is refused here, whatever it is called
    return Kind.TEXT


def packed_kind(archive: Archive) -> Kind:
    """The kind of a zip file, by what it says of itself inside."""
    if "[Content_Types].xml" in archive:
        types = archive.read("[Content_Types].xml")
        if "xl/vbaProject.bin" in archive:
            raise not_a_table(OFFICE[b"ms-excel.sheet.macroEnabled"])
        for mark, what in OFFICE.items():
            if mark in types:
                if what is Kind.XLSX:
                    return Kind.XLSX
                raise not_a_table(what)
    mimetype = archive.read("mimetype", most=1000).decode("latin-1").strip()
    if mimetype == f"{OPEN_DOCUMENT}spreadsheet":
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Refused(LOCKED)
        return Kind.ODS
    if mimetype.startswith(OPEN_DOCUMENT):
        raise not_a_table("an OpenDocument file, but not a spreadsheet")
    raise not_a_table("a zip file, not a spreadsheet")


def not_a_table(what: str) -> Refused:
    return Refused(f"This is {what}. {SAVE_AGAIN}")

"""Small real files of every kind that is kept, and those that are not, made in the test."""

import io
import struct
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(50) + b"\xff\xd9"
CSV = b"Month,Seen\nMay,81\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EXE = b"MZ\x90\x00\x03" + bytes(100)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le")


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def docx(text="Twelve files were read."):
    """Word cuts a sentence into runs wherever it was edited."""
    runs = "".join(f"<w:r><w:t>{text[n : n + 5]}</w:t></w:r>" for n in range(0, len(text), 5))
    return _office("wordprocessingml.document", "word/document.xml", f"<w:p>{runs}</w:p>")


def xlsx(cell=81):
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, cell)
    return file.getvalue()


def pptx():
    return _office("presentationml.presentation", "ppt/slides/slide1.xml", "<a:p>Visits</a:p>")


def _office(kind, part, content):
    types = f'<Override ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/>'
    return packed(**{"[Content_Types].xml": types, part: content})


def packed(**parts):
    """A zip file of these parts by their names."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def macros():
    types = '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    return packed(**{"[Content_Types].xml": types, "word/vbaProject.bin": b"\xcc\x61"})


def odt(text="Visits", **more):
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": f"<text:p>{text}</text:p>"}
    return packed(**parts, **more)


def bomb():
    return packed(**{"[Content_Types].xml": "<x/>", "word/document.xml": bytes(250 * 1024**2)})


def many_parts():
    return packed(**{f"part{n}": "" for n in range(5_001)})


KEPT = {
    "plan.pdf": PDF,
    "chart.PNG": png(),
    "photo.jpg": JPEG,
    "photo.jpeg": JPEG,
    "notes.docx": docx(),
    "count.xlsx": xlsx(),
    "talk.pptx": pptx(),
    "survey.odt": odt(),
    "count.csv": CSV,
    "windows.csv": "Café,1\n".encode("cp1252"),
    "excel.csv": "Café,1\n".encode("utf-16"),
}

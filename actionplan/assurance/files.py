"""Files that people add as evidence. What a file holds decides what it is; its name only has to agree."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import PurePath

from kpis.imports import limits
from kpis.imports.archive import Archive
from kpis.imports.delimited import decoded

MAX_BYTES = 10 * limits.MEGABYTE
MOST_TEXT = 500_000  # characters looked at for the records of children
LONGEST_NAME = 150

EMPTY = "This file is empty. Check that you chose the right file."
TOO_BIG = f"This file is larger than {MAX_BYTES // limits.MEGABYTE} MB. Make it smaller, or add a link to it."
DAMAGED = "This file is damaged. Open it in the program it was made with, save it again and upload that."
LOCKED = "This file is protected with a password. Take the password off and upload it again."
TOO_MUCH = "This file unpacks to far more than its size. Save it as a PDF and upload that."
MACROS = (
    "This file has macros, which can harm a computer. Save it without macros, or as a PDF, and upload that."
)
OLD = (
    "This is a file of an old version of Office, such as .doc, .xls or .ppt. "
    "Save it as .docx, .xlsx, .pptx or PDF and upload that."
)
KINDS = "a PDF, PNG, JPEG, Word, Excel, PowerPoint, OpenDocument or CSV file"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Refused(Exception):
    """The file is not kept. The text says to its owner why, and what to do."""


class Kind(StrEnum):
    """The kinds that are kept, and the way to say each in a sentence."""

    PDF = "a PDF"
    PNG = "a PNG picture"
    JPEG = "a JPEG picture"
    DOCX = "a Word document"
    XLSX = "an Excel workbook"
    PPTX = "a PowerPoint presentation"
    ODT = "an OpenDocument text"
    ODS = "an OpenDocument spreadsheet"
    ODP = "an OpenDocument presentation"
    CSV = "a CSV file"


ENDINGS = {kind: (f".{kind.name.lower()}",) for kind in Kind} | {Kind.JPEG: (".jpg", ".jpeg")}
ALL_ENDINGS = ",".join(ending for endings in ENDINGS.values() for ending in endings)

# What [Content_Types].xml says of the main part of an Office file, and what `mimetype` says of an OpenDocument one.
OFFICE = {
    b"wordprocessingml.document.main+xml": Kind.DOCX,
    b"spreadsheetml.sheet.main+xml": Kind.XLSX,
    b"presentationml.presentation.main+xml": Kind.PPTX,
}
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
    b"application/vnd.oasis.opendocument.presentation": Kind.ODP,
}
MACRO_PARTS = re.compile(
    r"(?:.*/)?vba(?:Project|Data)\.\w+|(?:Basic|Scripts)/.+|.*/activeX/.+", re.IGNORECASE
)

# The first bytes of what people add under another name, or take for something that is kept.
OTHERS = {
    b"MZ": "a program",
    b"\x7fELF": "a program",
    b"#!/": "a program",
    b"GIF8": "a GIF picture",
    b"BM": "a bitmap picture",
    b"II*\0": "a TIFF picture",
    b"MM\0*": "a TIFF picture",
    b"RIFF": "a WebP picture, a film or a sound",
    b"{\\rtf": "a rich text document (.rtf)",
    b"\x1f\x8b": "a packed file",
    b"7z\xbc\xaf": "a packed file",
    b"Rar!": "a packed file",
    b"SQLite format 3": "a database",
}
MARKED_UP = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe|\?xml)", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")

# The parts of each kind that hold what people wrote, and where one paragraph or cell ends and the next begins.
TEXTS = {
    Kind.DOCX: r"word/(?:document|comments|footnotes|header\d*|footer\d*)\.xml",
    Kind.XLSX: r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml",
    Kind.PPTX: r"ppt/(?:slides|notesSlides)/[^/]+\.xml",
    Kind.ODT: r"content\.xml",
    Kind.ODS: r"content\.xml",
    Kind.ODP: r"content\.xml",
}
ENDS = re.compile(r"</(?:w:p|w:tc|a:p|si|c|text:p|text:h|table:table-cell)>")
TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Received:
    """A file that may be kept: its clean name, what it holds and what it is."""

    name: str
    content: bytes
    kind: Kind

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def text(self) -> str:
        """What people wrote in it, as far as that is cheap to read; nothing of a PDF or a picture. Raises Refused."""
        if self.kind is Kind.CSV:
            return decoded(self.content)[:MOST_TEXT]
        return _written_in(self.content, TEXTS[self.kind]) if self.kind in TEXTS else ""


def receive(name: str, content: bytes) -> Received:
    """The file, when it is one of the kinds that are kept and its name agrees. Raises Refused."""
    if not content:
        raise Refused(EMPTY)
    if len(content) > MAX_BYTES:
        raise Refused(TOO_BIG)
    kind, name = kind_of(content), clean_name(name)
    if PurePath(name).suffix.lower() not in ENDINGS[kind]:
        raise Refused(
            f"This is {kind}, but its name does not end in {ENDINGS[kind][0]}. "
            "Give it the right name and upload it again."
        )
    return Received(name, content, kind)


def clean_name(name: str) -> str:
    """The name without folders and without characters that nobody sees; a long one keeps its ending."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = "".join(each for each in name if unicodedata.category(each)[0] != "C").strip(" .")
    path = PurePath(name or "file")
    return path.stem[: max(1, LONGEST_NAME - len(path.suffix))] + path.suffix[:LONGEST_NAME]


def kind_of(content: bytes) -> Kind:
    """What the content is, whatever it is called. Raises Refused, naming what it seems to be."""
    if content.startswith(b"%PDF-"):
        return _whole(Kind.PDF, b"%%EOF" in content[-2048:])
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _whole(Kind.PNG, content[12:16] == b"IHDR" and b"IEND" in content)
    if content.startswith(b"\xff\xd8\xff"):
        return _whole(Kind.JPEG, b"\xff\xd9" in content)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed_kind(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # old Office files, and new ones with a password
        raise Refused(LOCKED if ENCRYPTED in content else OLD)
    for start, what in OTHERS.items():
        # Two letters may begin a text too; what they begin otherwise has NULs soon.
        if content.startswith(start) and (len(start) > 2 or b"\0" in content[:200]):
            raise _other(what)
    if content[4:8] == b"ftyp":
        raise _other("a HEIC picture or a film")
    return _text_kind(content)


def _text_kind(content: bytes) -> Kind:
    opening = content[:5000].replace(b"\0", b"")  # of UTF-16, every second byte
    if opening.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") or MARKED_UP.search(opening):
        what = "a drawing (SVG)" if b"<svg" in opening.lower() else "a web page or other marked-up text"
        raise _other(what)
    try:
        text = decoded(content)
    except limits.Refused:
        text = "\0"
    if CONTROLS.search(text):
        raise _other("not a kind of file that is kept here")
    return Kind.CSV


def _packed_kind(content: bytes) -> Kind:
    """The kind of a zip file by what it says of itself, after its directory has been found harmless."""
    if content.count(b"PK\x01\x02") > limits.MAX_PARTS:  # entries, counted before any is read
        raise Refused(TOO_MUCH)
    try:
        archive = Archive(content)
        types = archive.read("[Content_Types].xml", most=limits.MEGABYTE)
        mimetype = archive.read("mimetype", most=1000).strip()
        manifest = archive.read("META-INF/manifest.xml", most=limits.MEGABYTE)
    except limits.Refused as why:
        raise _refused(why) from None
    if b"macroEnabled" in types or any(MACRO_PARTS.fullmatch(part) for part in archive.parts):
        raise Refused(MACROS)
    kind = next((kind for mark, kind in OFFICE.items() if mark in types), OPEN_DOCUMENT.get(mimetype))
    if kind is None:
        raise _other("a zip file, or an Office file of another kind")
    if mimetype and b"encryption-data" in manifest:
        raise Refused(LOCKED)
    return kind


def _written_in(content: bytes, parts: str) -> str:
    """The text of the parts of a zip file that are called so, until there is enough of it."""
    archive, left, found = Archive(content), 10 * MOST_TEXT, []
    for name, part in archive.parts.items():
        if re.fullmatch(parts, name) and part.file_size <= left:
            left -= part.file_size
            try:
                found.append(archive.read(name).decode("utf-8", "replace"))
            except limits.Refused as why:
                raise _refused(why) from None
    return TAG.sub("", ENDS.sub("\n", "\n".join(found)))[:MOST_TEXT]


def _whole(kind: Kind, is_whole: bool) -> Kind:
    if not is_whole:
        raise Refused(DAMAGED)
    return kind


def _refused(why: limits.Refused) -> Refused:
    """What a spreadsheet that cannot be read is told, in the words for a file that is kept."""
    return Refused({limits.DAMAGED: DAMAGED, limits.LOCKED: LOCKED}.get(str(why), TOO_MUCH))


def _other(what: str) -> Refused:
    return Refused(f"This is {what}. Upload {KINDS}.")

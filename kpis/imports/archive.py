"""The zip file that an XLSX or ODS file is, unpacked only as far as its directory promises and we allow."""

import io
import struct
import zlib
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from .limits import (
    COPY_TABLE,
    DAMAGED,
    LOCKED,
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED,
    MEGABYTE,
    SAVE_AGAIN,
    TOO_MUCH,
    Refused,
)

ENCRYPTED = 0x1  # a bit of a part’s flags
BLOCK, PIECE = 16 * 1024, 256 * 1024  # so much packed is unpacked at a time, and so much comes out of it
LOCAL_HEADER = struct.Struct("<4s22xHH")  # signature, length of the name, length of the extra field
OTHER_FILES = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xd0\xcf\x11\xe0")


class Archive:
    """The parts of a zip file by their names, after its directory has been found harmless."""

    def __init__(self, content: bytes):
        self.content = memoryview(content)
        try:
            with ZipFile(io.BytesIO(content)) as file:
                parts = file.infolist()
        except (BadZipFile, NotImplementedError, ValueError, struct.error):
            raise Refused(DAMAGED) from None
        check_directory(parts, len(content))
        self.parts = {part.filename: part for part in parts if not part.is_dir()}

    def __contains__(self, name: str) -> bool:
        return name in self.parts

    def read(self, name: str, most: int = 20 * MEGABYTE) -> bytes:
        """The whole of a small part, b"" when there is none."""
        if name not in self.parts:
            return b""
        if self.parts[name].file_size > most:
            raise Refused(TOO_MUCH)
        return b"".join(self.pieces(name))

    def check(self) -> "Archive":
        """Unpack every part to nowhere, before any of them is used."""
        for name in self.parts:
            for number, piece in enumerate(self.pieces(name)):
                if number == 0 and piece.startswith(OTHER_FILES):
                    raise Refused(f"Another file is packed inside this one. {COPY_TABLE}")
                if b"<!DOCTYPE" in piece and name.endswith((".xml", ".rels")):
                    raise Refused(DAMAGED)
        return self

    def pieces(self, name: str) -> Iterator[bytes]:
        """The part unpacked piece by piece; its true size and checksum must be those of the directory."""
        part = self.parts[name]
        size = checksum = 0
        for piece in inflated(self._packed(part), part.compress_type):
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
            if size > part.file_size:
                raise Refused(DAMAGED)
            yield piece
        if (size, checksum) != (part.file_size, part.CRC):
            raise Refused(DAMAGED)

    def _packed(self, part: ZipInfo) -> memoryview:
        """The bytes of a part as they are packed, which begin behind a second header of its own."""
        header = self.content[part.header_offset : part.header_offset + LOCAL_HEADER.size]
        if len(header) < LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
            raise Refused(DAMAGED)
        _, name, extra = LOCAL_HEADER.unpack(header)
        start = part.header_offset + LOCAL_HEADER.size + name + extra
        return self.content[start : start + part.compress_size]


def check_directory(parts: list[ZipInfo], packed: int) -> None:
    """Refuse by the directory alone, before anything is unpacked."""
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed:
        raise Refused(
            f"This file unpacks to more than {MAX_UNPACKED // MEGABYTE} MB, "
            f"or to far more than its size. {COPY_TABLE}"
        )
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise Refused(LOCKED)
    if len({part.filename for part in parts}) < len(parts):
        raise Refused(DAMAGED)
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise Refused(f"This file is packed in a way that cannot be read. {SAVE_AGAIN}")


def inflated(packed: memoryview, compress_type: int) -> Iterator[bytes]:
    """The packed bytes unpacked, never more than one piece at a time in memory."""
    if compress_type == ZIP_STORED:
        for start in range(0, len(packed), PIECE):
            yield bytes(packed[start : start + PIECE])
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(packed), BLOCK):
            rest: bytes | memoryview = packed[start : start + BLOCK]
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, PIECE)
                rest = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error:
        raise Refused(DAMAGED) from None

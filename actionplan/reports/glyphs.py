"""Which characters a font can show, from the map inside it (OpenType 1.9, the table cmap).

A paper after PDF/UA may not hold a single character that its fonts cannot show, so we have to know before we set it.
"""

import struct
from collections.abc import Iterator

WHOLE_PLANE, ALL_PLANES = 4, 12  # the two formats of a map that fonts of our day use for Unicode


def characters(font: bytes) -> frozenset[int]:
    """The code points with a drawing of their own in a TrueType font."""
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    found: set[int] = set()
    for each in range(count):
        platform, _, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * each)
        (form,) = struct.unpack_from(">H", font, start + offset)
        if platform in (0, 3) and form == WHOLE_PLANE:
            found |= set(_whole_plane(font, start + offset))
        elif platform in (0, 3) and form == ALL_PLANES:
            found |= set(_all_planes(font, start + offset))
    return frozenset(found)


def _table(font: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    tables = (struct.unpack_from(">4sIII", font, 12 + 16 * each) for each in range(count))
    return next(int(offset) for tag, _, offset, _ in tables if tag == name)


def _whole_plane(font: bytes, start: int) -> Iterator[int]:
    """Runs of characters; the drawing is counted from the character or looked up behind the runs. 0 is none."""
    (double,) = struct.unpack_from(">H", font, start + 6)
    row = f">{double // 2}H"
    places = [start + 14, *(start + 16 + double * each for each in (1, 2, 3))]
    ends, firsts, shifts, lookups = (struct.unpack_from(row, font, place) for place in places)
    for run, (first, end, shift, lookup) in enumerate(zip(firsts, ends, shifts, lookups, strict=True)):
        for code in range(first, min(end, 0xFFFE) + 1):
            glyph = code
            if lookup:
                (glyph,) = struct.unpack_from(">H", font, places[3] + 2 * run + lookup + 2 * (code - first))
            if glyph and (glyph + shift) % 0x10000:
                yield code


def _all_planes(font: bytes, start: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", font, start + 12)
    for each in range(count):
        first, end, _ = struct.unpack_from(">III", font, start + 16 + 12 * each)
        yield from range(first, end + 1)

"""What stands on each page of a PDF that Chromium printed, without its white space."""

import re
import zlib


def sheets(pdf):
    """The letters of each page, and nothing else: PDF puts words down letter by letter."""
    objects = {
        int(number): body for number, body in re.findall(rb"\n(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL)
    }
    return [_letters(body, objects) for body in objects.values() if re.search(rb"/Type /Page\b", body)]


def sizes_in_mm(pdf):
    """Width and height of the pages."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return {tuple(round(float(points) * 25.4 / 72) for points in box) for box in boxes}


def letters(words):
    """A text as `sheets` gives it."""
    return "".join(words.split())


def _letters(page, objects):
    fonts = {
        name: _letters_of_font(objects[int(number)], objects)
        for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", page)
    }
    written, font = [], {}
    contents = _stream(objects[int(re.search(rb"/Contents (\d+)", page)[1])])
    for name, glyphs in re.findall(rb"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)>", contents):
        if name:
            font = fonts[name]
        written += [font.get(glyphs[at : at + 4], "") for at in range(0, len(glyphs), 4)]
    return "".join(written)


def _letters_of_font(font, objects):
    """Which letter each glyph stands for."""
    table = _stream(objects[int(re.search(rb"/ToUnicode (\d+)", font)[1])])
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        found |= {glyph: _text(code) for glyph, code in re.findall(rb"<(\w+)> <(\w+)>", block)}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, code in re.findall(rb"<(\w+)> <(\w+)> <(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[b"%04X" % (int(first, 16) + step)] = chr(int(code, 16) + step).strip()
    return found


def _text(code):
    return bytes.fromhex(code.decode()).decode("utf-16-be").strip()


def _stream(body):
    return zlib.decompress(body.partition(b"stream\n")[2])

"""The process that sets one paper. It takes what typesetting.py asks as JSON and answers with the PDF.

What Typst has laid out once it remembers, some 70 MB for each month: here that goes with the process.
It knows nothing of Django, of the database or of any secret, and reads no file but layouts and fonts.
"""

import json
import sys

import typst


def main() -> None:
    asked = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=asked["font_folders"]
    )
    paper = typst.compile(
        asked["layout"],
        root=asked["root"],
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"facts": asked["facts"]},
        pdf_standards=["ua-1"],
        timestamp=asked["timestamp"],
    )
    sys.stdout.buffer.write(paper)


if __name__ == "__main__":
    main()

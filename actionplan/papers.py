"""What a paper for the scrutiny committee says until somebody writes better."""

import tomllib
from functools import cache
from pathlib import Path

STANDARD = Path(__file__).parent / "reference" / "scrutiny.toml"


@cache
def standard_texts() -> dict[str, str]:
    """The committee, the subject and the implications, by the names of their fields."""
    found = tomllib.loads(STANDARD.read_text(encoding="utf-8"))
    return {name: text.strip() for name, text in found.items()}

"""Reports as JSON and back. What is read equals what was written, whatever the code has learned since.

A field that a later version adds needs a default, so that what was frozen before still opens.
"""

from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from cattrs.preconf.json import make_converter
from django.utils.safestring import SafeString, mark_safe

Kind = TypeVar("Kind")

_converter = make_converter(detailed_validation=False)
_converter.register_unstructure_hook(Decimal, str)
_converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))
_converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
# A trend line is drawn by kpis.sparkline from numbers alone; nothing in it was typed by anybody.
_converter.register_unstructure_hook(SafeString, str)
_converter.register_structure_hook(SafeString, lambda text, _: mark_safe(text))  # noqa: S308


def to_json(facts: Any) -> bytes:
    """Facts as UTF-8 JSON, the same bytes for the same facts."""
    return _converter.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True).encode()


def from_json(kind: type[Kind], content: bytes) -> Kind:
    return _converter.loads(content, kind)

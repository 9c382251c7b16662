"""Drawings as PNG, for papers that take no SVG. Each is drawn once and kept by what it shows."""

from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version

from django.core.cache import caches

from actionplan.reports import typesetting
from kpis.charts.drawing import keep

ENGINE = version("typst")


def pictures(drawings: Mapping[str, str], dots: int) -> dict[str, bytes]:
    """The same names with PNG for SVG; `dots` to each 96 pixels of the drawing."""
    keys = {
        name: f"picture:{ENGINE}:{dots}:{sha256(svg.encode()).hexdigest()}" for name, svg in drawings.items()
    }
    kept = caches["charts"].get_many(keys.values())
    lacking = [name for name, key in keys.items() if key not in kept]
    if lacking:
        drawn = typesetting.draw([drawings[name] for name in lacking], dots)
        kept |= {keys[name]: keep(keys[name], png) for name, png in zip(lacking, drawn, strict=True)}
    return {name: kept[key] for name, key in keys.items()}

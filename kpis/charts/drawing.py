"""Charts for pages and papers. Each is drawn once and kept by what it shows, for every process that shares the cache.

What is kept never grows old: other facts are another chart. A process that finds its charts drawn never starts the
engine that draws them.
"""

import logging
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version

from django.core.cache import caches

from kpis.charts import engine
from kpis.charts.facts import ChartFacts
from kpis.charts.frame import SMALL, WIDE

DRAWING_VERSION = 2  # raise it whenever the same facts are to look or to read differently
ENGINE = version("vl-convert-python")

log = logging.getLogger(__name__)


def digest(facts: ChartFacts, across: int = WIDE) -> str:
    """The same for the same picture, in every process."""
    return sha256(
        repr((DRAWING_VERSION, ENGINE, across, facts)).encode("utf-8", "backslashreplace")
    ).hexdigest()


def svg(facts: ChartFacts, across: int = WIDE) -> str:
    """The chart as SVG, safe in a page. What it says in words is kpis.charts.words."""
    return svgs([facts], across)[0]


def svgs(charts: Sequence[ChartFacts], across: int = WIDE) -> list[str]:
    """Each chart as SVG, in order, for a page of its own or, SMALL, beside others. The cache is asked once for all."""
    digests = [digest(facts, across) for facts in charts]
    kept = caches["charts"].get_many([f"svg:{each}" for each in digests])
    for facts, name in zip(charts, digests, strict=True):
        key = f"svg:{name}"
        if key not in kept:
            kept[key] = keep(key, engine.draw(facts, across, f"chart-{name[:12]}"))
    return [kept[f"svg:{each}"] for each in digests]


def warm(charts: Sequence[ChartFacts]) -> None:
    """Draw what is not drawn yet, in both widths, so that no reader waits for it."""
    svgs(charts, WIDE)
    svgs(charts, SMALL)


def png(facts: ChartFacts, scale: float = 2) -> bytes:
    """The same chart as a picture to take away, `WIDE` times `scale` pixels across."""
    key = f"png:{scale}:{digest(facts)}"
    return caches["charts"].get(key) or keep(key, engine.draw_png(svg(facts), scale))


def keep(key: str, drawn):
    """A chart that cannot be kept, on a full disk for one, is shown all the same."""
    try:
        caches["charts"].set(key, drawn)
    except OSError:
        log.exception("A chart could not be kept in the cache")
    return drawn

"""The picture drawn, as SVG and PNG. The engine starts at the first chart a process draws: 0.5 s and 120 MB."""

import re
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kpis.charts.facts import ChartFacts
from kpis.charts.frame import WIDE
from kpis.charts.labels import Label
from kpis.charts.layers import INK, QUIET
from kpis.charts.picture import Picture, picture
from kpis.charts.words import clean, sentence, title

FONT = "Helvetica, Arial, sans-serif"
# Around letters that stand on lines.
HALO = ' stroke="white" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
BASELINE = 0.34  # of a letter’s size, from its middle down to the line it stands on

# What Vega says of its shapes to a screen reader, and to its own style sheet: the title and description say it better.
NOISE = re.compile(r' (?:role|aria-[a-z]+|class|pointer-events)="[^"]*"')

SVG = """<svg xmlns="http://www.w3.org/2000/svg" class="app-chart{small}" viewBox="0 0 {width} {height}" role="img" \
aria-labelledby="{id}-title {id}-words"><title id="{id}-title">{title}</title><desc id="{id}-words">{words}</desc>\
<g aria-hidden="true">{shapes}</g><g aria-hidden="true" transform="translate({left},{top})" font-family="{font}" \
font-size="15" fill="{ink}"{halo}>{labels}</g>\
</svg>"""
TEXT = '<text x="{}" y="{}"{}>{}</text>'


def draw(facts: ChartFacts, across: int, name: str) -> SafeString:
    """SVG that may stand in a page or alone: no script, no style, nothing from elsewhere. Its ids begin with `name`."""
    drawn = picture(facts, across)
    return framed(
        name,
        title=title(facts),
        words=sentence(facts),
        size=(drawn.width, drawn.height),
        shapes=_shapes(drawn),
        labels=drawn.labels,
        origin=(drawn.left, drawn.top),
        small=across < WIDE,
    )


def framed(
    name: str,
    *,
    title: str,
    words: str,
    size: tuple[float, float],
    shapes: SafeString,
    labels: Iterable[Label],
    origin: tuple[float, float] = (0, 0),
    small: bool = False,
) -> SafeString:
    """Shapes and labels as one SVG with a title and a description. Labels are placed from `origin`."""
    return format_html(
        SVG,
        id=name,
        small=" app-chart--small" if small else "",
        title=title,
        words=words,
        width=_number(size[0]),
        height=_number(size[1]),
        shapes=shapes,
        left=_number(origin[0]),
        top=_number(origin[1]),
        font=FONT,
        halo=SafeString(HALO),
        ink=INK,
        labels=format_html_join("", TEXT, (_text(label) for label in labels if label.words)),
    )


def draw_png(svg: str, scale: float) -> bytes:
    """`scale` 2 has two pixels for each of the SVG’s."""
    return _engine().svg_to_png(svg, scale=scale)


def _shapes(drawn: Picture) -> SafeString:
    """What Vega draws holds none of people’s words, so it may be cut by its own marks."""
    svg = _engine().vegalite_to_svg(drawn.spec)
    return SafeString(NOISE.sub("", svg[svg.index(">") + 1 : svg.rindex("</svg>")]))


def _engine():
    import vl_convert  # noqa: PLC0415  only a process that draws pays for it; one that finds its charts drawn does not

    return vl_convert


def _text(label: Label) -> tuple[str, str, SafeString, str]:
    how = {
        "text-anchor": label.anchor if label.anchor != "start" else "",
        "font-weight": "bold" if label.is_bold else "",
        "font-size": label.size if label.size != 15 else "",
        "fill": QUIET if label.is_quiet else "",
    }
    attributes = format_html_join("", ' {}="{}"', ((name, value) for name, value in how.items() if value))
    return _number(label.x), _number(label.y + BASELINE * label.size), attributes, clean(label.words)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

"""Which colour and which shape stand beside which word, on pages as in papers."""

from kpis.enums import Direction, Rating

RATING_COLOURS = {
    Rating.MET: "green",
    Rating.WITHIN: "green",
    Rating.NEAR: "amber",
    Rating.HELD: "amber",
    Rating.NOT_MET: "red",
    Rating.NARRATIVE: "embedded",  # the council’s blue
}
DIRECTION_SHAPES = {Direction.UNKNOWN: "grey"}

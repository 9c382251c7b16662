"""How long it takes to analyse the variation of many series in one process."""

import random
import time
from decimal import Decimal

from kpis.enums import Polarity
from kpis.variation import analyse


def seconds_for_many(series=10_000, points=60):
    """Seconds for `series` made-up percentages of `points` months each, with a target and a rebase in every fourth."""
    made_up = random.Random(2017)  # noqa: S311  # figures to measure with, no secret
    many = [[Decimal(made_up.randrange(300, 990)).scaleb(-1) for _ in range(points)] for _ in range(series)]
    started = time.perf_counter()
    for count, values in enumerate(many):
        rebase_at = (points // 2,) if count % 4 == 0 else ()
        analyse(values, polarity=Polarity.HIGHER, target=Decimal(90), rebase_at=rebase_at)
    return time.perf_counter() - started


if __name__ == "__main__":
    print(f"10,000 series of 60 points: {seconds_for_many():.2f} s (goal 2 s)")

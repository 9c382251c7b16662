from .area import Area, NeighbourSet, NeighbourSetMember
from .baseline import Baseline
from .benchmark import Benchmark
from .indicator import Indicator
from .measurement import Measurement
from .target import Target
from .versioned import StaleEdit, Versioned

__all__ = [
    "Area",
    "Baseline",
    "Benchmark",
    "Indicator",
    "Measurement",
    "NeighbourSet",
    "NeighbourSetMember",
    "StaleEdit",
    "Target",
    "Versioned",
]

from .area import Area, NeighbourSet, NeighbourSetMember
from .baseline import Baseline
from .benchmark import Benchmark
from .indicator import Indicator
from .measurement import Measurement
from .rag_rule import RagRule
from .rebase import Rebase
from .source_map import SourceMap
from .target import Target
from .upload import Upload
from .versioned import StaleEdit, Versioned

__all__ = [
    "Area",
    "Baseline",
    "Benchmark",
    "Indicator",
    "Measurement",
    "NeighbourSet",
    "NeighbourSetMember",
    "RagRule",
    "Rebase",
    "SourceMap",
    "StaleEdit",
    "Target",
    "Upload",
    "Versioned",
]

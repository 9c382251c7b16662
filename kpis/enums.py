"""The words of an indicator: how it is counted, which way is better, how a value is judged."""

from django.db.models import TextChoices


class Unit(TextChoices):
    PERCENT = "percent", "percent"
    NUMBER = "number", "number"
    RATE_10K = "rate_10k", "rate per 10,000 children"
    WEEKS = "weeks", "weeks"
    DAYS = "days", "days"

    @property
    def per(self) -> int:
        """What one numerator over one denominator is multiplied by; 1 where the value is a plain average."""
        return {Unit.PERCENT: 100, Unit.RATE_10K: 10_000}.get(self, 1)


class Polarity(TextChoices):
    HIGHER = "higher", "higher is better"
    LOWER = "lower", "lower is better"
    CONTEXT = "context", "context: neither is better"


class Frequency(TextChoices):
    MONTHLY = "monthly", "monthly"
    QUARTERLY = "quarterly", "quarterly"
    ANNUAL = "annual", "annual"


class Coverage(TextChoices):
    """Which days of its period a figure is about: the council prints it as cumulative, snapshot or rolling year."""

    PERIOD = "period", "the whole period"
    LAST_DAY = "last_day", "its last day"
    YEAR = "year", "the twelve months to its last day"


class Kind(TextChoices):
    """Council and DfE figures under one name are two indicators: they count different things."""

    COUNCIL = "council", "council figure"
    DFE = "dfe", "DfE figure"


class Status(TextChoices):
    PROVISIONAL = "provisional", "provisional"
    VALIDATED = "validated", "validated"


class Marker(TextChoices):
    """Why a published table holds no value. The signs are the DfE's own."""

    WITHHELD = "c", "withheld to protect children’s identity"
    NOT_AVAILABLE = "x", "not available"
    NOT_APPLICABLE = "z", "not applicable"
    NOT_COLLECTED = "-", "not collected or negligible"
    MISSING = ":", "not provided"


class RuleMethod(TextChoices):
    """How a RAG rule judges a value that misses its target."""

    SHARE_OF_TARGET = "share_of_target", "within a share of the target, else compared with a year ago"
    EXACT = "exact", "met or not met, no tolerance"
    TOLERANCE = "tolerance", "near within the tolerance of each target"
    TOLERANCE_OR_NARRATIVE = "tolerance_or_narrative", "the same, and narrative only where there is no target"


class Origin(TextChoices):
    """Where a figure comes from: written for the demonstration, printed by somebody, or entered by people here."""

    SAMPLE = "sample", "Sample"
    PUBLISHED = "published", "Published"
    ENTERED = "entered", "Entered"


class Rating(TextChoices):
    """How a value stands against its target. Only those down to narrative carry a colour."""

    MET = "met", "Met"
    WITHIN = "within", "Counts as met"
    NEAR = "near", "Near"
    HELD = "held", "Not met, no worse than a year ago"
    NOT_MET = "not_met", "Not met"
    NARRATIVE = "narrative", "Narrative only"
    CONTEXT = "context", "Context"
    NO_TARGET = "no_target", "No target"
    NO_DATA = "no_data", "No data"
    NO_CASES = "no_cases", "No cases"
    FEW = "few", "Too few to rate"
    WITHHELD = "withheld", "Withheld"

    @property
    def is_coloured(self) -> bool:
        """Whether a rule judged it; the others say why it was not."""
        return self in (
            Rating.MET,
            Rating.WITHIN,
            Rating.NEAR,
            Rating.HELD,
            Rating.NOT_MET,
            Rating.NARRATIVE,
        )


class Direction(TextChoices):
    """Better or worse by polarity; up or down only where neither is better."""

    BETTER = "better", "Better"
    WORSE = "worse", "Worse"
    SAME = "same", "Same"
    UP = "up", "Up"
    DOWN = "down", "Down"
    UNKNOWN = "unknown", "Not known"


class Signal(TextChoices):
    """What marks a point of a series as more than chance. The first that fits names the point, in this order."""

    NONE = "none", "None"
    ABOVE_LIMIT = "above_limit", "Above the upper limit"
    BELOW_LIMIT = "below_limit", "Below the lower limit"
    RISING = "rising", "One of seven or more rising"
    FALLING = "falling", "One of seven or more falling"
    TWO_IN_THREE_HIGH = "two_in_three_high", "Two of three near the upper limit"
    TWO_IN_THREE_LOW = "two_in_three_low", "Two of three near the lower limit"
    RUN_HIGH = "run_high", "One of seven or more above the mean"
    RUN_LOW = "run_low", "One of seven or more below the mean"


class Variation(TextChoices):
    """What a signal means by polarity, of a point or, by its last point, of a series. High and low are for context."""

    IMPROVING = "improving", "Improving"
    WORSENING = "worsening", "Worsening"
    HIGH = "high", "High"
    LOW = "low", "Low"
    NORMAL = "normal", "Normal variation"
    TOO_FEW = "too_few", "Too few points to tell"


class Assurance(TextChoices):
    """Whether a process that goes on as it is will meet its target: Making Data Count’s word for it."""

    WILL_HIT = "will_hit", "Will hit the target"
    WILL_MISS = "will_miss", "Will miss the target"
    HIT_OR_MISS = "hit_or_miss", "Will hit or miss the target by chance"
    NOT_JUDGED = "not_judged", "Not judged"

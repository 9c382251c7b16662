"""Published facts about indicators: definitions, values, benchmarks, baselines. Safe to load again."""

from datetime import date
from pathlib import Path

from kpis.enums import Coverage, Frequency, Kind, Marker, Polarity, RuleMethod, Status, Unit
from kpis.models import (
    Area,
    Baseline,
    Benchmark,
    Indicator,
    Measurement,
    NeighbourSet,
    NeighbourSetMember,
    RagRule,
    Target,
)
from kpis.periods import months_later
from kpis.tables import by, day, keep, number, one_of, optional, read, required, text, whole

HERE = Path(__file__).parent
REFERENCE = HERE / "reference"
SAMPLE = HERE / "sample"

# DfE publishes a year's figures about eight months after it ends. The day differs from series to series and is not in
# the data, so this stands for it: a Board of June 2017 must not see what came out in November 2017.
DFE_PUBLISHES_AFTER = 8


def load_reference() -> None:
    """Everything published. Definitions, baselines and targets that people may have edited stay as they are."""
    _indicators()
    _areas()
    known = by(Indicator, "code")
    keep(
        Measurement,
        [
            _published(row)
            for row in _values("measurements", known, status=one_of(Status.values), vintage=optional(day))
        ],
        ("indicator", "start", "end", "recorded_on"),
    )
    keep(
        Benchmark,
        [
            _published(row)
            for row in _values("benchmarks", known, area=one_of(by(Area, "code")), vintage=optional(day))
        ],
        ("indicator", "area", "start", "end", "recorded_on"),
    )
    _baselines_and_targets(REFERENCE, known, is_sample=False)
    _rag_rules(REFERENCE, is_sample=False)


def load_sample() -> None:
    """Monthly values, baselines, targets and a rule written for the demonstration where nothing is published."""
    known = by(Indicator, "code")
    rows = read(
        SAMPLE / "measurements.csv",
        {
            **VALUE,
            "indicator": one_of(known),
            "status": one_of(Status.values),
            "recorded_on": day,
            "comment": text,
        },
        ("indicator", "start", "end", "recorded_on"),
    )
    keep(
        Measurement,
        [row | {"is_sample": True} for row in rows],
        ("indicator", "start", "end", "recorded_on"),
        overwrite=False,
    )
    _baselines_and_targets(SAMPLE, known, is_sample=True)
    _rag_rules(SAMPLE, is_sample=True)


VALUE = {
    "start": day,
    "end": day,
    "value": optional(number),
    "numerator": optional(number),
    "denominator": optional(number),
    "source": required,
}


def _indicators() -> None:
    rows = read(
        REFERENCE / "indicators.csv",
        {
            "code": required,
            "name": required,
            "short_name": required,
            "definition": required,
            "numerator": text,
            "denominator": text,
            "unit": one_of(Unit.values),
            "decimals": whole,
            "polarity": one_of(Polarity.values),
            "frequency": one_of(Frequency.values),
            "covers": one_of(Coverage.values),
            "kind": one_of(Kind.values),
            "source_system": required,
            "owner": required,
            "why": required,
            "headline_order": optional(whole),
            "group": text,
            "early_measure": optional(whole),
            "dfe_measure": text,
            "source": required,
        },
        ("code",),
    )
    for row in rows:
        row["recommendation_numbers"] = row.pop("group")
    keep(Indicator, rows, ("code",), overwrite=False)


def _areas() -> None:
    rows = read(
        REFERENCE / "areas.csv",
        {
            "code": required,
            "name": required,
            "kind": one_of(Area.Kind.values),
            "order": whole,
            "source": required,
        },
        ("code",),
    )
    keep(Area, rows, ("code",))
    members = read(
        REFERENCE / "neighbour_sets.csv",
        {
            "set": required,
            "as_of": day,
            "rank": whole,
            "area": one_of(by(Area, "code")),
            "closeness": text,
            "source": required,
        },
        ("set", "area"),
    )
    sets = {
        row["set"]: {"code": row["set"], "as_of": row["as_of"], "source": row["source"]} for row in members
    }
    keep(NeighbourSet, list(sets.values()), ("code",))
    stored = by(NeighbourSet, "code")
    keep(
        NeighbourSetMember,
        [
            {
                "neighbour_set": stored[row["set"]],
                **{name: row[name] for name in ("area", "rank", "closeness")},
            }
            for row in members
        ],
        ("neighbour_set", "area"),
    )


def _values(name, known, **more) -> list[dict]:
    columns = VALUE | {"indicator": one_of(known), "marker": one_of(["", *Marker.values])} | more
    if "area" in more:
        del columns["numerator"], columns["denominator"]
    key = (
        ("indicator", "area", "start", "end") if "area" in more else ("indicator", "start", "end", "vintage")
    )
    return read(REFERENCE / f"{name}.csv", columns, key)


def _published(row: dict) -> dict:
    """A published value counts from its publication where that is known, else from when such figures come out."""
    return row | {"recorded_on": _known_from(row["indicator"], row["end"], row["vintage"])}


def _known_from(indicator: Indicator, end: date, vintage: date | None) -> date:
    if indicator.kind == Kind.DFE:
        return months_later(end, DFE_PUBLISHES_AFTER)
    return vintage or end


def _baselines_and_targets(folder: Path, known: dict, *, is_sample: bool) -> None:
    baselines = read(
        folder / "baselines.csv", {**VALUE, "indicator": one_of(known), "note": text}, ("indicator",)
    )
    keep(Baseline, [row | {"is_sample": is_sample} for row in baselines], ("indicator",), overwrite=False)
    targets = read(
        folder / "targets.csv",
        {
            "indicator": one_of(known),
            "by": day,
            "value": number,
            "tolerance": number,
            "agreed_on": optional(day),
            "agreed_at": text,
            "source": required,
        },
        ("indicator", "by"),
    )
    keep(
        Target,
        [row | {"is_sample": is_sample} for row in targets],
        ("indicator", "by", "agreed_on"),
        overwrite=False,
    )


def _rag_rules(folder: Path, *, is_sample: bool) -> None:
    """A rule that stands is left as it is: a change would recolour the months it rated."""
    rows = read(
        folder / "rag_rules.csv",
        {
            "body": one_of(RagRule.Body.values),
            "starts_on": day,
            "name": required,
            "method": one_of(RuleMethod.values),
            "percent": number,
            "source": required,
        },
        ("body", "starts_on"),
    )
    keep(RagRule, [row | {"is_sample": is_sample} for row in rows], ("body", "starts_on"), overwrite=False)

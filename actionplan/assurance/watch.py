"""The relapse watch: assured work whose indicator gets worse by more than chance is reopened, whoever looks.

Good in 2018 and Inadequate in 2023: what nobody re-checks is lost. So the figures themselves ask for a new look, as
soon as they come in.
"""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import OuterRef, Subquery

from actionplan.assurance.assured import HELD
from actionplan.changes.assurance import relapse
from actionplan.enums import Finding
from actionplan.models import Action, Assurance
from actionplan.standing import Standing, standings
from kpis.charts.words import BECAUSE
from kpis.enums import Variation
from kpis.models import Indicator
from kpis.periods import today
from kpis.readings import Reading, readings
from kpis.signals import analysed, rebases, since
from kpis.variation import Analysis


def look(indicators: Collection[Indicator] | None = None) -> list[Assurance]:
    """Reopen what these indicators, or all, show to be worsening; the rows that say so.

    One query where no assured work depends on them. Otherwise ten, whatever their number, and a few for each relapse.
    """
    linked = _linked(indicators)
    if not linked:
        return []
    on = today()
    actions = Action.objects.in_bulk(linked)
    now = standings(actions.values(), on)
    held = sorted(
        key for key in linked if now[key].state in HELD
    )  # locked in one order, so that none waits for ever
    watched = Indicator.objects.in_bulk({key for action in held for key in linked[action]})
    worse = _worsening(watched.values())
    found = []
    for key in held:
        because = next((worse[each] for each in linked[key] if _is_news(worse.get(each), now[key])), None)
        if because:
            reading, analysis = because
            row = relapse(
                action=actions[key], indicator=reading.indicator, because=sentence(reading, analysis), on=on
            )
            found += [row] if row else []
    return found


def sentence(reading: Reading, analysis: Analysis) -> str:
    """Return home interviews within 72 hours: worsening since April 2017. 48% in May 2017: …"""
    began, newest = since(reading, analysis), analysis.points[-1]
    because = BECAUSE[newest.signal]
    return (
        f"{reading.indicator.name}: worsening since {began.label if began else reading.latest_label}. "
        f"{because[0].upper()}{because[1:]}, {reading.latest_words} for {reading.latest_label}."
    )


def _linked(indicators: Collection[Indicator] | None) -> dict[int, list[int]]:
    """The indicators of each action whose newest check was adequate, by its key. One query."""
    newest = Assurance.objects.filter(action=OuterRef("action")).order_by("-made_on", "-pk")
    pairs = Action.indicators.through.objects.annotate(finding=Subquery(newest.values("finding")[:1]))
    if indicators is not None:
        pairs = pairs.filter(indicator__in={each.pk for each in indicators})
    linked = defaultdict(list)
    for action, indicator in (
        pairs.filter(finding=Finding.ADEQUATE).order_by("indicator__code").values_list("action", "indicator")
    ):
        linked[action].append(indicator)
    return linked


def _worsening(indicators: Collection[Indicator]) -> dict[int, tuple[Reading, Analysis]]:
    """Those whose newest figure is worse by more than chance, by key."""
    on = today()
    starts = rebases(indicators, on)
    read = readings(indicators, on)
    judged = {key: (reading, analysed(reading, starts[key])) for key, reading in read.items()}
    return {key: pair for key, pair in judged.items() if pair[1].variation == Variation.WORSENING}


def _is_news(worse: tuple[Reading, Analysis] | None, now: Standing) -> bool:
    """Whether it is about days after the newest check: what was known then, the assurer weighed."""
    return bool(worse and now.assurance and worse[0].series[-1][0].end > now.assurance.made_on)

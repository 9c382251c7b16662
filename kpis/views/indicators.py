from collections import Counter

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from kpis import wording
from kpis.benchmarks import benchmarks_by_period
from kpis.enums import Kind, Rating
from kpis.linked import linked_actions
from kpis.models import Indicator
from kpis.periods import today
from kpis.readings import readings
from kpis.sheet import comparison_table, row, values_table
from kpis.trajectory import trajectory


def index(request):
    """Every indicator once, whichever recommendations it bears on: the council’s own, then DfE’s."""
    on = today()
    found = readings(Indicator.objects.all(), on, with_benchmarks=True).values()
    rows = sorted(
        (row(reading) for reading in found), key=lambda each: (each.numbers, each.reading.indicator.name)
    )
    council = [each for each in rows if each.reading.indicator.kind == Kind.COUNCIL]
    ratings = Counter(each.reading.rating for each in council)
    context = {
        "on": on,
        "council": council,
        "dfe": [each for each in rows if each.reading.indicator.kind == Kind.DFE],
        "tiles": [(rating, ratings[rating]) for rating in Rating if ratings[rating]],
    }
    return TemplateResponse(request, "kpis/index.html", context)


def detail(request, code):
    """The definition sheet and every value, as known today."""
    on = today()
    indicator = get_object_or_404(Indicator, code=code)
    reading = readings([indicator], on, whole=True)[indicator.pk]
    values, sources = values_table(reading)
    context = {
        "on": on,
        "indicator": indicator,
        "row": row(reading),
        "reading": reading,
        "trajectory": trajectory(reading),
        "values": values,
        "sources": sources,
        "comparison": comparison_table(reading, benchmarks_by_period(indicator, on)),
        "actions": linked_actions([indicator], on)[indicator.pk],
        "twin": Indicator.objects.filter(code=_twin(code)).first(),
        "few_words": wording.TOO_FEW,
    }
    return TemplateResponse(request, "kpis/indicator.html", context)


def _twin(code):
    """The measure of the same name on the other side: the codes differ by this ending."""
    return code.removesuffix("-dfe") if code.endswith("-dfe") else f"{code}-dfe"

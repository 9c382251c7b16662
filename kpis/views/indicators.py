from collections import Counter
from dataclasses import replace

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from kpis import sheet, wording
from kpis.before import LOOK_BACK, came_before
from kpis.benchmarks import benchmarks_by_period, newest
from kpis.charted import charted
from kpis.charts import words
from kpis.charts.drawing import svg, svgs
from kpis.charts.frame import SMALL
from kpis.enums import Kind, Rating
from kpis.forms.filters import FilterForm
from kpis.lists import LENSES, row, twin_code
from kpis.models import Indicator
from kpis.periods import today
from kpis.permissions import can_enter_figures
from kpis.readings import readings
from kpis.revisions import revisions
from kpis.trajectory import trajectory


def index(request):
    """Every indicator once, whichever recommendations it bears on: the council’s own, then DfE’s."""
    on = today()
    rows = _rows(Indicator.objects.all(), on)
    lens = LENSES.get(request.GET.get("group")) or LENSES["recommendation"]
    filters = FilterForm(request.GET, rows=rows)
    shown = filters.filter(rows)
    groups = lens.groups(_of_kind(shown, Kind.COUNCIL))
    dfe = sorted(_of_kind(shown, Kind.DFE), key=lambda each: (each.numbers, each.reading.indicator.name))
    ratings = Counter(each.reading.rating for each in _of_kind(rows, Kind.COUNCIL))
    context = {
        "on": on,
        "is_empty": not rows,
        "lens": lens,
        "lenses": [(each.name, filters.query(group=each.key), each == lens) for each in LENSES.values()],
        "filters": filters,
        "groups": groups,
        "shown": sum(len(group.entries) for group in groups),
        "dfe": dfe,
        "tiles": [(rating, ratings[rating]) for rating in Rating if ratings[rating]],
        "may_enter": can_enter_figures(request.user),
    }
    return TemplateResponse(request, "kpis/index.html", context)


def charts(request):
    """The chart of every indicator of the council’s own, small, under the headings of the list."""
    on = today()
    known = charted(readings(Indicator.objects.filter(kind=Kind.COUNCIL), on, with_benchmarks=True), on)
    lens = LENSES.get(request.GET.get("group")) or LENSES["recommendation"]
    groups = lens.groups(row(each) for each in known.values())
    drawn = dict(zip(known, svgs([each.facts for each in known.values()], SMALL), strict=True))
    context = {
        "on": on,
        "lenses": [(each.name, f"?group={each.key}", each == lens) for each in LENSES.values()],
        "groups": [(group.name, [_with_chart(entry, drawn) for entry in group.entries]) for group in groups],
    }
    return TemplateResponse(request, "kpis/charts.html", context)


def detail(request, code):
    """What an indicator says, its chart, what is done about it, every value and its definition, as known today."""
    on = today()
    indicator = get_object_or_404(Indicator, code=code)
    others = benchmarks_by_period(indicator, on)
    reading = replace(readings([indicator], on, whole=True)[indicator.pk], benchmarks=newest(others))
    known = charted({indicator.pk: reading}, on)[indicator.pk]
    values, sources = sheet.values_table(known)
    context = {
        "on": on,
        "indicator": indicator,
        "row": row(known),
        "reading": reading,
        "known": known,
        "said": [each for each in (sheet.variation_words(known), sheet.assurance_words(known)) if each],
        "chart": svg(known.facts) if reading.series else "",
        "small_chart": svg(known.facts, SMALL) if reading.series else "",
        "chart_title": words.title(known.facts),
        "chart_words": words.sentence(known.facts),
        "marks": [each for each in known.done if each.letter],
        "before": came_before(known.done, known.shift) if known.shift else [],
        "look_back": LOOK_BACK,
        "trajectory": trajectory(reading),
        "values": values,
        "sources": sources,
        "has_signals": sheet.has_signals(known),
        "comments": sheet.comments(reading.figures),
        "revisions": revisions(indicator, on),
        "comparison": sheet.comparison_table(reading, others),
        "twin": Indicator.objects.filter(code=twin_code(code)).first(),
        "few_words": wording.TOO_FEW,
        "may_enter": can_enter_figures(request.user),
    }
    return TemplateResponse(request, "kpis/indicator.html", context)


def _with_chart(entry, drawn):
    pk = entry.row.reading.indicator.pk
    return entry, drawn[pk]


def _rows(indicators, on):
    known = charted(readings(indicators, on, with_benchmarks=True), on)
    by_code = {each.reading.indicator.code: each.reading.indicator for each in known.values()}
    return [row(each, twin=by_code.get(twin_code(each.reading.indicator.code))) for each in known.values()]


def _of_kind(rows, kind):
    return [each for each in rows if each.reading.indicator.kind == kind]

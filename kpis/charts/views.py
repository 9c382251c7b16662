"""A chart as a file of its own, to save or to paste into a paper."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from kpis.charted import charted
from kpis.charts.drawing import digest, png, svg
from kpis.models import Indicator
from kpis.periods import today
from kpis.readings import readings


def chart_svg(request, code):
    return _chart(request, code, svg, "image/svg+xml")


def chart_png(request, code):
    return _chart(request, code, png, "image/png")


def _chart(request, code, draw, content_type):
    """The chart as known today, drawn only for a client that does not have it yet."""
    on = today()
    indicator = get_object_or_404(Indicator, code=code)
    found = readings([indicator], on, whole=True, with_benchmarks=True)
    facts = charted(found, on)[indicator.pk].facts
    etag = quote_etag(f"{content_type} {digest(facts)}")
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(draw(facts), content_type=content_type)
    response["ETag"] = etag
    return response

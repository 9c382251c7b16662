"""What the Board agreed about an indicator, as the improvement team writes it down."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from kpis import permissions, wording
from kpis.agreements import origin
from kpis.enums import Polarity
from kpis.forms.agreements import AgreementForm, LimitsForm, LineForm
from kpis.models import Indicator
from kpis.periods import day_words, today
from kpis.readings import readings
from kpis.rules import in_force


def trajectory(request, code):
    """The trajectory in force; a line to a new target, and that line as it was agreed."""
    indicator = _indicator(request, code)
    on = today()
    reading = readings([indicator], on)[indicator.pk]
    context = {
        "indicator": indicator,
        "reading": reading,
        "rule": in_force(reading.rules, on),
        "origin": origin(reading),
    }
    if indicator.polarity == Polarity.CONTEXT:
        return TemplateResponse(request, "kpis/trajectory_none.html", context)

    is_asked = request.method == "POST" or "target" in request.GET
    line = LineForm(request.GET if is_asked else None, reading=reading)
    agreement = None
    if line.is_valid():
        agreement = AgreementForm(request.POST if request.method == "POST" else None, line=line)
        if agreement.is_valid() and agreement.save(by=request.user):
            messages.success(request, _what_counts(agreement))
            return redirect(indicator)
    return TemplateResponse(request, "kpis/trajectory.html", context | {"line": line, "agreement": agreement})


def limits(request, code):
    """Where the limits of variation start anew; a new start."""
    indicator = _indicator(request, code)
    reading = readings([indicator], today())[indicator.pk]
    known = reading.series[-1][0] if reading.series else None
    form = LimitsForm(request.POST if request.method == "POST" else None, indicator=indicator, known=known)
    if form.is_valid() and form.save(by=request.user):
        starts_on = day_words(form.cleaned_data["starts_on"])
        messages.success(request, f"The limits are worked out anew from {starts_on}.")
        return redirect(indicator)
    context = {"indicator": indicator, "form": form, "rebases": list(indicator.rebases.all())}
    return TemplateResponse(request, "kpis/limits.html", context)


def _indicator(request, code):
    if not permissions.can_enter_figures(request.user):
        raise PermissionDenied("What the Board agrees about an indicator is entered by the improvement team.")
    return get_object_or_404(Indicator, code=code)


def _what_counts(agreement):
    indicator, asked = agreement.indicator, agreement.cleaned_data
    *_, last = agreement.point_fields
    target = wording.target_words(asked[last.name], indicator.unit, indicator.decimals)
    return (
        f"Trajectory saved: {wording.aim_words(target, indicator.polarity)} by {last.label}. "
        f"It counts from {day_words(asked['agreed_on'])}."
    )

"""The pack for the quarterly meeting with Ofsted: what is in it, from which reports, and its files."""

from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header

from actionplan.enums import FileKind
from actionplan.reports.archive import archive
from actionplan.reports.files import CONTENT_TYPES
from actionplan.reports.pack_files import FILES, file_name, title
from actionplan.reports.pack_sources import pack_of, quarter
from actionplan.views.rounds import get_round
from kpis.periods import today


def page(request, plan, month):
    """The three months that end with this one: which are frozen, which are live, which have no report."""
    plan, month, rounds, missing, _ = _quarter(plan, month)
    told = {each.month.month: each for each in archive(plan, today())}
    of_quarter = sorted([*(each.month for each in rounds), *missing])
    rows = [(each, None if each in missing else told[each]) for each in of_quarter]
    context = {
        "plan": plan,
        "month": month,
        "rows": rows,
        "live": [each.month for _, each in rows if each and not each.versions],
        "heading": title(of_quarter[0], month.month),
    }
    return TemplateResponse(request, "actionplan/pack.html", context)


@csp_update({"sandbox": True})
def file(request, plan, month, kind):
    """Drawn when it is asked for: from what was frozen, and from the live months as they stand."""
    plan, month, *_, months = _quarter(plan, month)
    pack, kind = pack_of(plan, month, months, today()), FileKind(kind)
    named = content_disposition_header(as_attachment=True, filename=file_name(pack, kind))
    return HttpResponse(
        FILES[kind](pack), content_type=CONTENT_TYPES[kind], headers={"Content-Disposition": named}
    )


def _quarter(slug, month):
    """The plan, a month of it that has opened, the rounds of its quarter, the months without one, all its rounds."""
    plan, month, months = get_round(slug, month)
    if month.opens_on > today():
        raise Http404
    return plan, month, *quarter(month, months, today()), months

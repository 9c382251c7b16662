"""What a month still lacks before it can be frozen; each gap is named in the report when it is frozen all the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from actionplan.enums import UpdateStatus
from actionplan.models import DraftComment
from actionplan.reports.gathered import Gathered
from actionplan.rows import Row
from kpis.models import Indicator
from kpis.readings import readings


@dataclass(frozen=True)
class Gap:
    """`plan` is the key of the plan whose report it is missing in; every gap is missing in the whole plan's."""

    plan: int
    words: str
    url: str


def missing(gathered: Gathered) -> tuple[Gap, ...]:
    """What the officers, the team and the senior responsible officer have not done yet, in that order. Seven queries.

    `gathered` is of the whole plan; its parts are those beneath it.
    """
    grids = [gathered.whole, *gathered.parts]
    own = [(grid.plan.pk, row) for grid in grids for row in grid.rows if not row.shared_from]
    return (
        *(_gap_of(plan, row, gathered) for plan, row in own if row.owes_update and not row.now.pending),
        *(_gap_of(plan, row, gathered) for plan, row in own if row.now.pending),
        *_comments(gathered),
        *_words(gathered),
        *_figures(gathered),
    )


def _gap_of(plan: int, row: Row, gathered: Gathered) -> Gap:
    action, pending, url = row.action, row.now.pending, row.url
    if pending is None:
        what = f"no update for {gathered.month.month:%B}"
    elif row.now.pending_status == UpdateStatus.RETURNED:
        what = "its update was returned and not sent again"
    else:
        what = "its update is not yet checked, so it does not count"
        url = reverse("actionplan:check", args=[action.plan.slug, action.ref, pending.pk])
    return Gap(plan, f"{action.ref} {action.short_title}: {what}", url)


def _comments(gathered: Gathered) -> Iterable[Gap]:
    found = DraftComment.objects.filter(month=gathered.month).unanswered().select_related("made_by", "plan")
    for each in found:
        url = reverse("actionplan:comments", args=[each.plan.slug, f"{gathered.month.month:%Y-%m}"])
        yield Gap(each.plan_id, f"A comment by {each.made_by} is not answered: “{each.text}”", url)


def _words(gathered: Gathered) -> Iterable[Gap]:
    month, plan = gathered.month, gathered.plan
    url = reverse("actionplan:narrative", args=[plan.slug, f"{month.month:%Y-%m}"])
    for text, words in (
        (month.headline, "The headline is not written"),
        (month.confidence, "The senior responsible officer’s confidence is not given"),
        (month.next_month, "Nothing is said of next month"),
    ):
        if not text:
            yield Gap(plan.pk, words, url)


def _figures(gathered: Gathered) -> Iterable[Gap]:
    """Headline indicators without a figure for the month the report is about, or whose figure nobody explains."""
    month = gathered.month
    known = dict(month.so_whats.exclude(text="").values_list("indicator_id", "text"))
    write = reverse("actionplan:narrative", args=[gathered.plan.slug, f"{month.month:%Y-%m}"])
    for pk, reading in readings(Indicator.objects.headline(), gathered.on).items():
        if reading.is_old or not reading.has_data:
            words = f"{reading.indicator.name}: no figure in time"
            yield Gap(gathered.plan.pk, words, reading.indicator.get_absolute_url())
        if pk not in known and not reading.comment:
            yield Gap(gathered.plan.pk, f"{reading.indicator.name}: no “so what”", write)

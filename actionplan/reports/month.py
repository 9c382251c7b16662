"""The facts of a plan's month for the Board, gathered into one MonthReport. Live until the month is frozen."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from actionplan.enums import DeliveryState, Grade, Impact, Rag, UpdateStatus
from actionplan.grid import BY_RECOMMENDATION, Grid, Group, groups
from actionplan.models import ActionPlan, Judgement, ReportingMonth
from actionplan.reports import dates
from actionplan.reports.ahead import ahead
from actionplan.reports.asked import asked
from actionplan.reports.changed import changed
from actionplan.reports.exceptions import exceptions, link
from actionplan.reports.facts import (
    Beneath,
    Difference,
    Exceptional,
    Line,
    MonthReport,
    Stamp,
    Tile,
    Unchecked,
)
from actionplan.reports.gathered import Gathered, gather
from actionplan.reports.indicators import indicator_lines
from actionplan.reports.leanings import leanings
from actionplan.reports.risks import top_risks
from actionplan.rollup import delivery_word, summary
from actionplan.rows import Row
from kpis.addresses import address
from kpis.periods import day_words

FURTHER_ON = {DeliveryState.DELIVERED, DeliveryState.ASSURED, DeliveryState.EMBEDDED}


def report_day(month: ReportingMonth, today: date) -> date:
    """The day a month's page speaks of: today while the round runs, the Board's day once it is past."""
    return min(today, month.board_on)


def month_report(
    plan: ActionPlan, month: ReportingMonth, on: date, months: list[ReportingMonth] | None = None
) -> MonthReport:
    """Everything on the Board's page for `month`, live, as things stood at the end of `on`.

    The number of queries does not depend on how many actions, updates or indicators there are.
    """
    return page(gather(plan, month, on, months), Stamp())


def page(gathered: Gathered, stamp: Stamp) -> MonthReport:
    """The Board's page of what was gathered, live or with the stamp of a frozen month."""
    plan, month, on = gathered.plan, gathered.month, gathered.on
    whole, parts, changes = gathered.whole, gathered.parts, gathered.date_changes
    singled_out = exceptions([whole, *parts], dates.of_actions(changes))
    board = whole.last_board
    decisions, challenges = asked(plan, on, board.read_on if board else None)
    judgements = list(Judgement.objects.filter(inspection=plan.inspection_id).select_related("area"))
    by_recommendation = groups(whole, BY_RECOMMENDATION, whole.rows, only_shown=False)
    own = whole.plan.parent_id is None
    risks, open_risks = top_risks(whole, list(parts), on)
    needs, open_needs = leanings([whole, *parts], gathered.family, on)
    indicators, signals = indicator_lines(gathered)
    return MonthReport(
        title=f"Monthly progress: {month.month:%B %Y}",
        month=month.month,
        plan=plan.name,
        plan_url=plan.get_absolute_url(),
        parent=plan.parent.name if plan.parent else "",
        parent_url=_address(plan.parent, month) if plan.parent else "",
        board=plan.board,
        board_on=month.board_on,
        is_sample=whole.is_sample,
        facts=_facts(gathered, stamp),
        grades=_grades(judgements, plan),
        since=board.board_on if board else None,
        since_month=f"{board.month:%B}" if board else "",
        latest_month=f"{month.data_as_at:%B}",
        total=len(whole.rows),
        counted=_counted(whole),
        headline=month.headline if own else _shared(whole),
        confidence=month.confidence if own else "",
        confidence_was=_confidence_was(month, board) if own else "",
        confidence_reason=month.confidence_reason if own else "",
        deliveries=_deliveries(whole),
        impacts=_impacts(whole),
        slipped=dates.slipped(whole, on, changes),
        dates_url=address("actionplan:dates_register", plan.slug),
        unchecked=_unchecked(whole),
        exceptions=singled_out[plan.pk],
        lines=tuple(_line(group) for group in by_recommendation if group.rows or own),
        indicators=indicators,
        differences=_differences(whole),
        beneath=tuple(_beneath(part, month, judgements, singled_out[part.plan.pk]) for part in parts),
        risks=risks,
        open_risks=open_risks,
        leanings=needs,
        open_leanings=open_needs,
        timeline_url=address("actionplan:timeline", plan.slug),
        decisions=decisions,
        date_requests=dates.date_requests(whole, changes),
        challenges=challenges,
        next_month=_next_month(month) if own else ahead(whole.rows, month, on),
        changed=changed(
            whole, changes, decisions=decisions, challenges=challenges, risks=risks, signals=signals
        )
        if board
        else None,
        stamp=stamp,
    )


def _facts(gathered: Gathered, stamp: Stamp) -> tuple[tuple[str, str], ...]:
    plan, month, whole = gathered.plan, gathered.month, gathered.whole
    owed = [
        row
        for row in whole.rows
        if (row.now.latest and row.now.latest.month == month.month) or row.owes_update
    ]
    accepted = [row for row in owed if row.now.update and row.now.update.month == month.month]
    facts = [
        ("Indicators as at", day_words(month.data_as_at)),
        ("Updates as at", day_words(gathered.on)),
        ("Version", stamp.short),
        ("Updates accepted", f"{len(accepted)} of {len(owed)}"),
        ("Senior responsible", plan.senior_responsible.title),
        ("Author", plan.author.title),
        ("Marking", gathered.marking),
    ]
    if month.comments_by:
        facts.insert(3, ("Comments by", day_words(month.comments_by)))
    return tuple(facts)


def _grades(judgements: list[Judgement], plan: ActionPlan) -> tuple[tuple[str, str], ...]:
    """The overall grade and, beside it, every worse one: an inadequate service must not hide under it."""
    order = list(Grade)
    overall = next((j for j in judgements if j.area.code.endswith("/overall")), None)
    if overall is None or not overall.grade:
        return ()
    worse = [
        j for j in judgements if j.grade and order.index(Grade(j.grade)) > order.index(Grade(overall.grade))
    ]
    return tuple((j.area.short_name, _grade(j)) for j in [overall, *worse])


def _grade(judgement: Judgement) -> str:
    label = Grade(judgement.grade).label
    return f"{label} (not limiting)" if judgement.is_limiting is False else label


def _counted(whole: Grid) -> str:
    """The counts of the headline, always computed: what is delivered, what is red, and how that differs from before."""
    delivered = sum(row.now.state in FURTHER_ON for row in whole.rows)
    red = sum(row.now.rag == Rag.RED for row in whole.rows)
    words = f"{delivered} of {len(whole.rows)} actions are delivered or further on"
    red_words = f"{red} {'is' if red == 1 else 'are'} red"
    if whole.last_board:
        before = [row.before for row in whole.rows if row.before]
        month = f"{whole.last_board.month:%B}"
        words += _than(delivered, sum(each.state in FURTHER_ON for each in before), month)
        red_words += _than(red, sum(each.rag == Rag.RED for each in before), month)
    return f"{words}; {red_words}."


def _shared(whole: Grid) -> str:
    """The headline of a plan beneath another, for which nobody writes one: how much of it is the other's as well."""
    if not whole.shared or whole.plan.parent_id is None:
        return ""
    return (
        f"Its own actions: {whole.own}. Shared with other plans, where they count too: {whole.shared}. "
        "A past month shows what is shared today."
    )


def _than(now: int, before: int, month: str) -> str:
    if now == before:
        return f", as in {month}"
    return f", {abs(now - before)} {'more' if now > before else 'fewer'} than in {month}"


def _confidence_was(month: ReportingMonth, previous: ReportingMonth | None) -> str:
    if previous is None or not previous.confidence or previous.confidence == month.confidence:
        return ""
    return f"Was {Rag(previous.confidence).label.lower()} in {previous.month:%B}"


def _deliveries(whole: Grid) -> tuple[Tile, ...]:
    return tuple(Tile(tile.value, tile.state, tile.rag, tile.now, tile.before) for tile in whole.counts())


def _impacts(whole: Grid) -> tuple[Tile, ...]:
    now = Counter(row.now.impact for row in whole.rows)
    before = Counter(row.before.impact for row in whole.rows if row.before)
    order = [Impact.NONE, Impact.EARLY, Impact.EVIDENCED, Impact.SUSTAINED, Impact.NOT_ACHIEVED]
    return tuple(
        Tile(value, "", "", now[value], before[value] if whole.last_board else None) for value in order
    )


def _unchecked(whole: Grid) -> tuple[Unchecked, ...]:
    waiting = [
        (row, row.now.pending) for row in whole.rows if row.now.pending_status == UpdateStatus.SUBMITTED
    ]
    return tuple(
        Unchecked(link(row), update.state, update.rag, update.submitted_on)
        for row, update in waiting
        if update and update.submitted_on
    )


def _line(group: Group) -> Line:
    delivery, impact = group.delivery, group.impact
    return Line(
        ref=group.ref,
        title=group.name,
        url=group.url,
        priority=group.priority,
        lead=group.lead,
        state=delivery.state if delivery else "",
        rag=delivery.rag if delivery else "",
        delivery_count=delivery.count if delivery else 0,
        delivery_was=group.delivery_was,
        impact=impact.value if impact else "",
        impact_count=impact.count if impact else 0,
        impact_was=group.impact_was,
        total=len(group.rows),
        direction=group.direction or "",
        next_step=group.next_step or "None open",
    )


def _differences(whole: Grid) -> tuple[Difference, ...]:
    """Actions whose impact changed since the last Board, the bad news first."""
    changed = [(row, row.now.update) for row in whole.rows if row.impact_was and row.now.update]
    order = [Impact.NOT_ACHIEVED, Impact.SUSTAINED, Impact.EVIDENCED, Impact.EARLY, Impact.NONE]
    changed.sort(key=lambda pair: order.index(pair[0].now.impact))
    return tuple(
        Difference(link(row), update.difference, row.now.impact, row.impact_was) for row, update in changed
    )


def _beneath(
    part: Grid, month: ReportingMonth, judgements: list[Judgement], singled_out: tuple[Exceptional, ...]
) -> Beneath:
    """A plan’s line in the whole one, of all its actions. What the page says of those they share is said once."""
    child = part.plan
    own = [row for row in part.rows if not row.shared_from]
    worst = next((j for j in judgements if j.grade == Grade.INADEQUATE), None)
    url = _address(child, month)
    group = Group(
        key=child.slug, name=child.name, rows=part.rows, shown=part.rows, url=url, lead=child.author.title
    )
    return Beneath(
        name=child.name,
        url=url,
        grade=_grade(worst) if worst else "",
        area=worst.area.short_name if worst else "",
        total=len(part.rows),
        shared=part.shared,
        summary=summary(row.now for row in part.rows),
        changed=tuple(_changes(own)),
        exceptions=tuple(each for each in singled_out if not each.action.shared),
        shared_exceptions=tuple(each.action for each in singled_out if each.action.shared),
        line=_line(group),
    )


def _changes(rows: Iterable[Row]) -> Iterator[str]:
    """L1.1 was green, now amber"""
    for row in rows:
        if row.delivery_was:
            yield f"{row.action.ref} {row.delivery_was.lower()}, now {delivery_word(row.now.delivery)}"


def _next_month(month: ReportingMonth) -> tuple[str, ...]:
    return tuple(line for line in month.next_month.splitlines() if line.strip())


def _address(plan: ActionPlan, month: ReportingMonth) -> str:
    return address("actionplan:month", plan.slug, f"{month.month:%Y-%m}")

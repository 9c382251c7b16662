"""Fill a new database for tests/bench.py: `python -m tests.bench_data TIMES`.

The sample plan, its past months frozen, topped up to 100 actions with ten updates each, is one time. Each further time
is another plan of 100 actions under an inspection of its own, with its months, and thirty more indicators. It prints,
as JSON, how many rows there are, the cookies of a Board member and of the improvement team, signed in, and the number
of an action with ten updates.
"""

import json
import os
import sys
from datetime import date

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench_settings"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402

from actionplan.models import (  # noqa: E402
    Action,
    ActionPlan,
    Milestone,
    Post,
    ProgressUpdate,
    Recommendation,
    ReportingMonth,
    Service,
)
from havering_ofsted.models import User  # noqa: E402
from kpis.charted import warm  # noqa: E402
from kpis.models import Indicator, Measurement  # noqa: E402
from kpis.periods import month_end, months_later  # noqa: E402
from tests import factories as make  # noqa: E402

ACTIONS, UPDATES, MILESTONES, INDICATORS, MONTHS = 100, 10, 3, 30, 15


def main(times):
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0, stdout=sys.stderr)
    call_command("load_sample", freeze=True, verbosity=0, stdout=sys.stderr)
    call_command("collectstatic", interactive=False, verbosity=0)
    with transaction.atomic():
        people = {"post": list(Post.objects.all()), "service": list(Service.objects.all())}
        top_up(ActionPlan.objects.get(slug="ofsted-2016"), people)
        for _ in range(times - 1):
            top_up(another_plan(people), people)
            more_indicators()
    warm(Indicator.objects.order_by("pk")[:INDICATORS])
    print(
        json.dumps(
            {
                "rows": counts(),
                "session": sign_in("board"),
                "team": sign_in("manager"),
                "ref": action_with_updates().ref,
            }
        )
    )


def another_plan(people):
    """A plan as an older inspection left it: recommendations and months like the first one’s, no actions yet."""
    inspection = make.InspectionFactory(published_on=date(2012, 4, 1))
    post = people["post"][0]
    plan = make.ActionPlanFactory(inspection=inspection, senior_responsible=post, author=post)
    Recommendation.objects.bulk_create(
        make.RecommendationFactory.build(inspection=inspection, number=number) for number in range(1, 14)
    )
    ReportingMonth.objects.bulk_create(
        make.ReportingMonthFactory.build(plan=plan, month=months_later(date(2017, 6, 1), -back))
        for back in range(UPDATES)
    )
    return plan


def top_up(plan, people, actions=ACTIONS):
    """Bring the plan to so many actions, each new one with milestones, indicators and ten months of updates."""
    missing = actions - plan.actions.count()
    recommendations = list(plan.inspection.recommendations.order_by("number"))
    indicators = list(Indicator.objects.order_by("pk")[:INDICATORS])
    posts, services, by = people["post"], people["service"], User.objects.order_by("pk").first()
    made = Action.objects.bulk_create(
        make.ActionFactory.build(
            plan=plan,
            recommendation=recommendations[n % len(recommendations)],
            order=50 + n,
            owner=posts[n % len(posts)],
            service=services[n % len(services)],
            overdue=n % 10 == 0,
        )
        for n in range(missing)
    )
    Milestone.objects.bulk_create(
        make.MilestoneFactory.build(action=action, number=number, complete=number == 1)
        for action in made
        for number in range(1, MILESTONES + 1)
    )
    measured_by, helped_by = Action.indicators.through, Action.contributors.through
    measured_by.objects.bulk_create(
        measured_by(action=action, indicator=indicators[n % len(indicators)]) for n, action in enumerate(made)
    )
    helped_by.objects.bulk_create(
        helped_by(action=action, post=posts[(n + 1) % len(posts)]) for n, action in enumerate(made)
    )
    written = {colour: ten_updates(by, colour) for colour in ("red", "amber", "green")}
    colours = ["red", *["amber"] * 3, *["green"] * 6]
    ProgressUpdate.objects.bulk_create(
        ProgressUpdate(**words, action=action)
        for n, action in enumerate(made)
        for words in written[colours[n % 10]]
    )


def ten_updates(by, colour):
    """What one action’s ten rows hold, but for the action."""
    months = [months_later(date(2017, 6, 1), -back) for back in reversed(range(UPDATES))]
    return [
        columns(
            make.ProgressUpdateFactory.build(
                action=None,
                month=month,
                submitted_on=month.replace(day=20),
                accepted=True,
                accepted_on=month.replace(day=24),
                made_by=by,
                checked_by=by,
                red=colour == "red",
                amber=colour == "amber",
            ),
            but="action",
        )
        for month in months
    ]


def more_indicators():
    indicators = Indicator.objects.bulk_create(make.IndicatorFactory.build_batch(INDICATORS))
    months = [months_later(date(2017, 5, 1), -back) for back in range(MONTHS)]
    rows = [
        columns(
            make.MeasurementFactory.build(indicator=None, start=month, end=end, recorded_on=end),
            but="indicator",
        )
        for month, end in ((month, month_end(month)) for month in months)
    ]
    Measurement.objects.bulk_create(
        Measurement(**row, indicator=indicator) for indicator in indicators for row in rows
    )


def columns(row, *, but):
    """What the row holds, but for its keys and one other column; 100,000 rows are made from a few of these."""
    left_out = {"id", "form_id", but}
    return {f.name: getattr(row, f.name) for f in row._meta.concrete_fields if f.name not in left_out}


def counts():
    models = {"actions": Action, "updates": ProgressUpdate, "measurements": Measurement}
    return {name: model.objects.count() for name, model in models.items()}


def sign_in(who):
    client = Client()
    client.force_login(User.objects.get(email=f"{who}@havering.example"))
    return client.cookies["sessionid"].value


def action_with_updates():
    """One of the plan’s topped-up actions that is in progress, on time and measured by an indicator."""
    return Action.objects.filter(plan__slug="ofsted-2016", order=54).get()


if __name__ == "__main__":
    main(times=int(sys.argv[1]))

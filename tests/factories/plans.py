from datetime import date

import factory
from factory.django import DjangoModelFactory

from actionplan import models
from actionplan.enums import Priority

from .inspections import InspectionFactory, RecommendationFactory
from .people import PostFactory, ServiceFactory


class ActionPlanFactory(DjangoModelFactory):
    class Meta:
        model = models.ActionPlan

    slug = factory.Sequence(lambda n: f"plan-{n}")
    name = factory.Sequence(lambda n: f"Improvement plan {n}")
    inspection = factory.SubFactory(InspectionFactory)
    senior_responsible = factory.SubFactory(PostFactory)
    author = factory.SubFactory(PostFactory)
    board = "Transformation and Improvement Board"
    agreed_on = date(2017, 3, 1)


class ActionFactory(DjangoModelFactory):
    """In progress or not is said by its updates; `overdue` says that its date has passed."""

    class Meta:
        model = models.Action

    class Params:
        overdue = factory.Trait(original_due_on=date(2017, 5, 31), due_on=date(2017, 5, 31))
        moved = factory.Trait(original_due_on=date(2017, 6, 30), due_on=date(2017, 8, 31))

    plan = factory.SubFactory(ActionPlanFactory)
    recommendation = factory.SubFactory(
        RecommendationFactory, inspection=factory.SelfAttribute("..plan.inspection")
    )
    order = factory.Sequence(lambda n: n % 10_000 + 1)
    ref = factory.LazyAttribute(lambda action: f"{action.recommendation.number}.{action.order}")
    title = factory.LazyAttribute(lambda action: f"Do what action {action.ref} says")
    short_title = factory.LazyAttribute(lambda action: f"Action {action.ref}")
    why = "Inspectors found that children waited too long."
    outcome = "Children wait no longer than they should."
    measure = "Share of children seen in time, each month."
    owner = factory.SubFactory(PostFactory)
    service = factory.SubFactory(ServiceFactory)
    priority = Priority.HIGH
    starts_on = date(2017, 3, 1)
    original_due_on = date(2017, 9, 30)
    due_on = date(2017, 9, 30)


class MilestoneFactory(DjangoModelFactory):
    class Meta:
        model = models.Milestone

    class Params:
        overdue = factory.Trait(original_due_on=date(2017, 5, 31), due_on=date(2017, 5, 31))
        complete = factory.Trait(completed_on=date(2017, 6, 1))

    action = factory.SubFactory(ActionFactory)
    number = factory.Sequence(lambda n: n % 10_000 + 1)
    title = factory.LazyAttribute(lambda milestone: f"Step {milestone.number} taken")
    original_due_on = date(2017, 7, 31)
    due_on = date(2017, 7, 31)


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = models.Programme

    slug = factory.Sequence(lambda n: f"programme-{n}")
    name = factory.Sequence(lambda n: f"Innovation Programme {n}")


class StrandFactory(DjangoModelFactory):
    class Meta:
        model = models.Strand

    programme = factory.SubFactory(ProgrammeFactory)
    order = factory.Sequence(lambda n: n % 10_000 + 1)
    name = factory.Sequence(lambda n: f"Strand {n + 1}")
    what = "Personal advisers who stay with young people from 16."


class ProgrammeMilestoneFactory(DjangoModelFactory):
    """Open, and late on 27 June 2017."""

    class Meta:
        model = models.ProgrammeMilestone

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"Programme step {n + 1}")
    original_due_on = date(2017, 5, 31)
    due_on = date(2017, 5, 31)


class DependencyFactory(DjangoModelFactory):
    class Meta:
        model = models.Dependency

    action = factory.SubFactory(ActionFactory)
    on_programme = factory.SubFactory(ProgrammeFactory)
    what = "Funding confirmed for the second year"


class ReportingMonthFactory(DjangoModelFactory):
    class Meta:
        model = models.ReportingMonth

    plan = factory.SubFactory(ActionPlanFactory)
    month = date(2017, 6, 1)
    opens_on = date(2017, 6, 1)
    updates_due_on = date(2017, 6, 23)
    data_as_at = date(2017, 5, 31)
    board_on = date(2017, 6, 29)

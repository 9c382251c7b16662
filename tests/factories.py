"""Rows for tests: one factory a model, plain by default, with a trait for each state a test asks for by name.

Dates fit the demonstration’s today, 27 June 2017.
"""

from datetime import date
from decimal import Decimal

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from actionplan import models as plan
from actionplan.enums import DeliveryState, Finding, Grade, Impact, Priority, Rag, UpdateStatus
from havering_ofsted.models import User
from kpis import models as kpis
from kpis.enums import Frequency, Kind, Marker, Polarity, Unit

SOURCE = "Made up for a test"


class UserFactory(DjangoModelFactory):
    """`group` is the name of the one group the user belongs to."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@havering.example")
    job_title = factory.Sequence(lambda n: f"Team Manager {n}")
    password = factory.django.Password("a long enough password")

    @factory.post_generation
    def group(self, create, name):
        if name:
            self.groups.add(Group.objects.get_or_create(name=name)[0])


class ServiceFactory(DjangoModelFactory):
    class Meta:
        model = plan.Service

    name = factory.Sequence(lambda n: f"Service {n}")


class PostFactory(DjangoModelFactory):
    class Meta:
        model = plan.Post

    title = factory.Sequence(lambda n: f"Head of Service {n}")


class FrameworkFactory(DjangoModelFactory):
    class Meta:
        model = plan.Framework

    code = factory.Sequence(lambda n: f"framework-{n}")
    name = factory.Sequence(lambda n: f"Inspection framework {n}")
    source = SOURCE


class JudgementAreaFactory(DjangoModelFactory):
    class Meta:
        model = plan.JudgementArea

    framework = factory.SubFactory(FrameworkFactory)
    code = factory.Sequence(lambda n: f"area-{n}")
    name = factory.Sequence(lambda n: f"The experiences of children, area {n}")
    short_name = factory.Sequence(lambda n: f"Area {n}")
    order = factory.Sequence(int)
    source = SOURCE


class InspectionFactory(DjangoModelFactory):
    class Meta:
        model = plan.Inspection

    key = factory.Sequence(lambda n: f"inspection-{n}")
    framework = factory.SubFactory(FrameworkFactory)
    name = factory.Sequence(lambda n: f"Inspection {n} of children’s services")
    start = date(2016, 9, 12)
    end = date(2016, 10, 6)
    published_on = date(2016, 12, 2)
    source = SOURCE


class JudgementFactory(DjangoModelFactory):
    class Meta:
        model = plan.Judgement

    inspection = factory.SubFactory(InspectionFactory)
    area = factory.SubFactory(JudgementAreaFactory, framework=factory.SelfAttribute("..inspection.framework"))
    grade = Grade.REQUIRES_IMPROVEMENT
    source = SOURCE


class MonitoringVisitFactory(DjangoModelFactory):
    class Meta:
        model = plan.MonitoringVisit

    key = factory.Sequence(lambda n: f"visit-{n}")
    inspection = factory.SubFactory(InspectionFactory)
    name = factory.Sequence(lambda n: f"Monitoring visit {n}")
    start = date(2017, 3, 14)
    source = SOURCE


class PublishedOutcomeFactory(DjangoModelFactory):
    class Meta:
        model = plan.PublishedOutcome

    authority = factory.Sequence(lambda n: f"Authority {n}")
    round = 1
    published_on = date(2016, 12, 2)
    overall = Grade.REQUIRES_IMPROVEMENT
    source = SOURCE


class RecommendationFactory(DjangoModelFactory):
    class Meta:
        model = plan.Recommendation

    inspection = factory.SubFactory(InspectionFactory)
    number = factory.Sequence(lambda n: n + 1)
    short_title = factory.Sequence(lambda n: f"Recommendation {n + 1}")
    wording = "Ensure that every child is seen and heard."
    priority = Priority.HIGH
    source = SOURCE


class RecommendationParagraphFactory(DjangoModelFactory):
    class Meta:
        model = plan.RecommendationParagraph

    recommendation = factory.SubFactory(RecommendationFactory)
    area = factory.SubFactory(
        JudgementAreaFactory, framework=factory.SelfAttribute("..recommendation.inspection.framework")
    )
    paragraph = factory.Sequence(lambda n: n + 1)
    about = "Return home interviews"
    confidence = "certain"
    basis = "The paragraph repeats the recommendation’s words"
    source = SOURCE


class ActionPlanFactory(DjangoModelFactory):
    class Meta:
        model = plan.ActionPlan

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
        model = plan.Action

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
        model = plan.Milestone

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
        model = plan.Programme

    slug = factory.Sequence(lambda n: f"programme-{n}")
    name = factory.Sequence(lambda n: f"Innovation Programme {n}")


class DependencyFactory(DjangoModelFactory):
    class Meta:
        model = plan.Dependency

    action = factory.SubFactory(ActionFactory)
    on_programme = factory.SubFactory(ProgrammeFactory)
    what = "Funding confirmed for the second year"


class ProgressUpdateFactory(DjangoModelFactory):
    """Submitted on 22 June 2017, green and not yet checked, unless a trait says otherwise."""

    class Meta:
        model = plan.ProgressUpdate

    class Params:
        draft = factory.Trait(status=UpdateStatus.DRAFT, submitted_on=None)
        returned = factory.Trait(
            status=UpdateStatus.RETURNED,
            returned_on=date(2017, 6, 26),
            return_reason="Say how many children this is.",
            checked_by=factory.SubFactory(UserFactory),
        )
        accepted = factory.Trait(
            status=UpdateStatus.ACCEPTED,
            accepted_on=date(2017, 6, 26),
            checked_by=factory.SubFactory(UserFactory),
        )
        amber = factory.Trait(rag=Rag.AMBER, cause="Two workers left.", remedy="Both posts are advertised.")
        red = factory.Trait(rag=Rag.RED, cause="Two workers left.", remedy="Both posts are advertised.")
        delivered = factory.Trait(state=DeliveryState.DELIVERED, rag="")

    action = factory.SubFactory(ActionFactory)
    month = date(2017, 6, 1)
    state = DeliveryState.IN_PROGRESS
    rag = Rag.GREEN
    impact = Impact.EARLY
    done = "Nine of ten visits were made in time."
    difference = "Children say that they know whom to call."
    next_steps = "Visit the tenth."
    status = UpdateStatus.SUBMITTED
    submitted_on = date(2017, 6, 22)
    made_by = factory.SubFactory(UserFactory)


class DateChangeFactory(DjangoModelFactory):
    class Meta:
        model = plan.DateChange

    class Params:
        agreed = factory.Trait(
            agreed_by=factory.SubFactory(PostFactory),
            agreed_on=date(2017, 5, 25),
            agreed_at="Transformation and Improvement Board, 25 May 2017",
        )

    action = factory.SubFactory(ActionFactory)
    from_date = date(2017, 6, 30)
    to_date = date(2017, 8, 31)
    reason = "The new team starts in July."
    asked_on = date(2017, 5, 17)
    made_by = factory.SubFactory(UserFactory)


class AssuranceFactory(DjangoModelFactory):
    class Meta:
        model = plan.Assurance

    class Params:
        inadequate = factory.Trait(finding=Finding.NOT_ADEQUATE)

    action = factory.SubFactory(ActionFactory)
    finding = Finding.ADEQUATE
    summary = "Twelve files were read and eleven met the standard."
    assurer = factory.SubFactory(PostFactory)
    made_on = date(2017, 6, 26)
    made_by = factory.SubFactory(UserFactory)


class ReportingMonthFactory(DjangoModelFactory):
    class Meta:
        model = plan.ReportingMonth

    plan = factory.SubFactory(ActionPlanFactory)
    month = date(2017, 6, 1)
    opens_on = date(2017, 6, 1)
    updates_due_on = date(2017, 6, 23)
    data_as_at = date(2017, 5, 31)
    board_on = date(2017, 6, 29)


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = kpis.Area

    code = factory.Sequence(lambda n: f"area-{n}")
    name = factory.Sequence(lambda n: f"Borough {n}")
    kind = kpis.Area.Kind.AUTHORITY
    source = SOURCE


class NeighbourSetFactory(DjangoModelFactory):
    class Meta:
        model = kpis.NeighbourSet

    code = factory.Sequence(lambda n: f"neighbours-{n}")
    as_of = date(2016, 1, 1)
    source = SOURCE


class NeighbourSetMemberFactory(DjangoModelFactory):
    class Meta:
        model = kpis.NeighbourSetMember

    neighbour_set = factory.SubFactory(NeighbourSetFactory)
    area = factory.SubFactory(AreaFactory)
    rank = factory.Sequence(lambda n: n % 10 + 1)


class IndicatorFactory(DjangoModelFactory):
    """The council’s own monthly percentage, higher is better, unless a trait says otherwise."""

    class Meta:
        model = kpis.Indicator

    class Params:
        lower = factory.Trait(polarity=Polarity.LOWER)
        context = factory.Trait(polarity=Polarity.CONTEXT)
        dfe = factory.Trait(kind=Kind.DFE, frequency=Frequency.ANNUAL)

    code = factory.Sequence(lambda n: f"indicator-{n}")
    name = factory.Sequence(lambda n: f"Children seen in time, measure {n}")
    short_name = factory.Sequence(lambda n: f"Seen in time {n}")
    definition = "The share of children who were seen in time."
    unit = Unit.PERCENT
    polarity = Polarity.HIGHER
    frequency = Frequency.MONTHLY
    kind = Kind.COUNCIL
    source_system = "The case system"
    owner = "Performance and Information Manager"
    why = "A child who is seen in time is safer."
    source = SOURCE


class MeasurementFactory(DjangoModelFactory):
    """80 for May 2017; as `fraction`, 8 of 10 children; `withheld`, no value at all."""

    class Meta:
        model = kpis.Measurement

    class Params:
        fraction = factory.Trait(value=None, numerator=Decimal(8), denominator=Decimal(10))
        withheld = factory.Trait(value=None, marker=Marker.WITHHELD)

    indicator = factory.SubFactory(IndicatorFactory)
    start = date(2017, 5, 1)
    end = date(2017, 5, 31)
    value = Decimal(80)
    recorded_on = date(2017, 6, 9)
    source = SOURCE


class BaselineFactory(DjangoModelFactory):
    class Meta:
        model = kpis.Baseline

    indicator = factory.SubFactory(IndicatorFactory)
    start = date(2016, 4, 1)
    end = date(2016, 9, 30)
    value = Decimal(60)
    source = SOURCE


class TargetFactory(DjangoModelFactory):
    class Meta:
        model = kpis.Target

    indicator = factory.SubFactory(IndicatorFactory)
    by = date(2018, 3, 31)
    value = Decimal(90)
    tolerance = Decimal(5)
    source = SOURCE


class BenchmarkFactory(DjangoModelFactory):
    class Meta:
        model = kpis.Benchmark

    indicator = factory.SubFactory(IndicatorFactory, dfe=True)
    area = factory.SubFactory(AreaFactory)
    start = date(2016, 4, 1)
    end = date(2017, 3, 31)
    value = Decimal(70)
    source = SOURCE


FACTORIES = [each for each in DjangoModelFactory.__subclasses__() if each.__module__ == __name__]

"""What happened to an action: rows that are written once."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from actionplan import models
from actionplan.enums import DeliveryState, EvidenceSource, Finding, Impact, Rag, Stage, UpdateStatus

from .indicators import IndicatorFactory
from .people import PostFactory, UserFactory
from .plans import ActionFactory


class ProgressUpdateFactory(DjangoModelFactory):
    """Submitted on 22 June 2017, green and not yet checked, unless a trait says otherwise."""

    class Meta:
        model = models.ProgressUpdate

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
        model = models.DateChange

    class Params:
        agreed = factory.Trait(decided_by=factory.SubFactory(PostFactory), agreed_on=date(2017, 5, 25))
        refused = factory.Trait(
            decided_by=factory.SubFactory(PostFactory),
            refused_on=date(2017, 5, 25),
            refused_because="The work can be done in time with help from another team.",
        )

    action = factory.SubFactory(ActionFactory)
    from_date = date(2017, 6, 30)
    to_date = date(2017, 8, 31)
    reason = "The new team starts in July."
    asked_on = date(2017, 5, 17)
    made_by = factory.SubFactory(UserFactory)


class AssuranceFactory(DjangoModelFactory):
    class Meta:
        model = models.Assurance

    class Params:
        inadequate = factory.Trait(finding=Finding.NOT_ADEQUATE)
        early = factory.Trait(stage=Stage.EARLY)
        six_months = factory.Trait(stage=Stage.SIX_MONTHS)
        twelve_months = factory.Trait(stage=Stage.TWELVE_MONTHS)
        watch = factory.Trait(
            stage=Stage.WATCH,
            finding=Finding.NOT_ADEQUATE,
            assurer=None,
            made_by=None,
            indicator=factory.SubFactory(IndicatorFactory),
        )

    action = factory.SubFactory(ActionFactory)
    finding = Finding.ADEQUATE
    summary = "Twelve files were read and eleven met the standard."
    assurer = factory.SubFactory(PostFactory)
    made_on = date(2017, 6, 26)
    made_by = factory.SubFactory(UserFactory)


class EvidenceFactory(DjangoModelFactory):
    """A link, standing since 20 June 2017."""

    class Meta:
        model = models.Evidence

    class Params:
        withdrawn = factory.Trait(
            withdrawn_on=date(2017, 6, 22), withdrawn_because="It was about another team."
        )
        as_file = factory.Trait(
            link="",
            file=factory.django.FileField(data=b"Month,Seen\nMay,81\n"),
            name="visits.csv",
            size=18,
        )

    action = factory.SubFactory(ActionFactory)
    source = EvidenceSource.DATA
    title = factory.Sequence(lambda n: f"Return on visits {n + 1}")
    shows = "81 of 100 care leavers were seen within eight weeks, 17 more than in October."
    dated_on = date(2017, 5, 31)
    link = "https://intranet.havering.example/returns/visits"
    added_on = date(2017, 6, 20)
    made_by = factory.SubFactory(UserFactory)

from datetime import date
from hashlib import sha256

import factory
from factory.django import DjangoModelFactory

from actionplan import models
from actionplan.enums import FileKind, ReminderKind

from .indicators import IndicatorFactory
from .people import PostFactory, UserFactory
from .plans import ActionPlanFactory, ReportingMonthFactory


class BoardReportFactory(DjangoModelFactory):
    """The stamp of a frozen month alone; `reports.freezing` makes one with its files."""

    class Meta:
        model = models.BoardReport

    plan = factory.SubFactory(ActionPlanFactory)
    month = factory.SubFactory(ReportingMonthFactory, plan=factory.SelfAttribute("..plan"))
    version = 1
    on = date(2017, 6, 27)
    frozen_on = date(2017, 6, 27)
    frozen_by = factory.SubFactory(UserFactory)


class ReportFileFactory(DjangoModelFactory):
    class Meta:
        model = models.ReportFile

    report = factory.SubFactory(BoardReportFactory)
    kind = FileKind.JSON
    content = b"{}"
    size = factory.LazyAttribute(lambda file: len(file.content))
    sha256 = factory.LazyAttribute(lambda file: sha256(file.content).hexdigest())


class DraftCommentFactory(DjangoModelFactory):
    """Not yet answered."""

    class Meta:
        model = models.DraftComment

    class Params:
        answered = factory.Trait(
            answer="The sentence now says so.",
            answered_by=factory.SubFactory(UserFactory),
            answered_on=date(2017, 6, 27),
        )

    plan = factory.SubFactory(ActionPlanFactory)
    month = factory.SubFactory(ReportingMonthFactory, plan=factory.SelfAttribute("..plan"))
    part = "headline"
    text = "Say how many children this is about."
    made_by = factory.SubFactory(UserFactory)
    made_on = date(2017, 6, 26)


class SoWhatFactory(DjangoModelFactory):
    class Meta:
        model = models.SoWhat

    month = factory.SubFactory(ReportingMonthFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    text = "More children are seen in time."


class ReminderFactory(DjangoModelFactory):
    class Meta:
        model = models.Reminder

    month = factory.SubFactory(ReportingMonthFactory)
    person = factory.SubFactory(UserFactory)
    kind = ReminderKind.BEFORE
    sent_on = date(2017, 6, 20)
    actions = 1


class ScrutinyPaperFactory(DjangoModelFactory):
    class Meta:
        model = models.ScrutinyPaper

    plan = factory.SubFactory(ActionPlanFactory)
    month = factory.SubFactory(ReportingMonthFactory, plan=factory.SelfAttribute("..plan"))
    committee = "Children and Learning Overview and Scrutiny Sub-Committee"
    meets_on = date(2017, 7, 6)
    subject = "Ofsted Improvement"
    lead = factory.SubFactory(PostFactory)
    author = factory.SubFactory(PostFactory)

from datetime import date

import factory
from factory.django import DjangoModelFactory

from actionplan import models
from actionplan.enums import Grade, Priority

SOURCE = "Made up for a test"


class FrameworkFactory(DjangoModelFactory):
    class Meta:
        model = models.Framework

    code = factory.Sequence(lambda n: f"framework-{n}")
    name = factory.Sequence(lambda n: f"Inspection framework {n}")
    source = SOURCE


class JudgementAreaFactory(DjangoModelFactory):
    class Meta:
        model = models.JudgementArea

    framework = factory.SubFactory(FrameworkFactory)
    code = factory.Sequence(lambda n: f"area-{n}")
    name = factory.Sequence(lambda n: f"The experiences of children, area {n}")
    short_name = factory.Sequence(lambda n: f"Area {n}")
    order = factory.Sequence(int)
    source = SOURCE


class InspectionFactory(DjangoModelFactory):
    class Meta:
        model = models.Inspection

    key = factory.Sequence(lambda n: f"inspection-{n}")
    framework = factory.SubFactory(FrameworkFactory)
    name = factory.Sequence(lambda n: f"Inspection {n} of children’s services")
    start = date(2016, 9, 12)
    end = date(2016, 10, 6)
    published_on = date(2016, 12, 2)
    source = SOURCE


class AreaMappingFactory(DjangoModelFactory):
    class Meta:
        model = models.AreaMapping

    from_area = factory.SubFactory(JudgementAreaFactory)
    to_area = factory.SubFactory(JudgementAreaFactory)
    basis = "Both judge how well children are helped and protected."
    source = "Made for a test"


class JudgementFactory(DjangoModelFactory):
    class Meta:
        model = models.Judgement

    inspection = factory.SubFactory(InspectionFactory)
    area = factory.SubFactory(JudgementAreaFactory, framework=factory.SelfAttribute("..inspection.framework"))
    grade = Grade.REQUIRES_IMPROVEMENT
    source = SOURCE


class MonitoringVisitFactory(DjangoModelFactory):
    class Meta:
        model = models.MonitoringVisit

    key = factory.Sequence(lambda n: f"visit-{n}")
    inspection = factory.SubFactory(InspectionFactory)
    name = factory.Sequence(lambda n: f"Monitoring visit {n}")
    start = date(2017, 3, 14)
    source = SOURCE


class PublishedOutcomeFactory(DjangoModelFactory):
    class Meta:
        model = models.PublishedOutcome

    authority = factory.Sequence(lambda n: f"Authority {n}")
    round = 1
    published_on = date(2016, 12, 2)
    overall = Grade.REQUIRES_IMPROVEMENT
    source = SOURCE


class RecommendationFactory(DjangoModelFactory):
    class Meta:
        model = models.Recommendation

    inspection = factory.SubFactory(InspectionFactory)
    number = factory.Sequence(lambda n: n + 1)
    short_title = factory.Sequence(lambda n: f"Recommendation {n + 1}")
    wording = "Ensure that every child is seen and heard."
    priority = Priority.HIGH
    source = SOURCE


class RecommendationParagraphFactory(DjangoModelFactory):
    class Meta:
        model = models.RecommendationParagraph

    recommendation = factory.SubFactory(RecommendationFactory)
    area = factory.SubFactory(
        JudgementAreaFactory, framework=factory.SelfAttribute("..recommendation.inspection.framework")
    )
    paragraph = factory.Sequence(lambda n: n + 1)
    about = "Return home interviews"
    confidence = "certain"
    basis = "The paragraph repeats the recommendation’s words"
    source = SOURCE

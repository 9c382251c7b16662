from datetime import date, timedelta
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from kpis import models
from kpis.enums import Frequency, Kind, Marker, Polarity, RuleMethod, Unit
from kpis.periods import months_later

from .people import UserFactory

SOURCE = "Made up for a test"


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = models.Area

    code = factory.Sequence(lambda n: f"area-{n}")
    name = factory.Sequence(lambda n: f"Borough {n}")
    kind = models.Area.Kind.AUTHORITY
    source = SOURCE


class NeighbourSetFactory(DjangoModelFactory):
    class Meta:
        model = models.NeighbourSet

    code = factory.Sequence(lambda n: f"neighbours-{n}")
    as_of = date(2016, 1, 1)
    source = SOURCE


class NeighbourSetMemberFactory(DjangoModelFactory):
    class Meta:
        model = models.NeighbourSetMember

    neighbour_set = factory.SubFactory(NeighbourSetFactory)
    area = factory.SubFactory(AreaFactory)
    rank = factory.Sequence(lambda n: n % 10 + 1)


class IndicatorFactory(DjangoModelFactory):
    """The council’s own monthly percentage, higher is better, unless a trait says otherwise."""

    class Meta:
        model = models.Indicator

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
        model = models.Measurement

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
        model = models.Baseline

    indicator = factory.SubFactory(IndicatorFactory)
    start = date(2016, 4, 1)
    end = date(2016, 9, 30)
    value = Decimal(60)
    source = SOURCE


class TargetFactory(DjangoModelFactory):
    class Meta:
        model = models.Target

    indicator = factory.SubFactory(IndicatorFactory)
    by = date(2018, 3, 31)
    value = Decimal(90)
    tolerance = Decimal(5)
    source = SOURCE


class BenchmarkFactory(DjangoModelFactory):
    class Meta:
        model = models.Benchmark

    indicator = factory.SubFactory(IndicatorFactory, dfe=True)
    area = factory.SubFactory(AreaFactory)
    start = date(2016, 4, 1)
    end = date(2017, 3, 31)
    value = Decimal(70)
    recorded_on = factory.LazyAttribute(lambda row: months_later(row.end, 8))
    source = SOURCE


class RagRuleFactory(DjangoModelFactory):
    """The Board’s, with the tolerance of each target, from a day of its own."""

    class Meta:
        model = models.RagRule

    class Params:
        council = factory.Trait(body=models.RagRule.Body.COUNCIL)
        exact = factory.Trait(method=RuleMethod.EXACT)
        share_of_target = factory.Trait(method=RuleMethod.SHARE_OF_TARGET, percent=Decimal(10))
        narrative = factory.Trait(method=RuleMethod.TOLERANCE_OR_NARRATIVE)

    name = factory.Sequence(lambda n: f"Rule {n}")
    body = models.RagRule.Body.BOARD
    starts_on = factory.Sequence(lambda n: date(2016, 1, 1) + timedelta(days=n))
    method = RuleMethod.TOLERANCE
    source = SOURCE


class RebaseFactory(DjangoModelFactory):
    class Meta:
        model = models.Rebase

    indicator = factory.SubFactory(IndicatorFactory)
    starts_on = date(2017, 1, 1)
    reason = "A new form from January"
    agreed_on = date(2017, 1, 26)


class SourceMapFactory(DjangoModelFactory):
    class Meta:
        model = models.SourceMap

    name = factory.Sequence(lambda n: f"Monthly extract {n}")
    layout = factory.LazyFunction(lambda: {"sheet": "Data"})
    used_by = factory.SubFactory(UserFactory)


class UploadFactory(DjangoModelFactory):
    class Meta:
        model = models.Upload

    file_name = "figures.csv"
    content = b"indicator,period,value\n"
    made_by = factory.SubFactory(UserFactory)

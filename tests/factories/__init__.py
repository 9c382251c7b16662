"""Rows for tests: one factory a model, plain by default, with a trait for each state a test asks for by name.

Dates fit the demonstration’s today, 27 June 2017.
"""

from factory.django import DjangoModelFactory

from .events import AssuranceFactory, DateChangeFactory, EvidenceFactory, ProgressUpdateFactory
from .governance import (
    AttendanceFactory,
    ChallengeFactory,
    DecisionFactory,
    MeetingFactory,
    RiskFactory,
    RiskScoreFactory,
)
from .indicators import (
    AreaFactory,
    BaselineFactory,
    BenchmarkFactory,
    IndicatorFactory,
    MeasurementFactory,
    NeighbourSetFactory,
    NeighbourSetMemberFactory,
    RagRuleFactory,
    RebaseFactory,
    SourceMapFactory,
    TargetFactory,
    UploadFactory,
)
from .inspections import (
    AreaMappingFactory,
    FrameworkFactory,
    InspectionFactory,
    JudgementAreaFactory,
    JudgementFactory,
    MonitoringVisitFactory,
    PublishedOutcomeFactory,
    RecommendationFactory,
    RecommendationParagraphFactory,
)
from .people import PostFactory, ServiceFactory, UserFactory
from .plans import (
    ActionFactory,
    ActionPlanFactory,
    DependencyFactory,
    MilestoneFactory,
    ProgrammeFactory,
    ProgrammeMilestoneFactory,
    ReportingMonthFactory,
    StrandFactory,
)
from .reports import (
    BoardReportFactory,
    DraftCommentFactory,
    ReminderFactory,
    ReportFileFactory,
    ScrutinyPaperFactory,
    SoWhatFactory,
)

__all__ = [
    "FACTORIES",
    "ActionFactory",
    "ActionPlanFactory",
    "AreaFactory",
    "AreaMappingFactory",
    "AssuranceFactory",
    "AttendanceFactory",
    "BaselineFactory",
    "BenchmarkFactory",
    "BoardReportFactory",
    "ChallengeFactory",
    "DateChangeFactory",
    "DecisionFactory",
    "DependencyFactory",
    "DraftCommentFactory",
    "EvidenceFactory",
    "FrameworkFactory",
    "IndicatorFactory",
    "InspectionFactory",
    "JudgementAreaFactory",
    "JudgementFactory",
    "MeasurementFactory",
    "MeetingFactory",
    "MilestoneFactory",
    "MonitoringVisitFactory",
    "NeighbourSetFactory",
    "NeighbourSetMemberFactory",
    "PostFactory",
    "ProgrammeFactory",
    "ProgrammeMilestoneFactory",
    "ProgressUpdateFactory",
    "PublishedOutcomeFactory",
    "RagRuleFactory",
    "RebaseFactory",
    "RecommendationFactory",
    "RecommendationParagraphFactory",
    "ReminderFactory",
    "ReportFileFactory",
    "ReportingMonthFactory",
    "RiskFactory",
    "RiskScoreFactory",
    "ScrutinyPaperFactory",
    "ServiceFactory",
    "SoWhatFactory",
    "SourceMapFactory",
    "StrandFactory",
    "TargetFactory",
    "UploadFactory",
    "UserFactory",
]

FACTORIES = [each for each in DjangoModelFactory.__subclasses__() if each.__module__.startswith(__name__)]

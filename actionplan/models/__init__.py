from .action import Action
from .assurance import Assurance
from .date_change import DateChange
from .dependency import Dependency, Programme
from .framework import Framework, JudgementArea
from .inspection import Inspection, Judgement, MonitoringVisit
from .milestone import Milestone
from .plan import ActionPlan
from .post import Post, Service
from .progress_update import ProgressUpdate
from .published_outcome import PublishedOutcome
from .recommendation import Recommendation, RecommendationParagraph
from .reporting_month import ReportingMonth

__all__ = [
    "Action",
    "ActionPlan",
    "Assurance",
    "DateChange",
    "Dependency",
    "Framework",
    "Inspection",
    "Judgement",
    "JudgementArea",
    "Milestone",
    "MonitoringVisit",
    "Post",
    "Programme",
    "ProgressUpdate",
    "PublishedOutcome",
    "Recommendation",
    "RecommendationParagraph",
    "ReportingMonth",
    "Service",
]

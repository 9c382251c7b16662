from .action import Action
from .assurance import Assurance
from .challenge import Challenge
from .date_change import DateChange
from .decision import Decision
from .dependency import Dependency, Programme
from .framework import Framework, JudgementArea
from .inspection import Inspection, Judgement, MonitoringVisit
from .meeting import Attendance, Meeting
from .milestone import Milestone
from .plan import ActionPlan
from .post import Post, Service
from .progress_update import ProgressUpdate
from .published_outcome import PublishedOutcome
from .recommendation import Recommendation, RecommendationParagraph
from .reporting_month import ReportingMonth
from .risk import Risk, RiskScore

__all__ = [
    "Action",
    "ActionPlan",
    "Assurance",
    "Attendance",
    "Challenge",
    "DateChange",
    "Decision",
    "Dependency",
    "Framework",
    "Inspection",
    "Judgement",
    "JudgementArea",
    "Meeting",
    "Milestone",
    "MonitoringVisit",
    "Post",
    "Programme",
    "ProgressUpdate",
    "PublishedOutcome",
    "Recommendation",
    "RecommendationParagraph",
    "ReportingMonth",
    "Risk",
    "RiskScore",
    "Service",
]

from .action import Action
from .assurance import Assurance
from .board_report import BoardReport, ReportFile
from .challenge import Challenge
from .date_change import DateChange
from .decision import Decision
from .dependency import Dependency
from .draft_comment import DraftComment
from .evidence import Evidence
from .framework import AreaMapping, Framework, JudgementArea
from .inspection import Inspection, Judgement, MonitoringVisit
from .meeting import Attendance, Meeting
from .milestone import Milestone
from .plan import ActionPlan
from .post import Post, Service
from .programme import Programme, ProgrammeMilestone, Strand
from .progress_update import ProgressUpdate
from .published_outcome import PublishedOutcome
from .recommendation import Recommendation, RecommendationParagraph
from .reminder import Reminder
from .reporting_month import ReportingMonth
from .risk import Risk, RiskScore
from .scrutiny_paper import ScrutinyPaper
from .so_what import SoWhat

__all__ = [
    "Action",
    "ActionPlan",
    "AreaMapping",
    "Assurance",
    "Attendance",
    "BoardReport",
    "Challenge",
    "DateChange",
    "Decision",
    "Dependency",
    "DraftComment",
    "Evidence",
    "Framework",
    "Inspection",
    "Judgement",
    "JudgementArea",
    "Meeting",
    "Milestone",
    "MonitoringVisit",
    "Post",
    "Programme",
    "ProgrammeMilestone",
    "ProgressUpdate",
    "PublishedOutcome",
    "Recommendation",
    "RecommendationParagraph",
    "Reminder",
    "ReportFile",
    "ReportingMonth",
    "Risk",
    "RiskScore",
    "ScrutinyPaper",
    "Service",
    "SoWhat",
    "Strand",
]

"""The words of the plan. Each value's label is what people read on screen."""

from django.db.models import IntegerChoices, TextChoices


class Grade(TextChoices):
    """Ofsted's grades. "Adequate" was printed until 2013 and is not the same as today's third grade."""

    OUTSTANDING = "outstanding", "Outstanding"
    GOOD = "good", "Good"
    REQUIRES_IMPROVEMENT = "requires_improvement", "Requires improvement"
    ADEQUATE = "adequate", "Adequate"
    INADEQUATE = "inadequate", "Inadequate"


class Priority(TextChoices):
    CRITICAL = "critical", "Critical"
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"


class DeliveryState(TextChoices):
    """What has been done. Assured and embedded are reached through an assurance, never by the owner's word."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    DELIVERED = "delivered", "Delivered, awaiting assurance"
    ASSURED = "assured", "Assured"
    EMBEDDED = "embedded", "Embedded"
    SUPERSEDED = "superseded", "Superseded"


class Rag(TextChoices):
    """The colour of work in progress, worst first."""

    RED = "red", "Red"
    AMBER = "amber", "Amber"
    GREEN = "green", "Green"


class Impact(TextChoices):
    """What the work has changed for children, as far as the evidence goes."""

    NONE = "none", "None yet"
    EARLY = "early", "Early signs"
    EVIDENCED = "evidenced", "Evidenced"
    SUSTAINED = "sustained", "Sustained"
    NOT_ACHIEVED = "not_achieved", "Not achieved"


class UpdateStatus(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted, not yet checked"
    RETURNED = "returned", "Returned"
    ACCEPTED = "accepted", "Accepted"


class Finding(TextChoices):
    ADEQUATE = "adequate", "Adequate"
    NOT_ADEQUATE = "not_adequate", "Not adequate"


class Stage(TextChoices):
    """Which check it was. The way to embedded is the first, then one at six and one at twelve months."""

    FIRST = "first", "First check"
    EARLY = "early", "Early re-check"
    SIX_MONTHS = "six_months", "Re-check at six months"
    TWELVE_MONTHS = "twelve_months", "Re-check at twelve months"
    WATCH = "watch", "Relapse watch"


class EvidenceSource(TextChoices):
    """Where evidence comes from. What several of them show together is more than one can."""

    DATA = "data", "Data"
    AUDIT = "audit", "Audit of practice"
    VOICE = "voice", "Child’s or family’s voice"
    STAFF = "staff", "Staff or partner"
    EXTERNAL = "external", "External"


class DatePrecision(TextChoices):
    """Some published dates are known to the month only."""

    DAY = "day", "day"
    MONTH = "month", "month"


class MonthState(TextChoices):
    OPEN = "open", "Open"
    CHECKING = "checking", "Checking"
    FROZEN = "frozen", "Frozen"


class FileKind(TextChoices):
    """The files of a month's report. Each value is also the ending of its name."""

    JSON = "json", "Plain data (JSON)"
    HTML = "html", "Web page (HTML)"
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word document"
    XLSX = "xlsx", "Excel workbook"


class ReminderKind(TextChoices):
    """When a reminder went out, seen from the day on which updates are due."""

    BEFORE = "before", "Before the due date"
    ON = "on", "On the due date"
    AFTER = "after", "After the due date"


class RiskKind(TextChoices):
    """A risk may happen; an issue has."""

    RISK = "risk", "Risk"
    ISSUE = "issue", "Issue"


class Likelihood(IntegerChoices):
    RARE = 1, "Rare"
    UNLIKELY = 2, "Unlikely"
    POSSIBLE = 3, "Possible"
    LIKELY = 4, "Likely"
    ALMOST_CERTAIN = 5, "Almost certain"


class RiskImpact(IntegerChoices):
    """How much it would mean for children."""

    VERY_SMALL = 1, "Very small"
    SMALL = 2, "Small"
    MEDIUM = 3, "Medium"
    LARGE = 4, "Large"
    VERY_LARGE = 5, "Very large"


class RiskLevel(TextChoices):
    """The word for a score, which is likelihood times impact; `actionplan.risks` says from where to where."""

    LOW = "low", "Low"
    MODERATE = "moderate", "Moderate"
    HIGH = "high", "High"
    SEVERE = "severe", "Severe"


class Movement(TextChoices):
    """Which way a score went: up is graver."""

    UP = "up", "Up"
    DOWN = "down", "Down"
    SAME = "same", "Same"
    NEW = "new", "New"


class Body(TextChoices):
    """Who meets about the plan, and who asks questions of the council."""

    BOARD = "board", "Transformation and Improvement Board"
    SCRUTINY = "scrutiny", "Overview and Scrutiny Sub-Committee"
    SAFEGUARDING_BOARD = "safeguarding_board", "Havering Safeguarding Children Board"
    PARENTING_BOARD = "parenting_board", "Corporate Parenting Board"
    OFSTED = "ofsted", "Ofsted"


class Attendance(TextChoices):
    PRESENT = "present", "Present"
    DEPUTY = "deputy", "Sent a deputy"
    APOLOGIES = "apologies", "Sent apologies"
    ABSENT = "absent", "Absent"


class Verdict(TextChoices):
    """What figures say of a claim. Only a signal shows one: two figures that differ may do so by chance."""

    SHOWN = "shown", "Shown"
    NOT_SHOWN = "not_shown", "Not shown"
    UNCLEAR = "unclear", "Cannot be told yet"


class Readiness(TextChoices):
    """Whether an area can be shown to inspectors as it stands."""

    READY = "ready", "Ready to show"
    NOT_YET = "not_yet", "Not ready yet"
    NOTHING = "nothing", "Nothing to show"

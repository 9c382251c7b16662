from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from actionplan.enums import FileKind

from .plan import ActionPlan
from .reporting_month import ReportingMonth


class BoardReportQuerySet(models.QuerySet):
    def newest_of(self, plan, month):
        """The version that stands; None while the month is live."""
        return self.filter(plan=plan, month=month).order_by("-version").first()


class BoardReport(models.Model):
    """A month of a plan as it was frozen. Triggers in the database refuse to change or delete it: see `unchangeable`.

    A correction is the next version, of all plans that share the month, with its reason. Every version stays readable.
    """

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="board_reports")
    month = models.ForeignKey(ReportingMonth, models.PROTECT, related_name="board_reports")
    version = models.PositiveSmallIntegerField()
    on = models.DateField("as things stood on")
    frozen_on = models.DateField("frozen")
    frozen_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reports_frozen")
    reason = models.TextField("why it was issued again", blank=True)
    is_sample = models.BooleanField("sample data", default=False)

    objects = BoardReportQuerySet.as_manager()

    class Meta:
        ordering = ["-month__month", "plan_id", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "month", "version"],
                name="actionplan_report_version_once",
                violation_error_message="This version exists already",
            ),
            models.CheckConstraint(
                condition=Q(version=1, reason="") | Q(version__gt=1) & ~Q(reason=""),
                name="actionplan_report_reissue_has_reason",
                violation_error_message="Say why the month is issued again",
            ),
        ]

    def __str__(self):
        return f"{self.month}, version {self.version}"


class ReportFileManager(models.Manager):
    def keep(self, *, report, kind, content):
        """Store rendered bytes with the hash by which anybody can tell that they are still the same."""
        return self.create(
            report=report, kind=kind, content=content, size=len(content), sha256=sha256(content).hexdigest()
        )


class ReportFile(models.Model):
    """One file of a frozen month, byte for byte. The JSON is the report; the others were drawn from it."""

    report = models.ForeignKey(BoardReport, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=5, choices=FileKind.choices)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField("SHA-256", max_length=64)

    objects = ReportFileManager()

    class Meta:
        ordering = ["report_id", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "kind"],
                name="actionplan_report_file_once",
                violation_error_message="This report has such a file already",
            )
        ]

    def __str__(self):
        return f"{self.report}, {self.get_kind_display()}"

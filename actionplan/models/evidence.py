from django.conf import settings
from django.core.files.storage import storages
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from actionplan.enums import EvidenceSource
from kpis.models.versioned import Versioned, VersionedQuerySet

from .action import Action


def evidence_storage():
    """Named by a function, so that no migration holds a folder of one machine."""
    return storages["evidence"]


class EvidenceQuerySet(VersionedQuerySet):
    def standing_on(self, day):
        """Added by the end of `day` and not withdrawn by then."""
        return self.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=day), added_on__lte=day)


class Evidence(Versioned):
    """A file or a link that shows what an action changed for children. It is never edited: what is wrong is withdrawn.

    Files stand outside everything the web server serves, under names of our own; `name` is what people called them.
    """

    action = models.ForeignKey(Action, models.PROTECT, related_name="evidence")
    source = models.CharField("where it comes from", max_length=10, choices=EvidenceSource.choices)
    title = models.CharField("what it is", max_length=120)
    shows = models.TextField("what it shows")
    dated_on = models.DateField("date of the evidence")
    link = models.CharField(max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])])
    file = models.FileField(storage=evidence_storage, max_length=100, blank=True)
    name = models.CharField("name of the file", max_length=150, blank=True)
    size = models.PositiveIntegerField("bytes", null=True, blank=True)
    sha256 = models.CharField("SHA-256 of the file", max_length=64, blank=True)
    is_vouched_for = models.BooleanField(
        "looked like a child’s record, and its adder says that it is none", default=False
    )
    added_on = models.DateField("added")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="added by"
    )
    made_at = models.DateTimeField("recorded", default=timezone.now, editable=False)
    withdrawn_on = models.DateField("withdrawn", null=True, blank=True)
    withdrawn_because = models.TextField("why it was withdrawn", blank=True)
    is_sample = models.BooleanField("sample data", default=False)

    objects = EvidenceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-dated_on", "-pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(link="") & ~Q(file="") | ~Q(link="") & Q(file=""),
                name="actionplan_evidence_file_or_link",
                violation_error_message="Give either a file or a link",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_because="")
                | Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because=""),
                name="actionplan_evidence_withdrawn_with_reason",
                violation_error_message="Say why the evidence is withdrawn",
            ),
        ]

    def __str__(self):
        return self.title

from django.conf import settings
from django.db import models


class SourceMap(models.Model):
    """How the files of one source are read: which sheet, heading and column means what, for the next one too."""

    name = models.CharField("source", max_length=150, unique=True)
    layout = models.JSONField()
    used_at = models.DateTimeField(auto_now=True)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

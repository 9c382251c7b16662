from django.conf import settings
from django.db import models
from django.utils import timezone


class Upload(models.Model):
    """A file on its way in: kept between the pages of an import, deleted when it is done or given up.

    It stands in the database because the next page may be answered by another process or machine.
    """

    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    layout = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["-made_at"]

    def __str__(self):
        return self.file_name

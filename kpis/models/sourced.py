from django.db import models


class Sourced(models.Model):
    """A fact that says where it comes from. Sample rows say so: they are never mixed silently with real ones."""

    source = models.CharField(max_length=500)
    is_sample = models.BooleanField("sample data", default=False)

    class Meta:
        abstract = True

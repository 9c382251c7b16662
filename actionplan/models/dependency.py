from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from kpis.models.versioned import Versioned, VersionedQuerySet

from .action import Action
from .milestone import Milestone
from .programme import Programme, ProgrammeMilestone

THINGS = ("on_action", "on_milestone", "on_programme", "on_programme_milestone")


def _exactly_one() -> Q:
    """One of the things that an action may lean on is named, and the others are not."""
    only = (Q(**{f"{other}__isnull": other != thing for other in THINGS}) for thing in THINGS)
    whole = Q()
    for each in only:
        whole |= each
    return whole


class DependencyQuerySet(VersionedQuerySet):
    def standing(self, day):
        """Those that stood at the end of `day`: added by then, and not removed."""
        return self.filter(
            Q(added_on=None) | Q(added_on__lte=day), Q(removed_on=None) | Q(removed_on__gt=day)
        )


class Dependency(Versioned):
    """What an action needs, and by when: from another action or its milestone, from a programme or its milestone.

    One without `added_on` has been in the plan from its start. One that was removed stays on the pages of the days
    when it stood; its words and its date are written over, so they are known of today only.
    """

    action = models.ForeignKey(Action, models.CASCADE, related_name="dependencies")
    on_action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="dependents")
    on_milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="dependents"
    )
    on_programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="dependents"
    )
    on_programme_milestone = models.ForeignKey(
        ProgrammeMilestone, models.PROTECT, null=True, blank=True, related_name="dependents"
    )
    what = models.CharField("what is needed", max_length=250)
    needed_by = models.DateField(null=True, blank=True)
    added_on = models.DateField("added", null=True, blank=True, editable=False)
    removed_on = models.DateField("no longer needed since", null=True, blank=True)
    is_sample = models.BooleanField("sample data", default=False)

    objects = DependencyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["action_id", "needed_by", "pk"]
        verbose_name_plural = "dependencies"
        constraints = [
            models.CheckConstraint(
                condition=_exactly_one(),
                name="actionplan_dependency_on_exactly_one",
                violation_error_message="Choose one action, milestone or programme",
            ),
            models.CheckConstraint(
                condition=Q(on_action__isnull=True) | ~Q(action=F("on_action")),
                name="actionplan_dependency_not_on_itself",
                violation_error_message="An action cannot depend on itself",
            ),
            models.CheckConstraint(
                condition=Q(removed_on=None) | Q(added_on=None) | Q(removed_on__gte=F("added_on")),
                name="actionplan_dependency_removed_after_added",
                violation_error_message="The day it was removed must be the day it was added, or later",
            ),
        ]

    def __str__(self):
        return f"{self.action.ref} needs {self.on}"

    @property
    def on(self):
        """What is leaned on, whichever of the four it is."""
        return self.on_action or self.on_milestone or self.on_programme or self.on_programme_milestone

"""What the Administrator group may do in Django admin. Rows that are facts of what happened are read-only there."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission

from actionplan.permissions import ADMINISTRATOR

OURS = ["havering_ofsted", "actionplan", "kpis"]


def give_administrators_their_permissions() -> None:
    """Every permission on the project's own models; each admin class narrows what may be changed."""
    labels = [config.label for config in apps.get_app_configs() if config.label in OURS]
    permissions = Permission.objects.filter(content_type__app_label__in=labels)
    Group.objects.get(name=ADMINISTRATOR).permissions.set(permissions)

"""Who wants to know that figures came in.

kpis stands below the plan and imports nothing of it: `settings.KPIS_FIGURES_CAME_IN` names the function that is told.
"""

from collections.abc import Collection

from django.conf import settings
from django.utils.module_loading import import_string

from kpis.models import Indicator


def figures_came_in(indicators: Collection[Indicator]) -> None:
    """Tell that these indicators have new figures. It happens in the transaction that writes them."""
    import_string(settings.KPIS_FIGURES_CAME_IN)(indicators)

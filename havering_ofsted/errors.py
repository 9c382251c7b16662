"""The page for a fault of ours. It says nothing of what went wrong; the log does, under the same reference."""

import logging
import secrets

from django.http import HttpResponseServerError
from django.template import loader

logger = logging.getLogger(__name__)


def server_error(request):
    """Drawn without context, user or database: any of them may be what is broken."""
    reference = secrets.token_hex(4)
    user = getattr(request, "_cached_user", None)  # known already, or not asked for
    logger.error("Reference %s: %s %a, user %s", reference, request.method, request.path, user and user.pk)
    return HttpResponseServerError(loader.render_to_string("500.html", {"reference": reference}))

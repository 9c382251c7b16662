from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpResponse


def home(request):
    raise Http404


@login_not_required
def health(request):
    """Alive, and the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")

"""One of several processes that write to one action as fast as they can; tests/test_concurrency.py starts them.

Arguments: database name, primary key of the action, how many edits to try. It says "ready", waits for a line, and
ends with the marks of its accepted edits as JSON. Each edit reads what is stored and adds one to it, so an edit that
was silently overwritten is missing from the final sum.
"""

import json
import os
import sys
from contextlib import suppress
from datetime import date
from uuid import uuid4

import django
from django.conf import settings

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()

from actionplan.changes import progress  # noqa: E402
from actionplan.changes.progress import Words  # noqa: E402
from actionplan.models import Action  # noqa: E402
from havering_ofsted.models import User  # noqa: E402
from kpis.models import StaleEdit  # noqa: E402


def main(pk, edits):
    by, accepted = User.objects.get(), []
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(edits):
        action = Action.objects.get(pk=pk)
        stored = action.updates.first()
        total = int(stored.done.split()[0]) if stored else 0
        mark = f"{os.getpid()}-{number}"
        with suppress(StaleEdit):
            progress.save_draft(
                action=action,
                version=action.version,
                form_id=uuid4(),
                month=date(2017, 6, 1),
                words=Words(done=f"{total + 1} {mark}"),
                by=by,
            )
            accepted.append(mark)
    print(json.dumps(accepted))


if __name__ == "__main__":
    main(pk=int(sys.argv[2]), edits=int(sys.argv[3]))

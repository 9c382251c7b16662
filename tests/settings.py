"""The live settings at the demonstration’s date, with a made-up secret and nothing slow that no test reads.

DATABASE_URL chooses the database; without it the tests run on an SQLite file of their own.
"""

import os
import tempfile

os.environ["SECRET_KEY"] = "made-up-for-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz"
os.environ["DEBUG"] = "0"
os.environ["DEMO"] = "1"  # plain http on loopback, and leave to pin the date
os.environ["OFSTED_TODAY"] = "2017-06-27"
for name in (
    "ALLOWED_HOSTS",
    "BASE_URL",
    "EMAIL_URL",
    "CACHE_URL",
    "CHART_CACHE_URL",
    "EVIDENCE_DIR",
    "EVIDENCE_MAX_MEGABYTES",
    "HOST",
    "BEHIND_TLS_PROXY",
    "MARKING",
    "WORD_TEMPLATE",
):
    os.environ.pop(name, None)  # the developer's own surroundings change no result

from havering_ofsted.settings import *  # noqa: E402, F403
from havering_ofsted.settings import CACHES, DATABASES, LOGGING, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: writers of several processes contend for it as they do in the real one.
    DATABASES["default"]["TEST"] = {
        "NAME": os.path.join(tempfile.gettempdir(), f"havering-ofsted-tests-{os.getpid()}.sqlite3")
    }

CACHES["charts"] |= {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "charts"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# Style sheets straight from their folders, so that no test waits for collectstatic.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES["evidence"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Tests ask for hundreds of pages that are refused: to write down how takes longer than to refuse.
LOGGING["loggers"] = {"django.request": {"level": "ERROR"}}

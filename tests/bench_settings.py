"""The settings of the demonstration, with one more address: the floor that pages are measured against."""

import os

from havering_ofsted.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench_urls"
STATIC_ROOT = os.environ["BENCH_STATIC_ROOT"]

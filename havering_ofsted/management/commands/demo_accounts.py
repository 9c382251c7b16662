import os
import secrets

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from simple_history.utils import update_change_reason

from havering_ofsted.models import User

FOLDER = settings.BASE_DIR / ".demo"
ACCOUNTS = {
    "officer@havering.example": "posts updates on the actions of the Head of Leaving Care",
    "manager@havering.example": "runs the improvement team",
    "board@havering.example": "reads for the Board",
    "assurer@havering.example": "checks delivered actions",
    "admin@havering.example": "keeps people, owners and dates in the admin site",
}

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

import kpis.reference
from actionplan.permissions import ADMINISTRATOR
from actionplan.sample import plan as sample_plan
from actionplan.sample.frozen import freeze_past_months
from kpis.tables import BrokenRow


class Command(BaseCommand):
    help = "Load the sample plan, for demonstrations only. What is there already stays as it is."

    def add_arguments(self, parser):
        parser.add_argument(
            "--freeze", action="store_true", help="also freeze the months whose Board has met"
        )

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError(
                "The sample plan is for demonstrations only: set DEMO=1. A live service never loads it."
            )
        try:
            with transaction.atomic():
                loaded = sample_plan.load_sample()
                if loaded:
                    kpis.reference.load_sample()
                    self._accounts()
        except (BrokenRow, sample_plan.BrokenSample) as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write("The sample plan is loaded." if loaded else "The sample plan is there already.")
        if options["freeze"]:
            freeze_past_months()

    def _accounts(self):
        """The accounts people sign in with, in their groups; without a password yet."""
        people = get_user_model().objects
        for row in sample_plan.accounts():
            user = people.filter(email=row["email"]).first() or people.create_user(row["email"])
            user.job_title = row["job_title"]
            user.is_staff = ADMINISTRATOR in row["groups"]
            user.save(update_fields=["job_title", "is_staff"])
            user.groups.set(Group.objects.filter(name__in=row["groups"]))

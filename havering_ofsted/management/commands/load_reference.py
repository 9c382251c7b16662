from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

import actionplan.reference
import kpis.reference
from actionplan.permissions import GROUPS
from havering_ofsted.administrators import give_administrators_their_permissions
from kpis.tables import BrokenRow


class Command(BaseCommand):
    help = "Load the published facts: inspections, recommendations, indicators, benchmarks. Safe to repeat."

    def handle(self, *args, **options):
        try:
            with transaction.atomic():
                for name in GROUPS:
                    Group.objects.get_or_create(name=name)
                give_administrators_their_permissions()
                actionplan.reference.load_reference()
                kpis.reference.load_reference()
        except BrokenRow as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write("Published facts are loaded.")

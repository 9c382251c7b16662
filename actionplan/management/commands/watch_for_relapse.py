from django.core.management.base import BaseCommand
from django.db import transaction

from actionplan.assurance.watch import look


class Command(BaseCommand):
    help = "Reopen assured work whose indicators got worse. Figures that people record are watched as they come in."

    def handle(self, *args, **options):
        with transaction.atomic():
            found = look()
        for each in found:
            self.stdout.write(f"{each.action.ref} is reopened. {each.summary}")
        if not found:
            self.stdout.write("No assured work has relapsed.")

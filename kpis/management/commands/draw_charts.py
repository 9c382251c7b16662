from django.core.management.base import BaseCommand

from kpis.charted import warm
from kpis.models import Indicator


class Command(BaseCommand):
    help = "Draw the charts that are not drawn yet, so that no reader waits for one. Safe to repeat."

    def handle(self, *args, **options):
        warm(Indicator.objects.all())
        self.stdout.write("The charts are drawn.")

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from actionplan.changes.freezing import AlreadyFrozen
from actionplan.models import ActionPlan, ReportingMonth
from actionplan.reports import freezing
from kpis.models import StaleEdit
from kpis.periods import parse_month


class Command(BaseCommand):
    help = "Freeze the month of a plan and of those beneath it, as the page does."

    def add_arguments(self, parser):
        parser.add_argument("--plan", required=True, help="such as ofsted-2016")
        parser.add_argument("--month", required=True, help="such as 2017-06")
        parser.add_argument("--by", required=True, help="the e-mail address of the person who freezes it")
        parser.add_argument("--with-gaps", action="store_true", help="name what is missing in the report")

    def handle(self, *args, plan, month, by, with_gaps, **options):
        person = get_user_model().objects.filter(email=by, is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody signs in as {by}.")
        found = _month(plan, month)
        try:
            reports = self._freeze(found, person, with_gaps)
        except AlreadyFrozen:
            raise CommandError(f"{found} is frozen already.") from None
        except StaleEdit:
            raise CommandError(f"Somebody changed {found} just now. Try again.") from None
        self.stdout.write(f"{found} is frozen as version 1: {', '.join(str(each.plan) for each in reports)}.")

    def _freeze(self, month, person, with_gaps):
        try:
            return freezing.freeze(month=month, version=month.version, accepted=(), by=person)
        except freezing.Incomplete as incomplete:
            words = [gap.words for gap in incomplete.gaps]
        self.stderr.write("\n".join(words))
        if not with_gaps:
            raise CommandError("Nothing is frozen. Mend what is missing, or say --with-gaps.")
        try:
            return freezing.freeze(month=month, version=month.version, accepted=words, by=person)
        except freezing.Incomplete:
            raise CommandError("Something else is missing now. Nothing is frozen. Try again.") from None


def _month(slug, text):
    try:
        first = parse_month(text)
    except ValueError:
        raise CommandError("Give the month as 2017-06.") from None
    plan = ActionPlan.objects.filter(slug=slug).first()
    if plan is None or plan.parent_id:
        raise CommandError(f"{slug} is not a whole plan.")
    month = ReportingMonth.objects.filter(plan=plan, month=first).first()
    if month is None:
        raise CommandError(f"{text} has not been opened.")
    return month

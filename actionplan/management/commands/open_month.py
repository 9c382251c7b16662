from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from actionplan.changes.months import AlreadyOpened, NotOpened, WrongDates, open_month
from actionplan.models import ActionPlan
from actionplan.rhythm import Dates, follow
from kpis.periods import day_words, months_later, parse_month

ASKED = {
    "opens_on": ("--opens", "opens"),
    "updates_due_on": ("--updates-due", "updates due by"),
    "data_as_at": ("--data-as-at", "indicators as at"),
    "comments_by": ("--comments-by", "comments by"),
    "board_on": ("--board", "the Board meets"),
}


class Command(BaseCommand):
    help = "Open a month of a plan. Dates that are not given follow those of the last month."

    def add_arguments(self, parser):
        parser.add_argument("--plan", required=True, help="such as ofsted-2016")
        parser.add_argument("--month", metavar="YYYY-MM", help="the one after the last unless given")
        parser.add_argument("--dry-run", action="store_true", help="say the dates, and open nothing")
        for name, (option, words) in ASKED.items():
            parser.add_argument(option, dest=name, type=date.fromisoformat, metavar="YYYY-MM-DD", help=words)

    def handle(self, plan, month, dry_run, **options):
        plan = ActionPlan.objects.filter(slug=plan).first()
        if plan is None:
            raise CommandError("There is no such plan.")
        if plan.parent_id:
            raise CommandError("A plan beneath another shares the months of the whole plan.")
        last = plan.months.order_by("month").last()
        month = self._month(month, last)
        given = {name: options[name] for name in ASKED if options[name]}
        proposed = {}
        if last:
            proposed = vars(follow(Dates.of(last), last.month, month, board_on=given.get("board_on")))
        missing = [ASKED[name][0] for name in ASKED if name not in proposed | given]
        if missing:
            raise CommandError(f"There is no month to follow yet. Give {', '.join(missing)}.")
        try:
            with transaction.atomic():
                opened = open_month(plan=plan, month=month, dates=Dates(**proposed | given), by=None)
                transaction.set_rollback(dry_run)
        except (AlreadyOpened, NotOpened, WrongDates) as error:
            raise CommandError(str(error)) from error
        days = [f"{words} {day_words(getattr(opened, name))}" for name, (_, words) in ASKED.items()]
        self.stdout.write(f"{opened} of the {plan}: {', '.join(days)}.")
        if dry_run:
            self.stdout.write("Nothing was opened.")

    def _month(self, text, last):
        if not text and last is None:
            raise CommandError("There is no month to follow yet. Give --month.")
        try:
            return parse_month(text) if text else months_later(last.month, 1)
        except ValueError as error:
            raise CommandError("--month is written 2017-08.") from error

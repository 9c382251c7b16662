from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from actionplan.reminders import letters, send
from kpis.periods import day_words, today


class Command(BaseCommand):
    help = "Mail each owner one list of the updates they owe. Run it once a day; a second run sends nothing."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say who would get a mail, and send none")
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="pretend that it is this day, in a demonstration only",
        )

    def handle(self, dry_run, on, **options):
        if on and not settings.DEMO:
            raise CommandError("--on is for demonstrations only: it needs DEMO=1.")
        if not settings.BASE_URL:
            raise CommandError(
                "Set BASE_URL to the address people type, such as https://plan.council.example: the mails link to it."
            )
        on = on or today()
        found = letters(on)
        if not found:
            self.stdout.write(f"Nobody is to be reminded on {day_words(on)}.")
        if dry_run:
            for letter in found:
                self.stdout.write(f"Would remind {letter.person.email}: {', '.join(letter.refs)}")
            return
        failed = sum(not self._send(letter) for letter in found)
        if failed:
            raise CommandError(
                f"{failed} of {len(found)} mails could not be sent. The next run tries them again."
            )

    def _send(self, letter):
        """Whether nothing is left to do for it: a mail that cannot be sent keeps nobody else’s back."""
        try:
            send(letter)
        except IntegrityError:  # another run sent it in this very moment
            return True
        except (OSError, ValueError) as error:
            self.stderr.write(f"{letter.person.email}: {error}")
            return False
        self.stdout.write(f"Reminded {letter.person.email}: {', '.join(letter.refs)}")
        return True

import os
import secrets

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from havering_ofsted.models import User
from kpis.periods import day_words, today

ACCOUNTS = {
    "officer@havering.example": "posts updates on the actions of the Head of Leaving Care",
    "manager@havering.example": "runs the improvement team",
    "board@havering.example": "sits on the Board and reads",
    "assurer@havering.example": "checks delivered actions against evidence",
    "admin@havering.example": "keeps people, owners and dates in the admin site",
}
KEPT_IN = settings.BASE_DIR / ".demo" / "password"
EASY_TO_TYPE = "abcdefghjkmnpqrstuvwxyz23456789"  # no l and 1, no i, no o and 0


class Command(BaseCommand):
    help = "Give the five accounts of the demonstration a password, and print how to sign in."

    def add_arguments(self, parser):
        parser.add_argument("--address", required=True, help="where the server will answer")

    def handle(self, address, **options):
        if not settings.DEMO:
            raise CommandError(
                "The accounts of the demonstration need DEMO=1. A live service has none of them."
            )
        chosen = os.environ.get("DEMO_PASSWORD", "")
        password = chosen or generated_password()
        own = [user.email for user in accounts() if not give_password(user, password, insist=bool(chosen))]

        width = max(len(email) for email in ACCOUNTS)
        self.stdout.write(
            f"\nThe demonstration, as on {day_words(today())}, with sample data:\n\n  {address}\n\n"
        )
        for email, does in ACCOUNTS.items():
            self.stdout.write(f"  {email:{width}}  {does}")
        if chosen:
            self.stdout.write("\nThe password of all five is the one in DEMO_PASSWORD.")
        elif len(own) < len(ACCOUNTS):
            self.stdout.write(f"\nPassword: {password} (made for this machine, the same every time)")
        if own:
            whose = "All five" if len(own) == len(ACCOUNTS) else ", ".join(own)
            self.stdout.write(
                f"\nA password set earlier was kept: {whose}. DEMO_PASSWORD=... gives all five a new one."
            )
        self.stdout.write("What you enter is kept. Ctrl-C stops the server.\n\n")


def accounts():
    """The five users, in the order of the table. CommandError when the sample plan has not been loaded."""
    users = User.objects.in_bulk(list(ACCOUNTS), field_name="email")
    missing = [email for email in ACCOUNTS if email not in users]
    if missing:
        raise CommandError(f"There is no account {missing[0]}. Run load_sample first.")
    return [users[email] for email in ACCOUNTS]


def generated_password():
    """The password made on the first run, from the file that keeps it."""
    if not KEPT_IN.exists():
        KEPT_IN.parent.mkdir(mode=0o700, exist_ok=True)
        KEPT_IN.touch(mode=0o600)
        groups = ["".join(secrets.choice(EASY_TO_TYPE) for _ in range(4)) for _ in range(4)]
        KEPT_IN.write_text("-".join(groups) + "\n")
    return KEPT_IN.read_text().strip()


def give_password(user, password, *, insist):
    """Return whether the user signs in with `password` now. One they already have is replaced only on `insist`."""
    if user.check_password(password):
        return True
    if user.has_usable_password() and not insist:
        return False
    user.set_password(password)
    user._change_reason = "Password of the demonstration"
    user.save(update_fields=["password"])
    return True

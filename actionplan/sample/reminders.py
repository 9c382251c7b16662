"""The mails that owners of the sample plan would have had in June 2017, each marked as sample. None was ever sent."""

from datetime import date

from actionplan.models import Reminder
from actionplan.reminders import letters

SENT_ON = [date(2017, 6, 20), date(2017, 6, 23)]  # the next is for `manage.py remind` to send


def load_reminders() -> None:
    """To everybody who had not updated by then."""
    for day in SENT_ON:
        for letter in letters(day):
            for debt in letter.debts:
                Reminder.objects.create(
                    month=debt.month,
                    person=letter.person,
                    kind=debt.kind,
                    sent_on=day,
                    actions=len(debt.rows),
                    is_sample=True,
                )

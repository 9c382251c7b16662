class Step:
    """Something to be completed by a day: `due_on` as agreed, and `completed_on`, empty while it is open."""

    def is_open(self, on):
        """Not completed by the end of `on`."""
        return self.completed_on is None or self.completed_on > on

    def days_late(self, on):
        """Days between the date as agreed and `on`, for an open milestone past it; otherwise 0."""
        return max((on - self.due_on).days, 0) if self.is_open(on) else 0

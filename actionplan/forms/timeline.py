"""Narrowing the timeline: to a recommendation, an owner or a service, and to work that is still open."""

from urllib.parse import urlencode

from django import forms


def _choice(label, missing, **kwargs):
    return forms.ChoiceField(
        label=label, required=False, error_messages={"invalid_choice": missing}, **kwargs
    )


class TimelineForm(forms.Form):
    """Takes the address’s query and the plan’s rows, and returns rows. What means nothing is said at its field."""

    recommendation = _choice("Recommendation", "Choose a recommendation from the list")
    owner = _choice("Owner", "Choose an owner from the list")
    service = _choice("Service", "Choose a service from the list")
    show = _choice(
        "Work",
        "Choose open work or all work",
        choices=[("", "Open work only"), ("all", "All work")],
    )

    def __init__(self, data, *, rows):
        # No choice holds a NUL, and a page that gives one back is not HTML.
        super().__init__({name: value.replace("\0", "") for name, value in data.items()}, auto_id="filter-%s")
        actions = [row.action for row in rows]
        recommendations = {each.recommendation.number: str(each.recommendation) for each in actions}
        owners = sorted({(each.owner.title, str(each.owner_id)) for each in actions})
        services = sorted({(each.service.order, each.service.name, str(each.service_id)) for each in actions})
        self.fields["recommendation"].choices = [("", "All"), *sorted(recommendations.items())]
        self.fields["owner"].choices = [("", "Everyone"), *((pk, title) for title, pk in owners)]
        self.fields["service"].choices = [("", "All services"), *((pk, name) for _, name, pk in services)]
        self.full_clean()

    @property
    def is_narrow(self):
        return any(self.cleaned_data.get(name) for name in ("recommendation", "owner", "service"))

    @property
    def shows_everything(self):
        return self.cleaned_data.get("show") == "all"

    @property
    def other(self):
        """The address’s query for open work from all work, and the other way round."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value and name != "show"}
        return f"?{urlencode(chosen if self.shows_everything else chosen | {'show': 'all'})}"

    def filter(self, rows):
        asked = self.cleaned_data
        return [
            row
            for row in rows
            if (self.shows_everything or row.now.is_open)
            and asked.get("recommendation") in (None, "", str(row.action.recommendation.number))
            and asked.get("owner") in (None, "", str(row.action.owner_id))
            and asked.get("service") in (None, "", str(row.action.service_id))
        ]

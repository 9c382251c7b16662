"""What an update asks, and how each answer is read. What must be answered when is in forms/progress.py."""

from django import forms
from django.utils.html import format_html

from actionplan.enums import DeliveryState, Impact, Rag
from actionplan.templatetags.actionplan import impact_tag
from kpis.forms.dates import GovukDateField
from kpis.forms.prose import Prose
from kpis.templatetags.kpis import mark

OWNERS_STATES = [DeliveryState.NOT_STARTED, DeliveryState.IN_PROGRESS, DeliveryState.DELIVERED]
MEANINGS = {
    Rag.GREEN: "on track for its date",
    Rag.AMBER: "at risk but can be recovered",
    Rag.RED: "overdue, or will miss without help",
}
BOARD_LIMIT = 150  # cause and remedy stand in the Board's table, where a row must stay short


class Questions(forms.Form):
    """The questions of every update; an action's milestones come with the action."""

    state = forms.ChoiceField(
        label="Where is the action?",
        help_text="Delivered means done and ready for someone else to check.",
        choices=[(state.value, state.label) for state in OWNERS_STATES],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose where the action is"},
    )
    rag = forms.ChoiceField(
        label="Your rating",
        help_text="Only for an action in progress. A better rating than the one proposed needs a reason.",
        choices=[
            (colour.value, format_html("{} {}", mark(colour.value, colour.label), meaning))
            for colour, meaning in MEANINGS.items()
        ],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose green, amber or red"},
    )
    rag_reason = Prose(
        called="The reason for your rating",
        label="Why is your rating better than the one proposed?",
        help_text="Say what the facts do not show. Leave it empty if your rating is not better.",
        rows=2,
        required=False,
    )
    done = Prose(
        called="What was done",
        label="What was done this month?",
        help_text="Two or three sentences. Numbers first.",
        required=False,
    )
    standstill = Prose(
        called="Why there was no progress",
        label="No progress this month? Say why instead",
        help_text="Leave it empty if something was done.",
        rows=2,
        required=False,
    )
    impact = forms.ChoiceField(
        label="What has it changed for children?",
        help_text="Choose what the evidence supports today.",
        choices=[(impact.value, impact_tag(impact.value)) for impact in Impact],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose what it has changed for children"},
    )
    difference = Prose(
        called="What difference it has made",
        label="What difference has it made, and how do you know?",
        help_text="Name the source: data, audit, a child’s or family’s voice, staff or partner, external.",
        required=False,
    )
    cause = Prose(
        called="The cause",
        label="Cause: why has it slipped?",
        help_text="Needed when amber or red. One short sentence: the Board reads it in a table.",
        limit=BOARD_LIMIT,
        rows=2,
        required=False,
    )
    remedy = Prose(
        called="The remedy",
        label="Remedy: what brings it back?",
        help_text="Needed when amber or red. One short sentence.",
        limit=BOARD_LIMIT,
        rows=2,
        required=False,
    )
    next_steps = Prose(
        called="What happens next",
        label="What happens next?",
        help_text="The next steps and who takes them.",
        rows=2,
        required=False,
    )
    forecast_on = GovukDateField(
        called="The date you expect to finish",
        label="When do you expect to finish?",
        help_text="For example, 20 7 2017. This is a forecast; it does not change the due date.",
        required=False,
    )

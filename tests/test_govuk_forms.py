"""The crispy template pack, the error summary and the date in three boxes."""

import re
from datetime import date

import html5lib
import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Div, Fieldset, Hidden, Layout, Submit
from django import forms
from django.template import Context, Template
from django.utils.html import format_html

from kpis.forms.conflicts import Difference, differences
from kpis.forms.dates import GovukDateField


class KitchenSinkForm(forms.Form):
    """One of every kind of field that the pack draws."""

    state = forms.ChoiceField(
        label="Where is the action?",
        help_text="Delivered means ready for someone else to check.",
        choices=[("in_progress", "In progress"), ("delivered", format_html("<b>{}</b>", "Delivered"))],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where the action is"},
    )
    done = forms.CharField(
        label="What was done?",
        help_text="Numbers first.",
        max_length=20,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Enter what was done", "max_length": "Shorten what was done"},
    )
    owner = forms.ChoiceField(
        label="Owner", choices=[("", "Nobody"), ("1", "Head of Early Help")], required=False
    )
    email = forms.EmailField(label="E-mail address", error_messages={"required": "Enter an e-mail address"})
    children = forms.IntegerField(
        label="Children",
        help_text="A whole number.",
        widget=forms.NumberInput({"class": "govuk-input--width-4"}),
    )
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    forecast = GovukDateField(label="When will it be finished?", help_text="For example, 20 7 2017.")
    milestones = forms.MultipleChoiceField(
        label="Completed",
        choices=[("1", "4.2.1 Audit tool agreed"), ("2", "4.2.2 Plans reviewed")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick what is finished"},
    )
    checked = forms.BooleanField(
        label="I have checked the figures",
        help_text="All of them.",
        error_messages={"required": "Check them"},
    )
    paper = forms.FileField(label="Evidence", error_messages={"required": "Choose a file"})
    version = forms.IntegerField(widget=forms.HiddenInput)


class DateForm(forms.Form):
    due_on = GovukDateField(label="Due date", called="Due date")


class OptionalDateForm(forms.Form):
    due_on = GovukDateField(required=False)


def draw(source, **context):
    return Template("{% load crispy_forms_tags govuk_forms %}" + source).render(Context(context))


def parse(html):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(html)


def by_id(tree):
    return {element.get("id"): element for element in tree.iter() if element.get("id")}


def words(element):
    return " ".join("".join(element.itertext()).split())


def summary_links(form):
    links = parse(draw("{% error_summary form %}", form=form)).iter("a")
    return [(link.get("href"), words(link)) for link in links]


def due_on(day="", month="", year=""):
    return DateForm({"due_on_day": day, "due_on_month": month, "due_on_year": year})


# Every field


@pytest.mark.parametrize("form", [KitchenSinkForm(), KitchenSinkForm({})], ids=["unbound", "all wrong"])
def test_every_reference_inside_the_form_resolves(form):
    tree = parse(draw("{% error_summary form %}{{ form|crispy }}", form=form))

    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    named = {
        reference
        for element in tree.iter()
        for attribute in ("for", "aria-describedby", "aria-controls", "aria-labelledby")
        for reference in element.get(attribute, "").split()
    }
    linked = {link.get("href").removeprefix("#") for link in tree.iter("a")}

    assert len(ids) == len(set(ids))
    assert named | linked <= set(ids)


def test_every_visible_input_has_a_label_or_a_legend():
    tree = parse(draw("{{ form|crispy }}", form=KitchenSinkForm()))

    labelled = {label.get("for") for label in tree.iter("label")}
    inputs = [
        element
        for tag in ("input", "select", "textarea")
        for element in tree.iter(tag)
        if element.get("type") != "hidden"
    ]

    assert {element.get("id") for element in inputs} == labelled


def test_hint_and_error_are_both_read_out_with_their_field():
    ids = by_id(parse(draw("{{ form|crispy }}", form=KitchenSinkForm({}))))

    assert ids["id_done"].get("aria-describedby") == "id_done_helptext id_done_error id_done-info"
    assert words(ids["id_done_helptext"]) == "Numbers first."
    assert words(ids["id_done_error"]) == "Error: Enter what was done"
    assert ids["id_done"].get("class") == "govuk-textarea govuk-js-character-count govuk-textarea--error"
    assert ids["id_checked"].get("aria-describedby") == "id_checked_helptext id_checked_error"
    assert ids["id_email"].get("aria-describedby") == "id_email_error"


def test_a_group_is_a_fieldset_that_says_its_hint_and_error():
    tree = parse(draw("{{ form.state|as_crispy_field }}", form=KitchenSinkForm({})))

    fieldset = tree.find(".//fieldset")
    assert fieldset.get("aria-describedby") == "id_state_helptext id_state_error"
    assert words(fieldset.find("legend")) == "Where is the action?"
    assert [radio.get("id") for radio in fieldset.iter("input")] == ["id_state_0", "id_state_1"]
    assert [radio.get("aria-describedby") for radio in fieldset.iter("input")] == [None, None]


def test_a_choice_keeps_its_markup_and_its_tick():
    html = draw("{{ form.state|as_crispy_field }}", form=KitchenSinkForm({"state": "delivered"}))

    assert "<b>Delivered</b>" in html
    assert [radio.get("checked") for radio in parse(html).iter("input")] == [None, ""]


def test_browser_checks_are_left_to_the_server():
    tree = parse(draw("{{ form|crispy }}", form=KitchenSinkForm()))

    for attribute in ("required", "maxlength", "minlength", "min", "max", "step", "autofocus"):
        assert [e.get("id") for e in tree.iter() if e.get(attribute) is not None] == []


def test_a_number_is_typed_as_text_so_that_a_wheel_cannot_change_it():
    number = by_id(
        parse(draw("{{ form.children|as_crispy_field }}", form=KitchenSinkForm({"children": "x1"})))
    )["id_children"]

    assert (number.get("type"), number.get("inputmode"), number.get("value")) == ("text", "numeric", "x1")
    assert number.get("class") == "govuk-input govuk-input--error govuk-input--width-4"


def test_a_limited_text_says_its_limit_and_does_not_cut_what_is_pasted():
    form = KitchenSinkForm({"done": "x" * 30})

    ids = by_id(parse(draw("{{ form.done|as_crispy_field }}", form=form)))

    assert words(ids["id_done-info"]) == "You can enter up to 20 characters"
    assert words(ids["id_done"]) == "x" * 30
    assert words(ids["id_done_error"]) == "Error: Shorten what was done"


def test_what_was_typed_is_escaped_and_kept():
    html = draw("{{ form|crispy }}", form=KitchenSinkForm({"email": '"><script>', "forecast_day": '"><b>'}))

    assert "<script>" not in html
    assert by_id(parse(html))["id_email"].get("value") == '"><script>'
    assert by_id(parse(html))["id_forecast_day"].get("value") == '"><b>'


def test_a_password_is_never_sent_back():
    form = KitchenSinkForm({"secret": "correct horse battery"})

    assert "correct horse" not in draw("{{ form|crispy }}", form=form)


def test_a_hidden_field_is_drawn_without_a_group():
    html = draw("{{ form.version|as_crispy_field }}", form=KitchenSinkForm(initial={"version": 3}))

    assert html.strip() == '<input type="hidden" name="version" value="3" id="id_version">'


def test_a_disabled_field_is_disabled_in_every_kind():
    form = KitchenSinkForm()
    for field in form.fields.values():
        field.disabled = True

    tree = parse(draw("{{ form|crispy }}", form=form))

    inputs = [e for tag in ("input", "select", "textarea") for e in tree.iter(tag)]
    assert [e.get("name") for e in inputs if e.get("disabled") is None] == []


# Whole forms


def test_a_layout_is_drawn_with_its_buttons():
    form = DateForm()
    form.helper = FormHelper()
    form.helper.layout = Layout(
        Fieldset("When", Div("due_on", css_class="when")),
        HTML("<p>Think twice</p>"),
        ButtonHolder(Submit("save", "Save"), Hidden("version", "3")),
    )

    tree = parse(draw("{% crispy form %}", form=form, csrf_token="token"))

    assert words(tree.find(".//fieldset/legend")) == "When"
    assert len(list(tree.find(".//div[@class='when']").iter("input"))) == 3
    button = tree.find(".//button[@type='submit']")
    assert (button.get("class").split(), words(button)) == (["govuk-button"], "Save")
    hidden = {e.get("name"): e.get("value") for e in tree.findall(".//input[@type='hidden']")}
    assert hidden == {"csrfmiddlewaretoken": "token", "version": "3"}


def test_a_formset_is_drawn_with_its_management_form():
    formset = forms.formset_factory(DateForm, extra=2)(prefix="milestones")

    ids = by_id(parse(draw("{{ formset|crispy }}", formset=formset)))

    assert "id_milestones-TOTAL_FORMS" in ids
    assert "id_milestones-1-due_on_year" in ids


def test_a_prefix_or_suffix_stands_beside_the_input():
    html = draw(
        '{% load crispy_forms_field %}{% crispy_addon form.children append="%" %}', form=KitchenSinkForm()
    )

    suffix = parse(html).find(".//div[@class='govuk-input__suffix']")
    assert (words(suffix), suffix.get("aria-hidden")) == ("%", "true")


# The error summary


def test_each_error_links_to_the_place_where_it_is_put_right():
    form = KitchenSinkForm({"children": "many", "secret": "x", "forecast_day": "1", "forecast_month": "2"})

    assert summary_links(form) == [
        ("#id_state_0", "Choose where the action is"),
        ("#id_done", "Enter what was done"),
        ("#id_email", "Enter an e-mail address"),
        ("#id_children", "Enter a whole number."),
        ("#id_forecast_year", "Date must include a year"),
        ("#id_milestones_0", "Tick what is finished"),
        ("#id_checked", "Check them"),
        ("#id_paper", "Choose a file"),
    ]


def test_an_error_of_the_whole_form_links_to_its_first_field():
    form = due_on("20", "7", "2017")
    form.add_error(None, "The two dates cannot be the same")

    assert summary_links(form) == [("#id_due_on_day", "The two dates cannot be the same")]


def test_an_error_of_a_hidden_field_is_said_without_a_dead_link():
    form = KitchenSinkForm({})

    tree = parse(draw("{% error_summary form %}", form=form))

    items = [words(item) for item in tree.iter("li") if item.find("a") is None]
    assert items == ["This field is required."]


def test_errors_come_in_the_order_of_the_page_however_they_were_found():
    class TwoFields(forms.Form):
        first = forms.CharField()
        second = forms.CharField(error_messages={"required": "Enter the second"})

        def clean(self):
            self.add_error("first", "Change the first")

    assert summary_links(TwoFields({"first": "x"})) == [
        ("#id_first", "Change the first"),
        ("#id_second", "Enter the second"),
    ]


def test_a_formset_lists_the_errors_of_its_forms_and_its_own():
    class OneDateOnly(forms.BaseFormSet):
        def clean(self):
            raise forms.ValidationError("Enter one date only")

    posted = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "form-0-due_on_day": "1",
        "form-1-due_on_day": "1",
    }
    formset = forms.formset_factory(DateForm, formset=OneDateOnly)(posted)

    assert summary_links(formset) == [
        ("#id_form-0-due_on_month", "Enter one date only"),
        ("#id_form-0-due_on_month", "Due date must include a month and a year"),
        ("#id_form-1-due_on_month", "Due date must include a month and a year"),
    ]


def test_no_summary_when_nothing_is_wrong():
    assert (
        draw("{% error_summary form other %}", form=DateForm(), other=due_on("1", "7", "2017")).strip() == ""
    )


@pytest.mark.parametrize(
    ("context", "prefix"),
    [
        ({"form": DateForm()}, ""),
        ({"form": due_on("1", "7", "2017")}, ""),
        ({"form": due_on("1", "7", "17")}, "Error: "),
        ({"form": None, "filters": due_on()}, "Error: "),
        ({"formset": forms.formset_factory(DateForm)()}, ""),
        ({"milestones": forms.formset_factory(DateForm)({})}, "Error: "),
    ],
)
def test_the_title_says_error_whatever_the_page_calls_its_form(context, prefix):
    assert draw("{% error_prefix %}", **context) == prefix


# The date in three boxes


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("20", "7", "2017"), date(2017, 7, 20)),
        (("1", "04", "2017"), date(2017, 4, 1)),
        ((" 29 ", "Feb", "2016"), date(2016, 2, 29)),
        (("3", "july", "2017"), date(2017, 7, 3)),
        (("3", "Sept.", "2017"), date(2017, 9, 3)),
        (("31", "DECEMBER", "2099"), date(2099, 12, 31)),
        (("1", "1", "1900"), date(1900, 1, 1)),
    ],
)
def test_a_date_is_read_as_people_write_it(typed, meant):
    form = due_on(*typed)

    assert form.is_valid()
    assert form.cleaned_data == {"due_on": meant}


REAL = "Enter a real date, for example 20 7 2017"
YEAR = "Year must include 4 numbers, for example 2017"


@pytest.mark.parametrize(
    ("typed", "message", "wrong"),
    [
        (("", "", ""), "Enter a date", ["day", "month", "year"]),
        (("20", "7", ""), "Due date must include a year", ["year"]),
        (("", "", "2017"), "Due date must include a day and a month", ["day", "month"]),
        (("", "x", ""), "Due date must include a day and a year", ["day", "year"]),
        (("31", "6", "2017"), REAL, ["day"]),
        (("29", "2", "2017"), REAL, ["day"]),
        (("0", "7", "2017"), REAL, ["day"]),
        (("20", "13", "2017"), REAL, ["month"]),
        (("20", "0", "2017"), REAL, ["month"]),
        (("20", "Ju", "2017"), REAL, ["month"]),
        (("20", "Julie", "2017"), REAL, ["month"]),
        (("20th", "Julie", "2017"), REAL, ["day", "month"]),
        (("20", "7", "twenty"), REAL, ["year"]),
        (("20", "7", "17"), YEAR, ["year"]),
        (("20", "7", "0017"), YEAR, ["year"]),
        (("20", "7", "9999"), YEAR, ["year"]),
        (("20", "7", "20177"), REAL, ["year"]),
        (("-1", "7", "2017"), REAL, ["day"]),
        (("2\x00", "7", "2017"), REAL, ["day"]),
        (("٢", "7", "2017"), REAL, ["day"]),
        (("1" * 5000, "7", "2017"), REAL, ["day"]),
    ],
)
def test_a_wrong_date_says_what_to_do_and_marks_the_boxes(typed, message, wrong):
    form = due_on(*typed)

    assert form.errors == {"due_on": [message]}
    assert summary_links(form) == [(f"#id_due_on_{wrong[0]}", message)]
    drawn = draw("{{ form|crispy }}", form=form)
    assert re.findall(r'govuk-input--error" id="id_due_on_(\w+)"', drawn) == wrong


def test_an_optional_date_may_be_left_empty():
    form = OptionalDateForm({"due_on_day": "", "due_on_month": " ", "due_on_year": ""})

    assert form.is_valid()
    assert form.cleaned_data == {"due_on": None}


def test_a_rule_about_the_whole_date_marks_all_three_boxes():
    form = due_on("20", "7", "2017")
    form.add_error("due_on", "Due date must be after the start date")

    assert draw("{{ form|crispy }}", form=form).count("govuk-input--error") == 3
    assert summary_links(form) == [("#id_due_on_day", "Due date must be after the start date")]


def test_a_stored_date_fills_the_boxes_and_is_no_change_when_sent_back():
    stored = {"due_on": date(2017, 7, 4)}
    tree = parse(draw("{{ form|crispy }}", form=DateForm(initial=stored)))

    values = {box.get("name"): box.get("value") for box in tree.iter("input")}

    assert values == {"due_on_day": "4", "due_on_month": "7", "due_on_year": "2017"}
    assert not DateForm(values, initial=stored).has_changed()
    assert DateForm(values | {"due_on_day": "5"}, initial=stored).has_changed()


# Two people, one record


def test_a_conflict_shows_only_what_differs_in_the_words_of_the_page():
    stored = KitchenSinkForm(
        initial={
            "state": "in_progress",
            "done": "One line\nand another",
            "owner": "1",
            "forecast": date(2017, 7, 20),
            "milestones": ["1"],
            "checked": True,
        }
    )
    posted = KitchenSinkForm(
        {
            "state": "delivered",
            "done": "One line\r\nand another",
            "owner": "",
            "forecast_day": "31",
            "forecast_month": "June",
            "forecast_year": "2017",
            "milestones": ["1", "2"],
        }
    )

    assert differences(posted, stored) == [
        Difference("Where is the action?", "Delivered", "In progress"),
        Difference("Owner", "", "Head of Early Help"),
        Difference("When will it be finished?", "31 June 2017", "20 July 2017"),
        Difference("Completed", "4.2.1 Audit tool agreed, 4.2.2 Plans reviewed", "4.2.1 Audit tool agreed"),
        Difference("I have checked the figures", "No", "Yes"),
    ]

"""GOV.UK form markup where Django's own tags stop: classes, boxes of a date, links from an error to its field.

Ids are Django's (`id_x_helptext`, `id_x_error`), so its aria-describedby and ours always agree.
"""

from django import forms, template
from django.forms.formsets import BaseFormSet

from kpis.forms.dates import DateBoxes

register = template.Library()

CLASSES = [
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Widget, "govuk-input"),
]
# Checks belong to the server, which says what to do. A maxlength would cut pasted text without a word.
WITHOUT = {"required": False, "maxlength": False, "minlength": False, "autofocus": False}


@register.simple_tag
def field_kind(field):
    """Which markup a bound field takes: hidden, date, radios, checkboxes, checkbox, password, counted or plain."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.Textarea) and getattr(field.field, "max_length", None):
        return "counted"
    kinds = [
        (DateBoxes, "date"),
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.PasswordInput, "password"),
    ]
    return next((kind for cls, kind in kinds if isinstance(widget, cls)), "plain")


@register.simple_tag
def field_input(field, extra_class="", also_described_by=""):
    """The input, select or textarea of a field. Number inputs become text ones: a mouse wheel must not change them."""
    widget = field.field.widget
    classes = [next(name for cls, name in CLASSES if isinstance(widget, cls)), extra_class]
    if field.errors and not isinstance(widget, forms.CheckboxInput):
        classes.append(f"{classes[0]}--error")
    classes.append(widget.attrs.get("class", ""))
    attrs = {
        **field.build_widget_attrs({"id": field.id_for_label or False}),
        **WITHOUT,
        "class": " ".join(filter(None, classes)),
    }
    if also_described_by:
        attrs["aria-describedby"] = f"{attrs.get('aria-describedby', '')} {also_described_by}".strip()
    if isinstance(widget, forms.NumberInput):
        parts = isinstance(field.field, forms.DecimalField | forms.FloatField)
        own = {name: value for name, value in widget.attrs.items() if name not in ("min", "max", "step")}
        widget = forms.TextInput({"inputmode": "decimal" if parts else "numeric", **own})
    return widget.render(field.html_name, field.value(), attrs, field.form.renderer)


@register.simple_tag
def field_options(field):
    """Radios or checkboxes, each with name, value, label, selected, type and attrs.id."""
    return [option.data for option in field.subwidgets]


@register.simple_tag
def field_boxes(field):
    """The day, month and year box of a date, each with its label, id, name, value and whether it is wrong."""
    wrong = _wrong_boxes(field)
    values = field.value()
    if not isinstance(values, list | tuple):
        values = field.field.widget.decompress(values)
    return [
        {
            "label": box.capitalize(),
            "id": f"{field.auto_id}_{box}",
            "name": f"{field.html_name}_{box}",
            "value": "" if value is None else value,
            "wrong": box in wrong,
            "disabled": field.field.disabled,
            "width": 4 if box == "year" else 2,
        }
        for box, value in zip(DateBoxes.names, values, strict=True)
    ]


def _wrong_boxes(field):
    """The boxes that a date's errors name; all of them when an error names none."""
    wrong = set()
    for error in field.errors.as_data():
        wrong.update((error.params or {}).get("boxes", DateBoxes.names))
    return wrong


def _first_input_id(field):
    """Where a link to this field lands: its input, the first of its group, or the first wrong box of a date."""
    kind = field_kind(field)
    if kind == "date":
        boxes = field_boxes(field)
        return next((box["id"] for box in boxes if box["wrong"]), boxes[0]["id"])
    if kind in ("radios", "checkboxes"):
        return field[0].id_for_label if len(field) else ""
    return "" if kind == "hidden" else field.id_for_label


@register.inclusion_tag("_error_summary.html")
def error_summary(*forms):
    """All that is wrong with the page's forms, formsets and lists of forms, in order, each linked to where to mend it.

    What concerns a whole form links to its first field. Draws nothing when nothing is wrong.
    """
    return {"errors": [error for form in forms for error in _errors(form)]}


def _errors(form):
    """(id of the input or "", message) for each error of a form, a formset or a list of forms."""
    if isinstance(form, list):
        for each in form:
            yield from _errors(each)
    elif isinstance(form, BaseFormSet):
        start = next((_start(each) for each in form.forms), "")
        yield from ((start, message) for message in form.non_form_errors())
        for each in form.forms:
            yield from _errors(each)
    elif form.errors:
        yield from ((_start(form), message) for message in form.non_field_errors())
        for field in form:
            yield from ((_first_input_id(field), message) for message in field.errors)


def _start(form):
    return next((_first_input_id(field) for field in form.visible_fields()), "")


@register.simple_tag(takes_context=True)
def error_prefix(context):
    """ "Error: " for the title when a form, formset or list of forms has errors, whatever the page calls it."""
    values = context.flatten().values()
    return "Error: " if any(_is_asking(value) and any(_errors(value)) for value in values) else ""


def _is_asking(value):
    """Whether a value of the page is a form that was sent, a formset or a list of forms."""
    # Not isinstance: it would evaluate the lazy user and the lazy CSRF token of every page.
    kind = type(value)
    if issubclass(kind, list):
        return bool(value) and issubclass(type(value[0]), forms.BaseForm)
    return issubclass(kind, (forms.BaseForm, BaseFormSet)) and value.is_bound

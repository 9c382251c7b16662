"""What administrators may do with which records, and how their forms are sent."""

import re

from django.urls import reverse

from tests import factories

FACTS = [
    "actionplan.areamapping",
    "actionplan.assurance",
    "actionplan.challenge",
    "actionplan.datechange",
    "actionplan.decision",
    "actionplan.draftcomment",
    "actionplan.evidence",
    "actionplan.framework",
    "actionplan.inspection",
    "actionplan.judgement",
    "actionplan.judgementarea",
    "actionplan.meeting",
    "actionplan.monitoringvisit",
    "actionplan.progressupdate",
    "actionplan.publishedoutcome",
    "actionplan.recommendationparagraph",
    "actionplan.risk",
    "actionplan.riskscore",
    "actionplan.sowhat",
    "kpis.area",
    "kpis.benchmark",
    "kpis.measurement",
    "kpis.neighbourset",
]
ADDED_ONLY = ["kpis.ragrule"]
NEVER_DELETED = [
    "actionplan.action",
    "actionplan.actionplan",
    "actionplan.dependency",
    "actionplan.recommendation",
    "actionplan.reportingmonth",
    "havering_ofsted.user",
    "kpis.indicator",
]
DELETED_WHEN_UNUSED = [
    "actionplan.post",
    "actionplan.programme",
    "actionplan.service",
]
EDITED = NEVER_DELETED + DELETED_WHEN_UNUSED


def url(record, page="change"):
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_{page}", args=[record.pk])


def list_url(label, page="changelist"):
    return reverse(f"admin:{label.replace('.', '_')}_{page}")


def factory_of(label):
    by_model = {
        each._meta.model._meta.label_lower: each
        for each in vars(factories).values()
        if isinstance(each, type) and issubclass(each, factories.DjangoModelFactory) and each._meta.model
    }
    return by_model[label]


def filled_in(response):
    """What a browser would send back: every field of the page’s form as it was loaded."""
    adminform = response.context["adminform"].form
    forms = [adminform]
    data = {}
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is True:
                data[field.html_name] = "on"
            elif isinstance(value, list):
                data[field.html_name] = [getattr(each, "pk", each) for each in value]
            elif value is not None and value is not False:
                widget_value = field.field.widget.format_value(value)
                data[field.html_name] = widget_value[0] if isinstance(widget_value, list) else widget_value
    version = re.search(r'name="version" value="(\d+)"', response.content.decode())
    if version:
        data["version"] = version[1]
    return {name: value for name, value in data.items() if value is not None}

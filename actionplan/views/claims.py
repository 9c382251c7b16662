"""What a page answers when somebody else was first. What was typed is never lost."""

from django.template.response import TemplateResponse

from kpis.forms.conflicts import differences


def both_texts(request, template, context, make):
    """The record changed under the form: 409 with both texts, and the form to go on from what is stored now.

    `make(data)` makes the form on the record as it is stored now.
    """
    stored = make(None)
    data = request.POST.copy()
    data["version"] = str(stored["version"].value())
    form = make(data)
    context |= {"form": form, "is_stale": True, "differences": differences(form, stored)}
    return TemplateResponse(request, template, context, status=409)


def too_late(request, context):
    """There is nothing left to decide. `context` has heading, caption, why, and back with the words of its link.

    What was posted in `typed`, pairs of question and answer, is shown so that it can be kept elsewhere.
    """
    context = {"typed": [], **context}
    status = 409 if request.method == "POST" else 200
    return TemplateResponse(request, "actionplan/too_late.html", context, status=status)

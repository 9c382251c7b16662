"""What people say of a month’s draft, paragraph by paragraph, and what the improvement team answers."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from actionplan import permissions
from actionplan.changes.comments import Answered
from actionplan.changes.drafts import MonthFrozen
from actionplan.enums import MonthState
from actionplan.forms.comments import AnswerForm, CommentForm, RewordForm
from actionplan.models import ActionPlan, DraftComment, ReportingMonth
from actionplan.reports.frozen import frozen_page, versions
from actionplan.reports.month import month_report, report_day
from actionplan.reports.paragraphs import Paragraph, paragraphs
from actionplan.views.claims import both_texts, too_late
from actionplan.views.rounds import get_round
from kpis.models import StaleEdit
from kpis.periods import today


@dataclass(frozen=True)
class Draft:
    """A plan’s month, with what can be commented on."""

    plan: ActionPlan
    month: ReportingMonth
    months: list[ReportingMonth]
    on: date

    @property
    def is_frozen(self):
        return self.month.state == MonthState.FROZEN

    @property
    def is_open(self):
        return self.on >= self.month.opens_on

    @property
    def is_past_its_day(self):
        return self.month.comments_by is not None and self.on > self.month.comments_by

    @property
    def url(self):
        return self.address("month")

    def address(self, name, *more):
        return reverse(f"actionplan:{name}", args=[self.plan.slug, f"{self.month.month:%Y-%m}", *more])

    @cached_property
    def paragraphs(self):
        """Reads the whole report: as it was frozen, or as it stands."""
        frozen = versions(self.plan, self.month) if self.is_frozen else []
        if frozen:
            return paragraphs(frozen_page(frozen[0]))
        day = report_day(self.month, self.on)
        return paragraphs(month_report(self.plan, self.month, day, self.months))


@dataclass(frozen=True)
class Said:
    """A comment beside the paragraph it is about; None where that has left the page since."""

    comment: DraftComment
    paragraph: Paragraph | None
    may_reword: bool = False

    @property
    def name(self):
        return self.paragraph.name if self.paragraph else self.comment.line or "Part of the report"


def index(request, plan, month):
    """All comments on the month, in the order of its page."""
    draft = _draft(plan, month)
    if not draft.is_open:
        return redirect(draft.url)
    rows = _said(draft, request.user)
    context = {
        "draft": draft,
        "rows": rows,
        "unanswered": sum(row.comment.answered_on is None for row in rows),
        "is_all_sample": all(row.comment.is_sample for row in rows),
        "may_comment": not draft.is_frozen and permissions.can_comment(request.user),
        "may_answer": not draft.is_frozen and permissions.can_run_month(request.user),
    }
    return TemplateResponse(request, "actionplan/comments.html", context)


def new(request, plan, month):
    """Comment on the paragraph that `part` and `line` name; without them, choose one."""
    draft = _draft(plan, month)
    if not permissions.can_comment(request.user):
        raise PermissionDenied("Comments come from the Board and from those who work on the plan.")
    if draft.is_frozen:
        return _frozen(request, draft)
    if not draft.is_open:
        return redirect(draft.url)
    part, line = request.GET.get("part", ""), request.GET.get("line", "")
    if not part:
        parts = [each for each in draft.paragraphs.values() if not each.line]
        return TemplateResponse(
            request, "actionplan/comment_choose.html", {"draft": draft, "paragraphs": parts}
        )
    paragraph = draft.paragraphs.get((part, line))
    if paragraph is None:
        return _gone(request, draft)
    form = CommentForm(request.POST if request.method == "POST" else None, draft=draft, paragraph=paragraph)
    if form.is_valid():
        try:
            form.save(by=request.user)
        except MonthFrozen:
            return _frozen(request, draft)
        messages.success(
            request, "Comment saved. The improvement team answers it before the report is frozen."
        )
        return redirect(draft.address("comments"))
    lines = [each for each in draft.paragraphs.values() if each.part == part and each.line]
    context = {"draft": draft, "paragraph": paragraph, "lines": [] if line else lines, "form": form}
    return TemplateResponse(request, "actionplan/comment_new.html", context)


def edit(request, plan, month, comment):
    """Say one's own comment in other words, until it is answered."""
    draft = _draft(plan, month)
    comment = _comment(draft, comment)
    if not permissions.is_writer(request.user, comment):
        raise PermissionDenied("A comment is changed by the person who made it.")
    if draft.is_frozen:
        return _frozen(request, draft)
    if comment.answered_on:
        return _answered(request, draft)
    return _change(request, draft, comment, RewordForm, "actionplan/comment_edit.html", "Comment saved.")


def answer(request, plan, month, comment):
    """Answer a comment, or answer it better."""
    draft = _draft(plan, month)
    comment = _comment(draft, comment)
    if not permissions.can_run_month(request.user):
        raise PermissionDenied("Comments are answered by the improvement team.")
    if draft.is_frozen:
        return _frozen(request, draft)
    return _change(request, draft, comment, AnswerForm, "actionplan/comment_answer.html", "Answer saved.")


def _change(request, draft, comment, form_class, template, saved):
    """Draw a form on a comment, or save it, unless somebody was first."""
    form = form_class(request.POST if request.method == "POST" else None, comment=comment)
    said = Said(comment, draft.paragraphs.get((comment.part, comment.line)))
    context = {"draft": draft, "said": said, "form": form, "is_stale": False, "differences": []}
    if not form.is_valid():
        return TemplateResponse(request, template, context)
    try:
        form.save(by=request.user)
    except MonthFrozen:
        return _frozen(request, draft)
    except Answered:
        return _answered(request, draft)
    except StaleEdit:
        return both_texts(
            request, template, context, lambda data: form_class(data, comment=_comment(draft, comment.pk))
        )
    messages.success(request, saved)
    return redirect(draft.address("comments"))


def _draft(plan, month):
    return Draft(*get_round(plan, month), today())


def _comment(draft, pk):
    found = DraftComment.objects.filter(plan=draft.plan, month=draft.month)
    return get_object_or_404(found.select_related("month", "made_by", "answered_by"), pk=pk)


def _said(draft, user):
    """By paragraph, as they follow each other on the page; last what has left it."""
    place = {key: number for number, key in enumerate(draft.paragraphs)}
    found = DraftComment.objects.filter(plan=draft.plan, month=draft.month)
    rows = [
        Said(
            each,
            draft.paragraphs.get((each.part, each.line)),
            may_reword=not (draft.is_frozen or each.answered_on) and permissions.is_writer(user, each),
        )
        for each in found.select_related("made_by", "answered_by")
    ]
    return sorted(rows, key=lambda row: place.get((row.comment.part, row.comment.line), len(place)))


def _frozen(request, draft):
    return too_late(
        request,
        {
            "caption": draft.plan.name,
            "heading": f"The report for {draft.month} is frozen",
            "why": "It stays as the Board reads it, with its comments and answers. Raise a challenge about what "
            "you still want to ask.",
            "back": draft.address("comments"),
            "back_words": "Back to the comments",
            "typed": _typed(request),
        },
    )


def _answered(request, draft):
    return too_late(
        request,
        {
            "caption": draft.plan.name,
            "heading": "Your comment is answered",
            "why": "It stays as it was answered. Make another comment on the paragraph.",
            "back": draft.address("comments"),
            "back_words": "Back to the comments",
            "typed": _typed(request),
        },
    )


def _gone(request, draft):
    """The paragraph is not on the page; what somebody wrote of one that has left it can be kept."""
    if request.method != "POST":
        raise Http404
    return too_late(
        request,
        {
            "caption": f"{draft.month}",
            "heading": "This paragraph is not in the report any more",
            "why": "The report changes with every update until it is frozen. Comment on another paragraph.",
            "back": draft.address("comment_new"),
            "back_words": "Choose another paragraph",
            "typed": _typed(request),
        },
    )


def _typed(request):
    questions = {"text": "What is your comment?", "answer": "What is the answer?"}
    typed = {name: request.POST.get(name, "").replace("\0", "") for name in questions}
    return [(questions[name], text) for name, text in typed.items() if text]

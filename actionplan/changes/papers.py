"""The texts of a paper for the scrutiny committee: its head and the prose beside the computed facts."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction

from actionplan.models import ActionPlan, Post, ReportingMonth, ScrutinyPaper
from kpis.models import StaleEdit


@dataclass(frozen=True)
class PaperTexts:
    """Everything that people write for one paper, in its order."""

    committee: str
    meets_on: date
    subject: str
    lead: Post
    author: Post
    contact: str
    policy_context: str
    summary: str
    recommendations: str
    services: str
    next_steps: str
    financial: str
    legal: str
    human_resources: str
    equalities: str


WRITTEN = tuple(each.name for each in fields(PaperTexts))


@transaction.atomic
def write(
    *, plan: ActionPlan, month: ReportingMonth, version: int, texts: PaperTexts, by: Any
) -> ScrutinyPaper:
    """Store the paper of a month, the first time with version 0. A frozen month may get one too.

    Raises StaleEdit when somebody else wrote since the form was drawn; the same texts, sent twice, are kept once.
    """
    # The month's row is what two people who begin the same paper have in common.
    ReportingMonth.objects.select_for_update(of=("self",)).get(pk=month.pk)
    stored = ScrutinyPaper.objects.filter(plan=plan, month=month).first()
    if stored is None:
        paper = ScrutinyPaper(plan=plan, month=month, is_sample=plan.is_sample)
    elif stored.version != version:
        if _is_stored(stored, texts):  # a double click
            return stored
        raise StaleEdit(stored)
    else:
        paper = ScrutinyPaper.objects.claim(stored.pk, version)
    for name in WRITTEN:
        setattr(paper, name, getattr(texts, name))
    paper._history_user = by
    paper.save()
    return paper


def _is_stored(stored: ScrutinyPaper, texts: PaperTexts) -> bool:
    return all(getattr(stored, name) == getattr(texts, name) for name in WRITTEN)

"""The texts of a paper for the scrutiny committee, in the order in which it prints them."""

from actionplan.changes import papers
from actionplan.forms.claims import ClaimForm
from actionplan.forms.picks import PickOne
from actionplan.models import Post
from actionplan.papers import standard_texts
from kpis.forms.dates import GovukDateField
from kpis.forms.prose import Prose


def _text(label, called, missing, hint="", *, rows=4, limit=4000, required=True):
    field = Prose(called=called, limit=limit, rows=rows, label=label, help_text=hint, required=required)
    field.error_messages["required"] = missing
    return field


class ScrutinyForm(ClaimForm):
    """One form for the whole paper. Of each text, every line is a paragraph."""

    committee = _text("Which committee is it for?", "The committee", "Enter the committee", rows=2, limit=120)
    meets_on = GovukDateField(
        called="The day it meets",
        label="When does it meet?",
        help_text="For example, 6 7 2017",
        error_messages={"required": "Enter the day the committee meets"},
    )
    subject = _text("Subject heading", "The subject heading", "Enter the subject heading", rows=2, limit=120)
    lead = PickOne(label="Which post leads in the senior leadership team?", missing="Choose the leading post")
    author = PickOne(label="Which post writes the report?", missing="Choose the post that writes the report")
    contact = _text(
        "Contact details (optional)",
        "The contact details",
        "",
        "The telephone number and e-mail address of the post",
        rows=2,
        limit=200,
        required=False,
    )
    policy_context = _text("Policy context", "The policy context", "Enter the policy context", rows=2)
    summary = _text("Summary", "The summary", "Write the summary", "What members should know first")
    recommendations = _text(
        "Recommendations to the committee",
        "The recommendations",
        "Write what the committee is asked to do",
        "What the committee is asked to do",
    )
    services = _text(
        "The services and the long-term ambition",
        "The text about services",
        "Write which services there are",
        "The first paragraph is numbered. Begin a line with a dash to make it part of a list",
        rows=8,
    )
    next_steps = _text(
        "Next steps",
        "The next steps",
        "Write the next steps",
        "One paragraph for each line. Each is numbered",
        rows=6,
    )
    financial = _text("Financial implications and risks", "The text", "Write the financial implications")
    legal = _text("Legal implications and risks", "The text", "Write the legal implications")
    human_resources = _text(
        "Human resources implications and risks", "The text", "Write the human resources implications"
    )
    equalities = _text(
        "Equalities implications and risks",
        "The text",
        "Write the equalities implications",
        "The duty under the Equality Act 2010, and what it means for this paper",
        rows=12,
    )

    def __init__(self, data=None, *, plan, month, paper, posts):
        """`paper` is None until somebody has written it; `posts` are all there are."""
        super().__init__(data, initial=_initial(plan, month, paper))
        self.plan, self.month = plan, month
        for name in ("lead", "author"):
            self.fields[name].offer(posts, "Choose a post")

    def clean_committee(self):
        return " ".join(self.cleaned_data["committee"].split())

    def clean_subject(self):
        return " ".join(self.cleaned_data["subject"].split())

    def save(self, *, by):
        texts = dict(self.cleaned_data)
        version = texts.pop("version")
        return papers.write(
            plan=self.plan, month=self.month, version=version, texts=papers.PaperTexts(**texts), by=by
        )


def posts():
    return list(Post.objects.order_by("title"))


def _initial(plan, month, paper):
    if paper:
        return {
            "version": paper.version,
            **{name: getattr(paper, name) for name in papers.WRITTEN},
            "lead": paper.lead_id,
            "author": paper.author_id,
        }
    return standard_texts() | {
        "version": 0,
        "lead": plan.senior_responsible_id,
        "author": plan.author_id,
        "next_steps": month.next_month,
    }

"""What governs the plan: risks, meetings, decisions, challenges."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from actionplan import models
from actionplan.enums import Body, RiskKind

from .people import PostFactory, UserFactory
from .plans import ActionPlanFactory


class RiskFactory(DjangoModelFactory):
    """A risk of 16 before mitigation, open and to be reviewed in July 2017."""

    class Meta:
        model = models.Risk

    class Params:
        issue = factory.Trait(kind=RiskKind.ISSUE)
        closed = factory.Trait(closed_on=date(2017, 6, 1), closed_because="The posts are filled.")
        late = factory.Trait(review_on=date(2017, 6, 1))

    plan = factory.SubFactory(ActionPlanFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Too few permanent social workers {n}")
    cause = "Posts stay empty."
    effect = "Children change their social worker too often."
    likelihood = 4
    impact = 4
    mitigation = "Recruitment abroad."
    owner = factory.SubFactory(PostFactory)
    opened_on = date(2017, 3, 30)
    review_on = date(2017, 7, 27)


class RiskScoreFactory(DjangoModelFactory):
    class Meta:
        model = models.RiskScore

    risk = factory.SubFactory(RiskFactory)
    scored_on = date(2017, 5, 25)
    likelihood = 3
    impact = 4
    made_by = factory.SubFactory(UserFactory)


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = models.Meeting

    plan = factory.SubFactory(ActionPlanFactory)
    body = Body.BOARD
    held_on = date(2017, 5, 25)
    chair = "Chief Executive"


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = models.Attendance

    meeting = factory.SubFactory(MeetingFactory)
    post = factory.SubFactory(PostFactory)


class DecisionFactory(DjangoModelFactory):
    """Asked for, not yet made."""

    class Meta:
        model = models.Decision

    class Params:
        made = factory.Trait(
            meeting=factory.SubFactory(MeetingFactory, plan=factory.SelfAttribute("..plan")),
            outcome="Agreed.",
        )

    plan = factory.SubFactory(ActionPlanFactory)
    question = factory.Sequence(lambda n: f"Agree the money for {n + 1} more posts")
    why = "The work cannot be done in time without them."
    asked_by = factory.SubFactory(PostFactory)
    asked_on = date(2017, 5, 19)


class ChallengeFactory(DjangoModelFactory):
    """Open and not yet due on 27 June 2017."""

    class Meta:
        model = models.Challenge

    class Params:
        answered = factory.Trait(answer="There are 12.", answered_on=date(2017, 6, 20))
        closed = factory.Trait(
            answer="There are 12.", answered_on=date(2017, 6, 20), closed_on=date(2017, 6, 22)
        )
        late = factory.Trait(due_on=date(2017, 6, 20))

    plan = factory.SubFactory(ActionPlanFactory)
    source = Body.SAFEGUARDING_BOARD
    question = factory.Sequence(lambda n: f"How many children wait, question {n}?")
    raised_on = date(2017, 6, 1)
    owner = factory.SubFactory(PostFactory)
    due_on = date(2017, 7, 20)

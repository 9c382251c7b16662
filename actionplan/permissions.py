"""Who may do what: predicates used by views and templates alike. A superuser passes none without being in its group."""

from actionplan.models import (
    Action,
    ActionPlan,
    Challenge,
    DateChange,
    DraftComment,
    Evidence,
    Post,
    ProgressUpdate,
)
from actionplan.standing import Said
from kpis.permissions import (
    ADMINISTRATOR,
    ASSURER,
    BOARD_MEMBER,
    GROUPS,
    IMPROVEMENT_TEAM,
    OFFICER,
    User,
    in_group,
)

__all__ = [
    "ADMINISTRATOR",
    "ASSURER",
    "BOARD_MEMBER",
    "GROUPS",
    "IMPROVEMENT_TEAM",
    "OFFICER",
    "can_add_evidence",
    "can_answer",
    "can_assure",
    "can_check",
    "can_close",
    "can_comment",
    "can_decide_date",
    "can_govern",
    "can_raise",
    "can_record",
    "can_run_month",
    "can_start_plan",
    "can_update",
    "can_withdraw",
    "can_write_headline",
    "in_group",
    "is_writer",
    "post_asking_dates",
    "post_deciding_dates",
]


def can_update(user: User, action: Action) -> bool:
    """The person who holds the owning post or a contributing post, or the improvement team. One query at most."""
    if not user.is_active:
        return False
    if action.owner.holder_id == user.pk or in_group(user, IMPROVEMENT_TEAM):
        return True
    return action.contributors.filter(holder=user).exists()


def can_add_evidence(user: User, action: Action) -> bool:
    """Those who work on the action, and those who check it."""
    return in_group(user, ASSURER) or can_update(user, action)


def can_withdraw(user: User, evidence: Evidence) -> bool:
    """Who added it, the owner of the action, or the improvement team."""
    if not user.is_active:
        return False
    people = (evidence.made_by_id, evidence.action.owner.holder_id)
    return user.pk in people or in_group(user, IMPROVEMENT_TEAM)


def can_check(user: User, update: ProgressUpdate) -> bool:
    """The improvement team accepts or returns, but nobody checks their own words or the action they own."""
    return (
        in_group(user, IMPROVEMENT_TEAM)
        and update.made_by_id != user.pk
        and update.action.owner.holder_id != user.pk
    )


def can_assure(user: User, action: Action, update: ProgressUpdate | Said | None) -> bool:
    """An assurer, but nobody checks the action they own or the accepted update they wrote."""
    return (
        in_group(user, ASSURER)
        and action.owner.holder_id != user.pk
        and (update is None or update.made_by_id != user.pk)
    )


def can_start_plan(user: User) -> bool:
    """The improvement team says what of the last plan is carried over to the next."""
    return in_group(user, IMPROVEMENT_TEAM)


def can_run_month(user: User) -> bool:
    """The improvement team opens a month, chases, checks, answers comments and freezes it."""
    return in_group(user, IMPROVEMENT_TEAM)


def can_write_headline(user: User, plan: ActionPlan) -> bool:
    """The improvement team drafts what the Board is told; confidence is the senior responsible officer’s own."""
    return user.is_active and (plan.senior_responsible.holder_id == user.pk or can_run_month(user))


def can_comment(user: User) -> bool:
    """Board and senior officers say what they think of a draft; everybody who works on the plan may."""
    return any(in_group(user, group) for group in (BOARD_MEMBER, OFFICER, ASSURER, IMPROVEMENT_TEAM))


def is_writer(user: User, comment: DraftComment) -> bool:
    """A comment is its writer’s own, as long as they may comment at all."""
    return can_comment(user) and comment.made_by_id == user.pk


def can_govern(user: User) -> bool:
    """The improvement team keeps meetings, risks and programmes and asks for decisions."""
    return in_group(user, IMPROVEMENT_TEAM)


def can_raise(user: User) -> bool:
    """Challenges come from the Board, or through the improvement team from others who ask."""
    return in_group(user, BOARD_MEMBER) or in_group(user, IMPROVEMENT_TEAM)


def can_answer(user: User, challenge: Challenge) -> bool:
    """The person who holds the post that was asked, or the improvement team."""
    return user.is_active and (challenge.owner.holder_id == user.pk or in_group(user, IMPROVEMENT_TEAM))


def can_close(user: User) -> bool:
    """Whether an answer is enough is for the Board to say, or for the improvement team in the name of others."""
    return in_group(user, BOARD_MEMBER) or in_group(user, IMPROVEMENT_TEAM)


def can_record(user: User) -> bool:
    """What was decided is written down by the Board, whose chair sits on it, or by the improvement team."""
    return in_group(user, BOARD_MEMBER) or in_group(user, IMPROVEMENT_TEAM)


def post_asking_dates(user: User, action: Action) -> Post | None:
    """In whose name somebody asks for a new date: the owner, else a post of theirs, one that contributes first.

    None for somebody of the improvement team without a post. One query at most.
    """
    if action.owner.holder_id == user.pk:
        return action.owner
    helping = {post.pk for post in action.contributors.all()}
    held = sorted(Post.objects.filter(holder=user), key=lambda post: post.pk not in helping)
    return held[0] if held else None


def post_deciding_dates(user: User, change: DateChange) -> Post | None:
    """The post by which somebody may decide about a new date without a meeting; None for everybody else.

    It answers for the plan, or for the plan above it. Nobody decides alone what they asked for.
    """
    asker = change.asked_by.holder_id if change.asked_by else None
    if not user.is_active or user.pk in (change.made_by_id, asker):
        return None
    plans = [change.action.plan, change.action.plan.parent]
    posts = [plan.senior_responsible for plan in plans if plan]
    return next((post for post in posts if post.holder_id == user.pk), None)


def can_decide_date(user: User, change: DateChange) -> bool:
    """Who may decide alone, and who records what a meeting decided."""
    return post_deciding_dates(user, change) is not None or can_record(user)


def can_set_needs(user: User, action: Action) -> bool:
    """What an action needs is said by the person who holds its owning post, or by the improvement team."""
    return user.is_active and (action.owner.holder_id == user.pk or in_group(user, IMPROVEMENT_TEAM))

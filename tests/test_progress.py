"""What happens to a progress update: writing, repeating, clashing, checking."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from actionplan.changes.checks import AlreadyChecked, accept, send_back
from actionplan.changes.progress import AlreadySent, Words, propose, save_draft, submit
from actionplan.enums import DeliveryState, Rag, UpdateStatus
from actionplan.models import Action, Milestone, ProgressUpdate
from kpis.models import StaleEdit
from tests.factories import ActionFactory, MilestoneFactory, ProgressUpdateFactory, UserFactory

JUNE = date(2017, 6, 1)
TODAY = date(2017, 6, 27)
WORDS = Words(
    state=DeliveryState.IN_PROGRESS,
    rag=Rag.GREEN,
    impact="early",
    done="87 of 118 plans reviewed.",
    difference="Audit: 24 of 40 plans were good.",
    next_steps="Review the other 31.",
    forecast_on=date(2017, 9, 1),
)

pytestmark = pytest.mark.django_db


def write(change, action, by, *, version=None, form_id=None, words=WORDS):
    return change(
        action=action,
        version=version or Action.objects.get(pk=action.pk).version,
        form_id=form_id or uuid4(),
        month=JUNE,
        words=words,
        by=by,
    )


def test_submitted_update_holds_the_words_and_what_the_facts_proposed(officer):
    action = ActionFactory(due_on=date(2017, 7, 27))
    milestone = MilestoneFactory(action=action, overdue=True)

    update = write(submit, action, officer)

    assert Words.of(ProgressUpdate.objects.get()) == WORDS
    assert (update.status, update.submitted_on, update.made_by) == (UpdateStatus.SUBMITTED, TODAY, officer)
    assert (update.proposed_rag, update.proposed_because) == (
        Rag.RED,
        "it is expected to finish 36 days after its date.",
    )
    milestone.refresh_from_db()
    assert milestone.completed_on is None


def test_ticked_milestones_are_completed_once_submitted(officer):
    action = ActionFactory()
    ticked, left = MilestoneFactory.create_batch(2, action=action, overdue=True)
    words = replace(WORDS, ticked={ticked.number: date(2017, 6, 20)})

    write(save_draft, action, officer, words=words)
    assert list(Milestone.objects.filter(completed_on__isnull=False)) == []

    update = write(submit, action, officer, words=words)

    assert list(Milestone.objects.filter(completed_on=date(2017, 6, 20))) == [ticked]
    assert ticked.history.first().completed_on == date(2017, 6, 20)
    assert update.proposed_because == (
        f"milestone {action.ref}.{left.number} is 27 days late and the action is due in 95 days."
    )


def test_proposal_is_kept_for_work_in_progress_only(officer):
    update = write(submit, ActionFactory(), officer, words=Words(state=DeliveryState.DELIVERED))

    assert (update.proposed_rag, update.proposed_because) == ("", "")


def test_half_a_draft_is_kept_as_it_is(officer):
    words = Words(done="Half a sen", rag=Rag.RED, ticked={3: None, 4: date(2017, 6, 20)})

    update = write(save_draft, ActionFactory(), officer, words=words)

    update.refresh_from_db()
    assert (update.status, Words.of(update)) == (UpdateStatus.DRAFT, words)


def test_draft_becomes_the_submitted_row_whoever_goes_on_with_it(officer, manager):
    action = ActionFactory()
    draft = write(save_draft, action, officer)

    update = write(submit, action, manager, words=replace(WORDS, done="88 of 118."))

    assert list(ProgressUpdate.objects.values_list("pk", "status", "done", "made_by")) == [
        (draft.pk, UpdateStatus.SUBMITTED, "88 of 118.", manager.pk)
    ]
    assert update.history.count() == 2


def test_each_accepted_write_raises_the_version_by_one(officer):
    action = ActionFactory()

    for change in (save_draft, save_draft, submit, submit):
        write(change, action, officer)

    action.refresh_from_db()
    assert action.version == 5
    assert ProgressUpdate.history.count() == 4


@pytest.mark.parametrize("change", [save_draft, submit])
@pytest.mark.parametrize("first", [save_draft, submit])
def test_writing_from_an_old_page_is_refused_and_nothing_is_lost(first, change, officer, manager):
    action = ActionFactory()
    write(first, action, manager, version=1, words=replace(WORDS, done="The manager’s text."))

    with pytest.raises(StaleEdit):
        write(change, action, officer, version=1)

    assert list(ProgressUpdate.objects.values_list("done", flat=True)) == ["The manager’s text."]


def test_same_form_again_is_told_apart_from_a_clash(officer):
    action, form_id = ActionFactory(), uuid4()
    update = write(submit, action, officer, version=1, form_id=form_id)

    with pytest.raises(AlreadySent) as again:
        write(submit, action, officer, version=1, form_id=form_id)

    assert again.value.update == update
    assert ProgressUpdate.objects.count() == 1


@pytest.mark.parametrize("other", ["words", "person", "action"])
def test_form_id_protects_only_the_same_words_by_the_same_person(other, officer, manager):
    action, form_id = ActionFactory(), uuid4()
    write(submit, action, officer, version=1, form_id=form_id)

    with pytest.raises(StaleEdit):
        write(
            submit,
            ActionFactory() if other == "action" else action,
            manager if other == "person" else officer,
            version=1,
            form_id=form_id,
            words=replace(WORDS, done="Something else.") if other == "words" else WORDS,
        )

    assert ProgressUpdate.objects.count() == 1


@pytest.mark.parametrize("version", [1, 2])
def test_sent_words_are_never_written_over(version, officer):
    action, form_id = ActionFactory(), uuid4()
    write(submit, action, officer, version=1, form_id=form_id)

    with pytest.raises(StaleEdit):
        write(
            submit,
            action,
            officer,
            version=version,
            form_id=form_id,
            words=replace(WORDS, done="Later thoughts."),
        )

    assert ProgressUpdate.objects.get().done == WORDS.done


@pytest.mark.parametrize("then", [save_draft, submit])
def test_saving_a_draft_twice_or_submitting_right_after_is_no_clash(then, officer):
    action, form_id = ActionFactory(), uuid4()
    write(save_draft, action, officer, version=1, form_id=form_id)

    write(then, action, officer, version=1, form_id=form_id)

    assert ProgressUpdate.objects.count() == 1


def test_draft_is_a_clash_once_the_action_itself_has_changed(officer):
    action, form_id = ActionFactory(), uuid4()
    write(save_draft, action, officer, version=1, form_id=form_id)
    Action.objects.claim(action.pk, 2).save(update_fields=["version"])

    with pytest.raises(StaleEdit):
        write(submit, action, officer, version=1, form_id=form_id)


def test_correction_is_a_new_row(officer):
    action = ActionFactory()
    first = write(submit, action, officer)

    second = write(submit, action, officer, words=replace(WORDS, done="88, not 87."))

    assert list(action.updates.newest_first()) == [second, first]


def test_accepting_says_who_and_when(manager):
    update = accept(update=ProgressUpdateFactory(), by=manager)

    update.refresh_from_db()
    assert (update.status, update.accepted_on, update.checked_by) == (UpdateStatus.ACCEPTED, TODAY, manager)


def test_returning_opens_the_milestones_it_ticked_and_no_others(officer, manager):
    action = ActionFactory()
    ticked, done_before = MilestoneFactory.create_batch(2, action=action)
    Milestone.objects.filter(pk=done_before.pk).update(completed_on=date(2017, 5, 2))
    update = write(submit, action, officer, words=replace(WORDS, ticked={ticked.number: date(2017, 6, 20)}))

    send_back(update=update, reason="How many?", by=manager)

    completed = Milestone.objects.order_by("number").values_list("completed_on", flat=True)
    assert list(completed) == [None, date(2017, 5, 2)]


def test_returning_gives_the_reason(manager):
    update = send_back(update=ProgressUpdateFactory(), reason="How many?", by=manager)

    update.refresh_from_db()
    assert (update.status, update.returned_on) == (UpdateStatus.RETURNED, TODAY)
    assert (update.return_reason, update.checked_by) == ("How many?", manager)


@pytest.mark.parametrize("state", [{"accepted": True}, {"returned": True}])
def test_first_check_stands(state, manager):
    update = ProgressUpdateFactory(**state)
    before = ProgressUpdate.objects.values().get()

    with pytest.raises(AlreadyChecked):
        accept(update=update, by=manager)
    with pytest.raises(AlreadyChecked):
        send_back(update=update, reason="How many?", by=UserFactory())

    assert ProgressUpdate.objects.values().get() == before


@pytest.mark.parametrize(
    ("ticked", "because"),
    [
        ({}, "milestone {ref}.1 is 27 days late and the action is due in 95 days."),
        ({1: None}, "milestone {ref}.1 is 27 days late and the action is due in 95 days."),
        ({1: date(2017, 6, 20)}, "no milestone is late and the action is due in 95 days."),
    ],
)
def test_proposal_counts_what_is_ticked_with_its_day(ticked, because):
    action = ActionFactory()
    MilestoneFactory(action=action, number=1, overdue=True)
    MilestoneFactory(action=action, number=2, complete=True)

    proposal = propose(action, on=TODAY, ticked=ticked)

    assert proposal.because == because.format(ref=action.ref)

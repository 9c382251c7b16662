"""Actions are handed over from post to post."""

from pytest_django.asserts import assertContains

from actionplan.models import Action
from tests.factories import (
    ActionFactory,
    PostFactory,
)

from .records import list_url


def hand_over(client, actions, to, versions=None):
    chosen = {"action": "hand_over", "_selected_action": [action.pk for action in actions]}
    page = client.post(list_url("actionplan.action"), chosen)
    assertContains(page, "Actions to hand over")
    versions = {f"version_{action.pk}": action.version for action in actions}
    return client.post(list_url("actionplan.action"), chosen | versions | {"to": to})


def test_hand_over_gives_the_actions_to_the_post_with_one_history_row_each(client, administrator):
    actions, to = ActionFactory.create_batch(3), PostFactory(title="Head of Leaving Care")
    actions[2].owner = to
    actions[2].save()
    rows = Action.history.count()

    response = hand_over(client, actions, to.pk)

    assert response.status_code == 302
    assert set(Action.objects.values_list("owner", flat=True)) == {to.pk}
    assert list(Action.objects.order_by("pk").values_list("version", flat=True)) == [2, 2, 1]
    written = Action.history.all()[: Action.history.count() - rows]
    assert [(row.history_user, row.history_change_reason) for row in written] == [
        (administrator, "Handed over to another post")
    ] * 2


def test_hand_over_needs_a_post(client):
    action = ActionFactory()

    response = hand_over(client, [action], "")

    assertContains(response, "Choose the post that takes over")
    assert Action.objects.get().owner == action.owner


def test_hand_over_of_an_action_changed_meanwhile_changes_none(client):
    actions, to = ActionFactory.create_batch(2), PostFactory()
    Action.objects.filter(pk=actions[1].pk).update(version=2)

    response = hand_over(client, actions, to.pk)

    assertContains(response, f"Somebody else changed action {actions[1]}", status_code=409)
    assert not Action.objects.filter(owner=to).exists()

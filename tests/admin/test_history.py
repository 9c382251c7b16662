"""History says who changed what, and puts nothing back."""

from datetime import date

from actionplan.models import Post
from tests.factories import (
    MilestoneFactory,
    PostFactory,
)

from .records import filled_in, url


def test_history_says_who_changed_what_and_why_in_the_action_and_its_milestones(client):
    milestone = MilestoneFactory(due_on=date(2017, 7, 31))
    action = milestone.action
    data = filled_in(client.get(url(action)))
    client.post(
        url(action),
        data
        | {
            "priority": "critical",
            "due_on": "31/10/2017",
            "date_reason": "The new team starts in October.",
            "milestones-0-due_on": "31/08/2017",
            "milestones-0-date_reason": "Waiting for a room.",
        },
    )

    page = client.get(url(action, "history")).content.decode()

    assert "<strong>Priority:</strong> from High to Critical" in page
    assert "<strong>Due date:</strong> from 30 September 2017 to 31 October 2017" in page
    assert "The new team starts in October." in page
    assert "<strong>Due date:</strong> from 31 July 2017 to 31 August 2017" in page
    assert "Waiting for a room." in page
    assert "Performance and Information Manager" in page
    assert "Version" not in page


def test_history_offers_no_way_to_put_an_old_state_back(client):
    post = PostFactory()

    response = client.post(f"{url(post, 'history')}{post.history.first().pk}/", {"title": "Head of Nothing"})

    assert response.status_code in (302, 404)
    assert Post.objects.get(pk=post.pk).title == post.title

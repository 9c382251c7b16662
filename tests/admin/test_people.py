"""Who signs in, and with which role, is the administrators’ to say; their own is not."""

from django.contrib.auth.models import Group
from django.urls import reverse

from actionplan.permissions import ADMINISTRATOR, OFFICER
from havering_ofsted.models import User
from tests.factories import (
    ServiceFactory,
    UserFactory,
)

from .records import filled_in, list_url, url

NEW_PASSWORD = {"password1": "sunflowers in the hall", "password2": "sunflowers in the hall"}


def test_person_is_added_with_a_role_and_a_password(client, administrator):
    group = Group.objects.get_or_create(name=OFFICER)[0]
    service = ServiceFactory()

    client.post(
        list_url("havering_ofsted.user", "add"),
        {
            "email": "New.Person@Havering.example",
            "job_title": "Head of Early Help",
            "service": service.pk,
            "groups": [group.pk],
            **NEW_PASSWORD,
        },
    )

    person = User.objects.get(email="new.person@havering.example")
    assert person.check_password("sunflowers in the hall")
    assert (person.service, list(person.groups.all())) == (service, [group])
    assert (person.is_staff, person.is_superuser) == (False, False)
    assert person.history.first().history_user == administrator


def test_person_address_in_another_case_is_the_same_account(client):
    person = UserFactory(email="officer@havering.example")

    response = client.post(
        list_url("havering_ofsted.user", "add"),
        {
            "email": "OFFICER@havering.example",
            **NEW_PASSWORD,
        },
    )

    assert "email" in response.context["adminform"].form.errors
    assert User.objects.filter(email__iexact=person.email).count() == 1


def test_person_new_roles_are_named_in_history(client, administrator):
    person = UserFactory(group=OFFICER)
    team = Group.objects.create(name="Improvement team")
    data = filled_in(client.get(url(person)))

    client.post(url(person), data | {"groups": [team.pk]})

    newest = person.history.first()
    assert list(person.groups.all()) == [team]
    assert (newest.history_user, newest.history_change_reason) == (administrator, "Groups: Improvement team")


def test_person_is_deactivated_and_cannot_sign_in(client):
    person = UserFactory()
    data = filled_in(client.get(url(person)))
    del data["is_active"]

    client.post(url(person), data)

    assert not User.objects.get(pk=person.pk).is_active
    assert not client.login(email=person.email, password="a long enough password")


def test_person_password_is_set_by_an_administrator(client, administrator):
    person = UserFactory()
    address = reverse("admin:auth_user_password_change", args=[person.pk])

    response = client.post(
        address,
        {
            **NEW_PASSWORD,
            "set-password": "1",
            "usable_password": "true",
        },
    )

    person.refresh_from_db()
    assert response.status_code == 302
    assert person.check_password("sunflowers in the hall")
    newest = person.history.first()
    assert (newest.history_user, newest.history_change_reason) == (
        administrator,
        "Password set by an administrator",
    )


def test_person_may_not_change_their_own_role(client, administrator):
    data = filled_in(client.get(url(administrator)))

    client.post(
        url(administrator), data | {"groups": [], "is_staff": "", "job_title": "Head of Care Resources"}
    )

    administrator.refresh_from_db()
    assert administrator.job_title == "Head of Care Resources"
    assert administrator.is_staff
    assert administrator.groups.get().name == ADMINISTRATOR


def test_superusers_account_is_out_of_an_administrators_reach(client):
    superuser = UserFactory(is_superuser=True, is_staff=True)
    password = reverse("admin:auth_user_password_change", args=[superuser.pk])

    assert client.post(url(superuser), {"email": "mine@havering.example"}).status_code == 403
    assert client.post(password, {"password1": "x"}).status_code == 403


def test_administrator_makes_nobody_a_superuser(client):
    person = UserFactory()
    data = filled_in(client.get(url(person)))

    client.post(url(person), data | {"is_superuser": "on", "user_permissions": ["1"]})

    person.refresh_from_db()
    assert (person.version, person.is_superuser, person.user_permissions.count()) == (2, False, 0)

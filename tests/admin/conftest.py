"""Whoever asks Django admin is an administrator, unless the test says otherwise."""

import pytest

from havering_ofsted.administrators import give_administrators_their_permissions


@pytest.fixture(autouse=True)
def signed_in(client, administrator):
    give_administrators_their_permissions()
    client.force_login(administrator)

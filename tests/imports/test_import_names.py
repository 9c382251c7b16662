"""What the names in a file stand for: asked once, and remembered for the next file of the same source."""

import pytest
from django.urls import reverse

from kpis.models import Upload

from .importing import FIGURES, as_shown, confirm, go_through, post_file

pytestmark = pytest.mark.usefixtures("without_child")


def test_unknown_names_are_left_out_unless_they_are_chosen(team, seen):
    content = FIGURES + b"ReRegCPR,May 2017,30\nSeen again,April 2017,60\n"

    response = go_through(team, "june.csv", content, names={"Seen again": "seen"})

    assert response.context["preview"].new.count == 2
    assert response.context["preview"].sheet.names_left_out == {"ReRegCPR": 1}


def test_known_name_can_be_left_out_too(team, seen):
    response = go_through(team, "june.csv", FIGURES)
    names = reverse("kpis:import_names", args=[Upload.objects.get().pk])

    assert [field.label for field in team.get(f"{names}?all=1").context["form"].decided] == ["seen"]
    response = team.get(team.post(names, {"indicator_0": ""}).url)
    assert "Nothing to take" in response.content.decode()


def test_names_of_a_source_are_remembered(team, seen):
    content = b"Indicator,Period,Value\nOurs,%s,70\n"
    confirm(team, go_through(team, "april.csv", content % b"April 2017", names={"Ours": "seen"}))

    response = post_file(team, "may.csv", content % b"May 2017", source="Monthly extract", new_source="")
    page = team.get(response.url)
    after = team.get(team.post(response.url, as_shown(page)).url)

    assert "Filled in as for the last file from Monthly extract." in page.content.decode()
    assert after.url == reverse("kpis:import_check", args=[Upload.objects.get().pk])
    assert team.get(after.url).context["preview"].new.count == 1


def test_columns_that_moved_are_found_by_their_headings(team, seen):
    confirm(team, go_through(team, "april.csv", b"Indicator,Period,Foo,Bar\nseen,April 2017,70,3\n",
                             columns={"role_2": "value", "role_3": "ignore"}))  # fmt: skip

    response = post_file(
        team,
        "may.csv",
        b"Bar,Foo,Period,Indicator\n3,70,May 2017,seen\n",
        source="Monthly extract",
        new_source="",
    )

    roles = [line.role.value() for line in team.get(response.url).context["form"].lines]
    assert roles == ["ignore", "value", "period", "indicator"]


def test_other_columns_keep_what_the_names_stand_for(team, seen):
    confirm(
        team,
        go_through(team, "a.csv", b"Indicator,Period,Value\nOurs,April 2017,70\n", names={"Ours": "seen"}),
    )

    response = post_file(team, "b.csv", b"Name,May 2017\nOurs,70\n", source="Monthly extract", new_source="")
    page = team.get(response.url)

    assert "The columns are not those of the last file" in page.content.decode()
    assert page.context["begun"].layout.indicators == {"Ours": "seen"}

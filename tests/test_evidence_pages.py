"""Evidence from page to page: added, shown, counted, downloaded, withdrawn."""

from datetime import date

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actionplan.assurance import files
from actionplan.assurance.evidence import evidence_in_plan, sources_of
from actionplan.assurance.files import receive
from actionplan.changes import evidence as changes
from actionplan.enums import EvidenceSource
from actionplan.forms.evidence import AGAIN
from actionplan.models import Evidence
from tests import evidence_files as made
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    EvidenceFactory,
    PostFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
    UserFactory,
)
from tests.forms import assert_error_summary, typed

TODAY = date(2017, 6, 27)
ASKED = "Take out what tells of one child, or tick that this is not a child’s record"


@pytest.fixture
def action(officer):
    """The officer's."""
    owner = PostFactory(title="Head of Leaving Care", holder=officer)
    plan = ActionPlanFactory(slug="ofsted-2016")
    return ActionFactory(plan=plan, owner=owner, recommendation__number=4, order=1)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder that evidence stands in, as a live service has it."""
    storage = FileSystemStorage(
        tmp_path / "kept", file_permissions_mode=0o600, directory_permissions_mode=0o700
    )
    monkeypatch.setattr(Evidence._meta.get_field("file"), "storage", storage)
    return tmp_path / "kept"


def url(of, deed):
    if deed == "new":
        return reverse("actionplan:evidence_new", args=[of.plan.slug, of.ref])
    return reverse(f"actionplan:evidence_{deed}", args=[of.action.plan.slug, of.action.ref, of.pk])


def said(**changes):
    """What a browser posts for a link; None leaves a field out."""
    plain = {
        "source": "audit",
        "title": "Audit of 40 plans",
        "shows": "25 of 40 were good, 24 in April.",
        "dated_on_day": "31",
        "dated_on_month": "5",
        "dated_on_year": "2017",
        "link": "https://intranet.havering.example/audits/may",
    }
    return {name: value for name, value in (plain | changes).items() if value is not None}


def upload(name="visits.csv", content=made.CSV):
    return SimpleUploadedFile(name, content)


def with_file(*args, **changes):
    return said(link="", file=upload(*args), **changes)


def kept(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("who", ["officer", "manager", "assurer"])
def test_owner_team_and_assurer_add_a_link(who, client, action, request):
    user = request.getfixturevalue(who)
    client.force_login(user)

    response = client.post(url(action, "new"), said())

    evidence = Evidence.objects.get()
    assert (response.status_code, response.url) == (302, f"{action.get_absolute_url()}#evidence")
    assert (evidence.source, evidence.link, evidence.made_by) == ("audit", said()["link"], user)
    assert (evidence.dated_on, evidence.added_on) == (date(2017, 5, 31), TODAY)
    assert evidence.is_vouched_for is False


def test_file_is_kept_under_a_name_of_ours_and_given_back_as_a_file(client, officer, action, folder):
    client.force_login(officer)

    client.post(url(action, "new"), with_file("Kinder “ä”; x.csv"))

    evidence = Evidence.objects.get()
    [path] = kept(folder)
    assert (path.parent, path.read_bytes()) == (folder, made.CSV)
    assert (path.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert "Kinder" not in path.name
    assert (evidence.size, evidence.sha256) == (len(made.CSV), receive("a.csv", made.CSV).sha256)

    response = client.get(url(evidence, "file"))

    assert b"".join(response.streaming_content) == made.CSV
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''Kinder%20%E2%80%9C%C3%A4%E2%80%9D%3B%20x.csv"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert "sandbox" in [part.strip() for part in response["Content-Security-Policy"].split(";")]


def test_file_that_is_gone_says_so(client, officer, action, folder):
    client.force_login(officer)
    client.post(url(action, "new"), with_file())
    kept(folder)[0].unlink()

    response = client.get(url(Evidence.objects.get(), "file"))

    assert response.status_code == 404
    assert "This file is not on the server" in response.content.decode()


def test_quotation_marks_in_a_name_add_nothing_to_the_header(client, reader, action):
    evidence = EvidenceFactory(action=action, as_file=True, name='x"; filename="y.exe.csv')
    client.force_login(reader)

    response = client.get(url(evidence, "file"))

    assert response["Content-Disposition"] == r'attachment; filename="x\"; filename=\"y.exe.csv"'


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"source": None}, "Choose where it comes from"),
        ({"source": "rumour"}, "Choose where it comes from"),
        ({"title": " "}, "Enter what it is"),
        ({"title": "x" * 121}, "What it is must be 120 characters or fewer. It has 121"),
        ({"shows": ""}, "Enter what it shows"),
        (
            {"dated_on_day": "28", "dated_on_month": "6"},
            "The date of the evidence must be today or in the past",
        ),
        (
            {"dated_on_year": "2015"},
            "The date of the evidence must be 6 October 2016 or later. What is older, inspectors saw",
        ),
        ({"link": ""}, "Choose a file or enter a link"),
        ({"link": "intranet/audits"}, "Enter the whole address, which begins with https://"),
        (
            {"link": "javascript:alert(1)"},
            "A link must begin with https:// or http://. This one begins with javascript:",
        ),
        (
            {"link": "data:text/html,x"},
            "A link must begin with https:// or http://. This one begins with data:",
        ),
        ({"link": "https:///x"}, "Enter the whole address, with the name of the website after https://"),
        ({"link": "https://[x"}, "Enter the whole address, with the name of the website after https://"),
        ({"link": "https://a b"}, "Enter the link without spaces, quotation marks or backslashes"),
        ({"link": "https://x@y.example"}, "Take the user name or password out of the link"),
        ({"link": "https://x.example/" + "x" * 500}, "The link must be 500 characters or fewer. It has 518"),
    ],
)
def test_bad_evidence_says_what_to_do_and_loses_nothing(changes, message, client, officer, action):
    client.force_login(officer)

    response = client.post(url(action, "new"), said(**changes))

    assert_error_summary(response, message)
    assert typed(response)["shows"] == said(**changes)["shows"]
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("plan.exe", made.EXE, f"This is a program. Upload {files.KINDS}."),
        ("empty.pdf", b"", files.EMPTY),
        ("large.pdf", made.PDF + bytes(files.MAX_BYTES), files.TOO_BIG),
        ("too large to be received.pdf", made.PDF + bytes(11 * 1024**2), files.TOO_BIG),
        ("bomb.docx", made.bomb(), files.TOO_MUCH),
    ],
)
def test_refused_file_leaves_nothing(name, content, message, client, officer, action, folder):
    client.force_login(officer)

    response = client.post(url(action, "new"), with_file(name, content))

    assert_error_summary(response, message)
    assert (Evidence.objects.count(), folder.exists()) == (0, False)


def test_file_and_link_are_not_both_kept(client, officer, action):
    client.force_login(officer)

    response = client.post(url(action, "new"), said(file=upload()))

    assert_error_summary(
        response,
        AGAIN.format("visits.csv"),
        "Give a file or a link, not both. Take the link out, or choose no file",
    )


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"title": "Jane Smith, 3 May 2004"}, "in “What is it?”, “Jane Smith, 3 May 2004”"),
        ({"shows": "See 943 476 5919."}, "in “What does it show?”, “943 476 5919”"),
        ({"link": "https://x.example/B801200005001"}, "in the link, “B801200005001”"),
    ],
)
def test_what_looks_like_a_child_is_asked_about(changes, where, client, officer, action):
    client.force_login(officer)

    response = client.post(url(action, "new"), said(**changes))

    assert_error_summary(response, ASKED)
    assert where in response.content.decode()
    assert not Evidence.objects.exists()

    again = client.post(url(action, "new"), typed(response) | {"source": "audit", "vouched": "on"})

    assert again.status_code == 302
    assert Evidence.objects.get().is_vouched_for is True


def test_child_in_a_file_is_asked_about_and_the_file_chosen_again(client, officer, action, folder):
    client.force_login(officer)
    data = b"Name,Born\nJane Smith,03/05/2004\n"

    response = client.post(url(action, "new"), with_file("Jane 9434765919.csv", data))

    assert_error_summary(response, AGAIN.format("Jane 9434765919.csv"), ASKED)
    page = response.content.decode()
    assert "in the file, “Jane Smith,03/05/2004” looks like a name with a date of birth" in page
    assert "in the name of the file, “9434765919” looks like an NHS number" in page

    seen = typed(response)["seen"]
    client.post(url(action, "new"), with_file("Jane 9434765919.csv", data, seen=seen, vouched="on"))

    assert Evidence.objects.get().is_vouched_for is True
    assert len(kept(folder)) == 1


def test_tick_counts_only_for_what_was_quoted(client, officer, action):
    client.force_login(officer)
    first = client.post(url(action, "new"), said(title="Jane Smith, 3 May 2004"))
    seen = typed(first)["seen"]

    response = client.post(url(action, "new"), said(title="John Jones, 3 May 2004", seen=seen, vouched="on"))

    assert_error_summary(response, ASKED)
    assert "vouched" not in typed(response)


def test_same_file_twice_is_told_and_a_double_click_is_not(client, officer, action, folder):
    client.force_login(officer)
    client.post(url(action, "new"), with_file())

    assert client.post(url(action, "new"), with_file()).status_code == 302
    response = client.post(url(action, "new"), with_file("other.csv", title="Another"))

    assert_error_summary(
        response, "This file was added on 27 June 2017, as “Audit of 40 plans”. Choose another file"
    )
    assert (Evidence.objects.count(), len(kept(folder))) == (1, 1)


def test_uploads_stop_where_the_plan_has_no_room(client, officer, action, folder, settings):
    settings.EVIDENCE_MAX_MEGABYTES = 1
    client.force_login(officer)
    EvidenceFactory(action=action, as_file=True, size=1024**2 - len(made.CSV) + 1)

    response = client.post(url(action, "new"), with_file())

    assert_error_summary(
        response,
        "The files of this plan take all of the 1 MB that they may. "
        "Add a link instead, and tell an administrator",
    )
    assert Evidence.objects.count() == 1


def test_file_goes_when_its_row_cannot_be_written(action, officer, folder, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("no row")

    monkeypatch.setattr(Evidence, "save", fail)
    words = {"source": "data", "title": "x", "shows": "x", "dated_on": TODAY}

    with pytest.raises(RuntimeError):
        changes.add(action=action, **words, file=receive("a.csv", made.CSV), by=officer)

    assert kept(folder) == []


def test_full_disk_is_told(client, officer, action, folder, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    client.force_login(officer)

    response = client.post(url(action, "new"), with_file())

    assert_error_summary(
        response, f"The file could not be stored. Try again later. {AGAIN.format('visits.csv')}"
    )
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("who", ["officer", "manager", "adder"])
def test_adder_owner_and_team_withdraw_with_a_reason(who, client, action, request):
    adder = UserFactory()
    user = adder if who == "adder" else request.getfixturevalue(who)
    evidence = EvidenceFactory(action=action, made_by=adder, title="Return on visits")
    client.force_login(user)

    response = client.post(url(evidence, "withdraw"), {"version": 1, "reason": "It is about another team."})

    evidence.refresh_from_db()
    assert response.url == f"{action.get_absolute_url()}#evidence"
    assert (evidence.withdrawn_on, evidence.withdrawn_because) == (TODAY, "It is about another team.")
    page = client.get(action.get_absolute_url()).content.decode()
    assert (
        page.index("Withdrawn: 1") < page.index("Return on visits") < page.index("It is about another team.")
    )
    assert sources_of([action], TODAY) == {action.pk: frozenset()}
    assert sources_of([action], date(2017, 6, 26)) == {action.pk: {EvidenceSource.DATA}}


def test_withdrawing_needs_a_reason_and_happens_once(client, officer, action):
    evidence = EvidenceFactory(action=action)
    client.force_login(officer)

    assert_error_summary(
        client.post(url(evidence, "withdraw"), {"version": 1, "reason": " "}), "Say why it is withdrawn"
    )
    assert client.post(url(evidence, "withdraw"), {"version": 7, "reason": "Mine"}).status_code == 409
    client.post(url(evidence, "withdraw"), {"version": 1, "reason": "First"})
    late = client.post(url(evidence, "withdraw"), {"version": 1, "reason": "Second"})

    assert late.status_code == 409
    assert "It was withdrawn on 27 June 2017: First" in late.content.decode()
    assert "Second" in late.content.decode()
    evidence.refresh_from_db()
    assert evidence.withdrawn_because == "First"


@pytest.mark.parametrize("who", ["reader", "administrator"])
def test_others_neither_add_nor_withdraw(who, client, action, request):
    evidence = EvidenceFactory(action=action)
    client.force_login(request.getfixturevalue(who))

    added = client.post(url(action, "new"), said())
    withdrawn = client.post(url(evidence, "withdraw"), {"version": 1, "reason": "Mine"})

    assert (added.status_code, withdrawn.status_code) == (403, 403)
    assert "Evidence is added by the Head of Leaving Care" in added.content.decode()
    assert [each.withdrawn_on for each in Evidence.objects.all()] == [None]


def test_evidence_of_another_action_is_not_found(client, officer, action):
    other = EvidenceFactory()
    client.force_login(officer)

    for deed in ("file", "withdraw"):
        address = reverse(f"actionplan:evidence_{deed}", args=[action.plan.slug, action.ref, other.pk])
        assert client.get(address).status_code == 404
    assert client.get(url(EvidenceFactory(action=action), "file")).status_code == 404  # a link


def test_plan_page_counts_sources_and_names_what_is_short(client, reader, action):
    RecommendationFactory(inspection=action.plan.inspection, number=5)
    beneath = ActionPlanFactory(parent=action.plan, inspection=action.plan.inspection)
    own = ActionFactory(plan=beneath, recommendation=action.recommendation, ref="L1.1")
    EvidenceFactory(action=action)
    EvidenceFactory.create_batch(2, action=own, source=EvidenceSource.VOICE)
    EvidenceFactory(action=own, source=EvidenceSource.AUDIT, withdrawn=True)
    EvidenceFactory()  # of another plan
    for each in (action, own):
        ProgressUpdateFactory(action=each, accepted=True, delivered=True)
    EvidenceFactory(action=own, source=EvidenceSource.EXTERNAL)

    found = evidence_in_plan(action.plan, TODAY)

    [line] = found.lines
    assert [tick.count for tick in line.ticks] == [1, 0, 2, 0, 1]
    assert [(each.action, each.has) for each in found.short] == [(action, "Data")]
    client.force_login(reader)
    page = client.get(reverse("actionplan:evidence", args=["ofsted-2016"]), {"source": "voice"})
    assert [each.action for each in page.context["page"]] == [own, own]
    wrong = client.get(reverse("actionplan:evidence", args=["ofsted-2016"]), {"source": "x", "page": "x\0"})
    assert wrong.status_code == 200
    assert "Choose a source from the list" in wrong.content.decode()


def test_recommendation_says_which_sources_are_missing(client, reader, action):
    EvidenceFactory(action=action)
    client.force_login(reader)

    page = client.get(reverse("actionplan:recommendation", args=["ofsted-2016", 4])).content.decode()

    assert "Missing: audit of practice; child’s or family’s voice; staff or partner; external." in page


@pytest.mark.parametrize("count", [1, 3])
def test_evidence_page_query_count(count, client, reader, action, django_assert_num_queries):
    for number in range(count):
        recommendation = RecommendationFactory(inspection=action.plan.inspection, number=20 + number)
        other = ActionFactory(plan=action.plan, recommendation=recommendation)
        EvidenceFactory(action=other, as_file=True)
        ProgressUpdateFactory(action=other, accepted=True, delivered=True)
    client.force_login(reader)

    with django_assert_num_queries(10):
        client.get(reverse("actionplan:evidence", args=["ofsted-2016"]))

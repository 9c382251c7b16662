"""A frozen report never changes, whatever is edited, renamed, removed, issued again or migrated after it."""

import os
import sqlite3
from contextlib import closing, contextmanager
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import count
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management.color import no_style
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from actionplan import permissions
from actionplan.changes import checks, comments, dates, narrative, progress
from actionplan.changes.narrative import Narrative
from actionplan.changes.progress import Words
from actionplan.enums import DeliveryState, FileKind, Impact, MonthState, Rag
from actionplan.models import Action, BoardReport, ReportFile, ReportingMonth
from actionplan.reports import freezing, frozen
from actionplan.reports.files import RENDERERS
from actionplan.unchangeable import WORDS
from kpis.fragments import draw
from kpis.models import RagRule, Target
from kpis.periods import Period, months_later, today
from kpis.recording import record
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    IndicatorFactory,
    MilestoneFactory,
    PostFactory,
    RagRuleFactory,
    ReportFileFactory,
    ReportingMonthFactory,
    RiskFactory,
    TargetFactory,
    UserFactory,
)
from tests.test_one_instant import Everything
from tests.thaw import thaw

# Walks and edits in each; months frozen before they begin, and of how many of them every kind of file is drawn.
WALKS, EDITS, MONTHS, DRAWN = (11, 100, 24, 2) if os.environ.get("SOAK") else (2, 20, 3, 1)
FIRST = date(2015, 4, 1)
NUMBERS = st.integers(0, 23)
NAMES = {
    "plan": "name",
    "owner": "title",
    "service": "name",
    "recommendation": "short_title",
    "action": "short_title",
    "indicator": "name",
    "user": "job_title",
}
STATEMENTS = {
    "sqlite": ["UPDATE {} SET id = id", "DELETE FROM {}", "REPLACE INTO {0} SELECT * FROM {0}"],
    "postgresql": ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"],
}


class FrozenMonths(RuleBasedStateMachine):
    """A plan and one beneath it: months are frozen, and then everything they were made of changes."""

    @initialize()
    def begin(self):
        self.pinned, self.number = settings.OFSTED_TODAY, count(1)
        self.kept, self.bodies, self.looked = {}, {}, 0
        self.owner, self.team = UserFactory(), UserFactory(group=permissions.IMPROVEMENT_TEAM)
        self.plan = ActionPlanFactory()
        beneath = ActionPlanFactory(parent=self.plan, inspection=self.plan.inspection)
        for plan in (self.plan, beneath):
            owner = PostFactory(holder=self.owner)
            MilestoneFactory(action=ActionFactory(plan=plan, owner=owner, starts_on=FIRST))
        self.indicator = IndicatorFactory(headline_order=1)
        TargetFactory(indicator=self.indicator)
        self.reader = Client()
        self.reader.force_login(self.team)
        self._open(FIRST)
        for number in range(MONTHS):
            self.update_is_accepted(number=number, rag=Rag.values[number % 3])
            self.figure_is_entered_or_revised(back=0, value=number)
            self.month_is_frozen()

    def teardown(self):
        if hasattr(self, "pinned"):
            settings.OFSTED_TODAY = self.pinned
            empty_the_database()

    # What people do afterwards.

    @rule()
    def month_is_frozen(self):
        facts = {"month": self.live, "version": self.live.version, "accepted": Everything(), "by": self.team}
        with only_json_drawn(if_=len(self.bodies) >= 2 * DRAWN):
            self._keep(freezing.freeze(**facts))
        self._open(months_later(self.live.month, 1))

    @rule(number=NUMBERS)
    def month_is_issued_again(self, number):
        month = self._frozen_month(number)
        facts = {"reason": f"Corrected {next(self.number)}", "on": today(), "by": self.team}
        with only_json_drawn():
            self._keep(freezing.reissue(month=month, version=month.version, **facts))

    @rule(number=NUMBERS, rag=st.sampled_from(Rag))
    def update_is_accepted(self, number, rag):
        action = self._action(number)
        words = Words(
            DeliveryState.IN_PROGRESS, rag, impact=Impact.EARLY, done=f"Visit {uuid4()}", cause="Ill"
        )
        facts = {"version": action.version, "form_id": uuid4(), "month": self.live.month, "by": self.owner}
        checks.accept(update=progress.submit(action=action, words=words, **facts), by=self.team)

    @rule(number=NUMBERS, what=st.sampled_from([*NAMES]))
    def something_is_renamed(self, number, what):
        action = self._action(number)
        row = {"action": action, "indicator": self.indicator, "user": self.team}.get(what)
        row = row or getattr(action, what)
        setattr(row, NAMES[what], f"Renamed {next(self.number)}")
        row.save(update_fields=[NAMES[what]])

    @rule(number=NUMBERS, of=st.sampled_from(["milestone", "post", "action", "month", "plan", "indicator"]))
    def something_is_deleted_where_that_is_allowed(self, number, of):
        action = self._action(number)
        if of == "post":
            post, action.owner = action.owner, PostFactory(holder=self.owner)
            action.save()
            post.delete()
        elif of == "milestone":
            action.milestones.all().delete()
        else:
            row = {"month": self._frozen_month(number), "plan": action.plan, "indicator": self.indicator}
            with pytest.raises(ProtectedError):
                row.get(of, action).delete()

    @rule(number=NUMBERS)
    def owner_leaves(self, number):
        self.owner.is_active = False
        self.owner.save()
        post = self._action(number).owner
        self.owner = post.holder = UserFactory()
        post.save()

    @rule(number=NUMBERS, days=st.integers(1, 60))
    def dates_are_moved(self, number, days):
        """Of an action, and of a month that is frozen, whose texts change too."""
        action, month = self._action(number), self._frozen_month(number)
        action.version += 1
        dates.move(action=action, to=action.due_on + timedelta(days), reason="A new team", by=self.team)
        month.opens_on, month.headline = month.opens_on - timedelta(1), f"Said since {next(self.number)}"
        month.save()

    @rule(
        method=st.sampled_from(["council", "exact", "share_of_target"]),
        starts_on=st.dates(FIRST, date(2017, 6, 30)),
        value=st.integers(0, 100),
    )
    def rag_rule_and_target_change(self, method, starts_on, value):
        body = RagRule.Body.COUNCIL if method == "council" else RagRule.Body.BOARD
        if not RagRule.objects.filter(body=body, starts_on=starts_on).exists():
            RagRuleFactory(starts_on=starts_on, **{method: True})
        target = Target.objects.get(indicator=self.indicator)
        target.value = value
        target.save()

    @rule(back=NUMBERS, value=st.integers(0, 100))
    def figure_is_entered_or_revised(self, back, value):
        period = Period.month(months_later(self.live.month, -1 - back))
        facts = {"indicator": self.indicator, "period": period, "source": "The case system", "reason": "Late"}
        record(value=Decimal(value), comment=f"So what {value}", by=self.team, **facts)

    @rule()
    def risk_is_opened_and_draft_is_written(self):
        said = f"Said {next(self.number)}"
        RiskFactory(plan=self.plan, owner=PostFactory(), opened_on=FIRST)
        comments.put(plan=self.plan, month=self.live, part="headline", line="", text=said, by=self.team)
        words = Narrative(headline=said, so_whats={self.indicator.pk: said})
        self.live = narrative.write(month=self.live, version=self.live.version, words=words, by=self.team)

    @rule()
    def database_is_migrated(self):
        """SQLite makes both tables anew and forgets their triggers; what follows a migration puts them back."""
        for model, name in [(BoardReport, "version"), (ReportFile, "size")]:
            now, wider = model._meta.get_field(name), models.BigIntegerField()
            wider.set_attributes_from_name(name)
            wider.model = model
            for before, after in [(now, wider), (wider, now)]:
                with connection.schema_editor() as editor:
                    editor.alter_field(model, before, after)
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    @rule(which=st.integers(0, 2), model=st.sampled_from([BoardReport, ReportFile]))
    def somebody_tries_sql(self, which, model):
        with (
            pytest.raises(IntegrityError, match=WORDS),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(STATEMENTS[connection.vendor][which].format(model._meta.db_table))

    # What must be so, whatever they did.

    @invariant()
    def reports_are_as_they_were(self):
        if not hasattr(self, "live"):
            return
        stored = ReportFile.objects.order_by().values_list("report_id", "kind", "sha256", "content")
        found = {(report, kind): (digest, bytes(content)) for report, kind, digest, content in stored}
        assert found == self.kept
        assert all(sha256(content).hexdigest() == digest for digest, content in found.values())
        self.looked += 1
        report, body = [*self.bodies.items()][self.looked * 7 % len(self.bodies)]
        assert self._body(report) == body
        for (owner, kind), (_, content) in self.kept.items():
            if owner == report.pk:
                address = self._address("month_file", report, kind)
                assert self.reader.get(address, {"version": report.version}).content == content

    # How it is done and looked up.

    def _keep(self, reports):
        for report in reports:
            for file in report.files.all():
                self.kept[report.pk, file.kind] = file.sha256, bytes(file.content)
            self.bodies[report] = self._body(report)

    def _body(self, report):
        """What the page of a version says, drawn anew and not as this process remembers it."""
        draw.cache_clear()
        frozen._page.cache_clear()
        answer = self.reader.get(self._address("month", report), {"version": report.version})
        return answer.context["body"]

    def _address(self, name, report, *more):
        return reverse(f"actionplan:{name}", args=[report.plan.slug, f"{report.month.month:%Y-%m}", *more])

    def _open(self, month):
        settings.OFSTED_TODAY = month.replace(day=27)
        self.live = ReportingMonthFactory(
            plan=self.plan,
            month=month,
            opens_on=month,
            updates_due_on=month.replace(day=20),
            data_as_at=month - timedelta(days=1),
            board_on=month.replace(day=28),
        )

    def _action(self, number):
        return list(Action.objects.order_by("pk"))[number % 2]

    def _frozen_month(self, number):
        months = ReportingMonth.objects.filter(state=MonthState.FROZEN).order_by("month")
        return months[number % len(months)]


@contextmanager
def only_json_drawn(*, if_=True):
    every = dict(RENDERERS)
    try:
        for kind in set(FileKind) - {FileKind.JSON} if if_ else ():
            del RENDERERS[kind]
        yield
    finally:
        RENDERERS.update(every)


def empty_the_database():
    """As it was before the walk, but for what every database has from its migrations."""
    thaw()
    stays = {"django_migrations", "django_content_type", "auth_permission"}
    tables = set(connection.introspection.django_table_names(only_existing=True)) - stays
    statements = connection.ops.sql_flush(no_style(), sorted(tables), allow_cascade=False)
    connection.ops.execute_sql_flush(statements)


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_frozen_report_never_changes():
    run_state_machine_as_test(
        FrozenMonths,
        settings=hypothesis_settings(
            max_examples=WALKS,
            stateful_step_count=EDITS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


# What the application's own role may do with a table is not enough: the rest needs the table's owner.
TRIED = {
    "sqlite": [(each, WORDS) for each in STATEMENTS["sqlite"]],
    "postgresql": [
        *((each, WORDS) for each in STATEMENTS["postgresql"]),
        ("TRUNCATE actionplan_reportingmonth CASCADE", WORDS),  # it takes along whatever points to it
        ("ALTER TABLE {} DISABLE TRIGGER ALL", "must be owner"),
        ("DROP TRIGGER {0}_no_change ON {0}", "must be owner"),
        ("DROP TABLE {} CASCADE", "must be owner"),
        ("DROP FUNCTION {}_refuse() CASCADE", "must be owner"),
        ("SET session_replication_role = replica", "permission denied"),
    ],
}


@pytest.fixture
def another_role(transactional_db):
    """A function that runs SQL as somebody else than the owner of the tables: another program that has opened the
    file; on PostgreSQL a role that was granted all that an application needs, and TRUNCATE."""
    file = ReportFileFactory()
    role = f"tracker_{os.getpid()}"
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
            yield other.execute
    else:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE ROLE {role}")
            grants = "SELECT, INSERT, UPDATE, DELETE, TRUNCATE"
            cursor.execute(f"GRANT {grants} ON ALL TABLES IN SCHEMA public TO {role}")
            cursor.execute(f"SET ROLE {role}")
            yield cursor.execute
            cursor.execute("RESET ROLE")
            cursor.execute(f"DROP OWNED BY {role}")
            cursor.execute(f"DROP ROLE {role}")
    file.refresh_from_db()
    thaw()
    assert bytes(file.content) == b"{}"


@pytest.mark.parametrize("model", [BoardReport, ReportFile])
def test_database_refuses_whoever_does_not_own_the_tables(another_role, model):
    for statement, words in TRIED[connection.vendor]:
        with pytest.raises((DatabaseError, sqlite3.DatabaseError), match=words):
            another_role(statement.format(model._meta.db_table))

"""Whether the council can show an area: the rule by table, then the page."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from actionplan.enums import Readiness
from actionplan.frameworks.prepared import dates_of, next_framework, prepared
from actionplan.frameworks.readiness import Facts, readiness, sentence
from kpis.periods import months_later
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    AreaMappingFactory,
    AssuranceFactory,
    ChallengeFactory,
    EvidenceFactory,
    FrameworkFactory,
    IndicatorFactory,
    JudgementAreaFactory,
    JudgementFactory,
    MeasurementFactory,
    ProgressUpdateFactory,
    RecommendationParagraphFactory,
)

TODAY = date(2017, 6, 27)
GOOD = Facts(actions=4, evidenced=2, sources=frozenset({"data", "audit", "voice"}))


@pytest.mark.parametrize(
    ("facts", "must"),
    [
        ({"red": 1}, "recover 1 red action"),
        ({"overdue": 2}, "finish 2 actions past their dates"),
        ({"relapsed": 1}, "put right 1 action that relapsed"),
        ({"evidenced": 0}, "show the impact of at least one action"),
        ({"unevidenced": 1}, "show the impact of 1 delivered action"),
        ({"not_achieved": 1}, "find another way for 1 action without its impact"),
        ({"sources": frozenset({"data", "voice"})}, "gather evidence from 3 sources (now 2)"),
        (
            {"sources": frozenset({"data", "audit", "staff", "external"})},
            "bring in the child’s or family’s voice",
        ),
        ({"worsening": 1}, "turn round 1 indicator that gets worse"),
        ({"late_answers": 3}, "answer 3 challenges that wait too long"),
        ({"red": 1, "overdue": 1, "sources": frozenset({"voice"})}, None),
    ],
)
def test_one_thing_that_is_missing_is_enough_for_a_no(facts, must):
    lacking = replace(GOOD, **facts)

    assert readiness(lacking) == Readiness.NOT_YET
    assert sentence(lacking) == (
        f"Before the council can say that it is ready, it must {must}."
        if must
        else "Before the council can say that it is ready, it must recover 1 red action, "
        "finish 1 action past its date and gather evidence from 3 sources (now 1)."
    )


def test_area_is_ready_when_nothing_is_missing_and_silent_without_actions():
    assert readiness(GOOD) == Readiness.READY
    assert "3 of 5 sources stand" in sentence(GOOD)
    assert readiness(Facts()) == Readiness.NOTHING


@pytest.mark.parametrize(
    ("on", "expected", "words"),
    [
        (date(2016, 6, 1), "sif", "used from 1 November 2013 to 31 December 2017"),
        (date(2017, 6, 27), "ilacs-2018", "expected from January 2018"),
        (date(2018, 9, 3), "ilacs-2018", "used from 1 January 2018 to 31 December 2022"),
        (date(2024, 2, 16), "ilacs-2023", "used since 1 January 2023"),
    ],
)
def test_page_speaks_of_the_framework_that_inspectors_will_bring(on, expected, words):
    known = [
        FrameworkFactory.build(code="sif", from_date=date(2013, 11, 1), to_date=date(2017, 12, 31)),
        FrameworkFactory.build(code="ilacs-2018", from_date=date(2018, 1, 1), to_date=date(2022, 12, 31)),
        FrameworkFactory.build(code="ilacs-2023", from_date=date(2023, 1, 1)),
    ]

    chosen = next_framework(known, on)

    assert (chosen.code, dates_of(chosen, on)) == (expected, words)


@pytest.fixture
def plan(db):
    """A plan whose one area leads on to an area of ILACS 2018."""
    plan = ActionPlanFactory(slug="the-plan", inspection__framework__to_date=date(2017, 12, 31))
    later = FrameworkFactory(code="ilacs-2018", from_date=date(2018, 1, 1))
    AreaMappingFactory(
        from_area=JudgementAreaFactory(framework=plan.inspection.framework, short_name="Care leavers"),
        to_area=JudgementAreaFactory(framework=later, name="In care and care leavers"),
    )
    JudgementAreaFactory(framework=later, code="ilacs-2018/overall")
    JudgementAreaFactory(framework=later, name="Impact of leaders", order=9999)
    return plan


def add_action(plan, **fields):
    """An action that stands in the area of the plan."""
    action = ActionFactory(plan=plan, **fields)
    area = plan.inspection.framework.areas.get()
    RecommendationParagraphFactory(recommendation=action.recommendation, area=area)
    return action


def of_later(plan):
    return prepared(plan, FrameworkFactory._meta.model.objects.get(code="ilacs-2018"), TODAY)


def test_area_gathers_what_stands_for_it_on_the_day(plan):
    area = plan.inspection.framework.areas.get()
    JudgementFactory(inspection=plan.inspection, area=area, grade="inadequate")
    beneath = ActionPlanFactory(parent=plan, inspection=plan.inspection)
    action = add_action(beneath, overdue=True)
    ProgressUpdateFactory(action=action, accepted=True, red=True, impact="evidenced")
    EvidenceFactory(action=action, source="voice")
    EvidenceFactory(action=action, source="audit", withdrawn=True)
    EvidenceFactory(action=action, source="data", added_on=date(2017, 6, 28))
    ChallengeFactory(plan=plan, late=True).actions.add(action)
    ChallengeFactory(plan=plan, late=True, closed=True).actions.add(action)
    ChallengeFactory(plan=plan, late=True)
    nowhere = ActionFactory(plan=plan)

    [care, leaders], elsewhere = of_later(plan)

    assert care.reached.grade == "Inadequate"
    assert care.facts == Facts(
        actions=1, red=1, overdue=1, evidenced=1, sources=frozenset({"voice"}), late_answers=1
    )
    assert leaders.readiness == Readiness.NOTHING
    assert [row.action for row in elsewhere] == [nowhere]


def test_area_counts_relapses_and_what_was_delivered_without_impact(plan):
    relapsed, delivered = add_action(plan), add_action(plan)
    for action in (relapsed, delivered):
        ProgressUpdateFactory(action=action, accepted=True, delivered=True, impact="early")
    AssuranceFactory(action=relapsed, inadequate=True, six_months=True)

    [care, _], _ = of_later(plan)

    assert care.facts == Facts(actions=2, red=1, relapsed=1, unevidenced=1)


def test_indicator_gets_worse_only_by_more_than_chance(plan):
    worse, chance = IndicatorFactory(lower=True), IndicatorFactory(lower=True)
    add_action(plan).indicators.add(worse, chance)
    for n in range(14):
        start = months_later(date(2016, 4, 1), n)
        end = months_later(start, 1) - (date(2016, 4, 2) - date(2016, 4, 1))
        MeasurementFactory(indicator=worse, start=start, end=end, value=10 + 3 * n)
        MeasurementFactory(indicator=chance, start=start, end=end, value=10 + n % 2)

    [care, _], _ = of_later(plan)

    assert [reading.indicator for reading in care.worsening] == [worse]
    assert len(care.readings) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_readiness_query_count(client, reader, plan, count, django_assert_num_queries):
    for _ in range(count):
        action = add_action(plan)
        ProgressUpdateFactory(action=action, accepted=True)
        EvidenceFactory(action=action)
        indicator = IndicatorFactory()
        MeasurementFactory(indicator=indicator)
        action.indicators.add(indicator)
        ChallengeFactory(plan=plan).actions.add(action)
        ActionFactory(plan=plan)
    client.force_login(reader)

    with django_assert_num_queries(26):
        response = client.get(reverse("actionplan:readiness", args=[plan.slug]))

    assert "expected from January 2018" in response.content.decode()

"""A chart says the same in its picture, its title and its sentences, whatever the facts."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.charts import engine
from kpis.charts.drawing import svg
from kpis.charts.facts import Aim, Beside, Mark, Rebase
from kpis.charts.frame import SMALL, WIDE, frame
from kpis.charts.line_ends import line_ends, spread
from kpis.charts.picture import picture
from kpis.charts.words import finding, sentence, title
from kpis.enums import Polarity, Signal, Unit
from tests.charted import SVG, aims, made_facts, month, texts

HOSTILE = "</title><script>alert(1)</script> & \"' \N{GRINNING FACE} \u202eevil\0\ud800 " + "long " * 60


def layer(facts, name):
    (found,) = [each for each in picture(facts, WIDE).spec["layer"] if each["name"] == name]
    return found["data"]["values"]


@pytest.mark.parametrize(
    ("values", "polarity", "said"),
    [
        ([], Polarity.HIGHER, "no data"),
        ([70], Polarity.HIGHER, "too few points to tell"),
        ([50, 52, 51, 49] * 3, Polarity.HIGHER, "normal variation"),
        ([50, 52, 51, 49] * 3 + [70], Polarity.HIGHER, "improving since April 2017"),
        ([50, 52, 51, 49] * 3 + [70], Polarity.LOWER, "worsening since April 2017"),
        ([50, 52, 51, 49] * 3 + [70], Polarity.CONTEXT, "high since April 2017"),
        ([50, 52, 51, 49] * 3 + [30], Polarity.CONTEXT, "low since April 2017"),
    ],
)
def test_title_says_what_the_series_says(values, polarity, said):
    facts = made_facts(values, polarity=polarity, name="Seen in time")

    assert finding(facts) == said
    assert title(facts) == f"Seen in time: {said}"
    assert title(facts) in " ".join(texts(svg(facts)))


def test_long_name_is_cut_and_what_is_found_is_not():
    facts = made_facts([70], name="long " * 60)

    assert title(facts).endswith("long…: too few points to tell")
    assert len(title(facts)) == 150 + len(": too few points to tell")


def test_sentence_tells_the_whole_chart():
    facts = made_facts(
        target=aims()[-1],
        baseline=Beside("Baseline", Decimal(41), "41%", "April to September 2016"),
        benchmark=Beside("England", Decimal(57), "57%", "2015-16"),
        marks=(Mark(date(2016, 11, 14), "A", "Same-day notice"),),
    )

    assert sentence(facts) == (
        "38% in April 2016, 70% in May 2017. Mean 51%, limits 39% to 62%. Improving since October 2016: the newest "
        "value is above the upper limit. Target 90% by 31 March 2018. Baseline 41%, April to September 2016. "
        "England 57%, 2015-16. A: Same-day notice, November 2016. The table beside the chart has every value."
    )


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (made_facts([]), "No values yet."),
        (made_facts([70]), "70% in April 2016, the only value. Too few points to tell."),
        (made_facts([20, 40, 22]), "20% in April 2016, highest 40% in May 2016, 22% in June 2016. Mean 27%."),
        (made_facts([2, 30, 2] * 4), "Mean 11%, limits under 0% to 66%. Normal variation."),
        (made_facts([99, 90, 99] * 4), "limits 79% to over 100%"),
        (
            made_facts(
                [7, 6], unit=Unit.WEEKS, polarity=Polarity.LOWER, target=Aim(date(2018, 3, 31), 5, "5 weeks")
            ),
            "Target 5 weeks or lower by 31 March 2018.",
        ),
        (
            made_facts([60] * 9, rebases=(Rebase(date(2016, 7, 1), "New form"),)),
            "New limits from 1 July 2016: New form.",
        ),
    ],
)
def test_sentence_of(facts, said):
    assert said in sentence(facts)


def test_picture_alone_has_its_words_and_nothing_active():
    chart = svg(made_facts())
    root = ElementTree.fromstring(chart)  # noqa: S314  our own drawing

    assert (
        root.find(f"{SVG}title").text
        == "Return home interviews within 72 hours: improving since October 2016"
    )
    assert root.find(f"{SVG}desc").text == sentence(made_facts())
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"].split() == [root[0].attrib["id"], root[1].attrib["id"]]
    assert {"width", "height"}.isdisjoint(root.attrib)
    assert root.attrib["viewBox"].startswith("0 0 1000 ")
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        *("svg", "title", "desc", "g", "rect", "path", "line", "text", "circle")
    }
    assert {name for each in root.iter() for name in each.attrib} & {
        "style",
        "href",
        "onload",
        "clip-path",
    } == set()
    assert "url(" not in chart


def test_words_that_people_wrote_stay_words():
    mark = Mark(date(2016, 5, 1), "<A", HOSTILE)
    beside = Beside(HOSTILE, Decimal(50), "50%", HOSTILE)
    rebase = Rebase(date(2016, 6, 1), HOSTILE)

    chart = svg(made_facts(name=HOSTILE, marks=(mark,), benchmark=beside, baseline=beside, rebases=(rebase,)))

    root = ElementTree.fromstring(chart)  # noqa: S314  our own drawing
    assert root.find(f"{SVG}title").text.startswith(
        "</title><script>alert(1)</script> & \"' \N{GRINNING FACE} evil long"
    )
    assert "script" not in {each.tag.removeprefix(SVG) for each in root.iter()}
    assert max(map(len, texts(chart))) <= WIDE / 10
    assert "\u202e" not in chart


def test_ids_of_two_charts_differ():
    ids = [re.findall(r' id="([^"]+)"', svg(made_facts(name=name))) for name in ("One", "Other")]

    assert len({*ids[0], *ids[1]}) == 4


@pytest.mark.parametrize(
    ("polarity", "high", "low"),
    [
        (Polarity.HIGHER, ("triangle-up", "#17528a"), ("triangle-down", "#b34700")),
        (Polarity.LOWER, ("triangle-down", "#b34700"), ("triangle-up", "#17528a")),
        (Polarity.CONTEXT, ("diamond", "#3d2a66"), ("diamond", "white")),
    ],
)
def test_every_signal_has_its_shape(polarity, high, low):
    level, rise = [50, 53, 50, 47] * 4, [41, 44, 46, 49, 51, 54, 56]
    series = {
        Signal.ABOVE_LIMIT: [*level, 80],
        Signal.BELOW_LIMIT: [*level, 20],
        Signal.RISING: [*level, *rise],
        Signal.FALLING: [*level, *reversed(rise)],
        Signal.TWO_IN_THREE_HIGH: [*level, 53, 57, 57],
        Signal.TWO_IN_THREE_LOW: [*level, 47, 43, 43],
        Signal.RUN_HIGH: [*level, 53, 53, 53, 53, 53, 53, 53],
        Signal.RUN_LOW: [*level, 47, 47, 47, 47, 47, 47, 47],
    }
    shapes = {Signal.NONE: ("circle", "white")}
    shapes |= dict.fromkeys(
        [Signal.ABOVE_LIMIT, Signal.RISING, Signal.TWO_IN_THREE_HIGH, Signal.RUN_HIGH], high
    )
    shapes |= dict.fromkeys(
        [Signal.BELOW_LIMIT, Signal.FALLING, Signal.TWO_IN_THREE_LOW, Signal.RUN_LOW], low
    )

    for signal, values in series.items():
        facts = made_facts(values, polarity=polarity)
        points = list(zip(facts.points, layer(facts, "points"), strict=True))

        assert signal in {point.signal for point, _ in points}
        assert {(point.signal, each["shape"], each["fill"]) for point, each in points} == {
            (point.signal, *shapes[point.signal]) for point, _ in points
        }


def test_points_too_few_to_tell_have_a_shape_of_their_own():
    facts = made_facts([50, 60])

    assert [(each["shape"], each["fill"]) for each in layer(facts, "points")] == [("circle", "#0b0c0c")] * 2
    assert layer(facts, "bands") == []


def test_missing_month_leaves_a_gap():
    facts = made_facts([50, 60, 55, 58], periods=[month(each) for each in (0, 1, 3, 4)])

    assert [each["row"] for each in layer(facts, "values")] == [0, 0, 1, 1]


def test_snapshots_at_their_usual_distance_are_joined():
    days = [date(2013, 3, 31), date(2014, 3, 31), date(2016, 3, 31), date(2017, 3, 31)]
    facts = made_facts([50, 60, 55, 58], periods=[type(month(0))(day, day) for day in days])

    assert [each["row"] for each in layer(facts, "values")] == [0, 0, 1, 1]


def test_new_limits_part_the_bands():
    values = [50, 53, 50, 47] * 3 + [70, 73, 70, 67] * 3
    facts = made_facts(values, rebases=(Rebase(date(2017, 4, 1), "New form"),))

    before, after = layer(facts, "bands")
    assert before["to"] == after["from"]
    assert before["high"] < after["low"]
    assert "New limits: New form" in texts(svg(facts))


@pytest.mark.parametrize(
    ("values", "unit", "low", "high"),
    [
        ([20, 60], Unit.PERCENT, 0, 100),
        ([94, 98], Unit.PERCENT, 90, 100),
        ([2, 4], Unit.PERCENT, 0, 8),
        ([100], Unit.PERCENT, 0, 100),
        ([0, 0], Unit.PERCENT, 0, 100),
        ([90, 130], Unit.PERCENT, 90, 130),
        ([20, 60], Unit.NUMBER, 0, 60),
        ([285, 301], Unit.NUMBER, 270, 310),
        ([0], Unit.NUMBER, 0, 1),
        ([-3, 4], Unit.NUMBER, -4, 4),
    ],
)
def test_axis_reaches(values, unit, low, high):
    scale = frame(made_facts(values, unit=unit), WIDE).scale

    assert (scale.low, scale.high) == (low, high)


@pytest.mark.parametrize(("values", "is_said"), [([94, 98], True), ([20, 60], False)])
def test_axis_that_does_not_start_at_0_says_so(values, is_said):
    assert ("The axis starts at 90%" in "".join(texts(svg(made_facts(values))))) is is_said


def test_limits_no_value_can_reach_are_not_drawn():
    facts = made_facts([99, 97, 98] * 5)

    drawn = [each["value"] for each in layer(facts, "lines")]
    assert facts.points[0].upper > 100
    assert max(drawn) < 100
    assert [end.lines[0] for end in line_ends(facts, frame(facts, WIDE))] == ["Mean 98%", "Lower limit 94%"]


def test_trajectory_is_cut_at_the_side_of_the_plot():
    far = aims([(date(2017, 3, 31), 60), (date(2027, 3, 31), 90)])
    facts = made_facts(trajectory=far, target=far[-1])
    plot = frame(facts, WIDE)

    start, end = layer(facts, "trajectory")
    assert (start["day"], start["value"]) == (date(2017, 3, 31).toordinal(), 60)
    assert end["day"] == plot.last < date(2019, 1, 1).toordinal()
    assert [each["value"] for each in layer(facts, "steps")] == [60]


def test_way_to_the_target_is_shown():
    facts = made_facts(trajectory=aims(), target=aims()[-1])

    words = texts(svg(facts))
    assert {"Target 90%", "Upper limit 62%", "Mean 51%", "Lower limit 39%", "38%", "42%", "70%"} <= set(words)
    assert [each["value"] for each in layer(facts, "steps")] == [60, 70, 90]


@given(st.lists(st.tuples(st.floats(0, 280), st.sampled_from([18, 36])), max_size=8))
def test_labels_never_overlap(wanted):
    wanted.sort()

    places = spread(wanted)

    edges = [(y - height / 2, y + height / 2) for y, (_, height) in zip(places, wanted, strict=True)]
    assert all(above[1] <= below[0] + 1e-6 for above, below in pairwise(edges))


def test_labels_with_room_stay_at_their_lines():
    assert spread([(20, 18), (100, 36), (200, 18)]) == [20, 100, 200]


decimals = st.decimals(-(10**9), 10**9, places=4) | st.sampled_from(
    [Decimal(0), Decimal(100), Decimal("0.0001")]
)
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
words = st.text(max_size=60)


@given(
    values=st.lists(decimals, max_size=40),
    unit=st.sampled_from(Unit),
    polarity=st.sampled_from(Polarity),
    months=st.sampled_from([1, 3, 6, 12]),
    places=st.integers(0, 4),
    skipped=st.sets(st.integers(0, 50), max_size=5),
    others=st.lists(st.builds(Beside, words, decimals, words, words), min_size=2, max_size=2),
    targets=st.lists(st.builds(Aim, days, decimals, words), max_size=4, unique_by=lambda each: each.by),
    marks=st.lists(st.builds(Mark, days, st.text(max_size=2), words), max_size=12),
    rebases=st.lists(st.builds(Rebase, days, words), max_size=3),
    across=st.sampled_from([WIDE, SMALL]),
)
@settings(max_examples=60, deadline=None)
def test_any_facts_are_drawn(
    values, unit, polarity, months, places, skipped, others, targets, marks, rebases, across
):
    numbers = [each for each in range(100) if each not in skipped]
    targets = tuple(sorted(targets))
    facts = made_facts(
        values,
        unit=unit,
        polarity=polarity,
        decimals=places,
        periods=[month(number, months=months) for number in numbers[: len(values)]],
        baseline=others[0],
        benchmark=others[1],
        trajectory=targets,
        target=targets[-1] if targets else None,
        marks=tuple(marks),
        rebases=tuple(rebases),
    )

    chart = engine.draw(facts, across, "chart")

    root = ElementTree.fromstring(chart)  # noqa: S314  our own drawing
    numbers = re.findall(r'(?:x|y|transform|d|viewBox)="([^"]*)"', chart)
    assert root.find(f"{SVG}desc").text == sentence(facts)
    assert not [each for each in numbers if "nan" in each.lower() or "inf" in each.lower()]

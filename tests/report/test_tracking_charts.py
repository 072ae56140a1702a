"""The charts of status, forecast and hindcast: where their marks stand."""

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest

from drawdown.forecast.answers import Band, Moved
from drawdown.report import tracking
from drawdown.report.futures.paper import number
from drawdown.report.render import compiled, render
from drawdown.report.tracking.curve import turns
from drawdown.report.tracking.marks import horizon
from kit.some_standings import DEADLINE, TODAY, day, some_forecast, some_hindcast, some_status


def rows(chart, *fields):
    """The rows of a chart that have some fields."""
    return [row for values in chart["datasets"].values() for row in values if set(fields) <= set(row)]


def words_in(chart):
    picture = render(compiled(chart), "svg").decode("utf-8")
    return [unescape(word) for word in re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", picture)]


def marked(chart, what):
    return [(row["row"], row["start"]) for row in rows(chart, "what", "row", "start") if row["what"] == what]


def test_the_curve_has_the_plan_and_a_dot_a_count_with_its_source():
    chart = tracking.s_curve(some_status())
    dots = rows(chart, "source")
    assert [(dot["start"], dot["amount"]) for dot in dots] == [
        (number(day(n)) + 0.5, left) for n, left in ((30, 860), (45, 760), (66, 660))
    ]
    assert {dot["source"] for dot in dots} == {"Report of the mission, letter 3"}
    plan = {row["start"] - 0.5: row["amount"] for row in rows(chart, "line")}
    assert plan[number(day(20))] == 900
    assert plan[number(day(21))] == 890


def test_a_line_through_the_turns_is_the_line_through_all_days():
    days = [(0, 9), (1, 9), (2, 9), (3, 5), (4, 5), (5, 5), (6, 5)]
    assert turns(days, lambda row: row[1]) == [(0, 9), (2, 9), (3, 5), (6, 5)]


def test_a_late_site_has_a_line_from_plan_to_fact_and_an_overdue_one_to_today():
    chart = tracking.closures(some_status())  # Post, Depot, Base in the order of the plan
    lines = {row["row"]: (row["end"] - row["start"], row["late"]) for row in rows(chart, "late")}
    assert lines == {0: (12, True), 1: (8, True)}
    assert marked(chart, "Overdue") == [(1, number(TODAY) + 0.5)]
    early = tuple(replace(site, last_out=date(2025, 8, 10)) for site in some_status().sites[1:2])
    (line,) = rows(tracking.closures(replace(some_status(), sites=early)), "late")
    assert (line["end"] - line["start"], line["late"]) == (-10, False)


def test_a_site_that_is_left_long_after_the_deadline_does_not_press_the_others_together():
    found = some_forecast()
    late = Band(*(date(2026, 9, 5) + timedelta(days=n) for n in range(8)))
    sites = (*found.sites, replace(found.sites[0], site="late-id", name="Late", last_out=late, planned=None))
    chart = tracking.last_out(replace(found, sites=sites))
    assert {"Late", "Sep 2026"} <= set(words_in(chart))
    assert max(row["end"] for row in rows(chart, "end")) <= number(DEADLINE) + 46
    assert horizon([date(2026, 9, 5)], [date(2026, 9, 5)], TODAY, DEADLINE) > date(2026, 9, 5)  # alone it is shown


def test_a_site_not_left_by_the_end_of_liquidation_has_a_mark_that_says_so():
    chart = tracking.last_out(some_forecast())
    assert [row for row, _ in marked(chart, "Not by the end of liquidation")] == [1]
    assert marked(chart, "Four in five (P80)") == [
        (0, number(date(2025, 10, 29)) + 0.5),
        (1, number(date(2026, 1, 3)) + 0.5),
    ]
    assert marked(chart, "The first plan") == [
        (0, number(date(2025, 9, 2)) + 0.5),
        (1, number(date(2025, 12, 1)) + 0.5),
    ]


def test_a_hindcast_has_its_counts_before_and_after_and_a_straight_line_between():
    run = some_hindcast().runs[0]  # as of day 45, with 760 people to leave
    chart = tracking.fan(run.forecast, run)
    dots = [(row["what"], row["amount"]) for row in rows(chart, "source")]
    assert dots == [
        ("Counted by then", 860), ("Counted by then", 760),
        ("What then happened", 660.0), ("What then happened", 420.0), ("What then happened", 90.0),
    ]  # fmt: skip
    straight = [(row["start"], row["amount"]) for row in rows(chart, "line") if row["line"] == "the straight line"]
    (start, most), *_, (end, least) = straight
    assert (start, most) == (number(day(45)) + 0.5, 760.0)
    assert (most - least) / (end - start) == pytest.approx(760 / (183 - 45), abs=1e-3)


def test_on_the_eve_of_the_deadline_what_is_to_come_has_room():
    eve = some_forecast(as_of=180)
    starts = [row["start"] for row in rows(tracking.fan(eve), "line")]
    assert min(starts) > number(day(0)) + 1
    assert "As of 28 Dec" in words_in(tracking.fan(eve))


def test_sites_of_a_hindcast_show_what_then_happened_on_the_bands():
    chart = tracking.what_happened(some_hindcast().runs[0])
    assert marked(chart, "What then happened") == [(0, number(day(62)) + 0.5), (1, number(day(108)) + 0.5)]
    assert {"Post", "Depot", "Today's plan"} <= set(words_in(chart))


def test_steps_of_why_it_moved_begin_where_the_last_one_ended():
    steps = [Moved("what happened", -4.0, 3.0), Moved("the pace", 19.5, -22.0)]
    found = rows(tracking.moved(steps), "value")
    assert [(row["value"], row["end"]) for row in found] == [(0.0, -4.0), (-4.0, 15.5), (0.0, 15.5)]
    assert {"What happened", "All together", "+19.5"} <= set(words_in(tracking.moved(steps)))
    assert len({row["colour"] for row in found}) == 3


def test_rates_are_drawn_as_multiples_of_what_was_thought_before():
    found = [row for row in rows(tracking.learnt(some_forecast().learnt), "when") if row["row"] == 1]
    assert [(row["when"], row["low"], row["value"]) for row in found] == [("Before", 0.25, 1.0), ("After", 0.125, 0.5)]


def test_scores_stand_beside_each_other():
    found = rows(tracking.people_scores(some_hindcast()), "who")
    assert [(row["row"], row["who"], row["crps"]) for row in found[:3]] == [
        (0, "The forecast", 22.4), (0, "The straight line", 60.1), (0, "The plan itself", 130.0),
    ]  # fmt: skip
    assert "5 September 2025" in words_in(tracking.sites_scores(some_hindcast()))

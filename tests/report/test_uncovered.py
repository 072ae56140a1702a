"""What the mandate does not cover shows on the Gantt chart, on the map, and in words."""

import re

import pytest

from drawdown.report import Timeline, chart_files
from drawdown.report.uncovered import LABEL, RED, uncovered
from kit.lawful import day, lawful_plan
from kit.missions import change, small_mission

SMALL = small_mission()
CUT_SHORT = change(SMALL, "authorities", "withdraw", to_date=day("08-06"))
PLAN = lawful_plan(CUT_SHORT, course="balanced")


def drawn(mission, *, on="08-07", **more):
    found = chart_files(mission, PLAN, day=mission.day(day(on)), **more)
    return {name: found[name].decode("utf-8") for name in ("overview", "closures")}


def crosses(picture):
    return len(re.findall(rf'stroke="{RED}"', picture))


def test_violations_are_gathered_by_place_and_days_that_touch():
    rows = {(row.name, row.start): row for row in uncovered(Timeline(CUT_SHORT, PLAN))}
    camp = rows["Camp", day("08-07")]
    assert (camp.end, camp.what) == (day("08-08"), "3 departures, 1 disposal, 1 closure step, 1 handover")
    assert camp.when == "7 August 2025 to 8 August 2025"
    assert camp.why.startswith("no authority to move at Camp on 7 August 2025")
    assert rows["Airport", day("08-07")].what == "2 arrivals"


def test_they_are_marked_on_both_charts_with_an_entry_in_the_legend():
    pictures = drawn(CUT_SHORT)
    for picture in pictures.values():
        assert f">{LABEL}<" in picture
        assert crosses(picture) > 1  # the legend's own is one


def test_the_map_marks_the_day_that_it_shows():
    later = drawn(CUT_SHORT, on="08-10")["overview"]
    assert f">{LABEL}<" in later
    assert crosses(later) == 1  # the legend alone


def test_a_plan_that_is_covered_has_neither_mark_nor_entry():
    for picture in drawn(SMALL).values():
        assert LABEL not in picture
        assert crosses(picture) == 0


def test_the_page_lists_them_with_their_days_and_why(report):
    page = report(CUT_SHORT, PLAN)
    assert "The plan does what the mandate does not cover" in page
    assert '<td>Camp<td class="d">2025-08-07 to 2025-08-08<td>3 departures' in page
    assert "a cross where, on the day, the plan does what the mandate does not cover" in page
    assert "Framed and crossed" in page


def test_the_page_of_a_covered_plan_says_so(report):
    page = report(SMALL, PLAN)
    assert "An authority of the mandate covers every action of the plan" in page
    assert "Framed and crossed" not in page


@pytest.mark.parametrize(("release", "told"), [("internal", True), ("partner", True), ("public", False)])
def test_who_may_not_see_moves_is_not_told_of_them_by_their_violations(report, release, told):
    page = report(CUT_SHORT, PLAN, release=release)
    assert ("3 departures" in page) == told
    assert "1 handover" in page  # it is no secret when a site is signed over


def test_the_page_tells_the_life_of_the_mandate(report):
    page = report(SMALL)
    assert "<caption>The life of the mandate</caption>" in page
    assert '<td class="d">2026-01-01<td>Liquidation begins<td class="d">2026-06-30<td>Resolution 1, paragraph 4' in page

"""What the mandate does not cover, of a plan or of a record, shows on the Gantt chart, on the map, and in words."""

import re

import pytest

from drawdown.forecast.answers import Violation
from drawdown.forecast.case import Case
from drawdown.forecast.status import status
from drawdown.mission.tables import Actual
from drawdown.report import Timeline, chart_files
from drawdown.report.release import RELEASES
from drawdown.report.status_page import render_status, status_chart_files
from drawdown.report.tracking import closures
from drawdown.report.tracking.map import violations
from drawdown.report.uncovered import LABEL, RED, of_record, uncovered
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


#: Two departures from the camp when nobody may be there any more, and one from the base, where they still may.
RECORD = (
    Actual(id="late", kind="departure", happened=day("2026-02-03"), place="camp", count=40, count_of="people"),
    Actual(id="later", kind="departure", happened=day("2026-02-04"), place="camp", count=20, count_of="people"),
    Actual(id="covered", kind="departure", happened=day("2026-02-04"), place="base", count=9, count_of="people"),
    Actual(id="signed", kind="handover", happened=day("2026-02-10"), place="camp"),
)


def told(*facts):
    on = day("2026-02-20")
    return status(Case(SMALL, PLAN, tuple((fact.happened, fact) for fact in facts), "record"), on, on)


def test_a_record_beside_the_mandate_is_marked_on_the_chart_of_sites_of_its_status():
    picture = status_chart_files(told(*RECORD))["closures"].decode("utf-8")
    assert f">{LABEL}<" in picture
    assert picture.count(">Planned last-out<") == 1  # the other legend stays one
    found = [row for rows in closures(told(*RECORD))["datasets"].values() for row in rows if row.get("key") == LABEL]
    assert [(row["site"], row["end"] - row["start"], row["what"]) for row in found] == [
        ("Camp", 2, "2 departures"), ("Camp", 1, "1 handover"),
    ]  # fmt: skip


def test_the_page_of_a_status_lists_it_and_has_a_map_if_its_mission_is_at_hand():
    page = render_status(told(*RECORD), mission=SMALL)
    assert '<a href="#mandate">' in page
    assert "The record tells of what the mandate does not cover" in page
    assert '<td>Camp<td class="d">2026-02-03 to 2026-02-04<td>2 departures<td class="long">No authority to move' in page
    assert 'id="chart-map" class="map"' in page
    assert 'id="chart-map"' not in render_status(told(*RECORD))
    states = {row["s"]: row["state"] for rows in violations(told(*RECORD), SMALL)["datasets"].values()
              for row in rows if "state" in row}  # fmt: skip
    assert states["camp"] == "Handed over"
    assert states["base"] == "In liquidation"


def test_a_record_that_is_covered_is_silent():
    silent = told(RECORD[2])
    page = render_status(silent, mission=SMALL)
    assert LABEL not in page
    assert "Framed and crossed" not in page
    assert not [part for part in ('href="#mandate"', 'id="mandate"', 'id="chart-map"') if part in page]


def test_readers_of_a_status_are_told_no_more_than_those_of_a_plan():
    rows = [Violation("", deed, deed, "camp", "Camp", day("2026-02-01"), day("2026-02-01"), "", None)
            for deed in ("departure", "escort", "handover")]  # fmt: skip
    seen = {name: [row.what for row in of_record(rows, release)] for name, release in RELEASES.items()}
    assert seen == {
        "internal": ["1 departure, 1 escort, 1 handover"], "partner": ["1 departure, 1 handover"],
        "public": ["1 handover"],
    }  # fmt: skip
    assert "departure" not in re.sub(r"<script.*?</script>", "", render_status(told(*RECORD), "public", SMALL))


def test_the_map_of_a_mission_without_a_plan_marks_what_its_own_record_tells(report):
    own = SMALL.model_copy(update={"actuals": (*SMALL.actuals, *RECORD)})
    picture = chart_files(own)["overview"].decode("utf-8")
    assert f">{LABEL}<" in picture
    assert crosses(picture) == 3  # the legend's own, and one for the departures and one for the handover
    page = report(own)
    assert "The record tells of what the mandate does not cover" in page
    assert "a cross where, on whatever day, the record tells" in page
    assert LABEL not in chart_files(SMALL)["overview"].decode("utf-8")

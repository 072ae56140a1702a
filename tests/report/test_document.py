"""The report as text: what stands in it, and what must never."""

import json
import re
from html import unescape

import pytest

from drawdown.plan.verify import verify_plan
from kit.lawful import alter, day, move
from kit.missions import change


def cells(page, heading):
    """The cells of the first table after a text, row by row, as they are written."""
    body = page[page.index(heading) :].split("<tbody>")[1].split("</tbody>")[0]
    return [[cell.split(">", 1)[1].strip() for cell in row.split("<td")[1:]] for row in body.split("<tr")[1:]]


def test_it_names_what_it_was_made_from(page, mission, plan):
    assert mission.hash in page
    assert plan.hash in page
    assert "Planner</dt><dd>a person" in page
    assert "Seed</dt><dd>7" in page


def test_the_figures_at_the_top(page):
    facts = dict(re.findall(r"<dt>([^<]+)</dt><dd[^>]*>([^<]+)", page))
    assert facts["All out but those who stay for liquidation"] == "15 December 2025"
    assert facts["Last site left"] == "16 January 2026"
    assert facts["Broken rules"] == "None"
    assert facts["People at cessation"] == "995"
    assert "16 days before the deadline" in page


def test_every_move_has_a_row_with_names_and_counts(page, plan):
    rows = {row[-1]: row for row in cells(page, "All 24 moves")}
    assert set(rows) == {m.id for m in plan.moves}
    assert rows["post-convoy"] == [
        "2025-07-12", "2025-07-14", "Post", "Camp", "Road", "36", "12", "8", "6 Trucks",
        "36 Company; 8 container; driven: 6 armour", "1 Battalion, 1 Ordnance Disposal", "2025-07-07", "post-convoy",
    ]  # fmt: skip


def test_sites_are_listed_as_they_close_with_their_slack(page):
    assert cells(page, "Closures in order") == [
        ["Post", "Outpost", "", "120", "2025-07-19", "165", "2025-07-19", "landowner"],
        ["Camp", "Camp", "", "510", "2025-08-08", "145", "2025-08-08", "civilian authority"],
        ["Base", "Headquarters, liquidation site", "", "365", "2026-01-16", "165", "2026-01-16", "civilian authority"],
    ]


def test_all_equipment_is_accounted_for(page, mission):
    rows = cells(page, "What becomes of the equipment")
    assert sum(int(row[2].replace(",", "")) for row in rows) == sum(lot.count for lot in mission.equipment)
    assert ["Contingent-owned", "Destroyed", "1", "0.5", "15,000"] in rows


def test_sources_that_disagree_are_shown_with_what_was_adopted_and_why(page):
    assert "<td>Company: strength" in page
    assert "<li><strong>120</strong>: Briefing to the Council, as of 2025-07-01</li>" in page
    assert "<li>150: A newspaper, as of 2025-07-01</li>" in page
    assert "<td>The briefing counts people." in page


def test_assumptions_are_shown_with_their_reasons(page):
    rows = cells(page, "What is assumed")
    assert ["Sites, all", "", "Invented for tests."] in rows
    assert "assumed" in page


def test_the_mandate_is_in_order_of_time(page):
    starts = [row[0] for row in cells(page, "What the mandate allows")]
    assert starts == sorted(starts)
    assert cells(page, "What the mandate demands")[0][:2] == ["2025-08-15", "Plan for the transfer of tasks"]


def test_broken_rules_what_was_not_met_and_what_binds_are_shown(report, mission, plan):
    late = alter(plan, "moves", move(plan, "post-last"), depart=day("07-20"), arrive=day("07-20"))
    broken = verify_plan(mission, late)
    page = report(mission, late, broken=broken, unmet=broken[:1], binding=["trucks are all in use on 9 days"])
    assert broken
    assert "The plan breaks rules:" in page
    assert "What the planner could not meet" in page
    assert "<li>Trucks are all in use on 9 days</li>" in page


def test_a_plan_that_speaks_of_the_unknown_is_reported_without_it(report, mission, plan):
    stray = plan.moves[0].model_copy(update={"id": "stray", "destination": "atlantis"})
    strange = plan.model_copy(update={"moves": (*plan.moves, stray)})
    page = report(mission, strange, broken=verify_plan(mission, strange))
    assert "All 24 moves" in page
    assert "atlantis" in page
    assert strange.hash in page


def test_a_plan_from_another_state_of_the_mission_says_so(report, mission, plan):
    moved_on = change(mission, "units", "company", strength=121)
    assert "The plan was made from another state of the mission" in report(moved_on, plan)


def test_a_mission_alone_has_its_map_tables_and_sources(report, mission):
    page = report(mission)
    assert "there is no plan in this report" in page
    assert 'id="chart-overview"' in page
    assert "Where sources disagree" in page
    for absent in ('id="day-bar"', 'id="moves"', 'id="people"', 'id="rules"'):
        assert absent not in page


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</script><b>"])
def test_names_are_text_and_nothing_else(report, mission, plan, hostile):
    named = mission
    for table, row in (("sites", "post"), ("units", "company"), ("exits", "airport"), ("lift", "trucks")):
        named = change(named, table, row, name=hostile)
    named = change(named, "mission", "small", name=hostile)
    page = report(named, plan.model_copy(update={"name": hostile}))
    assert hostile not in page
    assert page.count("<script") == report(mission, plan).count("<script")


def test_nothing_in_it_points_outside(page):
    markup = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    targets = re.findall(r"""\b(?:src|href|srcset|data|action|poster)=["']?([^"'\s>]+)""", markup)
    assert targets
    assert all(target.startswith("#") for target in targets)
    assert "@import" not in markup
    assert "default-src 'none'" in unescape(page)


def test_charts_are_pictures_before_any_script_runs_and_their_parts_have_names_of_their_own(page):
    for figure in re.findall(r"<figure.*?</figure>", page, flags=re.DOTALL):
        assert "<svg" in figure
        json.loads(re.search(r'<script type="application/json">(.*?)</script>', figure, re.DOTALL)[1])
    ids = re.findall(r'<(?:clipPath|linearGradient) id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_same_input_gives_the_same_text(report, mission, plan, page):
    assert report(mission, plan) == page


def test_partners_do_not_see_escorts_and_clearances(report, mission, plan):
    page = report(mission, plan, release="partner")
    assert "not for publication" in page
    assert "Clearance asked" not in page
    assert "1 Battalion, 1 Ordnance" not in page
    assert "post-convoy" in page


def test_the_public_does_not_see_moves_or_who_is_where(report, mission, plan):
    page = report(mission, plan, release="public")
    assert "For publication" in page
    assert "post-convoy" not in page
    assert 'id="chart-people_by_site"' not in page
    assert 'id="chart-routes"' not in page
    assert "People at cessation</dt>" in page
    assert "<td>Post<td>Outpost<td><td" in page

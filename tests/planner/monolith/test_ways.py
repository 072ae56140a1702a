"""Routes, the days on which they can be taken, and how many convoys of one way there can be any use for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from drawdown.mission import tables as t
from drawdown.mission.mission import Mission
from drawdown.planner.monolith.routes import TooManyRoutesError, routes_of
from drawdown.planner.monolith.ways import TooManyWaysError, Way, Ways
from kit.missions import small_mission
from planner.monolith.gao import BUS, CARS, DAY, GUARDS, ROAD, gao, on


def ways(mission: Mission, as_of: date = DAY) -> list[Way]:
    return [way for way in Ways(mission, as_of).all if way.route.origin == "gao"]


def clearances(*rows: dict[str, Any]) -> tuple[t.Clearance, ...]:
    common = {"clearance_class": "asked", "mode": "road", "area": "All"}
    return tuple(t.Clearance.model_validate({"id": f"c{n}", **common, **row}) for n, row in enumerate(rows))


def test_routes_join_every_two_places_and_pass_none_twice():
    routes = routes_of(small_mission())
    assert "post-port/post_camp+camp_base+base_port" in {route.name for route in routes}
    for route in routes:
        ends = [end for leg in route.legs for end in (leg.from_place, leg.to_place)]
        assert len(set(ends)) == len(route.legs) + 1
    with pytest.raises(TooManyRoutesError):
        routes_of(small_mission(), most=len(routes) - 1)


def test_a_way_arrives_as_soon_as_planned_or_as_late_as_when_contested():
    slow = gao(legs=[{**ROAD, "contested_days": 2}])
    assert [(way.depart, way.arrive) for way in ways(slow)] == [(1, 1), (2, 2), (3, 3), (1, 2), (2, 3)]


def test_a_known_block_takes_ways_away_and_a_clearance_is_asked_ahead():
    mission = gao(legs=[{**ROAD, "clearance_class": "asked"}])
    ask, block = {"state": "ask", "lead_days": 1}, {"state": "blocked", "from_date": on(2), "to_date": on(2)}
    asked = mission.model_copy(update={"clearances": clearances(ask)})
    assert [(way.depart, way.lead) for way in ways(asked)] == [(1, 1), (2, 1), (3, 1)]
    assert [way.depart for way in ways(asked, as_of=on(1))] == [2, 3]
    blocked = mission.model_copy(update={"clearances": clearances(ask, block)})
    assert [way.depart for way in ways(blocked)] == [1, 3]


def test_convoys_are_as_many_as_any_two_of_them_exceed_the_limit():
    buses = {**BUS, "count": 6}
    assert {way.number for way in ways(gao(lift=[buses]))} == {1}
    assert {way.number for way in ways(gao(lift=[buses], legs=[{**ROAD, "convoy_limit": 2}]))} == {1, 2, 3, 4}
    apart = {**ROAD, "convoy_limit": 2, "headway_days": 1}
    assert {way.number for way in ways(gao(lift=[buses], legs=[apart]))} == {1}


def test_convoys_are_no_more_than_detachments_can_guide():
    both = {**GUARDS, "enables": ["escort", "eod"], "escort_platoons": 1, "eod_teams": 2}
    mission = gao(
        lift=[{**BUS, "count": 6}], legs=[{**ROAD, "convoy_limit": 1, "escort_platoons": 1}], units=[both],
        authorities=[{"id": "a", "function": name, "from_date": DAY, "to_date": on(3), "area": "everywhere",
                      "reference": "1"} for name in ("withdraw", "protect_un")],
    )  # fmt: skip
    assert {way.number for way in ways(mission)} == {1, 2, 3}


def test_after_the_deadline_only_commercial_lift_goes_by_road():
    late = gao(equipment=[CARS], lift=[BUS, {**BUS, "id": "haulier", "commercial": True}])
    site = late.sites[0].model_copy(update={"liquidation": True})
    header = late.mission.model_copy(update={"deadline": on(2)})
    mission = late.model_copy(update={"mission": header, "sites": (site,)})
    assert [way.lift for way in ways(mission)] == [("bus", "haulier"), ("bus", "haulier"), ("haulier",)]


def test_a_mission_of_too_many_ways_is_refused_before_they_are_made():
    with pytest.raises(TooManyWaysError):
        Ways(gao(), DAY, most=2)

"""Make a plan as a guide says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.plan.model import Plan
from drawdown.planner.construction.board import Board
from drawdown.planner.construction.draft import Draft, Settings
from drawdown.planner.construction.goals import Goals
from drawdown.planner.construction.simple import close_all, plan_of, release_escorts
from drawdown.planner.construction.timetable import Timetable
from drawdown.planner.construction.ways import Way, WayFinder
from drawdown.planner.search.dispatch import Dispatch
from drawdown.planner.search.fleet import FleetBoard, OneWays
from drawdown.planner.search.guide import Guide
from drawdown.planner.search.guided import GuidedPolicy
from drawdown.planner.search.prices import Prices

#: Steps into which a site's rank is rounded where the order of sites is all that it decides.
RANKS = 8


@dataclass(frozen=True)
class Ground:
    """What every plan of a mission stands on, worked out once: ways, timetable, prices."""

    mission: Mission
    course: Course
    as_of: date
    ways: OneWays
    timetable: Timetable
    prices: Prices
    way_out: dict[str, float]


def survey(mission: Mission, course: Course, as_of: date) -> Ground:
    """Work out what every plan of a mission stands on."""
    ways, prices = OneWays(WayFinder(mission)), Prices(mission, course)
    timetable = Timetable(mission, mission.day(as_of))
    board = FleetBoard(mission, mission.day(as_of), ways)
    return Ground(mission, course, as_of, ways, timetable, prices, _ways_out(mission, board, prices))


def _ways_out(mission: Mission, board: Board, prices: Prices) -> dict[str, float]:
    """What it costs to bring one TEU out of the country from each site, by its hub or by the main exit.

    At the end of the road comes the place in the queue of the exits: the days for which the last site stays open.
    """
    goals, found = Goals(mission, board), dict[str, float]()
    for site in sorted(mission.sites, key=lambda s: len(goals.hubs(s.id))):
        hub = goals.hubs(site.id)[:1]
        exits = {x.id: _able(goals.ways(site.id, x.id)) for x in goals.exits[site.id, "equipment"]}
        direct = {i: min(map(prices.carriage, ways)) for i, ways in exits.items() if ways}
        if hub and (ways := _able(goals.ways(site.id, hub[0]))):
            found[site.id] = min(map(prices.carriage, ways)) + found[hub[0]]
        elif direct:
            main = max(direct, key=lambda i: (mission.exit[i].teu_per_day, i))
            rate = sum(mission.exit[i].teu_per_day for i in direct)
            found[site.id] = direct[main] + prices.site_day(site) / max(rate, 1.0)
        else:
            found[site.id] = 0.0
    return found


def _able(ways: tuple[Way, ...]) -> list[Way]:
    """Those ways that carry equipment."""
    return [way for way in ways if way.teu or way.mode == "road"]


def build_plan(ground: Ground, guide: Guide, *, seed: int = 0) -> Plan:
    """Make a plan as a guide says. It may break rules where the guide asks for what cannot be: let it be verified."""
    draft = _one_by_one(ground, guide) if guide.serial else _day_by_day(ground, guide)
    plan = plan_of(draft, ground.as_of)
    name = f"{ground.mission.mission.id}-{ground.course.id}"
    return plan.model_copy(update={"name": name, "course": ground.course.id, "seed": seed, "planner": "search"})


def _day_by_day(ground: Ground, guide: Guide) -> Draft:
    mission = ground.mission
    board = FleetBoard(mission, mission.day(ground.as_of), ground.ways)
    board.timetable = ground.timetable
    draft = Draft(
        mission, board, Settings(by_deadline=_leaving(mission, guide)), GuidedPolicy(mission, guide, ground.way_out)
    )
    release_escorts(draft)
    Dispatch(draft, guide, ground.prices, ground.way_out).run()
    return draft


def _one_by_one(ground: Ground, guide: Guide) -> Draft:
    mission = ground.mission
    board = Board(mission, mission.day(ground.as_of), ground.ways.finder)
    board.timetable = ground.timetable
    rank = tuple((site, round(RANKS * value)) for site, value in guide.rank)
    draft = Draft(mission, board, Settings(rank, guide.margin, guide.anywhere, _leaving(mission, guide)))
    close_all(draft, None)
    return draft


def _leaving(mission: Mission, guide: Guide) -> frozenset[str]:
    """Sites that close by the deadline although they might stay open."""
    return frozenset(site.id for site in mission.sites) - guide.liquidate

"""How good forecasts of MINUSMA would have been, and what a re-plan leaves alone; needs the extra ``stress``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from importlib.util import find_spec

from drawdown.bench.registry import Figure, benchmark
from drawdown.desk.missions import open_mission
from drawdown.forecast.case import Case
from drawdown.forecast.hindcast import hindcast
from drawdown.forecast.known import known_mission
from drawdown.forecast.outlook import ground
from drawdown.ledger.facts import recorded_facts
from drawdown.plan.matching import match_moves
from drawdown.planner.construction.simple import plan_simply

#: The days of the issue: when the Council was told, when a quarter had left, when Kidal was left.
DAYS = (date(2023, 8, 28), date(2023, 9, 27), date(2023, 10, 31))


@benchmark("MINUSMA forecast as of three days of 2023", group="forecast")
def hindcast_minusma() -> Iterator[Figure]:
    """Coverage of the bands, and days on which the forecast beats both naive forecasters."""
    mission = open_mission("minusma")
    plan = plan_simply(known_mission(mission, mission.mission.cessation)).plan
    found = hindcast(Case(mission, plan, recorded_facts(mission), ""), DAYS)
    note = f"{found.pooled.points} points"
    yield Figure("points in the 90 % bands", 100 * (found.pooled.coverage90 or 0), 80, "%", at_least=True, note=note)
    for what, unit in (("people", "people"), ("sites", "days")):
        scores = getattr(found, what)
        won = sum(run.crps < min(run.straight_line, run.plan) for run in (getattr(run, what) for run in found.runs))
        peers = {"straight line": f"{scores.straight_line:.0f} {unit}", "plan": f"{scores.plan:.0f} {unit}"}
        note = f"mean CRPS {scores.crps:.0f} {unit}"
        yield Figure(f"days on which {what} beat both", won, 2, "of 3", at_least=True, peers=peers, note=note)


@benchmark("a drawdown that goes as planned, planned again", group="forecast")
def replan_on_plan() -> Iterator[Figure]:
    """Moves that stay as they were; from a checkout (`make bench NAMES=forecast`): the tests make the record."""
    if find_spec("kit") is None:
        return
    executed = import_module("kit.executed").executed
    mission = open_mission("minusma")
    plan = plan_simply(mission).plan
    for day in (date(2023, 7, 20), date(2023, 8, 28), date(2023, 9, 20), date(2023, 11, 15)):
        left = ground(Case(mission, plan, executed(mission, plan, day), ""), day, day)
        pairs = match_moves(left.before.moves, left.today.moves)
        changed = len(pairs.moved) + len(pairs.reloaded) + len(pairs.altered) + len(pairs.dropped)
        total = len(left.before.moves)
        note = f"{total - changed:,} of {total:,} moves; {left.unmet} rules broken"
        yield Figure(f"as of {day}", 100 * (total - changed) / total, 95, "%", at_least=True, note=note)

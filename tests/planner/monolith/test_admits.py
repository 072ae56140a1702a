"""The model admits every lawful plan that it is shown, at the plan's own objective: it forbids nothing that is allowed.

(That its own plans are lawful is checked by `solve_exactly` each time.)
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pytest

from drawdown.desk import open_mission
from drawdown.mission.mission import Mission
from drawdown.plan.measures import measure_plan
from drawdown.plan.model import Move, Plan
from drawdown.plan.replay import Replay, replay
from drawdown.plan.verify import verify_plan
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.monolith.build import build
from drawdown.planner.monolith.exact import solve_exactly
from drawdown.planner.monolith.model import Model
from drawdown.planner.monolith.routes import Route
from drawdown.planner.monolith.symbols import settlements
from kit.lawful import lawful_plan
from kit.missions import small_mission
from kit.random_missions import random_mission
from kit.tiny_missions import tiny_mission
from planner.monolith.rich import rich_mission

Cell = tuple[str, tuple[str | int, ...], int]


def _moves(model: Model, plan: Plan) -> Iterator[Cell]:
    """Each move on the way that it takes; the second convoy of a way on that way's second."""
    ways = {}
    for way in model.ways:
        key = (way.route.origin, tuple(leg.id for leg in way.route.legs), way.depart, way.arrive)
        ways[(*key, *(way.lift if way.route.mode == "air" else ()), way.number)] = way.name
    seen: Counter[object] = Counter()
    for move in plan.moves:
        key = (move.origin, move.legs, model.mission.day(move.depart), model.mission.day(move.arrive))
        key = (*key, *(move.lift if move.mode == "air" else ()))
        seen[key] += 1
        way = ways[(*key, seen[key])]
        yield "convoy", (way,), 1
        loads = {"vehicles": move.lift, "ride": move.people, "carry": move.lots, "drive": move.driven}
        for symbol, counts in {**loads, "escorts": move.escorts}.items():
            yield from ((symbol, (way, what), count) for what, count in counts.items())


def _acts(model: Model, plan: Plan) -> Iterator[Cell]:
    day = model.mission.day
    for row in plan.disposals:
        symbol = {"destroy": "destroy", "hand_over": "hand"}.get(row.disposition, "free")
        yield symbol, (row.lot, row.place, day(row.day)), row.count
        if row.disposition == "hand_over" and row.day > plan.closure[row.place].last_out:
            yield "late", (row.lot, row.place, day(row.day)), row.count
    yield from (("separate", (row.unit, row.place, day(row.day)), row.count) for row in plan.separations)
    for closure in plan.closures:
        if closure.handover and closure.site in model.ends.handed:
            yield "handover", (closure.site, day(closure.handover)), 1
    roles = {step.id: step.role for step in model.mission.closure_steps}
    for run in plan.steps:
        if roles[run.step] == "work" or run.site in model.ends.handed:
            yield "start", (run.site, run.step, day(run.start)), 1


def _stocks(model: Model, known: Replay) -> Iterator[Cell]:
    names = {"people": "people", "lot": "stock", "lift": "lift", "detachment": "posted"}
    for (kind, what, place), stock in known.stocks.items():
        yield from ((names[kind], (what, place, t), int(n)) for t, n in enumerate(stock.evening))
    for unit in model.mission.units:
        yield from (("remaining", (unit.id, t), int(n)) for t, n in enumerate(known.unit_remaining(unit.id)))
    for lot in model.mission.equipment:
        yield from (("care", (lot.id, t), int(n)) for t, n in enumerate(known.in_care[lot.id]))
        for t in model.evenings:
            yield "waits", (lot.unit or "", t), int(known.in_care[lot.id][t] > 0)
            if lot.life_support:
                yield "crowded", (lot.id, t), int(known.people_at[lot.site][t] > model.heads[lot.site])


def _sites(model: Model, plan: Plan, known: Replay) -> Iterator[Cell]:
    force = model.mission.mission.capable_force
    for site in model.mission.sites:
        last = model.mission.day(plan.closure[site.id].last_out)
        people, armed, items = known.people_at[site.id], known.armed_at[site.id], known.items_at[site.id]
        for t in model.evenings:
            yield "held", (site.id, t), int(t < last)
            yield "open", (site.id, t), int(people[t] > 0)
            yield "guarded", (site.id, t), int(t < last and (people[t] > armed[t] or items[t] > 0))
            yield "capable", (site.id, t), int(armed[t] >= force)
    for town, near in settlements(model):
        for t in model.evenings:
            yield "covered", (town.id, t), int(any(known.armed_at[s.id][t] >= force for s in near))


def merged(mission: Mission, plan: Plan) -> Plan:
    """The plan with convoys of one way made one as far as its limit lets them be, and flights of one aircraft."""
    moves: dict[tuple[object, ...], list[Move]] = defaultdict(list)
    for move in plan.moves:
        kind = tuple(move.lift) if move.mode == "air" else ()
        key = (move.origin, move.legs, move.depart, move.arrive, *kind)
        limits = [mission.leg[i].convoy_limit for i in move.legs if mission.leg[i].convoy_limit and not kind]
        for number, other in enumerate(moves[key]):
            vehicles = sum(sum(x.lift.values()) + sum(x.driven.values()) for x in (move, other))
            if not limits or vehicles <= min(limits):
                tables = ("lift", "people", "lots", "driven", "escorts")
                both = {name: dict(Counter(getattr(move, name)) + Counter(getattr(other, name))) for name in tables}
                moves[key][number] = other.model_copy(update=both)
                break
        else:
            moves[key].append(move)
    return plan.model_copy(update={"moves": tuple(move for group in moves.values() for move in group)})


def assert_admitted(mission: Mission, plan: Plan) -> None:
    """The plan is lawful, its columns keep every row of the model, and its weight is its objective."""
    plan = merged(mission, plan)
    assert not verify_plan(mission, plan)
    used = {(move.origin, move.legs, mission.day(move.depart)) for move in plan.moves}

    def departs(route: Route, day: int) -> bool:
        return (route.origin, tuple(leg.id for leg in route.legs), day) in used

    course = mission.courses[0]
    model, known = build(mission, course, plan.as_of, departs), replay(mission, plan)
    found: dict[str, dict[tuple[str | int, ...], int]] = defaultdict(lambda: defaultdict(int))
    for cells in (_moves(model, plan), _acts(model, plan), _stocks(model, known), _sites(model, plan, known)):
        for symbol, key, count in cells:
            add = symbol in {"free", "separate"}
            found[symbol][key] = found[symbol][key] + count if add else max(found[symbol][key], count)
    value = np.zeros(model.program.columns)
    doing = {"vehicles", "ride", "carry", "drive", "escorts", "free", "destroy", "hand", "separate", "start"}
    for symbol, cells_of in found.items():
        for key, count in cells_of.items():
            column = model.column(symbol, *key)
            assert column >= 0 or symbol not in doing or not count, f"no column {symbol}{key}"
            if column >= 0:
                value[column] = count
    matrix = model.program.matrix()
    rows = np.repeat(np.arange(len(matrix.row_low)), np.diff(matrix.starts))
    sums = np.bincount(rows, weights=matrix.value * value[matrix.index], minlength=len(matrix.row_low))
    bad = [model.names[c] for c in np.flatnonzero((value < matrix.low) | (value > matrix.high))]
    bad += [
        model.row_names[r] for r in np.flatnonzero((sums < matrix.row_low - 1e-6) | (sums > matrix.row_high + 1e-6))
    ]
    assert not bad, bad[:20]
    weight = float(matrix.cost @ value + matrix.constant)
    assert weight == pytest.approx(measure_plan(mission, plan).objective(course), rel=1e-9)


def test_a_plan_made_by_hand_with_escorts_flights_handovers_and_liquidation():
    mission = small_mission()
    assert_admitted(mission, lawful_plan(mission))


def test_the_constructive_plan_of_the_training_mission():
    mission = open_mission("tiny")
    assert_admitted(mission, plan_simply(mission).plan)


@pytest.mark.parametrize("seed", [0, 2])
def test_constructive_plans_of_tiny_missions(seed: int):
    mission = tiny_mission(seed)
    assert_admitted(mission, plan_simply(mission).plan)


def neighbours(mission: Mission, plan: Plan, rng: random.Random) -> Iterator[Plan]:
    """Plans that differ in one thing: a day of a move, step, disposal or closure, a vehicle more, a move less."""
    tables: dict[str, tuple[str, ...]] = {
        "moves": ("depart", "arrive", "clearance_asked"), "steps": ("start", "end"), "disposals": ("day",),
        "separations": ("day",), "closures": ("last_out", "handover"),
    }  # fmt: skip
    for table, days in tables.items():
        rows = getattr(plan, table)
        for number, row in enumerate(rows):
            later = timedelta(days=rng.choice((-2, -1, 1, 2)))
            both = {name: getattr(row, name) + later for name in days if getattr(row, name)}
            for change in (both, {name: both[name] for name in days[-2:] if name in both}):
                yield plan.model_copy(
                    update={table: (*rows[:number], row.model_copy(update=change), *rows[number + 1 :])}
                )
            if table == "moves":
                yield plan.model_copy(update={table: (*rows[:number], *rows[number + 1 :])})
                lift = {**row.lift, rng.choice(mission.lift).id: 1}
                more = row.model_copy(update={"lift": lift, "arrive": row.arrive + timedelta(days=rng.randint(0, 1))})
                yield plan.model_copy(update={table: (*rows[:number], more, *rows[number + 1 :])})


def admitted_neighbours(seed: int) -> int:
    """How many lawful plans there are two steps around the best one of a rich mission; each is admitted."""
    mission, rng, count = rich_mission(seed), random.Random(seed), 0  # noqa: S311 - chance, not secrets
    best = solve_exactly(mission, mission.courses[0], seconds=300)
    near = [best.plan] if best.plan else []
    for _ in range(2):
        near = [x for plan in near for x in neighbours(mission, plan, rng) if not verify_plan(mission, x)]
        near = rng.sample(near, min(len(near), 12))
        for plan in near:
            assert measure_plan(mission, plan).objective(mission.courses[0]) >= best.bound - 1e-6
            assert_admitted(mission, plan)
        count += len(near)
    return count


@pytest.mark.parametrize("seed", [1, 3])
def test_lawful_plans_around_the_best_one(seed: int):
    assert admitted_neighbours(seed) > 0


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(30))
def test_lawful_plans_around_the_best_ones(seed: int):
    assert admitted_neighbours(seed) >= 0


def test_constructive_plans_of_missions_with_escorts_mines_and_seasons():
    missions = [rich_mission(seed) for seed in range(30)]
    lawful = [(m, outcome.plan) for m in missions if not (outcome := plan_simply(m)).unmet]
    assert lawful
    for mission, plan in lawful:
        assert_admitted(mission, plan)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(10))
def test_constructive_plans_of_random_missions(seed: int):
    mission = random_mission(seed, sites=3)
    outcome = plan_simply(mission)
    assert outcome.unmet or assert_admitted(mission, outcome.plan) is None

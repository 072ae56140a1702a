"""The brute force that the planner is measured against: is it right itself?

Two missions are reckoned by hand, the smallest are compared with a still simpler search that knows nothing but the
verdict on whole plans, and best plans that are tampered with never get better.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, combinations, product
from typing import Any

import pytest

from drawdown.mission import tables as t
from drawdown.mission.checks import check_mission
from drawdown.mission.mission import Mission
from drawdown.plan.measures import measure_plan
from drawdown.plan.model import Plan
from drawdown.plan.verify import verify_plan
from kit.brute_bound import Bound
from kit.brute_force import best_plan, brute_force
from kit.missions import change, drop
from kit.tiny_missions import tiny_mission

START = date(2025, 3, 1)
LAST = START + timedelta(days=5)
BUS = t.Lift(
    id="bus", name="Bus", kind="bus", mode="road", base="base", count=1, seats=2, teu=1, tonnes=5, usd_per_day=50,
    usd_per_km=1,
)  # fmt: skip
PLANE = t.Lift(
    id="plane", name="Plane", kind="aeroplane", mode="air", base="base", count=1, seats=2, range_km=900,
    runway_m=900, runway_surfaces=("paved",), usd_per_day=900,
)  # fmt: skip
FIELD: dict[str, Any] = {"runway_surface": "paved", "runway_m": 2000, "flights_per_day": 2}


def hand_mission(**tables: Any) -> Mission:
    """Four people at a base, a bus with two seats, 150 km to the airport, a day to pack."""
    body = {
        "mission": t.Header(
            format=1, id="hand", name="By hand", host="MLI", cessation=START, deadline=LAST, liquidation_end=LAST,
            turnaround_days=0, person_day_usd=100, last_resort_days=0,
        ),
        "courses": (t.Course(id="course", name="Course", time=60, risk=0, equipment=1, protection=0, cost=1),),
        "crews": (t.Crew(id="closing", name="Crew", count=1),),
        "sites": (
            t.Site(id="base", name="Base", kind="camp", lat=14.0, lon=-5.0, becomes="closed",
                   running_usd_per_day=40, **FIELD),
        ),
        "exits": (
            t.Exit(id="airport", name="Airport", kind="airport", country="MLI", lat=13.4, lon=-6.0, people_per_day=9,
                   teu_per_day=9, **FIELD),
        ),
        "units": (
            t.Unit(id="guards", name="Guards", contributor="SEN", kind="infantry", site="base", strength=4, armed=True,
                   enables=("medical",)),
        ),
        "legs": (
            t.Leg(id="road", from_place="base", to_place="airport", mode="road", km=150, nominal_days=0.5),
            t.Leg(id="sky", from_place="base", to_place="airport", mode="air", km=140, nominal_days=0.1),
        ),
        "lift": (BUS,),
        "authorities": tuple(
            t.Authority(id=f, function=f, from_date=START, to_date=LAST, area="everywhere", reference="1")
            for f in ("withdraw", "protect_un", "secure_movements")
        ),
        "closure_steps": (
            t.ClosureStep(id="pack", name="Pack", days=1, crew="closing", moment="before_last_out"),
        ),
    }  # fmt: skip
    return Mission(**{**body, **tables})


# ---- by hand ---------------------------------------------------------------------------------------------------------


def test_the_bus_comes_back_for_the_other_two():
    # Mornings 1, 2, 3: 4 + 2 + 2 people at 100; the site for 3 days at 40 + 60; out, back and out for 50 + 150 each.
    mission = hand_mission()
    assert brute_force(mission) == pytest.approx(800 + 300 + 600)
    assert [move.origin for move in best_plan(mission).moves] == ["base", "airport", "base"]


def test_the_plane_spares_two_days_if_it_costs_less_than_they_do():
    # With the plane everyone leaves on day 1: 4 people, one day, one trip, and the flight. Two days and two trips of
    # the bus cost 4 x 100 + 2 x 100 + 2 x 200 = 1000 more.
    assert brute_force(hand_mission(lift=(BUS, PLANE))) == pytest.approx(400 + 100 + 200 + 900)
    dear = PLANE.model_copy(update={"usd_per_day": 1001.0})
    assert brute_force(hand_mission(lift=(BUS, dear))) == pytest.approx(1700)


def test_furniture_is_guarded_until_it_may_be_sold():
    # It may be sold on day 3 only and is too large for the bus: two stay until then, two leave on any day before.
    furniture = t.Lot(
        id="furniture", name="Furniture", owner="un", asset_group="IV", site="base", kind="furniture", count=1,
        teu_each=2, tonnes_each=2, value_each=9_000, dispositions=("sell",),
    )  # fmt: skip
    group = t.DisposalGroup(id="IV", name="IV", dispositions=("sell",), offer_days=3)
    mission = hand_mission(equipment=(furniture,), disposal_groups=(group,), lift=(BUS, PLANE))
    # As without furniture by bus: 1700. The plane would spare nothing, since somebody stays until day 3 anyway.
    assert brute_force(mission) == pytest.approx(1700)
    later = change(mission, "disposal_groups", "IV", offer_days=4)
    assert brute_force(later) == pytest.approx(1700 + 2 * 100 + 100)


def test_what_is_not_tried_is_refused_by_name():
    mission = change(hand_mission(), "legs", "road", escort_platoons=1)
    with pytest.raises(ValueError, match="an escorted or mined leg"):
        brute_force(mission)


def test_a_mission_without_a_lawful_plan_says_so():
    with pytest.raises(ValueError, match="no lawful plan"):
        brute_force(change(hand_mission(), "exits", "airport", open_to=START + timedelta(days=1)))


# ---- against a search that knows nothing but the verdict on whole plans ----------------------------------------------

SHORT = START + timedelta(days=3)


def short(**tables: Any) -> Mission:
    """Two people, one seat, three days."""
    mission = hand_mission(**{"lift": (BUS.model_copy(update={"seats": 1}),), **tables})
    mission = change(mission, "mission", "hand", deadline=SHORT, liquidation_end=SHORT)
    return drop(change(mission, "units", "guards", strength=2), "legs", "sky")


#: Rules that ask nothing of closures and steps: who breaks one of them breaks it with any.
REGARDLESS = frozenset({
    "people_conserved", "equipment_conserved", "lift_where_used", "turnaround", "headway", "unit_dates", "rear_party",
    "liquidation_end",
})  # fmt: skip


@dataclass
class Everything:
    """Every plan of a mission with one site, one exit and one lift of one vehicle, up to so many moves."""

    mission: Mission
    moves: int

    def best(self) -> float:
        """The least objective among them that breaks no rule."""
        m = self.mission
        single = [row for row in self._moves() if not self._hopeless(row)]
        sets = [rows for n in range(self.moves + 1) for rows in combinations(single, n)]
        best = float("inf")
        for moves, ends, left in product(sets, self._ends(), self._separations()):
            out = sum(sum(row["people"].values()) for row in moves if row["destination"] == "airport") + len(left)
            if out != sum(unit.strength for unit in m.units):
                continue
            rest = {"moves": moves, "disposals": ends, "separations": left}
            if any(b.rule in REGARDLESS for b in verify_plan(m, self._plan(**rest))):
                continue
            for pack, last_out in product(self._days(), repeat=2):
                steps = [{"site": "base", "step": "pack", "start": pack, "end": pack}]
                plan = self._plan(**rest, steps=steps, closures=[{"site": "base", "last_out": last_out}])
                if measure_plan(m, plan).objective(m.courses[0]) < best and not verify_plan(m, plan):
                    best = measure_plan(m, plan).objective(m.courses[0])
        return best

    def _days(self) -> list[date]:
        return [self.mission.date(n) for n in range(1, self.mission.days + 1)]

    def _plan(self, **tables: Any) -> Plan:
        rows = [{**row, "id": f"m{n}"} for n, row in enumerate(tables.pop("moves"))]
        body = {"name": "Any", "mission": "hand", "mission_hash": "0", "version": "0", "planner": "chance"}
        return Plan.model_validate({**body, "as_of": START, "moves": rows, **tables})

    def _moves(self):
        m = self.mission
        for ends, depart, arrive in product((("base", "airport"), ("airport", "base")), self._days(), self._days()):
            for bus in (0, 1):
                aboard = product(*(range(unit.strength + 1) for unit in m.units))
                for people, loads in product(aboard, product((0, 1, 2), repeat=len(m.equipment))):
                    yield {
                        "mode": "road", "origin": ends[0], "destination": ends[1], "legs": ("road",),
                        "depart": depart, "arrive": arrive, "lift": {"bus": 1} if bus else {},
                        "people": {u.id: n for u, n in zip(m.units, people, strict=True) if n},
                        "lots": {x.id: 1 for x, n in zip(m.equipment, loads, strict=True) if n == 1},
                        "driven": {x.id: 1 for x, n in zip(m.equipment, loads, strict=True) if n == 2},
                    }  # fmt: skip

    def _hopeless(self, move: dict[str, Any]) -> bool:
        """Whether a move breaks a rule that looks at nothing but the move."""
        alone = {"understood", "travel_time", "capacity", "drivers", "lift_in_service", "what_left_stays_out",
                 "way_home", "owner_allows"}  # fmt: skip
        nothing = not any(move[key] for key in ("lift", "people", "lots", "driven"))
        return nothing or any(b.rule in alone for b in verify_plan(self.mission, self._plan(moves=[move])))

    def _ends(self):
        options = [
            [None, *product((lot.id,), set(lot.dispositions) - {"repatriate", "redeploy"}, self._days())]
            for lot in self.mission.equipment
        ]
        for chosen in product(*options):
            yield [
                {"lot": lot, "disposition": end, "count": 1, "place": "base", "day": day, "reason": "unsafe_to_move"}
                for lot, end, day in filter(None, chosen)
            ]

    def _separations(self):
        options = [(u.id, day) for u in self.mission.units if u.separates for day in self._days()]
        for chosen in chain([()], ((one,) for one in options)):
            yield [{"unit": unit, "count": 1, "place": "base", "day": day} for unit, day in chosen]


def slow_road() -> Mission:
    """The airport opens on day 2, and the road may take two days: whoever leaves on day 1 may arrive then."""
    mission = change(change(short(lift=(BUS,)), "mission", "hand", pace=0), "legs", "road", contested_days=1.5)
    return change(mission, "exits", "airport", open_from=START + timedelta(days=2))


STORES = t.Lot(
    id="stores", name="Stores", owner="contingent", unit="guards", site="base", kind="container", count=1, teu_each=1,
    tonnes_each=4, value_each=150, dispositions=("repatriate", "destroy"),
)  # fmt: skip
CAR = t.Lot(
    id="car", name="Car", owner="un", asset_group="III", site="base", kind="light_vehicle", count=1, teu_each=1,
    tonnes_each=2, self_propelled=True, seats_each=1, value_each=500, dispositions=("redeploy", "sell"),
)  # fmt: skip
GROUPS = (t.DisposalGroup(id="III", name="III", dispositions=("redeploy", "sell"), offer_days=2),)
CLERK = t.Unit(
    id="clerk", name="Clerk", contributor="UN", kind="civilian_national", site="base", strength=1, separates=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("mission", "moves"),
    [
        (short(), 4),
        (change(short(equipment=(STORES,)), "sites", "base", guard=1), 3),
        (change(short(equipment=(STORES,)), "units", "guards", rear_party=1), 3),
        (change(short(equipment=(STORES,)), "legs", "road", headway_days=2), 3),
        (short(equipment=(CAR,), disposal_groups=GROUPS), 2),
        (change(short(units=(*hand_mission().units, CLERK)), "units", "guards", strength=1), 2),
        (slow_road(), 3),
    ],
    ids=["two", "guarded", "rear-party", "headway", "car", "clerk", "slow"],
)
def test_the_simplest_search_of_all_finds_nothing_better(mission, moves):
    assert brute_force(mission) == pytest.approx(Everything(mission, moves).best())


# ---- tiny missions ---------------------------------------------------------------------------------------------------

#: Seeds that take a fraction of a second each.
QUICK = (4, 18, 27, 36, 45, 54, 63, 72)


@pytest.mark.parametrize("seed", range(100))
def test_tiny_missions_are_sound(seed):
    mission = tiny_mission(seed)
    assert mission.hash == tiny_mission(seed).hash
    assert 5 <= mission.days <= 12
    assert not [fault for fault in check_mission(mission) if fault.severity == "fault"]


@pytest.mark.parametrize("seed", QUICK[:5])
def test_what_gets_cheaper_makes_no_best_plan_dearer(seed):
    mission = tiny_mission(seed)
    before = brute_force(mission)
    lift = mission.lift[0]
    cheaper = change(mission, "lift", lift.id, usd_per_km=lift.usd_per_km / 2, usd_per_day=lift.usd_per_day / 2)
    assert brute_force(cheaper) <= before + 1e-6
    wider = change(mission, "exits", mission.exits[0].id, people_per_day=mission.exits[0].people_per_day + 1)
    assert brute_force(wider) <= before + 1e-6


@pytest.mark.parametrize("mission", [short(), short(equipment=(STORES,)), hand_mission(lift=(BUS, PLANE))])
def test_the_lower_bound_cuts_nothing_off(mission, monkeypatch):
    before = brute_force(mission)
    monkeypatch.setattr(Bound, "_waiting", lambda *_: 0.0)
    monkeypatch.setattr(Bound, "_moving", lambda *_: 0.0)
    assert brute_force(mission) == pytest.approx(before)


def _tampered(rng: random.Random, mission: Mission, plan: Plan) -> Plan:
    """A plan with a few rows dropped, moved by a day, or changed in number."""
    body = plan.model_dump()
    for _ in range(rng.randint(1, 3)):
        table = rng.choice([name for name in ("moves", "disposals", "separations", "steps", "closures") if body[name]])
        rows = body[table] = [dict(row) for row in body[table]]
        row = rng.choice(rows)
        keys = [key for key in ("depart", "arrive", "day", "start", "end", "last_out") if key in row]
        loads = [key for key in ("people", "lots", "lift", "driven") if row.get(key)]
        if rng.random() < 0.2 and table != "closures":
            rows.remove(row)
        elif loads and rng.random() < 0.4:
            key = rng.choice(loads)
            load = row[key] = dict(row[key])
            load[rng.choice(list(load))] = rng.randint(1, 3)
        else:
            shift = timedelta(days=rng.choice((-1, 1)))
            for key in keys if rng.random() < 0.7 else [rng.choice(keys)]:
                row[key] = min(max(row[key] + shift, mission.date(1)), mission.date(mission.days))
    return Plan.model_validate(body)


@pytest.mark.parametrize("seed", QUICK)
def test_no_tampering_makes_a_best_plan_better(seed):
    mission, rng = tiny_mission(seed), random.Random(seed)  # noqa: S311 - chance, not secrets
    plan = best_plan(mission)
    best = measure_plan(mission, plan).objective(mission.courses[0])
    for _ in range(300):
        other = _tampered(rng, mission, plan)
        if measure_plan(mission, other).objective(mission.courses[0]) < best - 1e-6:
            assert verify_plan(mission, other)

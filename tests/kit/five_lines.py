"""The smallest missions: a base, a port, four people, a road and a lorry, for five days; and plans for them by hand.

mission = five_lines(equipment=(lot("stores"),))
plan = by_hand(mission, go(1, 1, people={"guards": 4}), out=1)
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from drawdown.mission import tables as t
from drawdown.mission.mission import Mission
from drawdown.plan.model import Closure, Disposal, Move, Plan, StepRun

START = date(2025, 3, 1)
LAST = START + timedelta(days=5)
COURSE = t.Course(id="course", name="Course", time=50, risk=1000, equipment=1, protection=1, cost=1)
BASE = t.Site(id="base", name="Base", kind="camp", lat=14.0, lon=-5.0, becomes="closed", running_usd_per_day=40)
PORT = t.Exit(
    id="port", name="Port", kind="port", country="MLI", lat=13.4, lon=-6.0, people_per_day=9, teu_per_day=9,
    takes=("people", "equipment"),
)  # fmt: skip
GUARDS = t.Unit(
    id="guards", name="Guards", contributor="SEN", kind="infantry", site="base", strength=4, armed=True,
    enables=("medical",),
)  # fmt: skip
ROAD = t.Leg(id="road", from_place="base", to_place="port", mode="road", km=150, nominal_days=1)
LORRY = t.Lift(
    id="lorry", name="Lorry", kind="truck", mode="road", base="base", count=2, seats=4, teu=2, tonnes=20,
    usd_per_day=50, usd_per_km=1, commercial=True,
)  # fmt: skip


def day(number: int) -> date:
    """The date of a day number."""
    return START + timedelta(days=number)


def lot(name: str, **values: Any) -> t.Lot:
    """A container of the guards that may only be repatriated, or something else."""
    owner = {"owner": "contingent", "unit": "guards", "dispositions": ("repatriate",)}
    room = {"count": 1, "teu_each": 1, "tonnes_each": 5, "value_each": 1000, "kind": "container"}
    return t.Lot.model_validate({**owner, **room, "id": name, "name": name.capitalize(), "site": "base", **values})


def five_lines(**tables: Any) -> Mission:
    """The smallest mission, with whole tables replaced; ``mission`` changes single values of the header."""
    header = t.Header(
        format=1, id="five", name="Five lines", host="MLI", cessation=START, deadline=LAST, liquidation_end=LAST,
        turnaround_days=0, person_day_usd=100, last_resort_days=1, capable_force=2,
    )  # fmt: skip
    body: dict[str, Any] = {
        "courses": (COURSE,), "sites": (BASE,), "exits": (PORT,), "units": (GUARDS,), "legs": (ROAD,), "lift": (LORRY,),
        "authorities": tuple(
            t.Authority(id=f, function=f, from_date=START, to_date=LAST, area="everywhere", reference="1")
            for f in ("withdraw", "protect_un", "secure_movements")
        ),
    }  # fmt: skip
    return Mission(mission=header.model_copy(update=tables.pop("mission", {})), **{**body, **tables})


def go(depart: int, arrive: int, **values: Any) -> Move:
    """A move from the base to the port by lorry, or another."""
    way = {"id": f"m{depart}", "mode": "road", "origin": "base", "destination": "port", "legs": ("road",)}
    return Move.model_validate({**way, "lift": {"lorry": 1}, **values, "depart": day(depart), "arrive": day(arrive)})


def by_hand(
    mission: Mission,
    *moves: Move,
    out: int,
    handover: int | None = None,
    steps: tuple[StepRun, ...] = (),
    disposals: tuple[Disposal, ...] = (),
) -> Plan:
    """A plan of some moves, after which the base is empty on the day ``out``."""
    to = {"handover": day(handover), "handed_to": mission.sites[0].becomes} if handover else {}
    return Plan(
        name="By hand", mission="five", mission_hash=mission.hash, version="1", planner="a person", as_of=START,
        moves=moves, steps=steps, disposals=disposals, closures=(Closure(site="base", last_out=day(out), **to),),
    )  # fmt: skip

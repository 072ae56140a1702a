"""A lawful plan of the small mission, made by hand, and helpers to change one thing in a plan.

The post is emptied by one convoy and a week of flights, the camp by two convoys and an air bridge; the base stays
for liquidation and is handed over in January.

    plan = lawful_plan(mission)
    late = alter(plan, "moves", move(plan, "post-convoy"), depart=date(2025, 7, 13))
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from drawdown.mission.mission import Mission
from drawdown.plan.model import Closure, Disposal, Move, Plan, Separation, StepRun
from drawdown.plan.rules.understood import Action

NORTH, SOUTH, PORT, AIRPORT = ("post_camp",), ("camp_base",), ("base_port",), ("base_airport",)


def day(text: str) -> date:
    """A day of the plan's years: ``07-19`` is in 2025, ``2026-01-16`` says its own."""
    return date.fromisoformat(text if len(text) > len("07-19") else f"2025-{text}")


def _road(name: str, way: tuple[str, str], legs: tuple[str, ...], days: tuple[str, str], **load: Any) -> Move:
    asked = day(days[0]) - timedelta(days=5) if legs in {NORTH, SOUTH} else None
    return Move(
        id=name, mode="road", origin=way[0], destination=way[1], legs=legs, depart=day(days[0]), arrive=day(days[1]),
        clearance_asked=asked, **load,
    )  # fmt: skip


def _flight(name: str, way: tuple[str, str], on: str, **load: Any) -> Move:
    leg = f"{way[0]}_{way[1]}_air"
    return Move(
        id=name, mode="air", origin=way[0], destination=way[1], legs=(leg,), depart=day(on), arrive=day(on),
        clearance_asked=day(on) - timedelta(days=2), **load,
    )  # fmt: skip


_ESCORT = {"battalion": 1, "ordnance": 1}
_MOVES = (
    # The post: one convoy, then flights; the guard leaves last.
    _road("trucks-out", ("camp", "post"), NORTH, ("07-07", "07-09"), lift={"trucks": 6}, escorts=_ESCORT),
    _road(
        "post-convoy", ("post", "camp"), NORTH, ("07-12", "07-14"), lift={"trucks": 6}, escorts=_ESCORT,
        people={"company": 36}, lots={"post_stores": 8}, driven={"post_carriers": 6},
    ),
    _flight("post-flight-1", ("post", "camp"), "07-13", lift={"helicopters": 2}, people={"company": 32}),
    _flight(
        "post-flight-2", ("post", "camp"), "07-17", lift={"helicopters": 2}, people={"company": 16},
        lots={"post_kitchen": 1},
    ),
    _flight("post-flight-3", ("post", "camp"), "07-18", lift={"helicopters": 2}, people={"company": 16}),
    _flight("post-last", ("post", "camp"), "07-19", lift={"helicopters": 2}, people={"company": 20}),
    # The camp: two convoys south, an air bridge to the airport.
    _flight("company-home", ("camp", "airport"), "07-21", lift={"aeroplane": 2}, people={"company": 120}),
    _road(
        "camp-convoy-1", ("camp", "base"), SOUTH, ("07-22", "07-25"), lift={"trucks": 16}, escorts={"battalion": 1},
        people={"battalion": 100}, lots={"camp_weapons": 4, "camp_stores": 28}, driven={"camp_trucks": 20},
    ),
    _road("trucks-back", ("base", "camp"), SOUTH, ("07-28", "07-31"), lift={"trucks": 16}, escorts={"battalion": 1}),
    _road(
        "camp-convoy-2", ("camp", "base"), SOUTH, ("08-04", "08-07"), lift={"trucks": 16}, escorts={"battalion": 1},
        people={"engineers": 20}, lots={"camp_stores": 2, "plant": 5, "post_stores": 8, "post_kitchen": 1},
        driven={"post_carriers": 6},
    ),
    _flight("camp-1", ("camp", "airport"), "08-05", lift={"aeroplane": 2}, people={"ordnance": 30, "engineers": 60}),
    _flight("camp-2", ("camp", "airport"), "08-06", lift={"aeroplane": 2}, people={"battalion": 140}),
    _flight("camp-3", ("camp", "airport"), "08-07", lift={"aeroplane": 1}, people={"battalion": 70}),
    _flight("rear-party", ("camp", "base"), "08-07", lift={"aeroplane": 1}, people={"battalion": 20}),
    _flight("camp-last", ("camp", "airport"), "08-08", lift={"aeroplane": 1}, people={"battalion": 70}),
    # The base: everyone goes but those who stay, equipment goes to the port.
    _road(
        "bus-1", ("base", "airport"), AIRPORT, ("08-11", "08-11"), lift={"buses": 6},
        people={"battalion": 100, "engineers": 20, "airfield": 35},
    ),
    _road("buses-back-1", ("airport", "base"), AIRPORT, ("08-14", "08-14"), lift={"buses": 6}),
    _road(
        "bus-2", ("base", "airport"), AIRPORT, ("10-15", "10-15"), lift={"buses": 6},
        people={"hospital": 35, "guards": 90, "staff": 60},
    ),
    _road("buses-back-2", ("airport", "base"), AIRPORT, ("10-18", "10-18"), lift={"buses": 6}),
    _road(
        "port-1", ("base", "port"), PORT, ("09-01", "09-06"), lift={"hauliers": 30},
        lots={
            "base_cars": 25, "camp_weapons": 4, "post_carriers": 6, "plant": 5, "post_stores": 8, "post_kitchen": 1,
        },
    ),
    _road("port-2", ("base", "port"), PORT, ("09-02", "09-07"), lift={"hauliers": 20}, lots={"camp_trucks": 20}),
    _road("hauliers-back", ("port", "base"), PORT, ("09-09", "09-14"), lift={"hauliers": 30}),
    # Liquidation.
    _road(
        "port-3", ("base", "port"), PORT, ("2026-01-12", "2026-01-17"), lift={"hauliers": 30},
        lots={"camp_stores": 30, "base_stores": 30},
    ),
    _road(
        "last-bus", ("base", "airport"), AIRPORT, ("2026-01-16", "2026-01-16"), lift={"buses": 3},
        people={"hospital": 5, "guards": 60, "staff": 20, "battalion": 20},
    ),
)  # fmt: skip
_DISPOSALS = (
    Disposal(
        lot="post_kitchen", disposition="destroy", count=1, place="post", day=day("07-19"), reason="unsafe_to_move"
    ),
    Disposal(lot="camp_water", disposition="hand_over", count=2, place="camp", day=day("08-08")),
    Disposal(lot="base_stores", disposition="scrap", count=30, place="base", day=day("10-01")),
    Disposal(lot="base_power", disposition="hand_over", count=4, place="base", day=day("2026-01-16")),
)
_SEPARATIONS = (Separation(unit="national", count=60, place="base", day=day("12-15")),)
_STEPS = tuple(
    StepRun(site=site, step=step, start=day(start), end=day(end))
    for site, step, start, end in (
        ("post", "pack", "07-02", "07-04"),
        ("camp", "pack", "07-02", "07-04"),
        ("base", "pack", "07-05", "07-07"),
        ("post", "clean", "07-13", "07-16"),
        ("post", "certify", "07-17", "07-18"),
        ("post", "hand", "07-19", "07-19"),
        ("camp", "clean", "07-24", "07-27"),
        ("camp", "certify", "07-28", "07-29"),
        ("camp", "hand", "08-08", "08-08"),
        ("base", "certify", "2026-01-13", "2026-01-14"),
        ("base", "hand", "2026-01-16", "2026-01-16"),
    )
)
_CLOSURES = tuple(
    Closure(site=site, last_out=day(on), handover=day(on), handed_to=to)
    for site, on, to in (
        ("post", "07-19", "landowner"),
        ("camp", "08-08", "civilian_authority"),
        ("base", "2026-01-16", "civilian_authority"),
    )
)


def lawful_plan(mission: Mission, **values: Any) -> Plan:
    """The lawful plan, stamped for a mission, with some of its values or whole tables replaced."""
    body = {
        "name": "By hand",
        "mission": mission.mission.id,
        "mission_hash": mission.hash,
        "version": "0",
        "planner": "a person",
        "as_of": mission.mission.cessation,
        "moves": _MOVES,
        "disposals": _DISPOSALS,
        "separations": _SEPARATIONS,
        "steps": _STEPS,
        "closures": _CLOSURES,
    }
    return Plan.model_validate({**body, **values})


def move(plan: Plan, name: str) -> Move:
    """A move by its id."""
    return next(row for row in plan.moves if row.id == name)


def step(plan: Plan, site: str, name: str) -> StepRun:
    """A closure step by its site and name."""
    return next(row for row in plan.steps if (row.site, row.step) == (site, name))


def disposal(plan: Plan, lot: str) -> Disposal:
    """A lot's first disposal."""
    return next(row for row in plan.disposals if row.lot == lot)


def changed(row: Any, **values: Any) -> Any:
    """A row with some values changed."""
    return type(row).model_validate({**dict(row), **values})


def alter(plan: Plan, table: str, row: Action, **values: Any) -> Plan:
    """The plan with some values of one row changed."""
    rows = tuple(changed(row, **values) if other is row else other for other in getattr(plan, table))
    return plan.model_copy(update={table: rows})


def insert(plan: Plan, table: str, *rows: Action) -> Plan:
    """The plan with more rows in a table."""
    return plan.model_copy(update={table: (*getattr(plan, table), *rows)})


def remove(plan: Plan, table: str, rows: Iterable[Action]) -> Plan:
    """The plan without some rows of a table."""
    gone = {id(row) for row in rows}
    return plan.model_copy(update={table: tuple(row for row in getattr(plan, table) if id(row) not in gone)})

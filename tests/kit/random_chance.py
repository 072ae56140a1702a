"""Chance in a random mission: its spreads, late answers, blocks, closings, lift that fails to come, and what-ifs.

Drawn from a generator of its own, so that the mission of a seed is the same with it and without.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from drawdown.mission import tables as t
from kit.random_making import Making

CALM = 0.25  # share of missions without any chance of these kinds


class Luck:
    """Whether there is some of a chance, and how much."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(f"drawdown chance {seed}")  # noqa: S311 - chance, not secrets

    def some(self, often: float, low: float, high: float) -> float:
        """A number between two, so often; zero otherwise."""
        drawn = round(self.rng.uniform(low, high), 2)
        return drawn if self.rng.random() < often else 0.0


def add_chance(making: Making) -> dict[str, Any]:
    """Give the rows made so far their chances; returns the columns of the header."""
    luck = Luck(making.seed)
    if luck.rng.random() < CALM:
        return {}
    for part in (_clearances, _hazards, _lift, _sites, _disputes, _what_ifs):
        part(making, luck)
    return {
        "pace_spread": luck.some(0.8, 0.2, 2),
        "pace_shared": luck.some(0.8, 0.1, 1),
        "turn_in_spread": luck.some(0.6, 0.05, 0.5),
        "give_up_days": luck.rng.randint(0, 30),
        "supply_days": _supplies(making, luck),
    }


def _clearances(making: Making, luck: Luck) -> None:
    for row in list(making.rows["clearances"]):
        if row.state != "ask":
            continue
        late, blocks = luck.some(0.6, 0.05, 0.6), luck.rng.choice((0, 0, 1, 2))
        asked = luck.rng.choice((0, luck.rng.randint(5, 200)))
        refused = round(asked * row.refusal)
        making.change(
            "clearances", row.id, asked=asked, refused=refused, late=late, late_days=luck.rng.randint(1, 8),
            blocks=blocks, blocks_over_days=luck.rng.randint(300, 1000), block_days=luck.rng.randint(1, 30),
        )  # fmt: skip


def _hazards(making: Making, luck: Luck) -> None:
    for row in list(making.rows["hazards"]):
        effects = {"delay_days": luck.some(0.7, 0.2, 3), "casualties": luck.some(0.7, 0.1, 4)}
        rise = 1 + luck.some(0.4, 0.2, 3) if row.hazard_class == "road" else 1
        making.change("hazards", row.id, **effects, vehicles_lost=luck.some(0.5, 0.1, 1), rise=rise)
    period = {"from_date": making.cessation - timedelta(days=1000), "to_date": making.cessation}
    on_roads = {"hazard_class": "road", "exposure_unit": "vehicle_km", "exposure": 20_000}
    more: dict[str, dict[str, Any]] = {
        "breakdown": {**on_roads, "events": 6, "delay_days": 0.4},
        "weather": {**on_roads, "events": 2, "delay_days": 1},
        "closing": {
            "hazard_class": "road", "exposure_unit": "days", "exposure": 1000, "events": luck.rng.choice((0, 1, 3)),
            "delay_days": luck.rng.randint(2, 40),
        },
    }  # fmt: skip
    for kind, row in more.items():
        if luck.rng.random() < 0.5:
            making.add("hazards", t.Hazard, **period, **row, id=f"road-{kind}", kind=kind)


def _lift(making: Making, luck: Luck) -> None:
    for row in list(making.rows["lift"]):
        if row.mode != "air" and luck.rng.random() < 0.5:
            making.change("lift", row.id, no_show=luck.some(1, 0.02, 0.3), no_show_days=luck.rng.randint(1, 4))


def _sites(making: Making, luck: Luck) -> None:
    for row in making.sites:
        making.change("sites", row.id, no_handover=luck.some(0.4, 0.05, 0.7))


def _supplies(making: Making, luck: Luck) -> float:
    """Days of supplies, where there are flights to bring new ones to some roads."""
    flights = any(row.mode == "air" for row in making.rows["clearances"])
    if not flights or luck.rng.random() < 0.5:
        return 0
    for leg in making.legs:
        if leg.mode == "road" and luck.rng.random() < 0.6:
            making.change("legs", leg.id, resupply_class="flights")
    return luck.rng.randint(1, 4) if any(leg.resupply_class for leg in making.legs) else 0


def _disputes(making: Making, luck: Luck) -> None:
    """Now and then somebody else states another figure."""
    cells = (("legs", "nominal_days"), ("hazards", "events"), ("hazards", "casualties"), ("equipment", "count"))
    for table, column in cells:
        row = luck.rng.choice(making.rows[table])
        if luck.rng.random() < 0.4:
            value = getattr(row, column) + luck.rng.choice((1, 2, 5))
            claim = {"table": table, "row": row.id, "column": column, "value": f"{value:g}", "basis": "derived"}
            making.add("claims", t.Claim, **claim, id=f"{table}-{column}", adopted=False, reason="Counted otherwise.")


def _what_ifs(making: Making, luck: Luck) -> None:
    lift = luck.rng.choice(making.rows["lift"])
    offers = {
        "more-lift": [("lift", lift.id, "count", lift.count + 5)],
        "later": [("plan", "plan", "shift_days", luck.rng.randint(1, 7))],
    }
    asked = [row.id for row in making.rows["clearances"] if row.state == "ask"]
    if asked:
        row = luck.rng.choice(asked)
        offers["never-refused"] = [("clearances", row, column, 0) for column in ("refusal", "asked", "refused")]
    for name, cells in offers.items():
        for number, (table, row, column, value) in enumerate(cells if luck.rng.random() < 0.4 else ()):
            cell = {"table": table, "row": row, "column": column, "value": str(value)}
            making.add("what_ifs", t.WhatIf, **cell, id=f"{name}-{number}", what_if=name, name=name.capitalize())

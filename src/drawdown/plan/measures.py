"""The five measures of a plan: time, risk, equipment, protection and cost; and their weighted sum.

Each is defined once, here; `docs/measures.md` states the same formulas. The weighted sum is a cost in
USD-equivalents of the mission's own weights: the lower, the better.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import numpy as np

from drawdown.mission.geography import great_circle_km
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.plan.model import Disposition, Move, Plan
from drawdown.plan.replay import Replay, replay, travels

#: Kinds of hazard that are attacks.
ATTACKS = frozenset({"ied", "armed_attack", "indirect_fire"})

#: Functions under which the mission covers civilians.
TO_PROTECT = frozenset({"respond_to_imminent_threats", "protect_civilians"})


@dataclass(frozen=True)
class Time:
    """Last-out by site; the day by which the drawdown is complete; days of slack to the deadline (negative if late)."""

    last_out: dict[str, date]
    out_by: date
    slack_days: int
    closed_by: date
    site_days: int


@dataclass(frozen=True)
class Risk:
    """Expected attacks and casualties, on the road and on site (expected numbers, not forecasts)."""

    road_attacks: float
    road_casualties: float
    site_attacks: float
    site_casualties: float

    @property
    def casualties(self) -> float:
        """Expected casualties in all."""
        return self.road_casualties + self.site_casualties


@dataclass(frozen=True)
class Share:
    """What a disposition takes: items, room (TEU) and depreciated value (USD)."""

    items: int
    teu: float
    usd: float


@dataclass(frozen=True)
class EquipmentMeasure:
    """Shares by disposition, and the value lost: destroyed, or not accounted for (USD)."""

    shares: dict[Disposition, Share]
    lost_usd: float


@dataclass(frozen=True)
class Protection:
    """Civilian-days covered while the authority to protect lasts, and those that could have been."""

    covered: int
    possible: int


@dataclass(frozen=True)
class Cost:
    """Lift, running sites, and people (USD)."""

    lift_usd: float
    sites_usd: float
    people_usd: float

    @property
    def usd(self) -> float:
        """All of it."""
        return self.lift_usd + self.sites_usd + self.people_usd


@dataclass(frozen=True)
class Measures:
    """The five measures of one plan."""

    time: Time
    risk: Risk
    equipment: EquipmentMeasure
    protection: Protection
    cost: Cost

    def terms(self, course: Course) -> dict[str, float]:
        """The five weighted terms of the objective (USD-equivalents)."""
        return {
            "time": course.time * self.time.site_days,
            "risk": course.risk * self.risk.casualties,
            "equipment": course.equipment * self.equipment.lost_usd,
            "protection": course.protection * (self.protection.possible - self.protection.covered),
            "cost": course.cost * self.cost.usd,
        }

    def objective(self, course: Course) -> float:
        """The weighted sum (USD-equivalents); the lower, the better."""
        return sum(self.terms(course).values())


def measure_plan(mission: Mission, plan: Plan) -> Measures:
    """Measure a plan that `verify_plan` understands."""
    result = replay(mission, plan)
    return Measures(_time(result), _risk(result), _equipment(result), _protection(result), _cost(result))


def _open_days(result: Replay, site: str) -> int:
    """Days, from the one after cessation, on whose morning somebody is at a site."""
    return int((result.people_at[site][:-1] > 0).sum())


def _time(result: Replay) -> Time:
    mission, plan = result.mission, result.plan
    over = sum(np.maximum(result.unit_remaining(u.id) - u.rear_party - u.stays, 0) for u in mission.units) + np.zeros(
        result.days + 1, dtype=np.int64
    )
    for site in mission.sites:
        if not site.liquidation:
            over = over + result.people_at[site.id] + result.items_at[site.id]
    busy = np.flatnonzero(over > 0)
    out_by = mission.date(int(busy[-1]) + 1 if len(busy) else 0)
    last = {c.site: c.last_out for c in sorted(plan.closures, key=lambda c: (c.last_out, c.site))}
    return Time(
        last_out=last,
        out_by=out_by,
        slack_days=(mission.mission.deadline - out_by).days,
        closed_by=max(last.values(), default=mission.date(result.days)),
        site_days=sum(_open_days(result, site.id) for site in mission.sites),
    )


def rates(mission: Mission) -> dict[tuple[str, str], tuple[float, float]]:
    """Attacks and casualties per unit of exposure, by hazard class and exposure unit.

    Of each kind of hazard the events of all periods are divided by their exposure; the kinds are added up.
    """
    events: dict[tuple[str, str, str], float] = defaultdict(float)
    hurt: dict[tuple[str, str, str], float] = defaultdict(float)
    exposure: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in mission.hazards:
        key: tuple[str, str, str] = (row.hazard_class, row.exposure_unit, row.kind)
        events[key] += row.events if row.kind in ATTACKS else 0.0
        hurt[key] += row.events * row.casualties
        exposure[key] += row.exposure
    result: dict[tuple[str, str], tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for key, exposed in exposure.items():
        if exposed > 0:
            attacks, casualties = result[key[:2]]
            result[key[:2]] = attacks + events[key] / exposed, casualties + hurt[key] / exposed
    return result


def _risk(result: Replay) -> Risk:
    mission, rate = result.mission, rates(result.mission)
    road, site = np.zeros(2), np.zeros(2)
    for move in result.plan.moves:
        vehicles = sum(move.lift.values()) + sum(move.driven.values())
        for leg in (mission.leg[i] for i in move.legs):
            if leg.hazard_class:
                road += np.multiply(rate[leg.hazard_class, "vehicle_km"], vehicles * leg.km)
                road += np.multiply(rate[leg.hazard_class, "convoy_km"], leg.km)
    for place in mission.sites:
        if place.hazard_class:
            site += np.multiply(rate[place.hazard_class, "site_days"], _open_days(result, place.id))
    return Risk(float(road[0]), float(road[1]), float(site[0]), float(site[1]))


def dispositions(result: Replay) -> dict[Disposition, dict[str, int]]:
    """Items by disposition and lot. What leaves by an exit is repatriated if its owner allows that, else redeployed."""
    counts: dict[Disposition, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in result.plan.disposals:
        counts[row.disposition][row.lot] += row.count
    for move in result.plan.moves:
        if move.destination in result.mission.exit:
            for lot, count in (*move.lots.items(), *move.driven.items()):
                home: Disposition = "repatriate" if "repatriate" in result.mission.lot[lot].dispositions else "redeploy"
                counts[home][lot] += count
    return counts


def _equipment(result: Replay) -> EquipmentMeasure:
    mission = result.mission
    shares = {
        name: Share(
            sum(lots.values()),
            sum(mission.lot[i].teu_each * n for i, n in lots.items()),
            sum(mission.lot[i].value_each * n for i, n in lots.items()),
        )
        for name, lots in sorted(dispositions(result).items())
    }
    left = sum(max(0, int(result.lot_remaining(x.id)[-1])) * x.value_each for x in mission.equipment)
    destroyed = shares["destroy"].usd if "destroy" in shares else 0.0
    return EquipmentMeasure(shares, destroyed + left)


def _protection(result: Replay) -> Protection:
    mission, covered, possible = result.mission, 0, 0
    force = mission.mission.capable_force
    days = np.zeros(result.days + 1, dtype=np.bool_)
    for row in mission.authorities:
        if row.function in TO_PROTECT:
            days[max(mission.day(row.from_date), 1) : max(mission.day(row.to_date) + 1, 0)] = True
    for town in mission.settlements:
        near = [s for s in mission.sites if great_circle_km(s.lat, s.lon, town.lat, town.lon) <= s.protection_radius_km]
        if near:
            safe = np.any([result.armed_at[s.id] >= force for s in near], axis=0)
            covered += town.population * int((safe & days).sum())
            possible += town.population * int(days.sum())
    return Protection(covered, possible)


def _move_cost(mission: Mission, move: Move) -> float:
    days = (move.arrive - move.depart).days + 1
    km = sum(mission.leg[i].km for i in move.legs)
    total = 0.0
    for i, count in move.lift.items():
        lift = mission.lift_by_id[i]
        # A sortie uses its share of an aircraft's day, and flies back empty.
        share, distance = (days, km) if travels(lift) else (1 / max(lift.sorties_per_day, 1), 2 * km)
        total += count * (lift.usd_per_day * share + lift.usd_per_km * distance)
    return total


def _cost(result: Replay) -> Cost:
    mission = result.mission
    return Cost(
        lift_usd=sum(_move_cost(mission, move) for move in result.plan.moves),
        sites_usd=sum(_open_days(result, s.id) * s.running_usd_per_day for s in mission.sites),
        people_usd=float(np.maximum(result.people_remaining[:-1], 0).sum()) * mission.mission.person_day_usd,
    )

"""Attacks, breakdowns and weather: events and what was exposed to them, re-learnt from the record (Gamma-Poisson).

What the record has seen becomes one more row of ``hazards`` for each process; futures pool the rows of a process, add
up events and exposures, and draw the rate from Gamma(events + 1/2) / exposure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from drawdown.forecast.answers import Learnt
from drawdown.forecast.beliefs import believed_rate
from drawdown.forecast.exposure import Exposure
from drawdown.forecast.record import Record
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Actual, Hazard

#: A process: class, kind, unit of exposure.
Process = tuple[str, str, str]

#: Rates are told per so much of their unit.
PER = {"convoy_km": (1000.0, "1,000 convoy-km"), "vehicle_km": (10_000.0, "10,000 vehicle-km"),
       "site_days": (100.0, "100 site-days")}  # fmt: skip

#: Kinds of incidents as they are told.
KINDS = {
    "ied": "IEDs",
    "armed_attack": "armed attacks",
    "indirect_fire": "indirect fire",
    "breakdown": "breakdowns",
    "weather": "weather",
    "accident": "accidents",
}

CASUALTIES = {"wounded", "killed"}

#: So many sites or areas of a class are named.
NAMED = 3


@dataclass
class Seen:
    """Events of a process on record: by day, so that casualties of an event do not count as another."""

    events: dict[date, float] = field(default_factory=dict)
    others: set[date] = field(default_factory=set)  # days with casualties or vehicles hit
    casualties: float = 0.0

    def add(self, fact: Actual) -> None:
        """Count a fact: so many events, or one that cost people or vehicles."""
        day, number = fact.happened, 1.0 if fact.count is None else fact.count
        if fact.count_of in {None, "events"}:
            self.events[day] = self.events.get(day, 0.0) + number
        else:
            self.others.add(day)
        if fact.count_of in CASUALTIES:
            self.casualties += number

    @property
    def number(self) -> float:
        """Events: those counted, and one for each day on which only their cost was reported."""
        return sum(self.events.values()) + len(self.others - self.events.keys())


def learn_hazards(mission: Mission, record: Record) -> tuple[Mission, tuple[Learnt, ...]]:
    """The mission with what the record has seen of each process, and what that changed.

    A kind of hazard counts as watched if the record tells of one of the kind anywhere: only then are quiet kilometres
    and quiet days evidence. Days that a documented row of the process has counted are not counted again. A process that
    the mission does not know gets a rate only from a whole unit of exposure, as rates are told (1,000 convoy-km): on
    less, half an event of the prior says more than the record, which may tell only of convoys that were attacked.
    """
    seen = _events(mission, record)
    kinds = {kind for _, kind, _ in seen}
    rows: list[Hazard] = []
    learnt = []
    for process in dict.fromkeys([*_known(mission), *seen]):
        if process[1] not in kinds:
            continue
        days = [day for day in _days(record) if not _counted(mission, process, day)]
        exposed = Exposure(mission, record).of(process[0], process[2], set(days))
        here = seen.get(process, Seen())
        if not exposed:
            record.skipped[f"incidents without any {PER[process[2]][1].split(' ')[1]} on record"] += round(here.number)
            continue
        pooled = [x for x in mission.hazards if (x.hazard_class, x.kind, x.exposure_unit) == process and x.exposure > 0]
        if not pooled and exposed < PER[process[2]][0]:
            record.skipped[f"incidents new to their class, on less than {PER[process[2]][1]}"] += round(here.number)
            continue
        rows.append(_row(process, pooled, here, exposed, record, len(rows) + 1))
        learnt.append(_told(_where(mission, process), process, pooled, here, exposed))
    return (mission.model_copy(update={"hazards": (*mission.hazards, *rows)}) if rows else mission), tuple(learnt)


def _known(mission: Mission) -> Iterator[Process]:
    for row in mission.hazards:
        if row.exposure > 0 and row.kind != "closing":
            yield row.hazard_class, row.kind, row.exposure_unit


def _days(record: Record) -> Iterator[date]:
    for number in range(1, record.days + 1):
        yield record.since + timedelta(days=number)


def _counted(mission: Mission, process: Process, day: date) -> bool:
    """Whether a documented row of the process has counted a day; rows without a source are judgements."""
    return any(
        row.from_date <= day <= row.to_date
        for row in mission.hazards
        if row.source and (row.hazard_class, row.kind, row.exposure_unit) == process
    )


def _events(mission: Mission, record: Record) -> dict[Process, Seen]:
    known = {(name, kind): unit for name, kind, unit in _known(mission)}
    found: dict[Process, Seen] = defaultdict(Seen)
    for fact in record.facts:
        if fact.kind != "incident":
            continue
        leg, site = mission.leg.get(fact.leg or ""), mission.site.get(fact.place or "")
        name = leg.hazard_class if leg else site.hazard_class if site else None
        if fact.hazard is None:
            record.skip("incidents that do not say of what kind")
        elif name is None:
            record.skip("incidents that name no leg and no site with a class of hazards")
        else:
            usual = ("convoy_km" if leg.mode == "road" else "vehicle_km") if leg else "site_days"
            process = (name, fact.hazard, known.get((name, fact.hazard), usual))
            if _counted(mission, process, fact.happened):
                record.skip("incidents that the mission's tables have counted already")
            else:
                found[process].add(fact)
    return dict(found)


def _mean(rows: list[Hazard], column: str) -> float:
    """The mean of an effect as futures pool it: weighted by events, equally where none was counted."""
    weights = [row.events for row in rows] if any(row.events for row in rows) else [1.0] * len(rows)
    values = [float(getattr(row, column)) for row in rows]
    return sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights) if rows else 0.0


def _row(  # noqa: PLR0913, PLR0917 - what a row of hazards says
    process: Process, pooled: list[Hazard], seen: Seen, exposed: float, record: Record, number: int
) -> Hazard:
    """What the record has seen of a process, as a row. What an event costs stays as it was, where nothing is known."""
    events = seen.number
    casualties = seen.casualties / events if events and seen.casualties else _mean(pooled, "casualties")
    values = {
        "id": f"seen-by-{record.on:%Y-%m-%d}-{number}",
        "hazard_class": process[0],
        "kind": process[1],
        "from_date": record.since + timedelta(days=1),
        "to_date": record.on,
        "events": events,
        "exposure": exposed,
        "exposure_unit": process[2],
        "delay_days": _mean(pooled, "delay_days"),
        "vehicles_lost": _mean(pooled, "vehicles_lost"),
        "casualties": casualties,
        "rise": max((row.rise for row in pooled), default=1.0),
        "note": "Counted from the record.",
    }
    return Hazard.model_validate(values)


def _where(mission: Mission, process: Process) -> str:
    """A class in words: the areas that its legs are cleared for, or its sites; its own name if there are none."""
    if process[2] == "site_days":
        sites = [site.name for site in mission.sites if site.hazard_class == process[0]]
        return (
            ", ".join(sites[:NAMED]) + (f" and {len(sites) - NAMED} more" if len(sites) > NAMED else "") or process[0]
        )
    cleared = {(leg.clearance_class, leg.mode) for leg in mission.legs if leg.hazard_class == process[0]}
    areas = [f"{x.mode}, {x.area}" for x in mission.clearances if (x.clearance_class, x.mode) in cleared]
    return "; ".join(dict.fromkeys(areas[:NAMED])) or process[0]


def _told(where: str, process: Process, pooled: list[Hazard], seen: Seen, exposed: float) -> Learnt:
    per, unit = PER[process[2]]
    events, exposure = sum(row.events for row in pooled), sum(row.exposure for row in pooled)
    return Learnt(
        what=KINDS[process[1]],
        where=where,
        unit=f"per {unit}",
        before=believed_rate(events, exposure, per),
        seen=f"{seen.number:g} in {exposed:,.0f} {unit.split(' ')[1]}",
        after=believed_rate(events + seen.number, exposure + exposed, per),
        why=f"added to {events:g} in {exposure:,.0f}" if pooled else "nothing was counted before",
    )

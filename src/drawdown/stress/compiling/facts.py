"""What the mission says about chance, by leg, class, process, hazard, lift, lot and site."""

from __future__ import annotations

from drawdown.mission.geography import great_circle_km
from drawdown.mission.network import leg_open
from drawdown.mission.tables import Clearance, Hazard
from drawdown.plan.measures import ATTACKS, TO_PROTECT
from drawdown.plan.replay import travels
from drawdown.stress.compiling.index import ClassName, Index, ProcessName
from drawdown.stress.draws import key_of
from drawdown.stress.script import Chance, ClassFacts, HazardFacts, LegFacts, LiftFacts, LotFacts, Process

_STATES = {"ask": 1, "open": 2, "blocked": 3}
_PER = {"convoy_km": 0, "vehicle_km": 1, "site_days": 2, "days": 3}

#: A day before or after everything.
EVER = 1_000_000


def legs(index: Index) -> tuple[LegFacts, ...]:
    """Every leg."""
    mission = index.mission
    dates = [mission.date(day) for day in range(mission.days + 1)]
    found = []
    for leg in mission.legs:
        resupply = index.clearance[ClassName(leg.resupply_class, "air")] if leg.resupply_class else -1
        found.append(
            LegFacts(
                name=leg.id,
                key=key_of("leg", leg.id),
                air=leg.mode == "air",
                km=index.figures("legs", leg.id, "km", leg.km),
                nominal=index.figures("legs", leg.id, "nominal_days", leg.nominal_days),
                contested=()
                if leg.contested_days is None
                else index.figures("legs", leg.id, "contested_days", leg.contested_days),
                season_factor=leg.season_factor,
                in_season=tuple(mission.in_season(leg, date) for date in dates),
                open=tuple(leg_open(mission, leg, date) for date in dates),
                headway=leg.headway_days,
                hazard=index.hazard[leg.hazard_class] if leg.hazard_class else -1,
                resupply=resupply,
            )
        )
    return tuple(found)


def classes(index: Index) -> tuple[ClassFacts, ...]:
    """Every clearance class, as the plan knew it."""
    return tuple(_class(index, name) for name in index.clearance)


def _class(index: Index, name: ClassName) -> ClassFacts:
    mission, as_of = index.mission, index.plan.as_of
    rows = [
        row
        for row in mission.clearances
        if (row.clearance_class, row.mode) == name and (row.known_on is None or row.known_on <= as_of)
    ]
    by_day = [_on(index, rows, day) for day in range(mission.days + 1)]
    asks = [ask for _, _, ask in by_day]
    counted = [row for row in rows if row.blocks > 0]
    blocks = sum(row.blocks for row in counted)
    return ClassFacts(
        name=name.name,
        key=key_of("class", *name),
        state=tuple(state for state, _, _ in by_day),
        lead=tuple(lead for _, lead, _ in by_day),
        refusal=tuple(index.figures("clearances", a.id, "refusal", a.refusal) if a else (0.0,) for a in asks),
        asked=tuple(a.asked if a else 0 for a in asks),
        refused=tuple(a.refused if a else 0 for a in asks),
        late=tuple(a.late if a else 0.0 for a in asks),
        late_days=tuple(a.late_days if a else 0.0 for a in asks),
        blocks=blocks,
        blocks_over=sum(row.blocks_over_days for row in counted),
        block_days=sum(row.blocks * row.block_days for row in counted) / blocks if blocks else 0.0,
    )


def _on(index: Index, rows: list[Clearance], day: int) -> tuple[int, int, Clearance | None]:
    """State and lead of a class on a day, and the latest row that says what asking is like."""
    date = index.mission.date(day)
    valid = [r for r in rows if (not r.from_date or r.from_date <= date) and (not r.to_date or date <= r.to_date)]
    states = {row.state for row in valid}
    asks = [row for row in valid if row.state == "ask"]
    for state in ("blocked", "open", "ask"):
        if state in states:
            lead = max((row.lead_days for row in asks), default=0)
            latest = max(asks, key=lambda row: row.from_date.toordinal() if row.from_date else 0, default=None)
            return _STATES[state], lead, latest
    return 0, 0, None


def processes(index: Index) -> tuple[Process, ...]:
    """Every hazard process: rows of one class, kind and exposure unit, pooled."""
    return tuple(_process(index, name, rows) for name, rows in index.hazard_rows.items())


def _chance(kind: str) -> Chance:
    if kind in ATTACKS:
        return Chance.ATTACKS
    if kind == "closing":
        return Chance.CLOSINGS
    return Chance.WEATHER if kind == "weather" else Chance.BREAKDOWNS


def _pooled(rows: list[Hazard], column: str, instead: dict[str, float] | None = None) -> float:
    """The mean of an effect, weighted by events (equally where none was counted)."""
    weights = [row.events for row in rows] if any(row.events for row in rows) else [1.0] * len(rows)
    values = [(instead or {}).get(row.id, getattr(row, column)) for row in rows]
    return float(sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights))


def _process(index: Index, name: ProcessName, rows: list[Hazard]) -> Process:
    hazard_class, kind, unit = name
    total = sum(row.events for row in rows)
    events, casualties = [total], [_pooled(rows, "casualties")]
    for row in rows:
        events += [total - row.events + x for x in index.figures("hazards", row.id, "events", row.events)[1:]]
        rivals = index.figures("hazards", row.id, "casualties", row.casualties)[1:]
        casualties += [_pooled(rows, "casualties", {row.id: x}) for x in rivals]
    return Process(
        name=f"{hazard_class} {kind}",
        key=key_of("process", *name),
        hazard=index.hazard[hazard_class],
        per=_PER[unit],
        chance=_chance(kind),
        attack=kind in ATTACKS,
        events=tuple(events),
        exposure=sum(row.exposure for row in rows),
        delay=_pooled(rows, "delay_days"),
        vehicles=_pooled(rows, "vehicles_lost"),
        casualties=tuple(casualties),
        rise=max(row.rise for row in rows),
    )


def hazards(index: Index) -> tuple[HazardFacts, ...]:
    """Every class of hazards."""
    found = []
    for name in index.hazard:
        ends = {end for leg in index.mission.legs if leg.hazard_class == name for end in (leg.from_place, leg.to_place)}
        mine = [(key, i) for key, i in index.process.items() if key[0] == name]
        closing = [i for key, i in mine if key[1] == "closing"]
        on_legs = [i for key, i in mine if key[2] in {"convoy_km", "vehicle_km"}]
        sites = tuple(i for site, i in index.site.items() if site in ends)
        found.append(HazardFacts(name, key_of("hazard", name), tuple(on_legs), (closing or [-1])[0], sites))
    return tuple(found)


def lift(index: Index) -> tuple[LiftFacts, ...]:
    """Every lift."""
    return tuple(
        LiftFacts(
            name=x.id,
            key=key_of("lift", x.id),
            air=not travels(x),
            count=x.count,
            in_service=index.mission.in_service(x),
            availability=x.availability,
            sorties=x.sorties_per_day,
            no_show=x.no_show,
            no_show_days=round(x.no_show_days),
            usd_day=x.usd_per_day,
            usd_km=x.usd_per_km,
        )
        for x in index.mission.lift
    )


def lots(index: Index) -> tuple[LotFacts, ...]:
    """Every lot."""
    return tuple(
        LotFacts(
            name=x.id,
            key=key_of("lot", x.id),
            teu=x.teu_each,
            tonnes=x.tonnes_each,
            usd=x.value_each,
            destroy="destroy" in x.dispositions,
            forecast=x.owner == "un",
            counts=tuple(round(v) for v in index.figures("equipment", x.id, "count", x.count)),
        )
        for x in index.mission.equipment
    )


def exits(index: Index) -> tuple[tuple[str, int, float, int, int], ...]:
    """Every exit: name, people and TEU a day, first and last open day."""
    mission = index.mission
    return tuple(
        (
            x.id,
            x.people_per_day,
            float(x.teu_per_day),
            mission.day(x.open_from) if x.open_from else -EVER,
            mission.day(x.open_to) if x.open_to else EVER,
        )
        for x in mission.exits
    )


def towns(index: Index) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Every settlement that a site covers: population and those sites (as `drawdown.plan.measures` has it)."""
    mission, found = index.mission, []
    for town in mission.settlements:
        near = tuple(
            index.site[s.id]
            for s in mission.sites
            if great_circle_km(s.lat, s.lon, town.lat, town.lon) <= s.protection_radius_km
        )
        if near:
            found.append((town.population, near))
    return tuple(found)


def protecting(index: Index) -> tuple[bool, ...]:
    """By day, whether an authority to protect civilians is in force."""
    mission = index.mission
    days = [False] * (mission.days + 1)
    for row in mission.authorities:
        if row.function in TO_PROTECT:
            for day in range(max(mission.day(row.from_date), 1), min(mission.day(row.to_date), mission.days) + 1):
                days[day] = True
    return tuple(days)

"""The acts of a script, and the closure steps that run beside them."""

from __future__ import annotations

from drawdown.plan.model import Move, StepRun
from drawdown.stress.compiling.facts import EVER
from drawdown.stress.compiling.index import Index
from drawdown.stress.compiling.order import Ordered, flies
from drawdown.stress.compiling.piles import Deed, Piles, armed_in
from drawdown.stress.compiling.ways import alternative, way
from drawdown.stress.draws import key_of
from drawdown.stress.script import Act, ActKind, Carrier, Run


def acts(index: Index, order: Ordered, piles: Piles) -> tuple[Act, ...]:
    """Every act, in order."""
    return tuple(_act(index, order, piles, n, deed) for n, deed in enumerate(order.deeds))


def _act(index: Index, order: Ordered, piles: Piles, n: int, deed: Deed) -> Act:
    final = order.final(deed)
    takes = piles.take_for(n, deed, final=final is not None)
    if isinstance(deed, Move):
        kind, name, people = ActKind.MOVE, deed.id, deed.people
    else:
        kind = ActKind.DISPOSE if hasattr(deed, "lot") else ActKind.SEPARATE
        thing = deed.lot if hasattr(deed, "lot") else deed.unit
        name, people = f"{thing}@{deed.place}:{deed.day}", {} if hasattr(deed, "lot") else {deed.unit: deed.count}
    place, day = order.place(deed), order.day(deed)
    common = Act(
        kind=kind,
        name=name,
        key=key_of("act", name),
        day=day,
        origin=index.site.get(place, -1),
        destination=-1,
        exit=-1,
        final=index.site[final] if final else -1,
        takes=takes,
        people=sum(people.values()),
        armed=armed_in(index, people),
        medical=sum(c for u, c in people.items() if "medical" in index.mission.unit[u].enables),
        holds_out=order.holds_out(deed),
        holds_in=order.holds_in(deed),
        after=order.after.get(n, ()),
        give_up=EVER,
    )
    return _moving(index, piles, common, deed) if isinstance(deed, Move) else common


def _moving(index: Index, piles: Piles, act: Act, move: Move) -> Act:
    mission = index.mission
    legs = [mission.leg[i] for i in move.legs]
    own = way(index, legs, move.origin, move.depart)
    lots = [(mission.lot[i], n) for i, n in move.lots.items()]
    lift = [(mission.lift_by_id[i], n) for i, n in move.lift.items()]
    full = own.air and bool(move.people)  # people and cargo share a cabin: no more is loaded beside them
    values = {
        **vars(act),
        "destination": index.site.get(move.destination, -1),
        "exit": index.exit.get(move.destination, -1),
        "way": own,
        "slack": max((move.arrive - move.depart).days + 1 - own.days, 0),
        "asked": _asked(index, move, own.classes),
        "carriers": tuple(Carrier(index.lift[i], n) for i, n in sorted(move.lift.items())),
        "vehicles": sum(move.lift.values()) + sum(move.driven.values()),
        "room_teu": 0.0 if full else sum(x.teu * n for x, n in lift) - sum(x.teu_each * n for x, n in lots),
        "room_tonnes": 0.0 if full else sum(x.tonnes * n for x, n in lift) - sum(x.tonnes_each * n for x, n in lots),
        "alternative": alternative(index, piles, move),
    }
    if flies(index, move):
        values["origin_field"] = index.field.get(move.origin, -1)
        values["destination_field"] = index.field.get(move.destination, -1)
    if act.origin >= 0 and (move.lots or move.driven):
        values["give_up"] = give_up_day(index, move.origin, act.day)
    return Act(**values)


def _asked(index: Index, move: Move, classes: tuple[int, ...]) -> int:
    """The day on which a move's clearance is asked: as planned, else the greatest lead of its classes ahead.

    Nothing is asked before the plan is made.
    """
    mission = index.mission
    if move.clearance_asked is not None:
        return mission.day(move.clearance_asked)
    names = list(index.clearance)
    leads = [
        row.lead_days
        for row in mission.clearances
        if (row.clearance_class, row.mode) in {names[c] for c in classes} and row.state == "ask"
    ]
    return max(mission.day(move.depart) - max(leads, default=0), mission.day(index.plan.as_of))


def give_up_day(index: Index, site: str, day: int) -> int:
    """The day on which loads that wait at a site since a day may be given up."""
    header, place = index.mission.mission, index.mission.site[site]
    late = max(day + header.give_up_days, index.last_out(site))
    return late if place.liquidation else min(late, max(day, index.mission.day(header.deadline)))


def runs(index: Index, order: Ordered) -> tuple[Run, ...]:
    """Every closure step, by planned day."""
    mission, plan = index.mission, index.plan
    rows = sorted(plan.steps, key=lambda run: run.start)
    number = {(run.site, run.step): n for n, run in enumerate(rows)}
    found = []
    for run in rows:
        step = mission.step[run.step]
        found.append(
            Run(
                name=f"{run.site}/{run.step}",
                site=index.site[run.site],
                day=mission.day(run.start),
                days=(run.end - run.start).days + 1,
                crew=index.crew[step.crew] if step.crew else -1,
                crews=step.crews,
                after=tuple(number[run.site, s] for s in step.after if (run.site, s) in number),
                stock_share=step.max_stock_share,
                before_last_out=step.moment == "before_last_out",
                after_last_out=step.moment == "after_last_out"
                or (step.role == "handover" and mission.day(run.start) >= index.last_out(run.site)),
                handover=step.role == "handover",
                skippable=step.role != "work",
                holds_acts=_holds(index, order, run, step.needs),
            )
        )
    return tuple(found)


def _holds(index: Index, order: Ordered, run: StepRun, needs: str | None) -> tuple[int, ...]:
    """Acts that take the last units that a step needs away from its site and hub, if that is planned after its end."""
    if needs is None:
        return ()
    units = [u.id for u in index.mission.units if needs in u.enables]
    hub = index.mission.site[run.site].hub
    places = [run.site, *([hub] if hub else [])]
    day = order.last_day(units, places)
    return tuple(order.leaving(units, places, day)) if day and day > index.mission.day(run.end) else ()

"""The record of a drawdown that goes exactly by its plan, up to a day: what a station would have written down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Actual
from drawdown.plan.model import Move, Plan


def executed(mission: Mission, plan: Plan, until: date) -> tuple[tuple[date, Actual], ...]:
    """Facts with the day on which each was recorded: the day on which it happened."""
    facts = [fact for fact in _facts(mission, plan) if fact.happened <= until]
    return tuple((fact.happened, fact) for fact in sorted(facts, key=lambda fact: (fact.happened, fact.id)))


def _facts(mission: Mission, plan: Plan) -> Iterator[Actual]:
    for move in plan.moves:
        yield from _moved(mission, move)
    for number, row in enumerate(plan.separations):
        yield Actual(
            id=f"separated-{number}", happened=row.day, kind="departure", place=row.place,
            unit=row.unit, count=row.count,
        )  # fmt: skip
    for number, gone in enumerate(plan.disposals):
        if gone.disposition in {"repatriate", "redeploy"}:
            continue
        yield Actual(
            id=f"disposed-{number}", happened=gone.day, kind="disposal", place=gone.place,
            lot=gone.lot, count=gone.count, disposition=gone.disposition, reason=gone.reason,
        )  # fmt: skip
    for run in plan.steps:
        yield Actual(
            id=f"step-{run.site}-{run.step}", happened=run.end, kind="inspection", place=run.site, step=run.step
        )
    for closure in plan.closures:
        yield Actual(id=f"out-{closure.site}", happened=closure.last_out, kind="last_out", place=closure.site)
        if closure.handover:
            yield Actual(id=f"over-{closure.site}", happened=closure.handover, kind="handover", place=closure.site)


def _moved(mission: Mission, move: Move) -> Iterator[Actual]:
    flies = move.mode == "air"
    carried = [("unit", u, n) for u, n in move.people.items()]
    carried += [("lot", lot, n) for lot, n in (*move.lots.items(), *move.driven.items())]
    carried += [] if flies else [("lift", lift, n) for lift, n in move.lift.items()]
    leg = move.legs[0] if len(move.legs) == 1 and move.legs[0] in mission.leg else None
    for what, name, count in carried:
        common = {what: name, "count": count, "move": move.id}
        yield Actual.model_validate(
            {
                "id": f"d-{move.id}-{name}", "happened": move.depart, "kind": "departure", "place": move.origin,
                "to": move.destination, "leg": leg, **common,
            }
        )  # fmt: skip
        yield Actual.model_validate(
            {
                "id": f"a-{move.id}-{name}",
                "happened": move.arrive,
                "kind": "arrival",
                "place": move.destination,
                **common,
            }
        )

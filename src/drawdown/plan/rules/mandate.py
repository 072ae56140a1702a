"""What the host has cleared and what the mandate allows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from drawdown.mandate.judging import PURPOSES, Judge
from drawdown.mission.tables import Clearance, Leg
from drawdown.plan.judging import OF_MOVES, acts, stays
from drawdown.plan.model import Move
from drawdown.plan.replay import Replay
from drawdown.plan.rules.movement import broken, entered
from drawdown.plan.rules.rule import Broken, place_name, rule


def clearances_on(replay: Replay, leg: Leg, when: date) -> list[Clearance]:
    """What the plan knew about the host's permission for a leg on a day."""
    return [
        row
        for row in replay.mission.clearances
        if row.clearance_class == leg.clearance_class
        and row.mode == leg.mode
        and (row.known_on is None or row.known_on <= replay.plan.as_of)
        and (row.from_date is None or row.from_date <= when)
        and (row.to_date is None or when <= row.to_date)
    ]


def _clearance_faults(replay: Replay, move: Move) -> Iterator[str]:
    for leg, _, day in entered(replay, move):
        rows = clearances_on(replay, leg, day)
        states = {row.state for row in rows}
        if "blocked" in states:
            yield f"the host gives no clearance for {leg.clearance_class} on {day}"
        elif "ask" in states and "open" not in states:
            lead = max(row.lead_days for row in rows if row.state == "ask")
            by = move.depart - timedelta(days=lead)
            if move.clearance_asked is None:
                yield f"no clearance is asked for {leg.clearance_class}"
            elif move.clearance_asked > by:
                yield f"the clearance for {leg.clearance_class} is asked on {move.clearance_asked}, it is due by {by}"


@rule("Every rotation and flight is asked in advance through one channel [P52, P54]; clearances.lead_days")
def clearance(replay: Replay) -> Iterator[Broken]:
    """A clearance is asked its lead time ahead, not before the plan was made, and not into a known block."""
    since = min(replay.plan.as_of, replay.mission.mission.prepared_from or replay.plan.as_of)
    for move in replay.plan.moves:
        for text in dict.fromkeys(_clearance_faults(replay, move)):
            yield broken("clearance", replay, move, text)
        if move.clearance_asked and move.clearance_asked < since:
            text = f"asked on {move.clearance_asked}, before the plan was made"
            yield broken("clearance", replay, move, text)


@rule("Resolution 2690 (2023) as reported [S000, S001, P09]; authorities")
def authority(replay: Replay) -> Iterator[Broken]:
    """An authority of the mandate covers every move, escort, disposal, separation, step and handover on its days."""
    judge, moves = Judge(replay.mission), {move.id: move for move in replay.plan.moves}
    for action in acts(replay):
        for bare in judge.bare(action):
            place = place_name(replay.mission, action.place or "")
            text = f"no authority {PURPOSES[action.deed]} at {place}"
            if action.deed in OF_MOVES:
                yield broken("authority", replay, moves[action.name], f"{text} on {bare.start}")
            else:
                yield Broken("authority", action.name, place, bare.start, bare.end, text, bare.days)


@rule("Presence after the deadline needs its own authority [P27, P45]; authorities")
def authority_to_stay(replay: Replay) -> Iterator[Broken]:
    """An authority of the mandate covers the presence of people at every site on every day."""
    judge = Judge(replay.mission)
    for action in stays(replay):
        for bare in judge.bare(action):
            where = place_name(replay.mission, action.name)
            yield Broken(
                "authority_to_stay", action.name, where, bare.start, bare.end, "no authority to be there", bare.days
            )

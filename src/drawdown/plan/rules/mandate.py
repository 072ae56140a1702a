"""What the host has cleared and what the mandate allows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from drawdown.mandate.authority import TO_ESCORT, TO_MOVE, TO_STAY, covering
from drawdown.mission.tables import Clearance, Leg
from drawdown.plan.model import Move
from drawdown.plan.replay import Replay
from drawdown.plan.rules.movement import broken, entered
from drawdown.plan.rules.rule import Broken, place_name, rule, spans


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
    for move in replay.plan.moves:
        for text in dict.fromkeys(_clearance_faults(replay, move)):
            yield broken("clearance", replay, move, text)
        if move.clearance_asked and move.clearance_asked < replay.plan.as_of:
            text = f"asked on {move.clearance_asked}, before the plan was made"
            yield broken("clearance", replay, move, text)


@rule("Resolution 2690 (2023) as reported [S000, S001, P09]; authorities")
def authority(replay: Replay) -> Iterator[Broken]:
    """An authority of the mandate covers every move, escort, disposal and closure step on its date and place."""
    mission, plan = replay.mission, replay.plan
    for move in plan.moves:
        needs = [(TO_MOVE, "to move"), *([(TO_ESCORT, "to escort convoys")] if move.escorts else [])]
        for functions, words in needs:
            for day, place in ((move.depart, move.origin), (move.arrive, move.destination)):
                if not covering(mission, functions, day, place):
                    text = f"no authority {words} at {place_name(mission, place)} on {day}"
                    yield broken("authority", replay, move, text)
    for row in plan.disposals:
        if not covering(mission, TO_MOVE, row.day, row.place):
            where = place_name(mission, row.place)
            yield Broken(
                "authority", f"{row.lot}/{row.disposition}", where, row.day, row.day, "no authority to dispose"
            )
    for run in plan.steps:
        days = (run.start + timedelta(days=n) for n in range((run.end - run.start).days + 1))
        bare = [day for day in days if not covering(mission, TO_MOVE, day, run.site)]
        if bare:
            where, text = place_name(mission, run.site), "no authority to close the site"
            yield Broken("authority", f"{run.site}/{run.step}", where, bare[0], bare[-1], text, len(bare))


@rule("Presence after the deadline needs its own authority [P27, P45]; authorities")
def authority_to_stay(replay: Replay) -> Iterator[Broken]:
    """An authority of the mandate covers the presence of people at every site on every day."""
    mission = replay.mission
    for site in mission.sites:
        present = replay.people_at[site.id] > 0
        for a in mission.authorities:
            if a.function in TO_STAY and (not a.places or site.id in a.places):
                first, last = mission.day(a.from_date), mission.day(a.to_date)
                present[max(first, 0) : max(last + 1, 0)] = False
        for start, end in spans(present):
            when = mission.date(start), mission.date(end)
            yield Broken("authority_to_stay", site.id, site.name, *when, "no authority to be there", end - start + 1)

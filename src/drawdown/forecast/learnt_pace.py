"""The pace of convoys, re-learnt from trips on record (a normal mean with known spread, in log-odds)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from drawdown.forecast.answers import Learnt
from drawdown.forecast.beliefs import believed_logit, logistic, logit
from drawdown.forecast.record import Record
from drawdown.mission.mission import Mission
from drawdown.mission.network import shortest_route
from drawdown.mission.tables import Actual, Leg

#: A pace is told from 0.02 to 0.98 of the way from nominal to contested days: beyond, log-odds have no end, and the
#: two columns are not that exact.
EDGE = 0.02

# A trip that is recorded as d days took between d - 1 and d: half a day less in the mean.
_HALF_A_DAY = 0.5


@dataclass(frozen=True)
class Trip:
    """A convoy's way: on roads of which class, and where its days lay between nominal (0) and contested (1)."""

    hazard_class: str
    pace: float


def learn_pace(mission: Mission, record: Record) -> tuple[Mission, tuple[Learnt, ...]]:
    """The mission with its pace as trips on record make it.

    The log-odds of a trip's pace are normal around the mission's with its spread, of which a share (``pace_shared``)
    is common to all trips on roads of one class, so ten trips on one road say less than ten on different ones. What the
    mission says before is worth one trip: a mean with the same spread.
    """
    header = mission.mission
    trips = list(_trips(mission, record))
    if not trips or not header.pace_spread or not 0.0 < header.pace < 1.0:
        return mission, ()
    variance, shared = header.pace_spread**2, header.pace_shared
    precision, weighted = 1.0 / variance, logit(header.pace) / variance
    by_class: dict[str, list[float]] = defaultdict(list)
    for trip in trips:
        by_class[trip.hazard_class].append(logit(min(max(trip.pace, EDGE), 1.0 - EDGE)))
    for paces in by_class.values():
        weight = 1.0 / (variance * (shared + (1.0 - shared) / len(paces)))
        precision += weight
        weighted += weight * sum(paces) / len(paces)
    mean, deviation = weighted / precision, math.sqrt(1.0 / precision)
    learnt = Learnt(
        what="pace of convoys",
        where="roads",
        unit="share of the way from nominal to contested days",
        before=believed_logit(logit(header.pace), header.pace_spread),
        seen=f"trips on record: {len(trips)}, classes of roads: {len(by_class)}, mean pace {_mean_pace(trips):.2f}",
        after=believed_logit(mean, deviation),
        why="what the mission says is worth one trip",
    )
    return mission.model_copy(update={"mission": header.model_copy(update={"pace": logistic(mean)})}), (learnt,)


def _mean_pace(trips: list[Trip]) -> float:
    return sum(trip.pace for trip in trips) / len(trips)


def _trips(mission: Mission, record: Record) -> Iterator[Trip]:
    """Departures with the arrivals that end them, one a convoy, where the way is known and can be contested."""
    left: dict[tuple[str, ...], Actual] = {}
    done = set()
    for fact in record.facts:
        key = _trip_key(fact)
        if key is None:
            continue
        if fact.kind == "departure":
            left.setdefault(key, fact)
        elif fact.kind == "arrival" and key in left:
            start = left.pop(key)
            convoy = (fact.move or key, fact.happened)
            if convoy not in done:
                done.add(convoy)
                yield from _paced(mission, record, start, fact)


def _trip_key(fact: Actual) -> tuple[str, ...] | None:
    """What ties an arrival to its departure: the move, else the leg with the thing."""
    if fact.move:
        return ("move", fact.move)
    if fact.leg:
        return ("leg", fact.leg, fact.unit or "", fact.lot or "", fact.lift or "")
    return None


def _paced(mission: Mission, record: Record, start: Actual, end: Actual) -> Iterator[Trip]:
    legs = _way(mission, start, end)
    if not legs or any(leg.mode != "road" for leg in legs):
        if legs is None:
            record.skip("trips of which the way is not known")
        return
    nominal, contested = (_days(mission, legs, start.happened, pace) for pace in (0.0, 1.0))
    if contested <= nominal:
        return
    days = (end.happened - start.happened).days + 1 - _HALF_A_DAY
    yield Trip(legs[0].hazard_class or legs[0].id, (days - nominal) / (contested - nominal))


def _way(mission: Mission, start: Actual, end: Actual) -> tuple[Leg, ...] | None:
    """The legs of a trip: the one that its facts name, else the quickest road between its ends."""
    named = {fact.leg for fact in (start, end) if fact.leg}
    if len(named) == 1 and (leg := mission.leg.get(named.pop())):
        ends = {start.place or leg.from_place, end.place or leg.to_place}
        if ends <= {leg.from_place, leg.to_place}:
            return (leg,)
    if start.place in mission.place and end.place in mission.place:
        return shortest_route(mission, str(start.place), str(end.place), "road", start.happened)
    return None


def _days(mission: Mission, legs: tuple[Leg, ...], when: date, pace: float) -> float:
    return sum(mission.leg_days(leg, when, pace) for leg in legs)

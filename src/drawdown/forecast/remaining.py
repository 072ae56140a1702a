"""What is still to do of a plan, in the words of the mission as it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from drawdown.forecast.as_it_stands import AsItStands, Part
from drawdown.plan.model import Move, Plan, Separation
from drawdown.plan.replay import detachments


def remaining_plan(plan: Plan, stands: AsItStands, departed: Collection[str] = ()) -> Plan:
    """The moves, disposals and separations of a plan after the day of the mission as it stands.

    ``departed`` are the moves that have left by the record. A move whose day has passed without a record is not kept:
    what it would have taken is planned anew. A move takes as much of what it was to take as there can be at its origin
    by then; one that is left with nothing to bring is dropped, unless it brings empty lift or escorts.
    """
    mission, on = stands.mission, stands.mission.mission.cessation
    people, lots, lift = _Whereabouts(stands.units), _Whereabouts(stands.lots), _Whereabouts(stands.lift)
    escorts = _Whereabouts(
        Part(part.id, part.of, part.place, detachments(mission.unit[part.id]))
        for part in stands.units
        if detachments(mission.unit[part.id])
    )
    known = {part.id for part in (*stands.units, *stands.lots)}
    moves: list[Move] = []
    for move in sorted(plan.moves, key=lambda row: (row.depart, row.id)):
        if move.depart <= on or move.id in departed or {move.origin, move.destination} - mission.place.keys():
            continue
        new = move.model_copy(
            update={
                "people": people.take(move.people, move),
                "lots": lots.take(move.lots, move),
                "driven": lots.take(move.driven, move),
                "lift": move.lift if move.mode == "air" else lift.take(move.lift, move),
                "escorts": escorts.take(move.escorts, move),
            }
        )
        wanted = move.people or move.lots or move.driven
        if new.people or new.lots or new.driven or (not wanted and (new.lift or new.escorts)):
            moves.append(new)
    return plan.model_copy(
        update={
            "mission": mission.mission.id,
            "mission_hash": mission.hash,
            "as_of": on,
            "moves": tuple(moves),
            "disposals": tuple(row for row in plan.disposals if row.day > on and row.lot in known),
            "separations": tuple(_separations(plan.separations, people, stands)),
            "steps": tuple(row for row in plan.steps if row.start > on and row.site in mission.site),
            "closures": tuple(row for row in plan.closures if row.last_out > on and row.site in mission.site),
        }
    )


class _Whereabouts:
    """Where the parts of units, lots or lift are while the moves of a plan are made one after the other."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._at: dict[tuple[str, str], list[tuple[date, str, int]]] = defaultdict(list)
        for part in parts:
            self._at[part.of, part.place].append((date.min, part.id, part.count))

    def take(self, wanted: Mapping[str, int], move: Move) -> dict[str, int]:
        """Move up to so many of each along; returns what each part gives."""
        given: dict[str, int] = defaultdict(int)
        for name, count in wanted.items():
            for part, n in self.leave(name, move.origin, move.depart, count).items():
                given[part] += n
                self._at[name, move.destination].append((move.arrive, part, n))
        return dict(given)

    def leave(self, name: str, place: str, when: date, count: int) -> dict[str, int]:
        """Take up to so many from a place: those there since the evening before, the part with the rear party last."""
        given: dict[str, int] = defaultdict(int)
        left: list[tuple[date, str, int]] = []
        for since, part, there in sorted(self._at[name, place], key=lambda row: (row[1] == name, *row)):
            taken = min(count, there) if since < when else 0
            if taken:
                given[part] += taken
                count -= taken
            if there > taken:
                left.append((since, part, there - taken))
        self._at[name, place] = left
        return dict(given)


def _separations(rows: Iterable[Separation], people: _Whereabouts, stands: AsItStands) -> Iterable[Separation]:
    for row in rows:
        if row.day <= stands.mission.mission.cessation:
            continue
        for part, count in people.leave(row.unit, row.place, row.day, row.count).items():
            yield row.model_copy(update={"unit": part, "count": count})

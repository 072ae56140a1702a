"""The standing: where every person, lot and lift is on a day, as it was known on a day.

    facts = Facts.of_chunks(ledger.bodies())
    today = standing(mission, facts, on=date(2023, 10, 31), known_on=date(2023, 10, 31))
    today.people_at("kidal"), today.left_total, today.alerts[0].message

Exact meaning: docs/standing.md. Any facts give a standing; what does not add up is an alert.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from drawdown.ledger.alerts import Alert, alerts_of
from drawdown.ledger.facts import Facts
from drawdown.ledger.folding.booking import AT, GONE, LEFT, OUT
from drawdown.ledger.folding.counts import Headcount, headcounts
from drawdown.ledger.folding.fold import Days, Folded, fold
from drawdown.ledger.folding.leaving import Leaving
from drawdown.ledger.folding.reading import DISPOSITIONS
from drawdown.ledger.folding.steps import steps_done
from drawdown.ledger.folding.things import LIFT, LOT, THING_KINDS, UNIT, ThingKind
from drawdown.ledger.folding.ways import Underway, underway
from drawdown.mission.mission import Mission

Where = Mapping[str, Mapping[str, int]]


class OnTheWay(NamedTuple):
    """So many of a unit, lot or lift, on the way since a day; a place that is not told is ""."""

    kind: ThingKind
    id: str
    from_place: str
    to_place: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks
    since: date
    move: str | None


class Counted(NamedTuple):
    """A headcount: its day, the number, and what it counts (people, uniformed or military)."""

    on: date
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks
    of: str


@dataclass(frozen=True)
class Standing:
    """Where everything is on the evening of ``on``, as known on the evening of ``known_on``.

    Places are ids of sites and waypoints, "" where they are not known (and exits, for lift). People are persons, lots
    items, lift vehicles; what is nowhere is left out.
    """

    on: date
    known_on: date
    people: Where
    lots: Where
    lift: Where
    on_the_way: tuple[OnTheWay, ...]
    #: People who have left the mission, by unit ("" for those whose unit nobody named).
    left: Mapping[str, int]
    #: What became of lots that are gone, by disposition or "exit"; lift that has left the mission.
    gone: Where
    lift_gone: Mapping[str, int]
    #: More than the rows said there were, by kind and id of the thing.
    from_nowhere: Mapping[tuple[ThingKind, str], int]
    last_out: Mapping[str, date]
    handed_over: Mapping[str, date]
    steps: Mapping[str, tuple[str, ...]]
    #: The latest headcount of those who have left the mission, and of those present by place ("": all of it).
    left_reported: Counted | None
    headcounts: Mapping[str, Counted]
    #: The best of departures on record and what was reported as left.
    left_total: int
    #: In the mission: strength (and who came from nowhere) less `left_total`.
    people_remaining: int
    #: Sites without a last-out, in the mission's order.
    open_sites: tuple[str, ...]
    alerts: tuple[Alert, ...]

    @cached_property
    def left_on_record(self) -> int:
        """People for whose leaving there is a fact."""
        return sum(self.left.values())

    @cached_property
    def people_in_mission(self) -> int:
        """People whom the accounts hold in the mission: at places, unknown, or on the way."""
        return sum(sum(at.values()) for at in self.people.values()) + sum(
            row.count for row in self.on_the_way if row.kind == "unit"
        )

    def people_at(self, place: str) -> int:
        """People who are on record at a place ("" for those whose place is not known)."""
        return self._people_at.get(place, 0)

    @cached_property
    def _people_at(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for at in self.people.values():
            for place, count in at.items():
                found[place] = found.get(place, 0) + count
        return found

    def lots_at(self, place: str) -> Mapping[str, int]:
        """The lots that are on record at a place, with how many items."""
        return {lot: at[place] for lot, at in self.lots.items() if place in at}


def standing(mission: Mission, facts: Facts, on: date, known_on: date | None = None) -> Standing:
    """The standing on a day, as known on a day; without ``known_on``, all that the facts hold is known."""
    folded = fold(mission, facts, on, known_on)
    today = mission.day(on)
    counts = list(headcounts(folded))
    ways, leaving = underway(folded), Leaving(folded, [one for one, _ in counts])
    people, lots, lift = (_where(folded, kind) for kind in (UNIT, LOT, LIFT))
    gone = _gone(folded)
    nowhere = {folded.things.names[thing]: count for thing, count in folded.nowhere.items()}
    strength = sum(unit.strength for unit in mission.unit.values())
    strength += sum(count for (kind, _), count in nowhere.items() if kind == UNIT)
    total = leaving.total(today)
    last_out = _latest(folded, folded.last_outs)
    return Standing(
        on=on,
        known_on=known_on or max(on, facts.last_recorded or on),
        people=people,
        lots=lots,
        lift=lift,
        on_the_way=tuple(_on_the_way(folded, row) for row in ways),
        left=leaving.by_unit,
        gone={name: at for (kind, name), at in gone.items() if kind == LOT},
        lift_gone={name: sum(at.values()) for (kind, name), at in gone.items() if kind == LIFT},
        from_nowhere={(THING_KINDS[kind], name): count for (kind, name), count in nowhere.items()},
        last_out=last_out,
        handed_over=_latest(folded, folded.handovers),
        steps=steps_done(folded),
        left_reported=_counted(mission, leaving.latest) if leaving.latest else None,
        headcounts=_present(folded, counts),
        left_total=total,
        people_remaining=max(0, strength - total),
        open_sites=tuple(site.id for site in mission.sites if site.id not in last_out),
        alerts=alerts_of(folded, ways, counts, leaving, today),
    )


def _where(folded: Folded, kind: int) -> Where:
    """How many of each thing of a kind are at each place."""
    accounts, things, last = folded.accounts, folded.things, folded.balances.last
    found: dict[str, dict[str, int]] = {}
    for account in np.flatnonzero((accounts.type == AT) & (last > 0)).tolist():
        of, name = things.names[accounts.thing[account]]
        if of == kind:
            found.setdefault(name, {})[things.places[accounts.place[account]]] = int(last[account])
    return found


def _gone(folded: Folded) -> dict[tuple[int, str], dict[str, int]]:
    """What has left or was disposed of, by thing and what became of it."""
    accounts, things, last = folded.accounts, folded.things, folded.balances.last
    found: dict[tuple[int, str], dict[str, int]] = {}
    for account in np.flatnonzero(np.isin(accounts.type, (OUT, LEFT, GONE)) & (last > 0)).tolist():
        disposed = accounts.type[account] == GONE
        fate = ("", *DISPOSITIONS)[accounts.place[account]] if disposed else "exit"
        fates = found.setdefault(things.names[accounts.thing[account]], {})
        fates[fate] = fates.get(fate, 0) + int(last[account])
    return found


def _latest(folded: Folded, days_at: Days) -> dict[str, date]:
    """The latest day told for each place."""
    things = folded.things
    return {things.places[place]: things.mission.date(max(days)) for place, days in sorted(days_at.items())}


def _on_the_way(folded: Folded, row: Underway) -> OnTheWay:
    things = folded.things
    kind, name = things.names[row.thing]
    origin, goal, since = things.places[row.origin], things.places[row.goal], things.mission.date(row.day)
    return OnTheWay(THING_KINDS[kind], name, origin, goal, row.count, since, row.move or None)


def _counted(mission: Mission, one: Headcount) -> Counted:
    return Counted(mission.date(one.day), one.count, one.of)


def _present(folded: Folded, counts: list[tuple[Headcount, tuple[int, int] | None]]) -> dict[str, Counted]:
    """The latest headcount of those present, by place."""
    found: dict[int, Headcount] = {}
    for one, _ in counts:
        if not one.left and one.unit == -1 and (one.place not in found or found[one.place].order < one.order):
            found[one.place] = one
    places, mission = folded.things.places, folded.things.mission
    return {places[place]: _counted(mission, one) for place, one in sorted(found.items())}

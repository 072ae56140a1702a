"""What each fact books: how many of which thing, from which account to which, worked out for all facts at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drawdown.ledger.facts import Facts
from drawdown.ledger.folding.reading import COUNT_OF, KINDS
from drawdown.ledger.folding.things import LIFT, LOT, STRANGE, UNIT, UNKNOWN, Things

Numbers = NDArray[np.int64]
Bools = NDArray[np.bool_]

DEPARTURE, ARRIVAL, DISPOSAL = (KINDS.index(kind) for kind in ("departure", "arrival", "disposal"))

#: Types of accounts: on the way to a place by a move, at a place, at an exit (left), left by an exit not named, gone
#: by a disposition. What is short is made good in this order.
WAY, AT, OUT, LEFT, GONE = range(5)

#: The count of a fact that has none: all there is.
ALL = -1

#: Which words of ``count_of`` count people and which count things (a blank one counts either); TEU count lots.
PEOPLE = tuple(COUNT_OF.index(word) for word in ("people", "uniformed", "military"))
ITEMS = tuple(COUNT_OF.index(word) for word in ("items", "vehicles"))
TEU = COUNT_OF.index("teu")

#: Why a fact that should book something does not.
REASONS = ("name no unit, lot or lift", "name what the mission does not have", "say no place, or count what cannot be")
NO_THING, NOT_THERE, NO_COUNT = range(3)


@dataclass(frozen=True, eq=False)
class Bookings:
    """Facts (by number) that move something. Accounts are told by type, place and move; ``count`` may be `ALL`.

    Moves are numbered from 1 as facts number their words; 0 is none.
    """

    fact: Numbers
    thing: Numbers
    day: Numbers
    count: Numbers
    kind: Numbers
    from_type: Numbers
    from_place: Numbers
    to_type: Numbers
    to_place: Numbers
    move: Numbers
    #: People who left from an exit and belong to no named unit: facts, days, people.
    unnamed: tuple[Numbers, Numbers, Numbers]
    #: Facts that move nothing though they should, by reason.
    unbooked: tuple[Numbers, ...]


class _Rows:
    """The facts that act, with what they name turned into the mission's numbers."""

    def __init__(self, things: Things, facts: Facts) -> None:
        self.things = things
        acting = np.isin(facts.kind, (DEPARTURE, ARRIVAL, DISPOSAL))
        acting &= facts.happened > things.mission.mission.cessation.toordinal()
        self.fact = np.flatnonzero(acting)
        self.kind = facts.kind[self.fact].astype(np.int64)
        self.day = facts.happened[self.fact] - np.int64(things.mission.mission.cessation.toordinal())
        self.place = things.places_of(facts.words["place"])[facts.place[self.fact]]
        self.to = things.places_of(facts.words["to"])[facts.to[self.fact]]
        self.leg = facts.leg[self.fact]
        self.thing = things.things_of(facts.words)[facts.thing[self.fact]]
        self.move = facts.move[self.fact] + np.int64(1)
        self.legs = facts.words["leg"]
        self.count_of = facts.count_of[self.fact]
        self.raw = facts.count[self.fact]
        self.disposition = facts.disposition[self.fact] + np.int64(1)

    def strange(self) -> Bools:
        """Which name a place, a leg or a thing that the mission does not have."""
        legs = np.array([*(name not in self.things.mission.leg for name in self.legs), False])
        strange: Bools = (self.place == STRANGE) | (self.to == STRANGE) | (self.thing == STRANGE) | legs[self.leg]
        return strange

    def counted(self) -> tuple[Numbers, Bools]:
        """How many each moves, and which count what can be booked for their thing."""
        things, named = self.things, self.thing >= 0
        kind = np.where(named, things.kind[self.thing], UNIT) if len(things.names) else np.zeros_like(self.thing)
        teu = np.where(named, things.teu_each[self.thing], 0.0) if len(things.names) else np.zeros(len(self.thing))
        in_teu = (self.count_of == TEU) & (kind == LOT) & (teu > 0)
        right = np.isin(self.count_of, ITEMS) & (kind != UNIT) | np.isin(self.count_of, PEOPLE) & (kind == UNIT)
        count = np.floor(self.raw / np.where(in_teu, teu, 1.0) + 0.5)
        return np.where(self.raw < 0, ALL, count).astype(np.int64), right | in_teu | (self.count_of < 0)


def bookings(things: Things, facts: Facts) -> Bookings:
    """What all facts book for a mission, whatever is known of them."""
    rows = _Rows(things, facts)
    strange = rows.strange()
    count, countable = rows.counted()
    departs, arrives, disposed = (rows.kind == kind for kind in (DEPARTURE, ARRIVAL, DISPOSAL))
    named = rows.thing >= 0
    lift = named & (things.kind[rows.thing] == LIFT) if len(things.names) else named
    lot = named & (things.kind[rows.thing] == LOT) if len(things.names) else named
    place = np.maximum(rows.place, UNKNOWN)
    outside = things.outside[place] & ~lift
    here = np.where(outside, OUT, AT)
    goal = np.where(
        rows.to > 0, rows.to, np.where(rows.leg >= 0, things.other_ends(rows.legs)[rows.leg, place], UNKNOWN)
    )
    leaves = outside & ((goal == UNKNOWN) | things.outside[goal])
    leaves |= (rows.to < 0) & (rows.leg < 0) & (rows.move == 0)
    booked = ~strange & countable & named & ~(arrives & (rows.place < 0)) & ~(disposed & ~lot)
    unnamed = ~strange & countable & (rows.thing == -1) & departs & outside & leaves & (count > 0)
    left_over = ~booked & ~unnamed
    reason = np.where(strange, NOT_THERE, np.where(named, NO_COUNT, NO_THING))
    keep = np.flatnonzero(booked & (count != 0))
    return Bookings(
        rows.fact[keep],
        rows.thing[keep],
        rows.day[keep],
        count[keep],
        rows.kind[keep],
        np.where(arrives, WAY, here)[keep],
        place[keep],
        np.where(arrives, here, np.where(disposed, GONE, np.where(leaves, LEFT, WAY)))[keep],
        np.where(arrives, place, np.where(disposed, rows.disposition, np.where(leaves, 0, goal)))[keep],
        rows.move[keep],
        (rows.fact[unnamed], rows.day[unnamed], count[unnamed]),
        tuple(rows.fact[left_over & (reason == number)] for number in range(len(REASONS))),
    )

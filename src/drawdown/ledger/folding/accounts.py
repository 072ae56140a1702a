"""The accounts of a whole ledger and their bookings, sorted by account and day; sums over those that hold.

This is worked out once for a ledger and a mission. A day, as known on a day, is then one pass over the bookings.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drawdown.ledger.facts import Facts
from drawdown.ledger.folding.booking import ALL, AT, GONE, WAY, Bookings, bookings
from drawdown.ledger.folding.reading import DISPOSITIONS
from drawdown.ledger.folding.things import LOT, UNIT, UNKNOWN, Things

Numbers = NDArray[np.int64]
Bools = NDArray[np.bool_]

#: Bits of a booking's key that hold its day: since cessation, 2,800 years.
DAY_BITS = 20

#: What becomes of lots that go with their site.
HANDED_OVER = DISPOSITIONS.index("hand_over") + 1

#: Types of accounts in all.
TYPES = GONE + 1


@dataclass(frozen=True)
class Whole:
    """A fact without a count: all there is goes from one account to another."""

    fact: int
    day: int
    kind: int
    source: int
    goal: int


class Accounts:
    """Accounts by number, thing by thing; bookings ordered by account and day."""

    def __init__(self, things: Things, facts: Facts) -> None:
        self.things, self.facts = things, facts
        self._at: dict[int, Numbers] | None = None
        lots = things.mission.lot
        #: Lots that go with their site when it is handed over.
        self.handed_over = frozenset(
            number
            for number, (kind, name) in enumerate(things.names)
            if kind == LOT and "hand_over" in lots[name].dispositions
        )
        self.units = frozenset(number for number, (kind, _) in enumerate(things.names) if kind == UNIT)
        self.booked = booked = bookings(things, facts)
        self._moves = len(facts.words["move"]) + 1
        self._places = max(len(things.places), len(DISPOSITIONS) + 1)
        source = self._keys(booked.thing, booked.from_type, booked.from_place, booked.move)
        goal = self._keys(booked.thing, booked.to_type, booked.to_place, booked.move)
        self._sort(source, goal, booked)

    def _keys(self, thing: Numbers, kind: Numbers, place: Numbers, move: Numbers) -> Numbers:
        """One number for each account; only what is on the way is kept by move."""
        return ((thing * TYPES + kind) * self._places + place) * self._moves + np.where(kind == WAY, move, 0)

    def _sort(self, source: Numbers, goal: Numbers, booked: Bookings) -> None:
        """Put the bookings in order, each twice (off one account, onto another), and number the accounts."""
        counted = booked.count != ALL
        days = int(booked.day.max(initial=0)) + 1
        when, what = np.tile(booked.day[counted], 2), np.concatenate([source[counted], goal[counted]])
        order = np.argsort(what * days + when)
        what, when = what[order], when[order]
        others = np.concatenate([*self._standing_accounts(), source[~counted], goal[~counted]])
        new = np.flatnonzero(np.diff(what, prepend=-1))
        self.keys: Numbers = np.union1d(what[new], others)
        self._name_accounts()
        number = np.repeat(np.searchsorted(self.keys, what[new]), np.diff(new, append=len(what)))
        self.key = number << DAY_BITS | when
        self.amount = np.concatenate([-booked.count[counted], booked.count[counted]])[order]
        self.fact = np.tile(booked.fact[counted], 2)[order].astype(np.int32)
        accounts = np.arange(len(self.keys) + 1) << DAY_BITS
        #: The first booking of each account, and the end of the last; the last booking of each evening.
        self.of_account = np.searchsorted(self.key, accounts)
        self.evening = np.flatnonzero(np.diff(self.key, append=-1))
        self.evening_key = self.key[self.evening]
        self.evening_account = self.evening_key >> DAY_BITS
        self.evenings_of = np.searchsorted(self.evening_key, accounts)
        self.whole = self._wholes(source, goal, booked, np.flatnonzero(~counted))

    def _standing_accounts(self) -> tuple[Numbers, ...]:
        """Accounts that things have without any booking: where they begin, the unknown place, what is handed over."""
        number = np.arange(len(self.things.names))
        none = np.zeros_like(number)
        begin = np.array([place for place, _ in self.things.start], np.int64)
        over = np.array(sorted(self.handed_over), np.int64)
        return (
            self._keys(number, none + AT, begin, none),
            self._keys(number, none + AT, none + UNKNOWN, none),
            self._keys(over, np.full_like(over, GONE), np.full_like(over, HANDED_OVER), np.zeros_like(over)),
        )

    def _name_accounts(self) -> None:
        """What each account is of, and what it holds on the day of cessation."""
        rest, self.move = np.divmod(self.keys, self._moves)
        rest, self.place = np.divmod(rest, self._places)
        self.thing, self.type = np.divmod(rest, TYPES)
        self.start: Numbers = np.zeros(len(self.keys), np.int64)
        first = self._standing_accounts()[0]
        self.start[np.searchsorted(self.keys, first)] = [count for _, count in self.things.start]
        #: The first account of each thing, and the end of the last.
        self.of_thing = np.searchsorted(self.thing, np.arange(len(self.things.names) + 1))

    def _wholes(self, source: Numbers, goal: Numbers, booked: Bookings, rows: Numbers) -> dict[int, list[Whole]]:
        """Facts without a count, by thing."""
        found: dict[int, list[Whole]] = {}
        ends = (np.searchsorted(self.keys, keys[rows]).tolist() for keys in (source, goal))
        for row, one, other in zip(rows.tolist(), *ends, strict=True):
            fact, day, kind = int(booked.fact[row]), int(booked.day[row]), int(booked.kind[row])
            found.setdefault(int(booked.thing[row]), []).append(Whole(fact, day, kind, one, other))
        return found

    def account(self, thing: int, kind: int, place: int) -> int:
        """The number of an account that is not on the way; -1 if nothing was ever booked there."""
        key = ((thing * TYPES + kind) * self._places + place) * self._moves
        found = int(np.searchsorted(self.keys, key))
        return found if found < len(self.keys) and self.keys[found] == key else -1

    def order(self, account: int) -> tuple[int, int, str]:
        """The place of an account among those of its thing: by type, place and move (as words)."""
        return int(self.type[account]), int(self.place[account]), self.move_name(account)

    def move_name(self, account: int) -> str:
        """The move by which something is on the way; "" if none."""
        move = int(self.move[account])
        return self.facts.words["move"][move - 1] if move else ""

    def at(self, place: int) -> Numbers:
        """The accounts of all things at a place."""
        if self._at is None:
            some = np.flatnonzero(self.type == AT)
            self._at = {one: some[self.place[some] == one] for one in range(len(self.things.places))}
        return self._at[place]

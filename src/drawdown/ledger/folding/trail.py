"""One thing, evening after evening: those are put right on which its sums make no sense, or all of it moves.

Between two such evenings the sums hold, so that nothing needs to be looked at: an orderly ledger is put right on a few
evenings of a few things. What that changes is kept as bookings beside those of the facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drawdown.ledger.folding.accounts import DAY_BITS, Accounts, Whole
from drawdown.ledger.folding.booking import ARRIVAL, AT, DEPARTURE
from drawdown.ledger.folding.evening import Evening, Mended

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Calendar:
    """When all of a thing may move: facts without a count, places left and places handed over, by day."""

    wholes: Mapping[int, list[Whole]]
    left: Mapping[int, list[int]]
    handed_over: Mapping[int, list[int]]


@dataclass(frozen=True, eq=False)
class Before:
    """All things before they are put right.

    ``sums`` are balances of all evenings as the facts that hold add up, ``right`` the same with what was put right on
    earlier days, ``changed`` what that came to by account.
    """

    accounts: Accounts
    sums: Numbers
    right: Numbers
    changed: Numbers


class Trail:
    """One thing's evenings: the balance of each account on each evening on which facts may change it."""

    def __init__(self, before: Before, thing: int, calendar: Calendar) -> None:
        self.accounts, self.thing, self.calendar = before.accounts, thing, calendar
        accounts = before.accounts
        self.first, self.end = accounts.of_thing[thing : thing + 2].tolist()
        begin, end = accounts.evenings_of[[self.first, self.end]].tolist()
        self.key = accounts.evening_key[begin:end]
        self.day = self.key & ((1 << DAY_BITS) - 1)
        self.sums = before.sums[begin:end]
        self.balance = before.right[begin:end].copy()
        # Those before the first are not asked for.
        self.day_before, self.sums_before = (np.concatenate([[-1], one]) for one in (self.day, self.sums))
        self.begin = accounts.evenings_of[self.first : self.end] - begin
        self.start = accounts.start[self.first : self.end]
        self.base = np.arange(self.first, self.end) << DAY_BITS
        #: What was put on each account so far; evenings come in order, so that all of it counts on the next.
        self.changed = before.changed[self.first : self.end].copy()

    def put_right(self, since: int) -> Iterator[Mended]:
        """Put right evening after evening from a day on; those before were put right already."""
        day = since - 1
        while (following := self._next(day)) is not None:
            day = following
            mended = Evening(self.accounts, self.thing, day, *self._on(day)).put_right(
                sorted(self.calendar.wholes.get(day, ()), key=self._order),
                self.calendar.left.get(day, ()),
                self.calendar.handed_over.get(day, ()),
            )
            self._change(mended)
            yield mended

    def _order(self, one: Whole) -> tuple[bool, bool, str]:
        return one.kind != DEPARTURE, one.kind != ARRIVAL, self.accounts.facts.id(one.fact)

    def _next(self, day: int) -> int | None:
        """The next evening after a day that has to be put right."""
        days = self.day[(self.balance < 0) & (self.day > day)]
        found = days.min(initial=1 << DAY_BITS)
        found = min([found, *(one for one in self.calendar.wholes if one > day)])
        for calendar in (self.calendar.left, self.calendar.handed_over):
            for one in sorted(calendar):
                if day < one < found and any(self._held(place, one) > 0 for place in calendar[one]):
                    found = one
        return int(found) if found < 1 << DAY_BITS else None

    def _held(self, place: int, day: int) -> int:
        """How many are at a place on an evening."""
        account = self.accounts.account(self.thing, AT, place)
        if account < 0:
            return 0
        begin = int(self.begin[account - self.first])
        last = int(np.searchsorted(self.key, account << DAY_BITS | day, side="right"))
        held = int(self.sums[last - 1]) if last > begin else int(self.accounts.start[account])
        return held + int(self.changed[account - self.first])

    def _on(self, day: int) -> tuple[dict[int, int], dict[int, int]]:
        """What the accounts hold in the morning and in the evening of a day, as far as they are not empty."""
        evening = np.searchsorted(self.key, self.base | day, side="right")
        morning = evening - ((evening > self.begin) & (self.day_before[evening] == day))
        return self._holding(morning), self._holding(evening)

    def _holding(self, last: Numbers) -> dict[int, int]:
        held = np.where(last > self.begin, self.sums_before[last], self.start) + self.changed
        some = np.flatnonzero(held)
        return dict(zip((some + self.first).tolist(), held[some].tolist(), strict=True))

    def _change(self, mended: Mended) -> None:
        """Take over what was put right: it shows on every later evening of the accounts."""
        for account, amount in mended.changes.items():
            place = account - self.first
            self.changed[place] += amount
            end = int(self.begin[place + 1]) if place + 1 < len(self.begin) else len(self.key)
            begin = int(np.searchsorted(self.key, account << DAY_BITS | mended.day))
            self.balance[begin:end] += amount

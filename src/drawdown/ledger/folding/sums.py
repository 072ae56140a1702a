"""Balances of accounts on any evening: sums over the bookings that hold, and over what was put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drawdown.ledger.folding.accounts import DAY_BITS, Accounts
from drawdown.ledger.folding.evening import Mended

Numbers = NDArray[np.int64]
Bools = NDArray[np.bool_]

#: Whatever is asked of later days is so on this one: facts end long before.
LAST_DAY = (1 << DAY_BITS) - 1


class Sums:
    """Balances of all accounts as the bookings that hold add up, whether or not they make sense."""

    def __init__(self, accounts: Accounts, hold: Bools) -> None:
        self.accounts = accounts
        self._running = np.zeros(len(accounts.amount) + 1, np.int64)
        np.cumsum(np.where(hold[accounts.fact], accounts.amount, 0), out=self._running[1:])
        self._before = self._running[accounts.of_account[:-1]] - accounts.start

    def last(self) -> Numbers:
        """Every account's balance after all."""
        return self._running[self.accounts.of_account[1:]] - self._before

    def on(self, account: Numbers, day: Numbers) -> Numbers:
        """Balances of some accounts on the evenings of some days (since cessation)."""
        end = np.searchsorted(self.accounts.key, account << DAY_BITS | np.clip(day, 0, LAST_DAY), side="right")
        found: Numbers = self._running[np.maximum(end, self.accounts.of_account[account])] - self._before[account]
        return found

    def evenings(self) -> Numbers:
        """Balances on all evenings on which facts may change them."""
        found: Numbers = self._running[self.accounts.evening + 1] - self._before[self.accounts.evening_account]
        return found


@dataclass(frozen=True, eq=False)
class Changes:
    """What was put right, as bookings: accounts, days and amounts."""

    account: Numbers
    day: Numbers
    amount: Numbers

    @classmethod
    def of(cls, mended: Iterable[Mended]) -> Changes:
        """The changes of evenings that were put right."""
        rows = [(account, one.day, amount) for one in mended for account, amount in one.changes.items()]
        return cls(*np.array(rows, np.int64).reshape(-1, 3).T)

    def before(self, day: Numbers) -> Changes:
        """Those before a day, which is given for each account."""
        early = self.day < day[self.account]
        return Changes(self.account[early], self.day[early], self.amount[early])

    def and_of(self, mended: Iterable[Mended]) -> Changes:
        """These and those of more evenings."""
        more = Changes.of(mended)
        return Changes(
            np.concatenate([self.account, more.account]),
            np.concatenate([self.day, more.day]),
            np.concatenate([self.amount, more.amount]),
        )

    def by_account(self, accounts: int) -> Numbers:
        """What they come to on each account."""
        found = np.zeros(accounts, np.int64)
        np.add.at(found, self.account, self.amount)
        return found

    def put_on(self, accounts: Accounts, evenings: Numbers) -> Numbers:
        """Balances of all evenings with these changes: each shows on all later evenings of its account."""
        steps = np.zeros(len(evenings) + 1, np.int64)
        np.add.at(steps, np.searchsorted(accounts.evening_key, self.account << DAY_BITS | self.day), self.amount)
        np.add.at(steps, accounts.evenings_of[self.account + 1], -self.amount)
        return evenings + np.cumsum(steps[:-1])


class Balances:
    """Balances of all accounts as they are: the sums, and what was put right."""

    def __init__(self, sums: Sums, changes: Changes) -> None:
        self._sums = sums
        key = changes.account << DAY_BITS | changes.day
        order = np.argsort(key)
        self._key = key[order]
        self._running = np.concatenate([[0], np.cumsum(changes.amount[order])])
        self.last = sums.last()
        self.last += changes.by_account(len(self.last))

    def on(self, account: Numbers, day: Numbers | int) -> Numbers:
        """Balances of some accounts on the evenings of some days (or of one day; since cessation)."""
        days = np.broadcast_to(np.asarray(day, np.int64), account.shape)
        end = np.searchsorted(self._key, account << DAY_BITS | np.clip(days, 0, LAST_DAY), side="right")
        begin = np.searchsorted(self._key, account << DAY_BITS)
        found: Numbers = self._sums.on(account, days) + self._running[end] - self._running[begin]
        return found

"""One evening of one thing, put right: no account is negative, facts without a count, places left and handed over.

This is "The evening" of docs/standing.md, step for step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from drawdown.ledger.folding.accounts import HANDED_OVER, Accounts, Whole
from drawdown.ledger.folding.booking import ARRIVAL, AT, GONE, LEFT, WAY
from drawdown.ledger.folding.things import UNKNOWN


@dataclass(frozen=True, slots=True)
class Gap:
    """What did not add up: how many of a thing, where, on which evening, and which places gave how many."""

    kind: str
    thing: int
    place: int
    day: int
    count: int
    given: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Mended:
    """What was put right on one evening of a thing: changes of accounts, gaps, and who departed without a count."""

    day: int
    changes: dict[int, int] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    departed: list[tuple[int, int, int]] = field(default_factory=list)


class Evening:
    """An evening of a thing: what its accounts hold (those that hold something), and held in the morning."""

    def __init__(self, accounts: Accounts, thing: int, day: int, morning: dict[int, int], now: dict[int, int]) -> None:
        self.accounts, self.thing = accounts, thing
        self.morning, self.balance = morning, now
        self.unknown = accounts.account(thing, AT, UNKNOWN)
        self.found = Mended(day)

    def put_right(self, wholes: Iterable[Whole], left: Iterable[int], handed_over: Iterable[int]) -> Mended:
        """Fill what is negative, move all where no count is told, leave places, hand over."""
        for account in sorted((one for one, held in self.balance.items() if held < 0), key=self.accounts.order):
            self._fill(account)
        for one in wholes:
            self._all(one)
        for place in left:
            if count := self._move(self.accounts.account(self.thing, AT, place), self.unknown):
                self._gap("swept", place, count)
        for place in handed_over:
            over = self.accounts.account(self.thing, GONE, HANDED_OVER)
            self._move(self.accounts.account(self.thing, AT, place), over)
        return self.found

    def _put(self, account: int, amount: int) -> None:
        self.balance[account] = self.balance.get(account, 0) + amount
        self.found.changes[account] = self.found.changes.get(account, 0) + amount

    def _move(self, source: int, goal: int) -> int:
        """Everything goes from one account to another."""
        count = max(0, self.balance.get(source, 0)) if source != goal else 0
        if count:
            self._put(source, -count)
            self._put(goal, count)
        return count

    def _fill(self, account: int) -> None:
        """Make one negative account good from others of the thing, the rest from nowhere."""
        missing, place = -self.balance[account], self._place(account)
        given: list[tuple[int, int]] = []
        for giver, free in list(self._givers(account)):
            now = self.balance.get(giver, 0)
            taken = min(missing, now if free else min(now, self.morning.get(giver, 0)))
            if taken > 0:
                self._put(giver, -taken)
                self._put(account, taken)
                missing -= taken
                if not free and giver != self.unknown:
                    given.append((self._place(giver), taken))
        if missing:
            self._put(account, missing)
            self._gap("from_nowhere", place, missing)
        if given and account != self.unknown:
            kind = "never_departed" if self._type(account) == WAY else "not_there"
            self._gap(kind, place, sum(count for _, count in given), given)

    def _gap(self, kind: str, place: int, count: int, given: Iterable[tuple[int, int]] = ()) -> None:
        self.found.gaps.append(Gap(kind, self.thing, place, self.found.day, count, tuple(given)))

    def _givers(self, account: int) -> Iterator[tuple[int, bool]]:
        """The accounts that fill one that is negative, in order, and whether they give what came on this day."""
        place, move = self._place(account), self._move_of(account)
        ways, places = self._largest(WAY), [one for one in self._largest(AT) if one != self.unknown]
        free = [one for one in ways if self._place(one) == place]
        if self._type(account) == WAY:
            free = [one for one in ways if move and self._move_of(one) == move] + free
            free += [one for one in ways if self._place(one) == UNKNOWN]
            if self.accounts.things.outside[place]:
                free += self._largest(LEFT)
        elif account == self.unknown:
            free = []
        rest = [self.unknown, *(one for one in places if self._place(one) != place), *ways]
        return ((one, one in free) for one in dict.fromkeys([*free, *rest]))

    def _largest(self, kind: int) -> list[int]:
        """The accounts of a type that hold something, the largest first."""
        some = [one for one, balance in self.balance.items() if balance > 0 and self._type(one) == kind]
        return sorted(some, key=lambda one: (-self.balance[one], self.accounts.order(one))) if len(some) > 1 else some

    def _all(self, fact: Whole) -> None:
        """A fact without a count: the first of its sources that hold something gives all of it."""
        arrives, sources = fact.kind == ARRIVAL, self._sources(fact)
        given: dict[int, int] = {}
        for source in sources:
            given = {one: count for one in source if (count := self._move(one, fact.goal))}
            if given:
                break
        if given and self._type(fact.goal) == WAY:
            self.found.departed.append((fact.goal, sum(given.values()), fact.fact))
        guessed = arrives and source is sources[-1]
        others = [(self._place(one), count) for one, count in given.items() if guessed and one != self.unknown]
        if others or not given:
            place = self._place(fact.goal if arrives else fact.source)
            self._gap("never_departed" if arrives else "not_there", place, sum(count for _, count in others), others)

    def _sources(self, fact: Whole) -> list[list[int]]:
        """What a fact without a count may mean, the likeliest first."""
        place = self._place(fact.goal if fact.kind == ARRIVAL else fact.source)
        ways, places = self._largest(WAY), self._largest(AT)
        there = [one for one in ways if self._place(one) == place]
        if fact.kind == ARRIVAL:
            move = self._move_of(fact.source)
            return [
                [one for one in ways if move and self._move_of(one) == move],
                there,
                [one for one in ways if self._place(one) == UNKNOWN],
                self._largest(LEFT) if self.accounts.things.outside[place] else [],
                [one for one in [*places, *ways] if one != fact.goal],
            ]
        if fact.source == self.unknown:
            return [[*places, *ways]]
        return [[fact.source], there, [self.unknown]]

    def _type(self, account: int) -> int:
        return int(self.accounts.type[account])

    def _place(self, account: int) -> int:
        return int(self.accounts.place[account])

    def _move_of(self, account: int) -> int:
        return int(self.accounts.move[account])

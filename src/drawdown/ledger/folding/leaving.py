"""Who has left: by the departures on record, by what was reported, and the best of both."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from drawdown.ledger.folding.booking import LEFT, OUT, PEOPLE
from drawdown.ledger.folding.counts import Headcount
from drawdown.ledger.folding.fold import Folded
from drawdown.ledger.folding.things import UNIT

Numbers = NDArray[np.int64]

POLICE = frozenset({"formed_police", "individual_police"})


def counts_as(kind: str, of: str) -> bool:
    """Whether a kind of unit belongs to a class of people: people, uniformed or military."""
    civilian = kind.startswith("civilian_")
    return of == "people" or not (civilian or (of == "military" and kind in POLICE))


class Leaving:
    """Those who have left, as the facts that hold tell it."""

    def __init__(self, folded: Folded, counts: Iterable[Headcount]) -> None:
        self.folded = folded
        things = folded.things
        accounts = folded.accounts
        unit = np.array([kind == UNIT for kind, _ in things.names], np.bool_)
        self._gone = np.flatnonzero(np.isin(accounts.type, (OUT, LEFT)) & unit[accounts.thing])
        fact, self._days, self._people = accounts.booked.unnamed
        self._held = folded.hold[fact]
        self._of = accounts.facts.count_of[fact]
        #: The latest report of each class for the whole mission.
        self.reports = {one.of: one for one in counts if one.left and one.place == 0 and one.unit == -1}

    @cached_property
    def by_unit(self) -> dict[str, int]:
        """People who have left on record, by unit."""
        found: dict[str, int] = {}
        last = self.folded.balances.last
        for account in self._gone[last[self._gone] > 0].tolist():
            _, name = self.folded.things.names[self.folded.accounts.thing[account]]
            found[name] = found.get(name, 0) + int(last[account])
        unnamed = int(self._people[self._held].sum())
        return {**found, **({"": unnamed} if unnamed else {})}

    def on_record(self, of: str, day: int) -> int:
        """People of a class who have left on record by the evening of a day (since cessation)."""
        mission, names = self.folded.things.mission, self.folded.things.names
        thing = self.folded.accounts.thing
        accounts = [one for one in self._gone.tolist() if counts_as(mission.unit[names[thing[one]][1]].kind, of)]
        # Those of no named unit are of the class that was told, if one was.
        told = {"people": (-1, *PEOPLE), "uniformed": PEOPLE[1:], "military": PEOPLE[2:]}[of]
        unnamed = self._people[self._held & (self._days <= day) & np.isin(self._of, told)].sum()
        return int(self.folded.balances.on(np.array(accounts, np.int64), day).sum() + unnamed)

    def total(self, day: int) -> int:
        """The best figure of who has left by a day: on record, or reported and on record since."""
        record = self.on_record("people", day)
        reported = (one.count + record - self.on_record("people", one.day) for one in self.reports.values())
        return max(record, *reported) if self.reports else record

    @property
    def latest(self) -> Headcount | None:
        """The latest report of the whole mission."""
        return max(self.reports.values(), key=lambda one: one.order, default=None)

"""Facts folded as of a day, as known on a day: sums, put right where they make no sense.

What was put right when all facts were folded is kept: as of another day, only what comes after the first difference
is looked at again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from drawdown.ledger.facts import Facts
from drawdown.ledger.folding.accounts import DAY_BITS, Accounts, Whole
from drawdown.ledger.folding.evening import Gap, Mended
from drawdown.ledger.folding.reading import KINDS
from drawdown.ledger.folding.sums import Balances, Changes, Sums
from drawdown.ledger.folding.things import LOT, UNIT, Things
from drawdown.ledger.folding.trail import Before, Calendar, Trail
from drawdown.mission.mission import Mission

Bools = NDArray[np.bool_]
Numbers = NDArray[np.int64]

LAST_OUT, HANDOVER = KINDS.index("last_out"), KINDS.index("handover")

#: Places by day, or days by place (all by number), in order.
Days = dict[int, list[int]]

#: Later than every day.
NEVER = 1 << DAY_BITS


@dataclass(frozen=True, eq=False)
class Folded:
    """What facts come to. Days are counted from cessation, places and things by number."""

    accounts: Accounts
    known_on: date
    known: Bools
    hold: Bools
    balances: Balances
    mended: dict[int, list[Mended]]
    changes: Changes
    last_outs: Days
    handovers: Days

    @property
    def things(self) -> Things:
        """The mission's things by number."""
        return self.accounts.things

    @cached_property
    def gaps(self) -> list[Gap]:
        """All that did not add up, by thing and day."""
        return [gap for rows in self.mended.values() for one in rows for gap in one.gaps]

    @cached_property
    def nowhere(self) -> dict[int, int]:
        """By thing: how many more there are than the mission's rows say."""
        found: dict[int, int] = defaultdict(int)
        for gap in self.gaps:
            if gap.kind == "from_nowhere":
                found[gap.thing] += gap.count
        return dict(found)

    @cached_property
    def departed(self) -> dict[int, list[tuple[int, int, int]]]:
        """By account of what is on the way: days, counts and facts of departures that say no count."""
        found = defaultdict(list)
        for rows in self.mended.values():
            for one in rows:
                for account, count, fact in one.departed:
                    found[account].append((one.day, count, fact))
        return dict(found)


def fold(mission: Mission, facts: Facts, on: date, known_on: date | None) -> Folded:
    """Fold the facts that hold."""
    accounts = accounts_of(mission, facts)
    kept = facts.worked_out.get("all")
    if not isinstance(kept, Folded) or kept.accounts is not accounts:
        everything = facts.known(date.max)
        facts.worked_out["all"] = kept = _fold(accounts, date.max, everything, None, NEVER)
    return _fold(accounts, known_on or date.max, facts.known(on, known_on), kept, mission.day(on))


def accounts_of(mission: Mission, facts: Facts) -> Accounts:
    """The accounts of facts for a mission, worked out once and kept with the facts."""
    kept = facts.worked_out.get("accounts")
    if isinstance(kept, Accounts) and kept.things.mission is mission:
        return kept
    facts.worked_out["accounts"] = accounts = Accounts(Things(mission), facts)
    return accounts


def _fold(accounts: Accounts, known_on: date, hold: Bools, kept: Folded | None, today: int) -> Folded:
    sums = Sums(accounts, hold)
    last_outs, handovers = (_days_at(accounts, hold, kind) for kind in (LAST_OUT, HANDOVER))
    since = np.zeros(len(accounts.things.names), np.int64)
    before, changes = dict[int, list[Mended]](), Changes.of(())
    if kept:
        since = _since(accounts, hold, kept, today, (last_outs, handovers))
        before = {thing: [one for one in rows if one.day < since[thing]] for thing, rows in kept.mended.items()}
        changes = kept.changes.before(since[accounts.thing])
    found = _put_right(sums, hold, since, changes, (last_outs, handovers))
    changes = changes.and_of(one for rows in found.values() for one in rows)
    mended = {thing: [*before.get(thing, ()), *found.get(thing, ())] for thing in sorted({*before, *found})}
    known = accounts.facts.recorded_by(known_on)
    return Folded(accounts, known_on, known, hold, Balances(sums, changes), mended, changes, last_outs, handovers)


def _since(accounts: Accounts, hold: Bools, kept: Folded, today: int, days_at: tuple[Days, Days]) -> Numbers:
    """By thing: the first day on which other facts hold than when all were folded."""
    since = np.full(len(accounts.things.names), today + 1, np.int64)
    booked = accounts.booked
    other = (hold != kept.hold)[booked.fact] & (booked.day <= today)
    np.minimum.at(since, booked.thing[other], booked.day[other])
    for kind, now, then in zip((UNIT, LOT), days_at, (kept.last_outs, kept.handovers), strict=True):
        pairs = _pairs(now) ^ _pairs(then)
        of_kind = accounts.things.kind == kind
        since[of_kind] = np.minimum(since[of_kind], min((day for _, day in pairs), default=NEVER))
    return since


def _pairs(days_at: Days) -> set[tuple[int, int]]:
    return {(place, day) for place, days in days_at.items() for day in days}


def _put_right(
    sums: Sums, hold: Bools, since: Numbers, changes: Changes, days_at: tuple[Days, Days]
) -> dict[int, list[Mended]]:
    """What has to be put right of each thing from a day on, after what was so before that day."""
    accounts = sums.accounts
    evenings = sums.evenings()
    right = changes.put_on(accounts, evenings)
    before = Before(accounts, evenings, right, changes.by_account(len(accounts.keys)))
    short = np.unique(accounts.thing[accounts.evening_account[right < 0]]).tolist()
    wholes = {
        thing: rows
        for thing, facts in accounts.whole.items()
        if (rows := [one for one in facts if hold[one.fact] and one.day >= since[thing]])
    }
    moving = np.zeros(len(accounts.keys), np.bool_)
    moving[changes.account] = True
    left = _still_there(accounts, right, since, moving, days_at[0], accounts.units)
    over = _still_there(accounts, right, since, moving, days_at[1], accounts.handed_over)
    by_day = [_by_day(days) for days in days_at]
    found = {}
    for thing in sorted({*short, *wholes, *left, *over}):
        calendar = Calendar(
            _whole_days(wholes.get(thing, ())),
            by_day[0] if thing in accounts.units else {},
            by_day[1] if thing in accounts.handed_over else {},
        )
        found[thing] = list(Trail(before, thing, calendar).put_right(int(since[thing])))
    return found


def _still_there(  # noqa: PLR0913, PLR0917  what is asked, of which things and evenings
    accounts: Accounts, right: Numbers, since: Numbers, moving: Bools, days_at: Days, things: frozenset[int]
) -> set[int]:
    """The things of which something may be at a place on a day on which it is left or handed over."""
    found: set[int] = set()
    asked = np.zeros(len(accounts.things.names), np.bool_)
    asked[list(things)] = True
    for place, days in days_at.items():
        at = accounts.at(place)
        at = at[asked[accounts.thing[at]]]
        for day in days:
            last = np.searchsorted(accounts.evening_key, at << DAY_BITS | day, side="right")
            told = last > accounts.evenings_of[at]
            held = np.where(told, right[last - 1] if len(right) else 0, accounts.start[at])
            # What was put right after an account's last evening does not show on it.
            there = ((held > 0) | moving[at]) & (since[accounts.thing[at]] <= day)
            found |= set(accounts.thing[at[there]].tolist())
    return found


def _whole_days(wholes: Iterable[Whole]) -> dict[int, list[Whole]]:
    found = defaultdict(list)
    for one in wholes:
        found[one.day].append(one)
    return dict(found)


def _days_at(accounts: Accounts, hold: Bools, kind: int) -> Days:
    """The days after cessation for which a kind of fact holds, by place."""
    facts, things = accounts.facts, accounts.things
    zero = things.mission.mission.cessation.toordinal()
    rows = np.flatnonzero((facts.kind == kind) & hold & (facts.happened > zero))
    places = things.places_of(facts.words["place"])[facts.place[rows]]
    found: Days = defaultdict(list)
    for place, day in np.unique(np.stack([places, facts.happened[rows] - zero]), axis=1).T.tolist():
        if place > 0:
            found[place].append(day)
    return dict(found)


def _by_day(days_at: Days) -> Days:
    found: Days = defaultdict(list)
    for place, days in days_at.items():
        for day in days:
            found[day].append(place)
    return dict(found)

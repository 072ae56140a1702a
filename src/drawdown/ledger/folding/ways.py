"""What is on the way, by departure: of one account the oldest arrives first, so what is left departed last."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from drawdown.ledger.folding.accounts import DAY_BITS
from drawdown.ledger.folding.booking import WAY
from drawdown.ledger.folding.fold import Folded


class Underway(NamedTuple):
    """So many of a thing, on the way from a place to a place since a day (all by number), by a move ("" if none)."""

    thing: int
    origin: int
    goal: int
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks
    day: int
    move: str


def underway(folded: Folded) -> list[Underway]:
    """What is on the way, by thing, goal and move, the oldest first."""
    accounts, last = folded.accounts, folded.balances.last
    departed = _departed(folded)
    found: list[Underway] = []
    some = np.flatnonzero((accounts.type == WAY) & (last > 0)).tolist()
    for account in sorted(some, key=lambda one: (accounts.thing[one], accounts.order(one))):
        thing, (_, goal, move) = int(accounts.thing[account]), accounts.order(account)
        left, parts = int(last[account]), []
        for (day, origin), count in sorted(departed[account].items(), reverse=True):
            if left:
                parts.append(Underway(thing, origin, goal, min(count, left), day, move))
                left -= min(count, left)
        found.extend(reversed(parts))
    return found


def _departed(folded: Folded) -> dict[int, dict[tuple[int, int], int]]:
    """By account that holds something on the way: how many departed on which day from where."""
    accounts = folded.accounts
    facts, places = accounts.facts, folded.things.places_of(accounts.facts.words["place"])
    some = np.repeat((accounts.type == WAY) & (folded.balances.last > 0), np.diff(accounts.of_account))
    rows = np.flatnonzero(some & (accounts.amount > 0))
    rows = rows[folded.hold[accounts.fact[rows]]]
    found: dict[int, dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))
    origins = np.maximum(places[facts.place[accounts.fact[rows]]], 0)
    keys, counts = accounts.key[rows], accounts.amount[rows]
    for key, origin, count in zip(keys.tolist(), origins.tolist(), counts.tolist(), strict=True):
        found[key >> DAY_BITS][key & ((1 << DAY_BITS) - 1), origin] += count
    for account, whole in folded.departed.items():
        for day, count, fact in whole:
            found[account][day, max(int(places[facts.place[fact]]), 0)] += count
    return found

"""Killing a process in the middle of appends, again and again: what it had acknowledged has to be there."""

import random
import time

from drawdown.ledger.entry import canonical_body
from drawdown.ledger.ledger import open_ledger
from kit.ledger_children import append_for_ever, running, told
from kit.ledgers import facts

#: Seconds until a process is killed, at most; it appends some hundred times a second.
LONGEST = 0.15


def kill_in_the_middle(place, chance, first, size):
    """Kill a process at some moment of its appends: the last fact that it had acknowledged."""
    with running(append_for_ever, place, first, size) as (process, hear):
        acknowledged = hear.recv()  # it has opened the ledger
        time.sleep(chance.uniform(0, LONGEST))
        process.kill()
        return max([acknowledged, *told(hear)])


def kill_often(place, times, seed):
    """Kill one process after the other, each going on where the last one was killed; look at the ledger each time.

    How many facts are on record in the end, and how many appends were written that could not be acknowledged any more.
    """
    chance = random.Random(seed)  # noqa: S311  moments, not secrets
    kept = whole = 0
    for _ in range(times):
        before, size = kept, chance.choice([1, 3, 40])
        acknowledged = kill_in_the_middle(place, chance, kept + 1, size)
        with open_ledger(place) as ledger:
            kept = ledger.size
            # What was acknowledged is there; an append that was on its way is there as a whole or not at all.
            assert kept in {acknowledged, acknowledged + size}
            found = [entry.body for entry in ledger.entries(after=before)]
        assert found == [canonical_body(one) for one in facts(kept - before, first=before + 1)]
        whole += kept > acknowledged
    with open_ledger(place) as ledger:
        assert ledger.verify() == ()
    return kept, whole

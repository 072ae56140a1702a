"""Taking over entries that other stations wrote: each continues its origin's chain or is refused with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from drawdown.ledger.chain import NOTHING, Head
from drawdown.ledger.entry import Entry
from drawdown.ledger.rows import entry_in, extend
from drawdown.ledger.soundness import Sound, examine
from drawdown.ledger.stores.store import Store, Writing

#: Entries that become durable together.
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that was not taken over, and why."""

    entry: Entry
    reason: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did.

    ``added`` entries are new here; ``known`` ones were here already. ``repeated`` counts those among the new ones whose
    fact another origin had recorded with the same words; where the words differ, both entries are kept, since each
    belongs to its chain, and the pair stands in ``contradictions``.
    """

    added: int
    known: int
    repeated: int
    refused: tuple[Refused, ...]
    contradictions: tuple[tuple[Entry, Entry], ...]


def merge(store: Store, entries: Iterable[Entry]) -> Merged:
    """Take entries over, in whatever order they come; batches of them become durable one after the other."""
    store.check_open()
    done = _Outcome()
    waiting: dict[tuple[str, int], list[Sound]] = defaultdict(list)
    coming = iter(entries)
    while batch := list(islice(coming, BATCH)):
        queue: list[Sound] = []
        for entry in batch:
            found = examine(entry)
            if isinstance(found, str):
                done.refused.append(Refused(entry, found))
            else:
                queue.append(found)
        while queue:
            with store.writing() as writing:
                outcome = _take(writing, queue)
            done.count(outcome)
            for early in outcome.early:
                waiting[early.entry.origin, early.entry.n].append(early)
            queue = _ready(waiting, outcome.heads)
    stuck = [one.entry for held in waiting.values() for one in held]
    done.refused += _never_reached(stuck, done.heads, done.refused)
    return Merged(done.added, done.known, done.repeated, tuple(done.refused), tuple(done.contradictions))


@dataclass
class _Outcome:
    """What a batch did, or all of them. ``early`` entries wait for others to come before them."""

    added: int = 0
    known: int = 0
    repeated: int = 0
    refused: list[Refused] = field(default_factory=list)
    contradictions: list[tuple[Entry, Entry]] = field(default_factory=list)
    early: list[Sound] = field(default_factory=list)
    heads: dict[str, Head] = field(default_factory=dict)

    def count(self, batch: _Outcome) -> None:
        """Count a batch that has become durable."""
        self.added += batch.added
        self.known += batch.known
        self.repeated += batch.repeated
        self.refused += batch.refused
        self.contradictions += batch.contradictions
        self.heads = batch.heads


def _take(writing: Writing, batch: list[Sound]) -> _Outcome:
    before = writing.heads()
    outcome = _Outcome(heads=dict(before))
    hashes = _hashes(writing, batch, before)
    told: dict[str, list[Entry]] = defaultdict(list)
    for row in writing.telling(sorted({one.told.fact for one in batch})):
        told[row.fact].append(entry_in(row))
    new: list[Sound] = []
    for one in sorted(batch, key=lambda one: (one.entry.origin, one.entry.n)):
        entry, head = one.entry, _at(outcome.heads, one.entry.origin)
        if entry.n > head.n + 1:
            outcome.early.append(one)
        elif hashes.get((entry.origin, entry.n)) == entry.hash:
            outcome.known += 1
        elif flaw := _misfit(entry, head, told[one.told.fact]):
            outcome.refused.append(Refused(entry, flaw))
        else:
            new.append(one)
            outcome.heads[entry.origin] = Head(entry.n, entry.hash)
            hashes[entry.origin, entry.n] = entry.hash
            _compare(outcome, entry, told[one.told.fact])
            told[one.told.fact].append(entry)
    extend(writing, [(one.entry, one.told) for one in new], before)
    outcome.added = len(new)
    return outcome


def _hashes(writing: Writing, batch: list[Sound], heads: Mapping[str, Head]) -> dict[tuple[str, int], str]:
    """The hashes on record of those entries that are not after the head of their origin."""
    old: dict[str, list[int]] = defaultdict(list)
    for one in batch:
        if one.entry.n <= _at(heads, one.entry.origin).n:
            old[one.entry.origin].append(one.entry.n)
    return {(origin, n): hashed for origin, ns in old.items() for n, hashed in writing.hashes(origin, ns).items()}


def _at(heads: Mapping[str, Head], origin: str) -> Head:
    return heads.get(origin, NOTHING)


def _misfit(entry: Entry, head: Head, told: list[Entry]) -> str:
    """Why an entry that is due does not continue its chain; nothing if it does."""
    if entry.n <= head.n:
        return (
            f"another entry {entry.n} of {entry.origin} is on record here: two ledgers have written under that name, or"
            " one was changed. Verify both; then record the facts of one again, under another name of a station"
        )
    if entry.prev != head.hash:
        return (
            f"it does not continue entry {head.n} of {entry.origin} as it is on record here: one of both ledgers was"
            " changed, or two have written under that name. Verify both"
        )
    if any(other.origin == entry.origin for other in told):
        return f"{entry.origin} has recorded this fact before, in another entry: a station records a fact once"
    return ""


def _compare(outcome: _Outcome, entry: Entry, told: list[Entry]) -> None:
    others = [other for other in told if other.body != entry.body]
    outcome.contradictions += [(entry, other) for other in others]
    outcome.repeated += len(others) < len(told)


def _ready(waiting: dict[tuple[str, int], list[Sound]], heads: Mapping[str, Head]) -> list[Sound]:
    """Those that can be taken now that the chains have come so far."""
    ready: list[Sound] = []
    for origin, head in heads.items():
        n = head.n + 1
        while (origin, n) in waiting and len(ready) < BATCH:
            ready += waiting.pop((origin, n))
            n += 1
    return ready


def _never_reached(stuck: list[Entry], heads: Mapping[str, Head], refused: list[Refused]) -> list[Refused]:
    """Entries whose predecessors did not come, or were refused."""
    flawed = {one.entry.origin for one in refused}
    told: list[Refused] = []
    for entry in sorted(stuck, key=lambda entry: (entry.origin, entry.n)):
        last = _at(heads, entry.origin).n
        if entry.origin in flawed:
            why = f"it comes after an entry of {entry.origin} that was refused; merge it again once that is settled"
        else:
            why = f"entries of {entry.origin} are missing before it, from {last + 1} on: ask for a bundle that has them"
        told.append(Refused(entry, why))
    return told

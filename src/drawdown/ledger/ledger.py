"""The ledger: what happened, appended and never changed, in a SQLite file or a PostgreSQL database.

with open_ledger("minusma.ledger", mission="minusma", origin="gao") as ledger:
ledger.append([fact], actor="A. Keita")
print(ledger.digest)
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Self

from drawdown.ledger import chain, merging, verifying
from drawdown.ledger.chain import Break, Head
from drawdown.ledger.entry import (
    SCHEMA,
    Entry,
    canonical_body,
    checked_actor,
    checked_origin,
    seal,
    stamp,
    whole_seconds,
)
from drawdown.ledger.errors import LedgerBusy, LedgerError, LedgerFull, LedgerLost, LedgerNewer
from drawdown.ledger.merging import Merged
from drawdown.ledger.rows import Told, entry_in, extend, newer, told_by
from drawdown.ledger.stores.backend import PATIENCE
from drawdown.ledger.stores.opening import open_store
from drawdown.ledger.stores.store import About, EntryRow, Store
from drawdown.mission.tables import Actual

__all__ = [
    "Appended",
    "Break",
    "Contradiction",
    "Entry",
    "Head",
    "Ledger",
    "LedgerBusy",
    "LedgerError",
    "LedgerFull",
    "LedgerLost",
    "LedgerNewer",
    "Merged",
    "open_ledger",
]

#: Rows that one question brings: enough that the question costs little, few enough to hold.
CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A fact that was not written, since the same id is on record with another body."""

    fact: Actual
    recorded: Entry


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append did: entries written, those that were on record already, and facts that contradict the record."""

    entries: tuple[Entry, ...]
    duplicates: tuple[Entry, ...]
    contradictions: tuple[Contradiction, ...]


def open_ledger(  # noqa: PLR0913  each may be left out
    place: str | Path,
    *,
    mission: str | None = None,
    origin: str | None = None,
    create: bool = True,
    read_only: bool = False,
    patience: float = PATIENCE,
) -> Ledger:
    """Open the ledger at a path, at a ``postgresql://`` URL, or in memory (``:memory:``, which nothing outlives).

    A new one is stamped with the mission's id and with the name of the station that writes in it (``origin``; without
    one a name is made up). ``patience`` is how many seconds a writer waits for others.
    Raises `LedgerError` if it cannot be opened, is another mission's, or is new and no mission is named. A ledger of a
    newer version, and a file that may not be written, are opened for reading: `Ledger.closed` says why.
    """
    station = checked_origin(origin) if origin is not None else None
    new = About(mission, station or f"station-{secrets.token_hex(3)}", stamp(datetime.now(UTC))) if mission else None
    store = open_store(str(place), create=create, read_only=read_only, patience=patience, stamp=new)
    try:
        return Ledger(store, mission=mission, origin=station)
    except BaseException:
        store.close()
        raise


class Ledger:
    """An open ledger of a mission; ``origin`` is this station's name, ``place`` where it lies, without a password."""

    def __init__(self, store: Store, *, mission: str | None, origin: str | None) -> None:
        self._store = store
        with store.reading() as reading:
            found, tail = reading.about(), reading.tail()
        if found is None:
            raise LedgerError(f"{store.shown} does not say whose record it is; make a new one from bundles or a backup")
        if mission is not None and mission != found.mission:
            raise LedgerError(
                f"{store.shown} is the record of the mission `{found.mission}`, not of `{mission}`; name its own ledger"
            )
        self.mission = found.mission
        self.origin = origin or found.origin
        self.place = store.shown
        if tail.version > SCHEMA and not store.closed:
            store.closed = newer(tail.version)

    @property
    def closed(self) -> str:
        """Why nothing can be written, and what to do; empty if it can."""
        return str(self._store.closed or "")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file or the server go."""
        self._store.close()

    def append(
        self, facts: Sequence[Actual], *, actor: str, recorded: datetime | None = None, origin: str | None = None
    ) -> Appended:
        """Put facts on record, all or none, durably when this returns.

        A fact that says itself when it was `recorded` counts as recorded at the beginning of that day (UTC), any other
        at ``recorded`` or now. A fact that is on record already, here or from another origin, is recognised by its id
        and not written again; with another body it is returned as a contradiction and not written.
        Raises `LedgerError` if nothing could be written.
        """
        by, station = checked_actor(actor), self.origin if origin is None else checked_origin(origin)
        now = whole_seconds(recorded or datetime.now(UTC))
        told = [(fact, canonical_body(fact)) for fact in facts]
        with self._store.writing() as writing:
            head = writing.head(station)
            last, made = head or chain.NOTHING, list[tuple[Entry, Told]]()
            duplicates, contradictions = list[Entry](), list[Contradiction]()
            book: dict[str, list[Entry]] = {}
            for row in writing.telling([fact.id for fact in facts]):
                book.setdefault(row.fact, []).append(entry_in(row))
            for fact, body in told:
                before = book.get(fact.id)
                if before is None:
                    when = datetime.combine(fact.recorded, time(), UTC) if fact.recorded else now
                    entry = seal(body, origin=station, n=last.n + 1, prev=last.hash, recorded=when, actor=by)
                    last, book[fact.id] = Head(entry.n, entry.hash), [entry]
                    made.append((entry, told_by(fact)))
                elif same := [entry for entry in before if entry.body == body]:
                    duplicates.append(same[0])
                else:
                    contradictions.append(Contradiction(fact, before[0]))
            extend(writing, made, {station: head} if head else {})
        return Appended(tuple(entry for entry, _ in made), tuple(duplicates), tuple(contradictions))

    def merge(self, entries: Iterable[Entry]) -> Merged:
        """Take over entries of other stations (or of this one, from elsewhere), in whatever order they come.

        Whatever does not continue its chain, or does not hold in itself, is refused with the reason; the rest is taken.
        """
        return merging.merge(self._store, entries)

    def arrivals(self, after: int = 0) -> Iterator[tuple[int, Entry]]:
        """Entries in the order in which they came here, with the row's number, after such a row."""
        for row in self._rows(after):
            yield row.seq, entry_in(row)

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Entries in the order in which they came here, after a row."""
        return (entry for _, entry in self.arrivals(after))

    def bodies(self, after: int = 0, chunk: int = CHUNK) -> Iterator[Sequence[tuple[int, str, str]]]:
        """All rows after one as chunks of plain (seq, recorded, body), with no object an entry: for a million of them.

        A fact that several origins have recorded comes several times; `told_again` has the rows to leave out.
        """
        while True:
            with self._store.reading() as reading:
                rows = reading.bodies(after, chunk)
            if not rows:
                return
            yield rows
            after = rows[-1][0]

    def told_again(self) -> frozenset[int]:
        """Rows that tell a fact once more: of several the one recorded first holds, or else the first by its body."""
        return frozenset(row.seq for rows in self._told_twice() for row in rows[1:])

    def contradictions(self) -> tuple[tuple[Entry, Entry], ...]:
        """Facts that origins tell with different words: the entry that holds, and each other one."""
        return tuple(
            (entry_in(rows[0]), entry_in(row))
            for rows in self._told_twice()
            for row in rows[1:]
            if row.body != rows[0].body
        )

    def chain(self, origin: str, after: int = 0) -> Iterator[Entry]:
        """The entries of one origin after its ``after``-th, in their order."""
        while True:
            with self._store.reading() as reading:
                rows = reading.chain(origin, after, CHUNK)
            if not rows:
                return
            yield from map(entry_in, rows)
            after = rows[-1].n

    def find(self, fact: str) -> tuple[Entry, ...]:
        """The entries that tell a fact, the first recorded first."""
        with self._store.reading() as reading:
            return tuple(map(entry_in, reading.telling([fact])))

    def heads(self) -> dict[str, Head]:
        """The last entry of each origin, by origin."""
        with self._store.reading() as reading:
            return reading.heads()

    def holds(self, origin: str, head: Head) -> bool:
        """Whether an entry with that number, if it is here at all, has that hash."""
        with self._store.reading() as reading:
            return reading.hashes(origin, [head.n]).get(head.n, head.hash) == head.hash

    @property
    def size(self) -> int:
        """How many entries there are."""
        with self._store.reading() as reading:
            return reading.tail().seq

    @property
    def digest(self) -> str:
        """The name of all that is on record here: the same wherever the same entries are."""
        return chain.digest(self.heads())

    def verify(self, expected: Mapping[str, Head] | None = None) -> tuple[Break, ...]:
        """Everything that is not as it was written; nothing, if the record is whole.

        ``expected`` are heads printed earlier, on a report for instance: they show an end that was cut off or a chain
        that was written anew, which the ledger by itself cannot show.
        """
        return verifying.verify(self._store, expected or {}, CHUNK)

    def _rows(self, after: int) -> Iterator[EntryRow]:
        # Rows never change, so that short transactions one after the other see the same as a long one would.
        while True:
            with self._store.reading() as reading:
                rows = reading.rows(after, CHUNK)
            if not rows:
                return
            yield from rows
            after = rows[-1].seq

    def _told_twice(self) -> list[list[EntryRow]]:
        with self._store.reading() as reading:
            several = len(reading.heads()) > 1  # one origin tells a fact once
            rows = reading.telling(reading.told_twice()) if several else []
        return [list(group) for _, group in groupby(rows, key=attrgetter("fact"))]

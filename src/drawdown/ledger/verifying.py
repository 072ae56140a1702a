"""Finding whatever is not as it was written: altered, removed, inserted and reordered rows, and a tail cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from drawdown.ledger.chain import NOTHING, Break, Head, Heads, arrived
from drawdown.ledger.entry import GENESIS, STAMP_FORM, digest_of, is_canonical
from drawdown.ledger.errors import LedgerGarbled
from drawdown.ledger.rows import parsed, told_in
from drawdown.ledger.stores.store import EntryRow, Reading, Store, Tail

#: Before every row, also before those with a number that nothing here writes.
BEFORE_ALL = -(2**63)


def verify(store: Store, expected: Heads, chunk: int) -> tuple[Break, ...]:
    """Everything that is not as it was written, in the order of arrival and the ends last."""
    check, found, after = Check(expected), list[Break](), BEFORE_ALL
    while True:
        try:
            rows, heads, tail = _read(store, after, chunk, Reading.rows)
        except LedgerGarbled:
            rows, heads, tail = _read(store, after, chunk, Reading.garbled_rows)
        found += check.rows(rows)
        if len(rows) < chunk:
            break
        after = rows[-1].seq
    found += check.end(heads, tail)
    said = [f"the guard `{name}` against changes was taken away" for name in sorted(store.guards_gone())]
    if damage := store.damage():
        said.append(f"the database is damaged ({damage}): work on from bundles that other stations hold, or a backup")
    return (*found, *(Break("", 0, 0, what) for what in said))


Rows = Callable[[Reading, int, int], list[EntryRow]]


def _read(store: Store, after: int, chunk: int, rows: Rows) -> tuple[list[EntryRow], dict[str, Head], Tail]:
    # Rows never change: only the last of them and the ends have to be seen in one transaction.
    with store.reading() as reading:
        return rows(reading, after, chunk), reading.heads(), reading.tail()


@dataclass
class Check:
    """Rows are looked at in the order of arrival; what is wrong with them is told as they come."""

    expected: Heads = field(default_factory=dict)
    seq: int = 0
    running: str = GENESIS
    last: dict[str, Head] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)

    def rows(self, rows: Iterable[EntryRow]) -> Iterator[Break]:
        """What is wrong with rows that come next."""
        for row in rows:
            for what in self._row(row):
                yield Break(row.origin, row.n, row.seq, what)
            self.seq, self.running = row.seq, arrived(self.running, row.hash)
            self.last[row.origin] = Head(row.n, row.hash)

    def _row(self, row: EntryRow) -> Iterator[str]:
        if row.seq <= self.seq:
            yield "its number is none that a row gets: it was inserted or moved"
        elif row.seq > self.seq + 1:
            yield f"rows are missing before it: {self.seq + 1} to {row.seq - 1} were removed, or this one was moved"
        last = self.last.get(row.origin, NOTHING)
        if row.n > last.n + 1:
            yield f"entries {last.n + 1} to {row.n - 1} of {row.origin} are missing before it, or come after it"
        elif row.n <= last.n:
            yield f"it comes after entry {last.n} of {row.origin}: rows were reordered or inserted"
        elif row.prev != last.hash:
            yield f"it does not continue entry {last.n} of {row.origin}: one of the two was altered or inserted"
        if _hash(row) != row.hash:
            yield "its hash is not the hash of what it says: the row was altered"
        yield from _columns(row)
        wanted = self.expected.get(row.origin)
        if wanted is not None and wanted.n == row.n:
            self.met.add(row.origin)
            if wanted.hash != row.hash:
                yield f"the head that was printed for it is {wanted.hash}: the chain was written anew"

    def end(self, heads: Mapping[str, Head], tail: Tail) -> Iterator[Break]:
        """What is wrong with the ends, once all rows have been looked at."""
        for origin in sorted(heads.keys() | self.last.keys()):
            said, found = heads.get(origin, NOTHING), self.last.get(origin, NOTHING)
            if said.n > found.n:
                yield Break(origin, found.n + 1, self.seq, f"entries {found.n + 1} to {said.n} were cut off at the end")
            elif said.n < found.n:
                yield Break(origin, found.n, self.seq, f"its head is entry {said.n}: later ones were inserted by hand")
            elif said.hash != found.hash:
                yield Break(origin, found.n, self.seq, "its head has another hash: the entry or the head was altered")
        if tail.seq != self.seq:
            yield Break("", 0, self.seq, f"the ledger ends at row {tail.seq}, the last one found is {self.seq}")
        elif tail.arrived != self.running:
            yield Break("", 0, self.seq, "rows are not those that arrived, or not in the order in which they came")
        for origin in sorted(self.expected.keys() - self.met):
            wanted = self.expected[origin]
            if wanted.n > 0:
                what = f"the head that was printed for it ({wanted.hash}) is not here: the end was cut off"
                yield Break(origin, wanted.n, self.seq, what)


def _hash(row: EntryRow) -> str:
    return digest_of(
        origin=row.origin,
        n=row.n,
        recorded=row.recorded,
        actor=row.actor,
        version=row.version,
        body=row.body,
        prev=row.prev,
    )


def _columns(row: EntryRow) -> Iterator[str]:
    """Columns that say something else than the body, and forms that nothing here writes."""
    if not STAMP_FORM.fullmatch(row.recorded):
        yield f"`{row.recorded[:40]}` is no time of record"
    try:
        body = parsed(row.body)
        told = told_in(body)
        plain = is_canonical(body, row.body)
    except (ValueError, RecursionError):
        yield "its body is no JSON object"
        return
    if not plain:
        yield "its body is not in canonical form"
    for name, said, found in zip(told._fields, told, (row.fact, row.kind, row.happened), strict=True):
        if said != found:
            yield f"the column `{name}` says `{found[:80]}`, the body says `{said[:80]}`"

"""Between entries and the rows of the table; writing rows moves heads and tail with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from drawdown.ledger.chain import Head, arrived
from drawdown.ledger.entry import SCHEMA, Entry, unstamp
from drawdown.ledger.errors import LedgerError, LedgerNewer
from drawdown.ledger.stores.store import EntryRow, Tail, Writing
from drawdown.mission.tables import Actual


class Told(NamedTuple):
    """What the table repeats of a body, for readers: the fact's id, its kind and its day."""

    fact: str
    kind: str
    happened: str


def told_by(fact: Actual) -> Told:
    """What the table repeats of a fact."""
    return Told(fact.id, fact.kind, fact.happened.isoformat())


def told_in(body: dict[str, Any]) -> Told:
    """What the table repeats of a body that is parsed already."""
    return Told(*(str(body.get(name, "")) for name in ("id", "kind", "happened")))


def entry_in(row: EntryRow) -> Entry:
    """The entry of a row; raises `LedgerError` for a row that holds none."""
    try:
        recorded = unstamp(row.recorded)
    except ValueError as error:
        raise LedgerError(f"row {row.seq} of the ledger was altered: {error}; verify the ledger") from error
    return Entry(row.origin, row.n, recorded, row.actor, row.version, row.body, row.prev, row.hash)


def extend(writing: Writing, new: Sequence[tuple[Entry, Told]], before: dict[str, Head]) -> None:
    """Write entries that continue their chains; ``before`` holds the heads of their origins, where there are any.

    Raises `LedgerNewer` if a newer version has written here.
    """
    if not new:
        return
    seq, running, version = writing.tail()
    if version > SCHEMA:
        raise newer(version)
    rows: list[EntryRow] = []
    now: dict[str, Head] = {}
    for entry, told in new:
        seq, running = seq + 1, arrived(running, entry.hash)
        now[entry.origin] = Head(entry.n, entry.hash)
        rows.append(row_of(seq, entry, told))
    writing.add(rows)
    for origin, head in now.items():
        writing.move_head(origin, before.get(origin), head)
    writing.move_tail(Tail(seq, running, max(version, SCHEMA)))


def newer(version: int) -> LedgerNewer:
    """What is said when a newer version has written in a ledger."""
    return LedgerNewer(
        f"a newer version of Drawdown has written in this ledger (bodies of version {version}, this one knows up to"
        f" {SCHEMA}): it can be read, not written. Install that version; nothing was written"
    )


def row_of(seq: int, entry: Entry, told: Told) -> EntryRow:
    """The row of an entry as the ``seq``-th that arrived."""
    return EntryRow(
        seq=seq,
        origin=entry.origin,
        n=entry.n,
        recorded=entry.stamp,
        actor=entry.actor,
        version=entry.version,
        kind=told.kind,
        happened=told.happened,
        fact=told.fact,
        body=entry.body,
        prev=entry.prev,
        hash=entry.hash,
    )


def parsed(body: str) -> dict[str, Any]:
    """A body as a dictionary; raises `ValueError` if it is none."""
    value = msgspec.json.decode(body)
    if not isinstance(value, dict):
        raise ValueError("the body is no JSON object")  # noqa: TRY004  told like any other text that is no body
    return value

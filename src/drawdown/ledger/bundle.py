"""Bundles carry entries between stations that are offline from each other: JSON lines, a header and then one an entry.

    {"entries":2,"format":"drawdown-ledger-bundle","heads":{"gao":[2,"c7f3..."]},"mission":"minusma", ...}
    {"actor":"A. Keita","body":{...},"hash":"...","n":1,"origin":"gao","prev":"000...","recorded":"...","version":1}

An entry's line is what is hashed, and its hash: whoever has the file can check it. The same bundle may come twice, and
bundles may come in any order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from drawdown.ledger.bundle_lines import (
    FORMAT,
    VERSION,
    Faulty,
    Header,
    entry_line,
    header_line,
    parsed_entry,
    parsed_header,
)
from drawdown.ledger.chain import NOTHING, Heads
from drawdown.ledger.entry import Entry
from drawdown.ledger.errors import LedgerError
from drawdown.ledger.ledger import Ledger
from drawdown.ledger.merging import Merged
from drawdown.ledger.quarantine import Kept, quarantine

__all__ = ["FORMAT", "VERSION", "Bundle", "Faulty", "Header", "Received", "merge_bundle", "read_bundle", "write_bundle"]

#: Bytes of a line that are read at all. An entry has some hundred, with the longest texts everywhere thirty thousand.
LINE_LIMIT = 1_000_000

#: Lines that are no entries, after which a file counts as something else than a bundle.
FAULTS_LIMIT = 10_000


@dataclass(frozen=True)
class Bundle:
    """A bundle that is being read: its header, and what comes line by line, an entry or what is wrong with the line."""

    header: Header
    lines: Iterator[Entry | Faulty]


@dataclass(frozen=True)
class Received:
    """What a bundle brought. ``missing`` counts entries that its header promises and that the file does not have."""

    header: Header
    merged: Merged
    faults: tuple[Faulty, ...]
    missing: int


def write_bundle(ledger: Ledger, since: Heads | None = None) -> Iterator[str]:
    """The lines of a bundle of all entries after the heads that another station has (``since``), line ends included.

    Raises `LedgerError` if its chains are not ours.
    """
    known = dict(since or {})
    heads = ledger.heads()
    for origin, head in known.items():
        if not ledger.holds(origin, head):
            raise LedgerError(
                f"the other station has another entry {head.n} of {origin} than this ledger: two have written under"
                " that name, or one was changed. Verify both ledgers"
            )
    first = {origin: min(known.get(origin, NOTHING).n, head.n) for origin, head in heads.items()}
    count = sum(head.n - first[origin] for origin, head in heads.items())
    header = Header(VERSION, ledger.mission, ledger.origin, known, heads, count)
    return _lines(ledger, header, first)


def _lines(ledger: Ledger, header: Header, first: dict[str, int]) -> Iterator[str]:
    yield header_line(header)
    for origin, head in header.heads.items():
        # Entries that are appended meanwhile belong to the next bundle.
        for entry in islice(ledger.chain(origin, first[origin]), head.n - first[origin]):
            yield entry_line(entry)


def read_bundle(source: BinaryIO | Iterable[str], mission: str) -> Bundle:
    """Read a bundle from an open file or from lines; nothing of it is held but the line at hand.

    Raises `LedgerError` for what is no bundle, or another mission's, `LedgerNewer` for one of a newer form.
    """
    lines = _limited(source) if hasattr(source, "readline") else iter(source)
    header = parsed_header(next(lines, "")[: LINE_LIMIT + 1].removeprefix("\ufeff"))
    if header.mission != mission:
        raise LedgerError(
            f"this is a bundle of the mission `{header.mission[:80]}`, not of `{mission}`; merge it into that ledger"
        )
    return Bundle(header, _entries(lines))


def _limited(stream: Any) -> Iterator[str]:
    """Lines of a file in bytes; of one that is too long, only so much that this can be seen."""
    while line := stream.readline(LINE_LIMIT + 1):
        rest = line
        while len(rest) > LINE_LIMIT and not rest.endswith(b"\n"):
            rest = stream.readline(LINE_LIMIT + 1)
        yield line.decode("utf-8", "backslashreplace")


def _entries(lines: Iterator[str]) -> Iterator[Entry | Faulty]:
    faults = 0
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        if len(line) > LINE_LIMIT:
            found: Entry | Faulty = Faulty(number, f"the line is longer than {LINE_LIMIT:,} characters", line[:200])
        else:
            found = parsed_entry(number, line)
        yield found
        faults += isinstance(found, Faulty)
        if faults >= FAULTS_LIMIT:
            yield Faulty(
                number, f"{faults:,} lines are no entries: the rest was not read. Ask for the bundle again", ""
            )
            return


def merge_bundle(
    ledger: Ledger, source: BinaryIO | Iterable[str], *, name: str = "", quarantine_file: Path | None = None
) -> Received:
    """Merge a bundle; what is refused is kept in the quarantine, if one is named, as coming from ``name``.

    Raises `LedgerError` if the whole bundle is refused (which is kept, too), or if the ledger cannot be written.
    """
    try:
        bundle = read_bundle(source, ledger.mission)
    except LedgerError as error:
        if quarantine_file is not None:
            quarantine(quarantine_file, [Kept(str(error), "the whole bundle")], source=name)
        raise
    faults: list[Faulty] = []
    count = 0

    def entries() -> Iterator[Entry]:
        nonlocal count
        for found in bundle.lines:
            if isinstance(found, Faulty):
                faults.append(found)
            else:
                count += 1
                yield found

    merged = ledger.merge(entries())
    if quarantine_file is not None:
        kept = [Kept(f"line {fault.line}: {fault.reason}", fault.text) for fault in faults]
        kept += [Kept(one.reason, json.loads(entry_line(one.entry))) for one in merged.refused]
        quarantine(quarantine_file, kept, source=name)
    return Received(bundle.header, merged, tuple(faults), max(0, bundle.header.entries - count - len(faults)))

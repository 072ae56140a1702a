"""Bundles: what one station recorded, carried to another on a stick or as an attachment, and merged there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from drawdown.desk.ledgers import Book, book_of, ledger_place, mission_called, open_book
from drawdown.desk.missions import open_mission
from drawdown.files import atomic
from drawdown.files.fact_files import TABLE
from drawdown.files.findings import Findings, shown
from drawdown.ledger.admit import Admission
from drawdown.ledger.bundle import LINE_LIMIT, Received, merge_bundle, write_bundle
from drawdown.ledger.bundle_lines import Header, parsed_header
from drawdown.ledger.ledger import Entry, Ledger, LedgerError, open_ledger
from drawdown.ledger.quarantine import Kept, quarantine, quarantine_of
from drawdown.mission.faults import Fault, MissionError, Spot
from drawdown.mission.mission import Mission


@dataclass(frozen=True)
class ExportResult:
    """A bundle that was written, and how many entries it carries."""

    book: Book
    written: Path
    entries: int


@dataclass(frozen=True)
class NotTaken:
    """Something of a bundle that was not merged: its line (0 for the whole file), or its entry, and why."""

    entry: str
    reason: str


@dataclass(frozen=True)
class Brought:
    """What one bundle brought: entries that were ``added``, ``known`` already, or not taken.

    ``missing`` counts those that it promises and does not hold.
    """

    file: Path
    origin: str
    added: int
    known: int
    missing: int
    refused: tuple[NotTaken, ...]


@dataclass(frozen=True)
class MergeResult:
    """What bundles brought to a ledger.

    ``contradictions`` are pairs of entries by which two stations tell one fact differently; both are on record, and
    the one recorded first holds. ``doubtful`` are facts now on record that this mission would not have admitted: a
    chain cannot leave them out.
    """

    book: Book
    bundles: tuple[Brought, ...]
    contradictions: tuple[tuple[Entry, Entry], ...]
    doubtful: tuple[Fault, ...]
    quarantine: Path | None

    @property
    def complete(self) -> bool:
        """Whether all that the bundles hold is on record now."""
        return not any(bundle.refused or bundle.missing for bundle in self.bundles)


def export(
    out: str | Path,
    *,
    since_bundle: str | Path | None = None,
    ledger: str | None = None,
    reference: str | Path | None = None,
    replace: bool = False,
) -> ExportResult:
    """Write the entries of a ledger as a bundle: all of them, or those after the heads that another bundle names.

    Raises `FileExistsError` if a file is there and not to be replaced.
    """
    since = _header(Path(since_bundle)).heads if since_bundle is not None else None
    book, mission = open_book(ledger, reference)
    path, count = Path(out), 0

    def write(draft: Path) -> None:
        nonlocal count
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            lines = write_bundle(book, since)
            file.write(next(lines))  # the header
            for line in lines:
                file.write(line)
                count += 1

    with book:
        atomic.write_file(path, write, overwrite=replace)
        return ExportResult(book_of(book, mission), path, count)


def merge(
    files: Sequence[str | Path],
    *,
    ledger: str | None = None,
    reference: str | Path | None = None,
    station: str | None = None,
    now: datetime | None = None,
) -> MergeResult:
    """Merge bundles into a ledger, in whatever order they are named; a new one is made if there is none.

    What cannot be merged is told with the reason and kept in quarantine, and the rest is merged.
    Raises `MissionError` if none of the files is a bundle, `LedgerError` if the ledger cannot be written.
    """
    mission = open_mission(reference) if reference is not None else None
    found = {Path(file): _header_or_reason(Path(file)) for file in files}
    name = mission.mission.id if mission else _mission_named(found)
    with open_ledger(ledger_place(ledger, name), mission=name, origin=station) as book:
        before = book.size
        kept = quarantine_of(book)
        merging = [_Merging(book, path, header) for path, header in found.items()]
        more = True
        while more:
            more = False
            for one in merging:
                more |= one.again()
        bundles = tuple(one.settle(kept) for one in merging)
        mission = mission or mission_called(book.mission)
        today = (now or datetime.now(UTC)).astimezone().date()
        return MergeResult(
            book_of(book, mission),
            bundles,
            tuple(pair for one in merging for pair in one.contradictions),
            _doubtful(book, before, mission, today) if mission else (),
            kept if any(bundle.refused for bundle in bundles) else None,
        )


class _Merging:
    """One bundle on its way in. What it continues may be in another bundle, so that it is tried again after those."""

    def __init__(self, book: Ledger, path: Path, header: Header | str) -> None:
        self.book = book
        self.path = path
        self.header = header
        if isinstance(header, Header) and header.mission != book.mission:
            self.header = f"is a bundle of the mission `{shown(header.mission)}`, not of `{book.mission}`"
        self.waits = isinstance(self.header, Header)
        self.last: Received | None = None
        self.added = 0
        self.contradictions: list[tuple[Entry, Entry]] = []

    def again(self) -> bool:
        """Merge what can be; whether that brought anything on which others may have waited."""
        if not self.waits:
            return False
        with self.path.open("rb") as file:
            self.last = merge_bundle(self.book, file)
        merged = self.last.merged
        self.added += merged.added
        self.contradictions += merged.contradictions
        self.waits = bool(merged.refused)
        return merged.added > 0

    def settle(self, kept: Path) -> Brought:
        """What came of it in the end; what was not taken goes into quarantine."""
        if self.last is None:
            reason = str(self.header)
            quarantine(kept, [Kept(reason, "the whole file")], source=self.path.name)
            return Brought(self.path, "", 0, 0, 0, (NotTaken("the whole file", reason),))
        before = self.added - self.last.merged.added
        if self.last.faults or self.last.merged.refused:
            with self.path.open("rb") as file:
                self.last = merge_bundle(self.book, file, name=self.path.name, quarantine_file=kept)
            before = self.added
        done = self.last
        refused = [NotTaken(f"line {fault.line}", fault.reason) for fault in done.faults]
        refused += [NotTaken(f"{one.entry.origin}:{one.entry.n}", one.reason) for one in done.merged.refused]
        known = done.merged.known - before
        return Brought(self.path, done.header.origin, self.added, known, done.missing, tuple(refused))


def _header_or_reason(path: Path) -> Header | str:
    """What a bundle says of itself, or why the file is none."""
    try:
        return _header(path)
    except LedgerError as error:
        return str(error)
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def _header(path: Path) -> Header:
    with path.open("rb") as file:
        return parsed_header(file.readline(LINE_LIMIT).decode("utf-8-sig", "backslashreplace"))


def _mission_named(found: Mapping[Path, Header | str]) -> str:
    """The mission that the first bundle names."""
    for header in found.values():
        if isinstance(header, Header):
            return header.mission
    raise MissionError(
        Fault("fault", Spot("ledger"), "", str(reason), "name what `drawdown ledger export` wrote", str(path))
        for path, reason in found.items()
    )


def _doubtful(book: Ledger, before: int, mission: Mission, today: date) -> tuple[Fault, ...]:
    """What would not have been admitted of the entries after a row, many of a kind counted."""
    admission, findings = Admission(mission, today), Findings()
    for row, (_, entry) in enumerate(book.arrivals(before)):
        # The time of record is in UTC, and may so be the day before it happened on the calendar of the site.
        for fault in admission(entry.fact.model_copy(update={"recorded": None})):
            if fault.severity == "fault":
                where = f"{entry.origin}:{entry.n}"
                findings.warn(fault.spot._replace(row=row), fault.message, fault.remedy, where, fault.value)
    return findings.found((TABLE,))

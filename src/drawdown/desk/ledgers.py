"""Ledgers: where one lies, what it holds, whether it is whole, and how its entries travel between sites."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from drawdown.desk.missions import open_mission
from drawdown.desk.undoing import corrections_in, holding_corrections
from drawdown.ledger.ledger import Break, Entry, Head, Ledger, open_ledger
from drawdown.mission.faults import Fault, MissionError, Spot
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Actual

#: The environment variable that says where the ledger lies, and how a ledger's file is called.
VARIABLE, SUFFIX = "DRAWDOWN_LEDGER", ".ledger"

_ONE = f"name it with --ledger, or set {VARIABLE}"
_WAY_OUT = "leave the password out: PostgreSQL takes it from ~/.pgpass or from the variable PGPASSWORD"


@dataclass(frozen=True)
class Book:
    """What every output says of a ledger: whose it is, where it lies, and the digest and heads that name its content.

    ``heads`` are written as ``ledger verify --head`` takes them: origin, number, hash. ``mission_hash`` is None where
    nobody said which files describe the mission.
    """

    mission: str
    mission_hash: str | None
    ledger: str
    origin: str
    digest: str
    heads: tuple[str, ...]


def refusal(value: str, message: str, remedy: str, where: str = "") -> MissionError:
    """A refusal of something that was asked of a ledger."""
    return MissionError([Fault("fault", Spot("ledger"), value, message, remedy, where)])


def ledger_place(given: str | None, mission: str | None) -> str:
    """Where a ledger lies: as given, else as the environment says, else in the current folder.

    There it is ``MISSION.ledger`` or, if no ``mission`` is named, the only ledger. Raises `MissionError` if there is
    none or more than one, and for an address with a password in it: a command line is seen by every process.
    """
    place = given or os.environ.get(VARIABLE) or (f"{mission}{SUFFIX}" if mission else _only_one())
    if "://" in place:
        _refuse_password(place)
        return place
    try:
        return str(Path(place).expanduser())
    except RuntimeError:
        raise refusal(place, "there is no such user", "write the whole path", "--ledger") from None


def _only_one() -> str:
    found = sorted(path.name for path in Path().glob(f"*{SUFFIX}"))
    if len(found) == 1:
        return found[0]
    message = "there are several ledgers here" if found else "there is no ledger here"
    raise refusal(", ".join(found), message, _ONE, str(Path.cwd()))


def _refuse_password(place: str) -> None:
    try:
        parts = urlsplit(place)
        secret = parts.password is not None or "password" in parse_qs(parts.query)
    except ValueError:
        parts, secret = urlsplit(""), "@" in place
    if secret:
        shown = f"{parts.scheme or 'postgresql'}://{parts.hostname or '...'}/..."
        raise refusal(shown, "the address holds a password, which every process here can see", _WAY_OUT, "--ledger")


def book_of(ledger: Ledger, mission: Mission | None) -> Book:
    """What is said of an open ledger."""
    heads = ledger.heads()
    return Book(
        mission=ledger.mission,
        mission_hash=mission.hash if mission else None,
        ledger=ledger.place,
        origin=ledger.origin,
        digest=ledger.digest,
        heads=tuple(head_text(origin, head) for origin, head in sorted(heads.items())),
    )


def head_text(origin: str, head: Head) -> str:
    """A head as it is printed: ``gao:17:`` and the hash."""
    return f"{origin}:{head.n}:{head.hash}"


def head_in(text: str) -> tuple[str, Head]:
    """The head that a printed one says; raises `MissionError` if it is none."""
    origin, _, rest = text.partition(":")
    number, _, found = rest.partition(":")
    if not (origin and number.isdecimal() and len(number) <= 18 and len(found) == 64):  # noqa: PLR2004  a SHA-256, a 64-bit number
        raise refusal(text, "is no head of a ledger", "write it as it was printed: ORIGIN:NUMBER:HASH", "--head")
    return origin, Head(int(number), found.lower())


def open_book(
    place: str | None, reference: str | Path | None = None, *, write: bool = False
) -> tuple[Ledger, Mission | None]:
    """A ledger that is there, and its mission.

    The mission is that at ``reference`` or else the one that ships or lies here under the ledger's name (None if there
    is none). Raises `MissionError` if the mission cannot be used, `LedgerError` if the ledger cannot be opened.
    """
    mission = open_mission(reference) if reference is not None else None
    wanted = mission.mission.id if mission else None
    ledger = open_ledger(ledger_place(place, wanted), mission=wanted, create=False, read_only=not write)
    return ledger, mission or mission_called(ledger.mission)


def mission_called(name: str) -> Mission | None:
    """The sound mission that ships or lies here under a name; None if there is none."""
    try:
        mission = open_mission(name)
    except MissionError:
        return None
    return mission if mission.mission.id == name else None


@dataclass(frozen=True)
class Line:
    """An entry as a list shows it; ``corrected_by`` are the corrections in force that name it."""

    entry: Entry
    fact: Actual
    corrected_by: tuple[str, ...]


@dataclass(frozen=True)
class ShowResult:
    """Entries of a ledger that were asked for, in the order in which they came, of ``size`` in all."""

    book: Book
    entries: tuple[Line, ...]
    matching: int
    size: int


@dataclass(frozen=True)
class Filter:
    """Which entries to show: about a ``site``, of a ``kind``, happened ``since`` a day; of those the ``last`` few."""

    site: str | None = None
    kind: str | None = None
    since: date | None = None
    last: int | None = None

    def takes(self, fact: Actual, mission: Mission | None) -> bool:
        """Whether a fact is one of them."""
        if (self.kind and fact.kind != self.kind) or (self.since and fact.happened < self.since):
            return False
        return not self.site or self.site in _places_of(fact, mission)


def _places_of(fact: Actual, mission: Mission | None) -> set[str | None]:
    leg = mission.leg.get(fact.leg or "") if mission else None
    return {fact.place, fact.to, *((leg.from_place, leg.to_place) if leg else ())}


def show(which: Filter, *, ledger: str | None = None, reference: str | Path | None = None) -> ShowResult:
    """The entries of a ledger, with what has been corrected."""
    book, mission = open_book(ledger, reference)
    with book:
        corrections = corrections_in(book)
        found: deque[tuple[Entry, Actual]] = deque(maxlen=which.last)
        matching = 0
        for entry in book.entries():
            fact = entry.fact
            if which.takes(fact, mission):
                matching += 1
                found.append((entry, fact))
        lines = tuple(Line(entry, fact, tuple(holding_corrections(fact.id, corrections))) for entry, fact in found)
        return ShowResult(book_of(book, mission), lines, matching, book.size)


@dataclass(frozen=True)
class LedgerVerifyResult:
    """Whether a ledger is whole: every break, of ``size`` entries; ``asked`` are the heads it was held against."""

    book: Book
    size: int
    asked: tuple[str, ...]
    breaks: tuple[Break, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is broken."""
        return not self.breaks


def verify_ledger(
    heads: Sequence[str] = (), *, ledger: str | None = None, reference: str | Path | None = None
) -> LedgerVerifyResult:
    """Look for entries that were altered, removed or reordered; ``heads`` were printed earlier, elsewhere."""
    expected = dict(head_in(text) for text in heads)
    book, mission = open_book(ledger, reference)
    with book:
        return LedgerVerifyResult(book_of(book, mission), book.size, tuple(heads), book.verify(expected))

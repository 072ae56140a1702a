"""Who records where and when, and what recording did."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from drawdown.desk.ledgers import Book
from drawdown.ledger.ledger import Entry
from drawdown.mission.faults import Fault
from drawdown.mission.tables import Actual


@dataclass(frozen=True)
class Recorder:
    """Who records where and when.

    ``by`` is a person (the name of the account if not given), ``ledger`` a place (see `ledger_place`), ``name`` the
    station's own name, which a new ledger takes, and ``now`` the time of record.
    """

    by: str | None = None
    ledger: str | None = None
    name: str | None = None
    now: datetime | None = None

    @property
    def actor(self) -> str:
        """The person's name."""
        if self.by:
            return self.by
        try:
            return getpass.getuser()
        except (KeyError, OSError):  # an account without a name
            return "unknown"

    @property
    def moment(self) -> datetime:
        """The time of record."""
        return self.now or datetime.now(UTC)

    @property
    def today(self) -> date:
        """The calendar day where the station is."""
        return self.moment.astimezone().date()


@dataclass(frozen=True)
class Noted:
    """A fact that is on record, where it was read, and its entry."""

    where: str
    fact: Actual
    entry: Entry


@dataclass(frozen=True)
class Differing:
    """A column in which a fact contradicts the record; None where it is blank."""

    column: str
    ledger: str | None
    given: str | None


@dataclass(frozen=True)
class Contradicting:
    """A fact that was not recorded because the same id is on record with other words, side by side."""

    id: str
    where: str
    entry: Entry
    differing: tuple[Differing, ...]


@dataclass(frozen=True)
class RecordResult:
    """What recording did; ``book`` is None as long as there is no ledger, since nothing could be recorded.

    ``recorded`` are new entries, ``known`` were there already, ``contradicting`` contradict the record, ``refused``
    could not be recorded, ``held_back`` could have been but for the others. ``faults`` tell what is wrong, many of a
    kind shortened; ``quarantine`` is the file that keeps what was refused.
    """

    mission: str
    mission_hash: str
    book: Book | None
    recorded: tuple[Noted, ...] = ()
    known: tuple[Noted, ...] = ()
    contradicting: tuple[Contradicting, ...] = ()
    refused: int = 0
    held_back: int = 0
    faults: tuple[Fault, ...] = ()
    quarantine: Path | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How many facts were recorded, known, contradicting, refused and held back."""
        return {
            "recorded": len(self.recorded),
            "known": len(self.known),
            "contradicting": len(self.contradicting),
            "refused": self.refused,
            "held_back": self.held_back,
        }

    @property
    def complete(self) -> bool:
        """Whether every fact that was given is on record now."""
        return not (self.contradicting or self.refused or self.held_back)

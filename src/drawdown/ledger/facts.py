"""Facts as columns of numbers: a whole ledger read once, so that any day can be asked for in no time.

No object is kept for a fact: words are numbered, days are ordinals, ids lie end to end in one block of bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from drawdown.ledger.folding.corrections import Chains
from drawdown.ledger.folding.reading import Columns, Recorded, body_of
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Actual

if TYPE_CHECKING:
    from drawdown.ledger.ledger import Ledger

T = TypeVar("T")
Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]

#: Facts that are read together: enough to be quick, few enough to take a few megabytes.
CHUNK = 20_000


@dataclass(frozen=True, eq=False)
class Facts:
    """Facts by column; -1 is blank. Days are ordinals (`date.toordinal`).

    ``kind``, ``count_of`` and ``disposition`` are numbers of the words that `folding.reading` lists, the other numbers
    those of ``words``. ``thing`` is three times the number of a unit, lot or lift, plus 0, 1 or 2. ``left`` says of a
    headcount that it counts who has left.
    """

    kind: NDArray[np.int8]
    happened: Ints
    recorded: Ints
    place: Ints
    to: Ints
    leg: Ints
    thing: Ints
    move: Ints
    count: NDArray[np.float64]
    count_of: NDArray[np.int8]
    left: Bools
    disposition: NDArray[np.int8]
    step: Ints
    words: dict[str, tuple[str, ...]]
    chains: Chains
    ids: bytes = field(repr=False)
    ends: NDArray[np.int64] = field(repr=False)
    #: Facts that another origin recorded with other words, and the day on which it did.
    contradicted: tuple[tuple[str, date], ...] = ()
    #: What has been worked out from these facts and one mission, so that it is worked out once.
    worked_out: dict[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, pairs: Iterable[tuple[Recorded, Actual]]) -> Facts:
        """Facts with when each was recorded (a day, a time in UTC, or either as ISO text)."""
        columns = Columns()
        for chunk in _chunks(pairs):
            columns.add([recorded for recorded, _ in chunk], [body_of(fact) for _, fact in chunk])
        return cls(**columns.done())

    @classmethod
    def of_bodies(cls, pairs: Iterable[tuple[Recorded, str]]) -> Facts:
        """Facts as canonical JSON texts with when each was recorded; `LedgerError` for a text that is no fact."""
        columns = Columns()
        for chunk in _chunks(pairs):
            columns.add_bodies([recorded for recorded, _ in chunk], [body for _, body in chunk])
        return cls(**columns.done())

    @classmethod
    def of_chunks(cls, chunks: Iterable[Sequence[tuple[int, str, str]]]) -> Facts:
        """Facts as a ledger gives them: chunks of (number of arrival, recorded, body)."""
        columns = Columns()
        for chunk in chunks:
            columns.add_bodies([row[1] for row in chunk], [row[2] for row in chunk])
        return cls(**columns.done())

    @classmethod
    def of_ledger(cls, ledger: Ledger) -> Facts:
        """All that a ledger holds; of a fact that several origins recorded, the entry that holds."""
        again = ledger.told_again()
        chunks = ledger.bodies()
        if again:
            chunks = ([row for row in chunk if row[0] not in again] for chunk in chunks)
        others = (
            tuple((held.fact.id, other.recorded.date()) for held, other in ledger.contradictions()) if again else ()
        )
        return replace(cls.of_chunks(chunks), contradicted=others)

    def __len__(self) -> int:
        return len(self.kind)

    def id(self, index: int) -> str:
        """The id of a fact by its number."""
        begin = int(self.ends[index - 1]) if index else 0
        return self.ids[begin : int(self.ends[index])].decode()

    @property
    def last_recorded(self) -> date | None:
        """The day on which the latest was recorded; None if there are none."""
        return date.fromordinal(int(self.recorded.max())) if len(self) else None

    def known(self, on: date, known_on: date | None = None) -> Bools:
        """Which facts hold: happened by the end of a day, recorded by the end of another, and not corrected by then.

        Without ``known_on``, all that was ever recorded is known.
        """
        told = self.recorded_by(known_on)
        return (self.happened <= on.toordinal()) & told & ~self.chains.struck(told)

    def recorded_by(self, known_on: date | None) -> Bools:
        """Which facts were recorded by the end of a day, corrected or not; None for all."""
        return np.ones(len(self), np.bool_) if known_on is None else self.recorded <= known_on.toordinal()


def _chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(rows)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def recorded_on(mission: Mission, fact: Actual) -> date:
    """The day on which a fact of a past mission was reported: its own, or its source's, or the day it happened."""
    if fact.recorded is not None:
        return fact.recorded
    source = {row.id: row for row in mission.sources}.get(fact.source or "")
    published = source.published if source else None
    # A document cannot report what is still to come.
    return max(published or fact.happened, fact.happened)


def recorded_facts(mission: Mission) -> tuple[tuple[date, Actual], ...]:
    """What happened in a past mission, each fact with the day on which it was reported."""
    return tuple((recorded_on(mission, fact), fact) for fact in mission.actuals)

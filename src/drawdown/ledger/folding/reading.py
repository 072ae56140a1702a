"""Facts read into columns: words numbered, days counted, ids end to end in one block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from operator import attrgetter, itemgetter
from typing import Any, get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from drawdown.ledger.errors import LedgerError
from drawdown.ledger.folding.corrections import chains
from drawdown.mission.tables import Actual

#: When a fact was recorded: a day, a time in UTC, or either as ISO text.
Recorded = date | datetime | str


def _choices(column: str) -> tuple[str, ...]:
    """The words that a column of `actuals` may hold."""
    choice = Actual.model_fields[column].annotation
    return tuple(word for part in (choice, *get_args(choice)) for word in get_args(part) if isinstance(word, str))


#: Words of the columns with few of them: a fact holds the number of its word, or -1.
KINDS, COUNT_OF, DISPOSITIONS = _choices("kind"), _choices("count_of"), _choices("disposition")

FEW = {"kind": KINDS, "count_of": COUNT_OF, "disposition": DISPOSITIONS}

#: Columns whose words are numbered as they come.
NUMBERED = ("place", "to", "leg", "unit", "lot", "lift", "move", "step")


#: Facts that are decoded together: as many as stay in the processor's cache until all columns have been read.
TOGETHER = 1000


class Body(msgspec.Struct, gc=False):
    """What the standing needs of a fact's body; what is blank is empty, a blank count less than nothing."""

    id: str
    kind: str
    happened: str
    place: str = ""
    to: str = ""
    leg: str = ""
    unit: str = ""
    lot: str = ""
    lift: str = ""
    move: str = ""
    count: float = -1.0
    count_of: str = ""
    counted: str = ""
    disposition: str = ""
    step: str = ""
    corrects: str = ""


_decode = msgspec.json.Decoder(list[Body]).decode
_FIELDS = tuple(Body.__struct_fields__)
ALL = frozenset(_FIELDS)
_DAY = slice(0, 10)


def body_of(fact: Actual) -> Body:
    """What the standing needs of a fact."""
    told = {name: value for name in _FIELDS if (value := getattr(fact, name)) is not None}
    return Body(**{**told, "happened": fact.happened.isoformat()})


class _Numbers(dict[str, int]):
    """A number for each word, in the order in which they come; a blank one is -1."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        super().__init__({word: number for number, word in enumerate(words)})
        self[""] = -1

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self) - 1
        return number


class _Days(dict[str, int]):
    """The ordinal of a day given as ISO text."""

    def __missing__(self, day: str) -> int:
        self[day] = number = date.fromisoformat(day).toordinal()
        return number


def _looked_up(table: dict[str, int], words: Sequence[str], dtype: type[np.integer[Any]]) -> NDArray[Any]:
    """The number of each word (`itemgetter` looks them all up in one go)."""
    many = itemgetter(*words)(table) if len(words) > 1 else [table[word] for word in words]
    return np.array(many, dtype)


def _days(recorded: Sequence[Recorded]) -> list[str]:
    """The days of records, as ISO text."""
    return [one[_DAY] if isinstance(one, str) else one.isoformat()[_DAY] for one in recorded]


def _id(ids: bytes, ends: NDArray[np.int64], index: int) -> bytes:
    return ids[ends[index - 1] if index else 0 : ends[index]]


def _numbers_of(names: set[str], hashes: NDArray[np.int64], ids: bytes, ends: NDArray[np.int64]) -> dict[str, int]:
    """The numbers of the facts with these ids, as far as they are there."""
    wanted = np.fromiter((hash(name) for name in names), np.int64, len(names))
    if not len(wanted):
        return {}
    wanted.sort()
    nearest = wanted[np.minimum(np.searchsorted(wanted, hashes), len(wanted) - 1)]
    candidates = np.flatnonzero(nearest == hashes).tolist()
    found = {_id(ids, ends, index).decode(): index for index in candidates}
    return {name: found[name] for name in names if name in found}


def _repeated(hashes: NDArray[np.int64], recorded: NDArray[np.int32], ids: bytes, ends: NDArray[np.int64]) -> list[int]:
    """Facts whose id an earlier record has (of one day: that came first)."""
    if not np.any(np.diff(np.sort(hashes)) == 0):
        return []
    order = np.argsort(hashes, kind="stable")
    same = hashes[order][1:] == hashes[order][:-1]
    doubtful = np.union1d(order[1:][same], order[:-1][same])
    seen: set[bytes] = set()
    again = []
    for index in doubtful[np.argsort(recorded[doubtful], kind="stable")].tolist():
        name = _id(ids, ends, index)
        if name in seen:
            again.append(index)
        seen.add(name)
    return again


class Columns:
    """Columns that grow chunk by chunk."""

    def __init__(self) -> None:
        self._days = _Days()
        self._numbers = {name: _Numbers() for name in NUMBERED} | {name: _Numbers(few) for name, few in FEW.items()}
        self._parts: dict[str, list[NDArray[Any]]] = {}
        self._ids: list[bytes] = []
        self._targets: dict[int, str] = {}
        self._length = 0

    def add_bodies(self, recorded: Sequence[Recorded], bodies: Sequence[str]) -> None:
        """Add facts that are canonical JSON texts; `LedgerError` if one is no fact."""
        try:
            for begin in range(0, len(bodies), TOGETHER):
                part = slice(begin, begin + TOGETHER)
                text = "[" + ",".join(bodies[part]) + "]"
                named = [name for name in _FIELDS if f'"{name}":' in text]
                self.add(recorded[part], _decode(text), frozenset(named))
        except (msgspec.MsgspecError, ValueError) as error:
            raise LedgerError(f"an entry holds no fact ({error}); run `drawdown ledger verify` to see which") from error

    def add(self, recorded: Sequence[Recorded], facts: Sequence[Body], named: frozenset[str] = ALL) -> None:
        """Add facts with when each was recorded; ``named`` are the columns that some of them may use."""
        for name, numbers in self._numbers.items():
            dtype = np.int8 if name in FEW else np.int32
            if name in named:
                self._put(name, _looked_up(numbers, list(map(attrgetter(name), facts)), dtype))
            else:
                self._put(name, np.full(len(facts), -1, dtype))
        self._put("happened", _looked_up(self._days, [fact.happened for fact in facts], np.int32))
        self._put("recorded", _looked_up(self._days, _days(recorded), np.int32))
        self._put("count", np.array([fact.count for fact in facts], np.float64))
        self._put("left", np.array([fact.counted == "left" for fact in facts], np.bool_))
        # Ids have no characters beyond ASCII: as many bytes as characters.
        ids = [fact.id for fact in facts]
        self._ids.append("".join(ids).encode())
        self._put("length", np.array(list(map(len, ids)), np.int64))
        self._put("hash", np.array(list(map(hash, ids)), np.int64))
        for index, fact in enumerate(facts if "corrects" in named else (), self._length):
            if fact.corrects and fact.kind == "correction":
                self._targets[index] = fact.corrects
        self._length += len(facts)

    def done(self) -> dict[str, Any]:
        """The columns as arrays; of facts that have one id, only the one that was recorded first."""
        if not self._parts:
            self.add((), ())
        whole = {name: np.concatenate(parts) for name, parts in self._parts.items()}
        ids, ends = b"".join(self._ids), np.cumsum(whole.pop("length"), dtype=np.int64)
        again = _repeated(whole["hash"], whole["recorded"], ids, ends)
        if again:
            keep = np.ones(len(ends), np.bool_)
            keep[again] = False
            self._targets = {
                int(np.count_nonzero(keep[:index])): target for index, target in self._targets.items() if keep[index]
            }
            ids = b"".join(_id(ids, ends, int(index)) for index in np.flatnonzero(keep))
            ends = np.cumsum(np.diff(ends, prepend=0)[keep])
            whole = {name: column[keep] for name, column in whole.items()}
        unit, lot, lift = (whole.pop(name) for name in ("unit", "lot", "lift"))
        whole["thing"] = np.where(
            unit >= 0, unit * 3, np.where(lot >= 0, lot * 3 + 1, np.where(lift >= 0, lift * 3 + 2, -1))
        )
        words = {name: tuple(word for word in self._numbers[name] if word) for name in NUMBERED}
        found = _numbers_of(set(self._targets.values()), whole.pop("hash"), ids, ends)
        targets = {index: found.get(target, -1) for index, target in self._targets.items()}
        return {**whole, "words": words, "ids": ids, "ends": ends, "chains": chains(len(ends), targets)}

    def _put(self, name: str, values: NDArray[Any]) -> None:
        self._parts.setdefault(name, []).append(values)

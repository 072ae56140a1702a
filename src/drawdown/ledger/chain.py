"""Chains: each origin's entries are tied one to the next; heads and one digest name all that a ledger holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from drawdown.ledger.entry import GENESIS, canonical


class Head(NamedTuple):
    """The last entry of an origin: its number and its hash."""

    n: int
    hash: str


#: The head of an origin that has written nothing yet.
NOTHING = Head(0, GENESIS)

Heads = Mapping[str, Head]


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the record is not what was written: an origin, a number in it, a row (``seq``), and what."""

    origin: str
    n: int
    seq: int
    what: str

    def __str__(self) -> str:
        """For a person to read."""
        return f"{self.origin or 'the ledger'}, entry {self.n} (row {self.seq}): {self.what}"


def digest(heads: Heads) -> str:
    """SHA-256 of the canonical JSON of ``{origin: [n, hash]}``: it names one content, in whatever order it came."""
    return sha256(canonical({origin: list(head) for origin, head in heads.items()}).encode("utf-8")).hexdigest()


def arrived(before: str, found: str) -> str:
    """The running hash of arrivals after an entry with the hash ``found``: it keeps the order in which rows came."""
    return sha256(f"{before}{found}".encode("ascii", "replace")).hexdigest()

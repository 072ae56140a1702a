"""Whether an entry holds in itself: its hash, its words, and a body that is a fact in canonical form."""

from __future__ import annotations

import json
from dataclasses import dataclass

from drawdown.ledger.entry import (
    SCHEMA,
    Entry,
    canonical_body,
    checked_actor,
    checked_origin,
    digest_of,
    fact_of,
    reason,
)
from drawdown.ledger.errors import LedgerError
from drawdown.ledger.rows import Told, told_by


@dataclass(frozen=True, slots=True)
class Sound:
    """An entry that holds in itself, and what its body tells."""

    entry: Entry
    told: Told


def examine(entry: Entry) -> Sound | str:
    """The entry, if it holds in itself, or else why not."""
    if flaw := _record_flaw(entry):
        return flaw
    try:
        fact = fact_of(json.loads(entry.body))
    except ValueError as error:
        return f"its body is no fact: {reason(error)}"
    except RecursionError:
        return "its body is no fact: it is nested too deeply"
    if canonical_body(fact) != entry.body:
        return "its body is not in canonical form: it was not written by Drawdown"
    return Sound(entry, told_by(fact))


def _record_flaw(entry: Entry) -> str:
    if entry.version > SCHEMA:
        return f"it was written by a newer version of Drawdown (body of version {entry.version}); install that version"
    if entry.version < 1 or entry.n < 1:
        return f"there is no entry {entry.n} of version {entry.version}"
    try:
        checked_origin(entry.origin)
        checked_actor(entry.actor)
    except LedgerError as error:
        return str(error)
    if hash_of(entry) != entry.hash:
        return "its hash is not the hash of what it says: it was changed on its way, or damaged"
    return ""


def hash_of(entry: Entry) -> str:
    """The hash that an entry has to have."""
    return digest_of(
        origin=entry.origin,
        n=entry.n,
        recorded=entry.stamp,
        actor=entry.actor,
        version=entry.version,
        body=entry.body,
        prev=entry.prev,
    )

"""The quarantine: what was refused is kept beside the ledger, a JSON line each, with the reason and where it came from.

{"entry": {...}, "from": "gao.jsonl", "reason": "its hash is not the hash of what it says: ...", "when": "2023-..."}
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from drawdown.ledger.entry import stamp, whole_seconds
from drawdown.ledger.errors import LedgerError
from drawdown.ledger.ledger import Ledger

#: The end of its name.
SUFFIX = ".quarantine.jsonl"

#: Only the owner reads and writes it: it holds what the ledger would hold.
OWNER_ONLY = 0o600

#: Characters of a text that are kept: enough to see what it was.
TEXT_LIMIT = 20_000


class Kept(NamedTuple):
    """What was refused (an object, or a text that is none), and why."""

    reason: str
    entry: Any


def quarantine_of(ledger: Ledger) -> Path:
    """Where it lies: beside the ledger's file; for a ledger on a server, in the current folder, by the mission."""
    beside = "://" not in ledger.place and not ledger.place.startswith(":")
    return Path((ledger.place if beside else f"{ledger.mission}.ledger") + SUFFIX)


def quarantine(path: Path, kept: Iterable[Kept], *, source: str, when: datetime | None = None) -> int:
    """Append what was refused, durably when this returns: how many. ``source`` is told as `from`.

    Raises `LedgerError` if it cannot be written.
    """
    at = stamp(whole_seconds(when or datetime.now(UTC)))
    lines = [
        json.dumps(
            {"entry": _short(one.entry), "from": source, "reason": one.reason, "when": at},
            ensure_ascii=False,
            sort_keys=True,
            default=str,
        )
        for one in kept
    ]
    if not lines:
        return 0
    text = "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, OWNER_ONLY), "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise LedgerError(
            f"what was refused cannot be kept at {path}: {error.strerror}; the record itself is not touched by it."
            " Make room or change the permissions, then do the same again"
        ) from error
    return len(lines)


def _short(entry: Any) -> Any:
    return entry[:TEXT_LIMIT] if isinstance(entry, str) else entry

"""An alert: something in the record that does not add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Severity = Literal["serious", "warning", "note"]


@dataclass(frozen=True)
class Alert:
    """What does not add up, where and when, and what to do.

    ``people``, ``usd`` and ``days`` say how much hangs on it.
    """

    kind: str
    severity: Severity
    when: date
    where: str | None
    message: str
    remedy: str
    people: int = 0
    usd: float = 0.0
    days: int = 0


def in_words(when: date) -> str:
    """A day as it is written in a sentence."""
    return f"{when.day} {when:%B %Y}"

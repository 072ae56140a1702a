"""Alerts of a standing: what does not add up in the record, most consequence first."""

from __future__ import annotations

from collections.abc import Sequence

from drawdown.ledger.doubts.alert import Alert, Severity
from drawdown.ledger.doubts.gaps import gaps
from drawdown.ledger.doubts.headcounts import compared
from drawdown.ledger.doubts.sites import sites
from drawdown.ledger.doubts.travel import travel
from drawdown.ledger.doubts.unused import contradictions, unused
from drawdown.ledger.folding.counts import Headcount
from drawdown.ledger.folding.fold import Folded
from drawdown.ledger.folding.leaving import Leaving
from drawdown.ledger.folding.ways import Underway

__all__ = ["Alert", "Severity", "alerts_of"]


def alerts_of(
    folded: Folded,
    ways: Sequence[Underway],
    counts: Sequence[tuple[Headcount, tuple[int, int] | None]],
    leaving: Leaving,
    today: int,
) -> tuple[Alert, ...]:
    """All that does not add up on a day (since cessation): by people, then dollars, then days."""
    found = [
        *gaps(folded),
        *sites(folded, today),
        *travel(folded, ways, today),
        *compared(folded, counts, leaving),
        *unused(folded),
        *contradictions(folded),
    ]
    return tuple(
        sorted(found, key=lambda one: (-one.people, -one.usd, -one.days, one.kind, one.where or "", one.message))
    )

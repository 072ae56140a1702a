"""What `bench` says to a person."""

from __future__ import annotations

from collections.abc import Sequence

from drawdown.bench.registry import Measured
from drawdown.cli.text import table


def bench_text(results: Sequence[Measured]) -> str:
    """A table of figures beside their bars."""
    rows = [
        (row.what, f"{row.value:,.2f} {row.unit}", f"{row.bar:,g} {row.unit}", "yes" if row.met else "NO")
        for row in results
    ]
    return table(("measured", "value", "bar", "met"), rows)

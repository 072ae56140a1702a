"""What `bench` says to a person."""

from __future__ import annotations

from collections.abc import Sequence

from drawdown.bench.registry import Measured
from drawdown.cli.text import table


def bench_text(results: Sequence[Measured]) -> str:
    """A table of figures beside their bars, then what peers reach on the same work."""
    rows = [
        (row.what, f"{row.value:,.2f} {row.unit}", f"{row.bar:,g} {row.unit}", "yes" if row.met else "NO")
        for row in results
    ]
    lines = [table(("measured", "value", "bar", "met"), rows)]
    for row in results:
        peers = [
            f"{name} {value if isinstance(value, str) else format(value, ',.2f')}" for name, value in row.peers.items()
        ]
        said = "; ".join([*peers, *([row.note] if row.note else [])])
        if said:
            lines.append(f"{row.what}: {said}")
    return "\n".join(lines)

"""What a batch of futures comes to, while it is being written."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from drawdown.stress.kernel.tables import Table, Tables


class Results(NamedTuple):
    """One row a future, as in `drawdown.stress.block.Block`."""

    out_by: Table
    last_out: Table
    handover: Table
    casualties: Table
    attacks: Table
    vehicles_lost: Table
    lost_items: Table
    lost_teu: Table
    lost_usd: Table
    uncovered: Table
    cost_usd: Table
    remaining: Table
    delay_days: Table
    critical_acts: Table
    critical_classes: Table
    late_acts: Table
    drivers: Table


def make_results(tables: Tables, count: int, causes: int, drivers: int) -> Results:
    """Room for so many futures."""
    days, sites = int(tables.header["days"][0]) + 1, len(tables.sites)

    def whole(*shape: int) -> Table:
        return np.zeros(shape, dtype=np.int64)

    return Results(
        out_by=whole(count),
        last_out=whole(count, sites),
        handover=whole(count, sites),
        casualties=whole(count),
        attacks=whole(count),
        vehicles_lost=whole(count),
        lost_items=whole(count, 6),
        lost_teu=np.zeros((count, 6)),
        lost_usd=np.zeros((count, 6)),
        uncovered=whole(count),
        cost_usd=np.zeros(count),
        remaining=whole(count, days),
        delay_days=whole(count, causes),
        critical_acts=whole(len(tables.acts)),
        critical_classes=whole(len(tables.classes)),
        late_acts=whole(len(tables.acts)),
        drivers=np.zeros((count, drivers)),
    )

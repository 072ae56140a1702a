"""What a batch of futures comes to: arrays with one row a future."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]


@dataclass(frozen=True)
class Block:
    """Futures ``first`` to ``first + n - 1``, in order.

    Days count from cessation; a day after the script's last means *not by then*. Shapes: n futures, S sites, R reasons
    of loss, K clearance classes, A acts, C causes, D days 0 to the last, X driver values.
    """

    first: int
    out_by: Whole  # (n,) day by which the drawdown is complete
    last_out: Whole  # (n, S) day on which the last person leaves each site
    handover: Whole  # (n, S) day on which it is signed over; after the last day if never
    casualties: Whole  # (n,) killed or wounded, on the road and on site
    attacks: Whole  # (n,)
    vehicles_lost: Whole  # (n,) lift and driven items lost on the road
    lost_items: Whole  # (n, R) items of equipment lost, by reason
    lost_teu: Real  # (n, R)
    lost_usd: Real  # (n, R) depreciated value
    uncovered: Whole  # (n,) civilian-days without cover while an authority to protect is in force
    cost_usd: Real  # (n,)
    remaining: Whole  # (n, D) people of the mission who have not left it, each evening
    delay_days: Whole  # (n, C) days of delay on the critical chain, by cause
    critical_acts: Whole  # (A,) in how many of the futures each act is on the critical chain
    critical_classes: Whole  # (K,) in how many of them a clearance of the class is
    late_acts: Whole  # (A,) in how many of them each act leaves after its planned day
    drivers: Real  # (n, X) what was drawn for the whole future, named by `drawdown.stress.play.driver_names`

    @property
    def count(self) -> int:
        """How many futures these are."""
        return len(self.out_by)

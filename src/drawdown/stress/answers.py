"""The answers of a stress test: what to believe of a plan, where it breaks, what that costs and what would help.

Names are the mission's own, never ids alone. Dates are days of the mission; a date that is ``None`` is *not by the end
of liquidation*. Money is US dollars, probabilities are 0 to 1, intervals hold with 95 % certainty.
`drawdown.stress.answering` makes them from a summary of futures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Quantiles:
    """What 10, 50, 80 and 95 % of the futures do not exceed: dates, or numbers of what is asked.

    ``None`` is *not by the end of liquidation*.
    """

    p10: date | float | None
    p50: date | float | None
    p80: date | float | None
    p95: date | float | None


@dataclass(frozen=True)
class InTime:
    """The probability that something has happened by the evening of ``date``, and its Wilson interval."""

    date: date
    probability: float
    low: float
    high: float


@dataclass(frozen=True)
class Spread:
    """A quantity over the futures: its mean with the standard error (``None`` of one future), and quantiles."""

    mean: float
    error: float | None
    p10: float
    p50: float
    p80: float
    p95: float


@dataclass(frozen=True)
class SiteAnswer:
    """When a site is left.

    ``site`` is its id, ``planned`` the day of its last-out in the plan, ``on_time`` the chance that it is left by then.
    """

    site: str
    name: str
    planned: date
    last_out: Quantiles
    on_time: InTime


@dataclass(frozen=True)
class FanDay:
    """People who have not left the mission in the evening of a day: percentiles of futures, and the plan's number."""

    date: date
    p5: int
    p25: int
    p50: int
    p75: int
    p95: int
    planned: int


@dataclass(frozen=True)
class Complete:
    """The probability that the drawdown is complete by the evening of a day."""

    date: date
    probability: float


@dataclass(frozen=True)
class Loss:
    """Equipment lost for one reason (or for all: ``in_all``): items, room in TEU, depreciated value in USD."""

    reason: str
    words: str
    items: Spread
    teu: Spread
    usd: Spread


@dataclass(frozen=True)
class Delay:
    """Days by which one cause puts the completion off: the mean over the futures of its days on the critical chain.

    The critical chain is the row of moves, each waiting for the one before, of which the last completes the drawdown.
    """

    cause: str
    words: str
    days: float


@dataclass(frozen=True)
class Critical:
    """An act (a move, with its ends and its planned day) or a class of clearances, by id and in words.

    ``share`` of the futures, 0 to 1: those in which it is on the critical chain, or in which an act leaves late.
    """

    act: str
    words: str
    share: float


@dataclass(frozen=True)
class Driver:
    """Something drawn for a whole future, and Spearman's rank correlation of it with the day of completion.

    Above 0: the more of it, the later. ``low`` to ``high`` is the interval of the correlation.
    """

    name: str
    words: str
    correlation: float
    low: float
    high: float


@dataclass(frozen=True)
class KnockOut:
    """A source of chance switched off, the luck of all others staying as it was in each future.

    ``probability`` is the chance of the deadline without it, ``gained`` by how much that is more than with it (``low``
    to ``high``: paired interval), ``days_p80`` by how many days the P80 of completion is earlier without it (``None``
    where either is not by the end of liquidation), ``out_by`` the completion without it.
    """

    chance: str
    words: str
    probability: float
    gained: float
    low: float
    high: float
    days_p80: int | None
    out_by: Quantiles


@dataclass(frozen=True)
class WhatIf:
    """A named change of the mission, on the same luck in each of ``futures`` futures.

    ``probability`` is the chance of the deadline with the change; ``gained`` what that is more than without (``low`` to
    ``high``: paired interval); ``days_p50`` and ``days_p80`` by how many days completion is earlier (``None`` where
    either is not by the end of liquidation). ``casualties`` (persons) and ``lost_usd`` are mean changes, above 0 is
    more, with their intervals. ``changed`` tells whether any future came out differently. ``replanned`` tells that the
    change was planned for: then it is compared with a plan made in the same way without it (the row ``(nothing)``,
    which itself is compared with the plan as it is). Otherwise the plan is as it was. ``words`` say it in a sentence.
    """

    name: str
    words: str
    probability: float
    gained: float
    low: float
    high: float
    days_p50: int | None
    days_p80: int | None
    casualties: float
    casualties_low: float
    casualties_high: float
    lost_usd: float
    lost_usd_low: float
    lost_usd_high: float
    futures: int
    changed: bool
    title: str = ""
    replanned: bool = False


@dataclass(frozen=True)
class HowSure:
    """How well the answers are known from so many futures.

    ``half_width`` of the interval of the chance of the deadline; ``p80_low`` to ``p80_high`` is the interval of the P80
    of completion (``None``: not by the end of liquidation, or too few futures to say), ``p80_days`` its length in days.
    """

    futures: int
    half_width: float
    p80_low: date | None
    p80_high: date | None
    p80_days: int | None


LastOut = dict[str, Quantiles | dict[str, Quantiles]]


@dataclass(frozen=True)
class Answers:
    """All that a stress test says of a plan.

    ``seconds`` is the time that the futures took. ``planned_out_by`` is the day by which the plan has the drawdown
    complete, ``out_by`` when the futures have, ``complete`` the chance of that by day. ``fan`` has a day each from
    cessation to the end of liquidation. ``losses`` are by reason, ``lost`` all of them. ``uncovered`` are
    civilian-days without cover while the authority to protect lasts, ``cost`` is US dollars. ``delays``,
    ``critical_moves``, ``critical_clearances`` and ``late_moves`` have the largest first. ``drivers``, ``knock_outs``
    and ``what_if`` are empty where they were not asked for.
    """

    mission: str
    plan_name: str
    futures: int
    seed: int
    seconds: float
    planned_out_by: date
    deadline: InTime
    out_by: Quantiles
    complete: tuple[Complete, ...]
    sites: tuple[SiteAnswer, ...]
    fan: tuple[FanDay, ...]
    casualties: Spread
    attacks: Spread
    vehicles_lost: Spread
    losses: tuple[Loss, ...]
    lost: Loss
    uncovered: Spread
    cost: Spread
    delays: tuple[Delay, ...]
    critical_moves: tuple[Critical, ...]
    critical_clearances: tuple[Critical, ...]
    late_moves: tuple[Critical, ...]
    how_sure: HowSure
    liquidation_end: date
    mission_hash: str
    plan_hash: str
    version: str
    drivers: tuple[Driver, ...] = ()
    knock_outs: tuple[KnockOut, ...] = ()
    what_if: tuple[WhatIf, ...] = ()

    @property
    def last_out(self) -> LastOut:
        """When the drawdown is complete (``overall``), and when each site is left (``sites``, by id)."""
        return {"overall": self.out_by, "sites": {row.site: row.last_out for row in self.sites}}

"""The clearance desk: requests, late answers, refusals that are asked again, and blanket blocks."""

from __future__ import annotations

import math

import numpy as np
from scipy.stats import betabinom

from drawdown.stress.play import driver_names
from drawdown.stress.script import Chance
from kit.closed_forms.form import Form, Law
from kit.closed_forms.laws import by_gamma, convolve, refusals, rounded_up_exponential, shifted
from kit.plain_futures.toy import PORT, Toy

LEAD, REFUSAL, LATE, LATE_DAYS = 4, 0.35, 0.25, 3.0
ASKED, REFUSED = 20, 6
MOST = 32  # requests that are made at all
DAYS = 300


def _toy(people=1, days=DAYS):
    toy = Toy(days=days)
    toy.people("police", people, "camp")
    toy.road = toy.leg(1.0)
    return toy


def _always(toy, value):
    return (value,) * (toy.days + 1)


def answers() -> tuple[Form, ...]:
    """One request after the other until one is granted: a geometric number of lead times and late answers."""
    toy = _toy()
    odds = {"refusal": _always(toy, (REFUSAL,)), "late": _always(toy, LATE), "late_days": _always(toy, LATE_DAYS)}
    desk = toy.clearance(lead=LEAD, **odds)
    toy.move(5 + LEAD, {"police": 1}, "camp", PORT, leg=toy.road, last=True, classes=(desk,), asked=5)
    late = LATE * rounded_up_exponential(LATE_DAYS)
    late[0] = 1 - LATE
    answer, one = np.zeros(DAYS + 1), np.ones(1)
    for n in range(MOST):
        one = convolve(one, shifted(late, LEAD), most=DAYS)
        answer[: len(one)] += (1 - REFUSAL) * REFUSAL**n * one
    desk_chance = Chance.LATENESS | Chance.REFUSALS
    geometric = (1 - REFUSAL) * REFUSAL ** np.arange(MOST)
    script = toy.script()
    return (
        Form("days to an answer", script, desk_chance, lambda block: block.last_out[:, 0] - 5, answer),
        Form("refusals until one is granted", script, desk_chance, _refusals, geometric),
    )


def _refusals(block):
    return block.drivers[:, -2].astype(np.int64)


def counted_refusals(moves: int = 12) -> tuple[Form, ...]:
    """Where requests were counted, the chance of refusal is Beta: the same for all requests of a future."""
    shape = {"granted": ASKED - REFUSED + 0.5, "refused": REFUSED + 0.5}
    counts = {"asked": ASKED, "refused": REFUSED}
    many, one = _toy(moves), _toy()
    for toy, number in ((many, moves), (one, 1)):
        desk = toy.clearance(lead=LEAD, **{name: _always(toy, n) for name, n in counts.items()})
        for _ in range(number):
            toy.move(1 + LEAD, {"police": 1}, "camp", PORT, leg=toy.road, classes=(desk,), asked=1)
    first = betabinom.pmf(np.arange(moves + 1), moves, shape["granted"], shape["refused"])
    return (
        Form(
            "requests granted at once, of twelve",
            many.script(),
            Chance.REFUSALS,
            lambda block: moves - block.remaining[:, 1 + LEAD],
            np.asarray(first),
        ),
        Form("refusals at an unknown chance", one.script(), Chance.REFUSALS, _refusals, refusals(**shape, most=MOST)),
    )


class Blocks:
    """Blanket blocks: ``counted`` in ``over`` days, of ``length`` days on average.

    Given the rate β, days are a chain of two states: after a free day (day 0 is one) a block begins with chance
    1 - exp(-β); a block goes on with chance exp(-1 / length), and after its last day the next may follow at once.
    """

    def __init__(self, counted: float, over: float, length: float):
        self.counted, self.over, self.length = counted, over, length
        self.stay = math.exp(-1 / length)

    def chain(self, rate):
        """Chances that a day is blocked, after a free one and after a blocked one."""
        begins = -np.expm1(-rate)
        return begins, self.stay + (1 - self.stay) * begins

    def on(self, day, rate):
        """The chance that a day is blocked."""
        begins, goes_on = self.chain(rate)
        return self.long_run(rate) * (1 - (goes_on - begins) ** day)

    def long_run(self, rate):
        """The share of blocked days in the long run: mean block over mean block and mean gap (renewal theorem)."""
        block, free = 1 / (1 - self.stay), np.exp(-rate) / -np.expm1(-rate)
        return block / (block + free)

    def rates(self):
        """Rates with their weights: Gamma by Jeffreys' prior."""
        values, weights = by_gamma(self.counted + 0.5)
        return values / self.over, weights

    def wait(self, day, most=DAYS) -> Law:
        """Days to wait from a day on until one is free."""
        rate, weight = self.rates()
        _, goes_on = self.chain(rate)
        blocked = self.on(day, rate)
        k = np.arange(1, most + 1)[:, None]
        rest = (blocked * goes_on ** (k - 1) * (1 - goes_on)) @ weight
        return np.concatenate([[(1 - blocked) @ weight], rest])

    def days(self, last) -> Law:
        """Blocked days among days 1 to ``last``: the chain's law day by day."""
        rate, weight = self.rates()
        begins, goes_on = self.chain(rate)
        free, blocked = np.zeros((last + 1, len(rate))), np.zeros((last + 1, len(rate)))
        free[0] = 1.0
        for _ in range(last):
            now = free * begins + blocked * goes_on
            free = free * (1 - begins) + blocked * (1 - goes_on)
            blocked = np.vstack([np.zeros(len(rate)), now[:-1]])
        return (free + blocked) @ weight


BLOCKS = Blocks(counted=4.0, over=120.0, length=6.0)


def blocks(day: int = 40, days: int = 120) -> tuple[Form, ...]:
    """A move on a day that may be blocked, and all blocked days of a future."""
    toy = _toy(days=days)
    desk = toy.clearance(blocks=BLOCKS.counted, blocks_over=BLOCKS.over, block_days=BLOCKS.length)
    toy.move(day, {"police": 1}, "camp", PORT, leg=toy.road, last=True, classes=(desk,), asked=day)
    script = toy.script()
    column = driver_names(script).index("block days class 0")
    return (
        Form(
            "days to wait for the end of a block",
            script,
            Chance.BLOCKS,
            lambda block: block.last_out[:, 0] - day,
            BLOCKS.wait(day)[: days - day],
        ),
        Form(
            "blocked days",
            script,
            Chance.BLOCKS,
            lambda block: block.drivers[:, column].astype(np.int64),
            BLOCKS.days(days),
        ),
    )


DESK = (*answers(), *counted_refusals(), *blocks())

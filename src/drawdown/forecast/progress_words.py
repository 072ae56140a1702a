"""What was learnt of how fast people leave, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drawdown.forecast.closures import Precedent

#: Shares nearer to none or all than half a hundredth are told as such.
_SHOWN = 0.005


@dataclass(frozen=True, slots=True)
class Spread:
    """What is believed of a number: its median and the ends of its central 90 %."""

    low: float
    median: float
    high: float


def why(  # noqa: PLR0913, PLR0917 - each is something that a sentence tells
    days: Sequence[int],
    now: int,
    shares: tuple[float, float, float],
    plan: float,
    shape: Spread,
    cases: Precedent,
) -> tuple[str, ...]:
    """Sentences on counts on some ``days``: the ``shares`` gone, planned and of the time past, and what they mean.

    ``plan`` is the weight of the plan, ``shape`` the exponent of the pace.
    """
    ended = f"{cases.met} of {cases.met + cases.missed} reference cases met their deadline."
    if not days:
        return ("Nothing was counted yet: plan and pace weigh the same.", ended)
    gone, by_plan, passed = map(percent, shares)
    low, half, high = (percent(0.5**k) for k in (shape.high, shape.median, shape.low))
    said: tuple[str, ...] = (
        f"{gone} had gone with {passed} of the time to the deadline past; the plan had {by_plan}.",
        f"So the plan's pace weighs {percent(plan)}, a pace learnt from the counts {percent(1 - plan)}.",
        f"At that pace {half} ({low} to {high}) have gone by half of its time.",
        ended,
    )
    if now > days[-1]:
        said += (f"The last count is {now - days[-1]} days old; nobody more is taken to have left.",)
    return said


def percent(share: float) -> str:
    """A share in words; one that is not nought is never told as 0 %, one that is not whole never as 100 %."""
    if 0.0 < share < _SHOWN:
        return "under 1 %"
    if 1.0 - _SHOWN < share < 1.0:
        return "over 99 %"
    return f"{100 * share:.0f} %"

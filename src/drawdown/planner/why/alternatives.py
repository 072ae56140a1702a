"""What else could be done with one site or one lot: each option planned again near to the plan in hand, and ranked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from drawdown.mission.disposal import BY_EXIT
from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan
from drawdown.plan.wishes import LastOutWish, LotWish, Wish, in_words, unkept
from drawdown.plan.wishes.model import Wishes
from drawdown.plan.wishes.options import lawful_ends, lot_exits
from drawdown.planner.construction.simple import Progress
from drawdown.planner.why.asking import Asked, Asking, cost_text
from drawdown.planner.why.rebuild import Clock, Task

#: Days by which a site's last-out is tried earlier and later: a week, a fortnight, a month.
SHIFTS = (7, 14, 30)


@dataclass(frozen=True)
class Alternative:
    """An option in words, and the best plan found for it.

    ``possible`` tells whether that is lawful and keeps the option (None: not tried, there was no time). ``cost`` is
    how much more it costs than the plan in hand, ``like_for_like`` than what the same effort finds without the option
    (fairer where the plan in hand was improved for longer), ``changes`` what differs from that. Where it is not
    possible, ``against`` names the rules and wishes that cannot be kept.
    """

    option: str
    wish: Wish
    possible: bool | None
    objective: float | None
    cost: float | None
    like_for_like: float | None
    message: str
    changes: tuple[str, ...]
    against: tuple[str, ...]


def alternatives(
    task: Task, plan: Plan, wishes: tuple[Wish, ...], clock: Clock, *, progress: Progress | None = None
) -> tuple[Alternative, ...]:
    """Options for a lawful plan of a sound mission, those that can be had first, the cheapest of them first."""
    if not wishes:
        return ()
    asking, found = Asking(task, plan, clock, len(wishes), progress), list[Alternative]()
    for wish in wishes:
        words = in_words(wish)
        if clock.late:
            found.append(Alternative(words, wish, None, None, None, None, "not tried, the time was over", (), ()))
            continue
        if progress:
            progress(f"what if {words}")
        found.append(_alternative(words, asking.ask(wish)))
    order = {True: 0, False: 1, None: 2}
    return tuple(sorted(found, key=lambda row: (order[row.possible], row.objective or 0.0, row.option)))


def _alternative(words: str, asked: Asked) -> Alternative:
    if asked.possible:
        figures = asked.objective, asked.cost, asked.like_for_like
        return Alternative(words, asked.wish, True, *figures, cost_text(asked), asked.changes, ())
    against = [fault.message for fault in asked.faults] + [row.message for row in asked.broken]
    against += [f"{row.where}: {row.message}" for row in asked.unkept]
    text = "no lawful plan was found"
    return Alternative(words, asked.wish, False, None, None, None, text, (), tuple(dict.fromkeys(against)))


def site_wishes(mission: Mission, plan: Plan, site: str) -> tuple[Wish, ...]:
    """A site left earlier and later than in a plan, and by the end of its phase."""
    return tuple(_site_wishes(mission, plan, site))


def _site_wishes(mission: Mission, plan: Plan, site: str) -> Iterator[Wish]:
    closure, row = plan.closure.get(site), mission.site[site]
    end = mission.mission.liquidation_end if row.liquidation else mission.mission.deadline
    if closure is None:
        return
    for days in SHIFTS:
        if mission.day(closure.last_out) - days >= 1:
            yield LastOutWish(site=site, not_after=closure.last_out - timedelta(days=days))
        if closure.last_out + timedelta(days=days) <= end:
            yield LastOutWish(site=site, not_before=closure.last_out + timedelta(days=days))
    for phase in mission.phases:
        if phase.id == row.phase and phase.to_date < closure.last_out:
            yield LastOutWish(site=site, not_after=phase.to_date)


def lot_wishes(mission: Mission, plan: Plan, lot: str) -> tuple[Wish, ...]:
    """Each way to end that a lot's owner and disposal group allow, and each exit, that the plan does not keep to."""
    row = mission.lot[lot]
    ends = lawful_ends(mission, row)
    wishes: list[Wish] = [LotWish(lot=lot, disposition=end) for end in ends if end not in BY_EXIT]
    if set(ends) & BY_EXIT:
        wishes += [LotWish(lot=lot, exits=(name,)) for name in lot_exits(mission, row)]
    return tuple(wish for wish in wishes if unkept(mission, plan, Wishes(wishes=(wish,))))

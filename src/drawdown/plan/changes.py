"""How much one plan differs from another: counts of changes, and what they cost those who have to carry them out.

`drawdown.plan.diff` says the same in words. A re-plan adds this cost to the plan's objective, so that it changes
nothing that is not worth the change: closure orders that differ by months may differ by a few thousandths in cost.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields

from drawdown.mission.mission import Mission
from drawdown.plan.matching import match_moves
from drawdown.plan.measures import dispositions
from drawdown.plan.model import Plan
from drawdown.plan.replay import Replay, replay
from drawdown.plan.rules.understood import understandable


@dataclass(frozen=True)
class Changes:
    """What has changed from a plan to another; see `ChangeWeights` for each. Moves are paired by `match_moves`."""

    moves_dropped: int
    moves_new: int
    moves_dated: int
    moves_reloaded: int
    moves_altered: int
    last_out_days: int
    items_ended: int
    steps_dated: int

    @property
    def none(self) -> bool:
        """Whether the plans do the same, as far as it is counted."""
        return not any(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True)
class ChangeWeights:
    """What each change costs, in USD-equivalents (as the objective). Assumed: nobody has published such figures.

    They are to a plan what a day's cost of a site is to its closing: small enough that a real gain outweighs them,
    large enough that a tie is decided for what people already know. The proportions are argued field by field.
    """

    #: A move that is no longer made: its clearance is taken back, its lift stood down, its people told.
    moves_dropped: float = 3_000
    #: A new move: a clearance asked, lift, escorts and drivers found. About two days of a small convoy's hire.
    moves_new: float = 5_000
    #: A move on another day, with the same load: the clearance is asked again, the rest is only told.
    moves_dated: float = 2_000
    #: A move with another load on the same route: loading lists and movement orders are written again.
    moves_reloaded: float = 1_500
    #: A move with other vehicles or escorts: two units are told.
    moves_altered: float = 500
    #: A day by which a site's last-out moves: handover, host authorities and contributors have been told the old one.
    last_out_days: float = 10_000
    #: An item that ends otherwise: its owner, a buyer or a receiver has been told; papers for each item.
    items_ended: float = 200
    #: A closure step on other days: a crew is told.
    steps_dated: float = 300


#: The weights that hold unless a caller gives others.
WEIGHTS = ChangeWeights()


def count_changes(mission: Mission, before: Plan, after: Plan) -> Changes:
    """Count what has changed; actions that the mission does not know count for nothing."""
    old, new = (replay(mission, understandable(mission, plan)) for plan in (before, after))
    pairs = match_moves(old.plan.moves, new.plan.moves)
    return Changes(
        moves_dropped=len(pairs.dropped),
        moves_new=len(pairs.new),
        moves_dated=len(pairs.moved),
        moves_reloaded=len(pairs.reloaded),
        moves_altered=len(pairs.altered),
        last_out_days=_last_out_days(mission, old.plan, new.plan),
        items_ended=(_ends(new) - _ends(old)).total(),
        steps_dated=(_steps(new.plan) - _steps(old.plan)).total(),
    )


def change_cost(mission: Mission, before: Plan, after: Plan, weights: ChangeWeights = WEIGHTS) -> float:
    """The changes from a plan to another, weighted and added up (USD-equivalents); 0 for plans that do the same."""
    return weigh(count_changes(mission, before, after), weights)


def weigh(changes: Changes, weights: ChangeWeights = WEIGHTS) -> float:
    """What changes cost that have been counted (USD-equivalents)."""
    return float(sum(getattr(weights, f.name) * getattr(changes, f.name) for f in fields(changes)))


def _last_out_days(mission: Mission, old: Plan, new: Plan) -> int:
    """Days by which last-outs have moved, earlier or later; a closure that is lost or new counts as to the end."""
    end = mission.mission.liquidation_end
    days = 0
    for site in mission.sites:
        was, now = (plan.closure[site.id].last_out if site.id in plan.closure else end for plan in (old, new))
        days += abs((now - was).days)
    return days


def _ends(result: Replay) -> Counter[tuple[str, str]]:
    """Items by their lot and what becomes of them."""
    ends = dispositions(result)
    return Counter({(lot, end): count for end, lots in ends.items() for lot, count in lots.items()})


def _steps(plan: Plan) -> Counter[tuple[object, ...]]:
    return Counter((run.site, run.step, run.start, run.end) for run in plan.steps)

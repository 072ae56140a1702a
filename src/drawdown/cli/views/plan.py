"""What `plan` says to a person."""

from __future__ import annotations

from collections.abc import Sequence

from drawdown.cli.text import count, counted, dollars, wrapped
from drawdown.cli.views.summary import summary_text
from drawdown.desk.planning import PlanResult
from drawdown.desk.trade_off import Point, TradeOff
from drawdown.plan.wishes import in_words

_NEW = 12  # changes from an earlier plan that are told one by one
_RULES = 12  # rules that must give, likewise


def plans_text(results: Sequence[PlanResult]) -> str:
    """Each plan in ten lines, how good it is, and what it could not keep."""
    parts = []
    for result in results:
        parts.append(summary_text(result, "plan", result.plan))
        parts.append(f"  {'proof':<11}{_proof(result)}")
        if result.unkept:
            parts += ["", "Wishes that are not kept:"]
            parts += [f"  {in_words(row.wish)}: {row.message}" for row in result.unkept]
        if result.changes:
            more = len(result.changes) - _NEW
            parts += ["", f"{counted(len(result.changes), 'change')} from the earlier plan:"]
            parts += [f"  {change}" for change in result.changes[:_NEW]]
            parts += [f"  and {count(more)} more: drawdown compare shows them all"] if more > 0 else []
        if result.must_give:
            proven = "It is proven that there is none" if result.impossible else "It is not proven that there is none"
            parts += ["", f"No lawful plan was found. {proven}. These rules would have to give:"]
            parts += [wrapped(f"{row.message} ({row.rule})", 2, 6) for row in result.must_give[:_RULES]]
            more = len(result.must_give) - _RULES
            parts += [f"  and {count(more)} more"] if more > 0 else []
            parts += [f"drawdown why {result.plan} says which limits are in conflict"]
        parts += [f"warning: {text}" for text in result.warnings]
    return "\n".join(parts)


def _proof(result: PlanResult) -> str:
    saved = result.start_objective - result.objective
    costs = f"weighs {dollars(result.objective)}, {dollars(max(saved, 0.0))} less than the constructive plan"
    if result.status == "optimal":
        return f"{costs}; no lawful plan weighs less"
    if result.bound is None or result.gap is None:
        return f"{costs}; nothing is proven about the best possible"
    return f"{costs}; no lawful plan weighs less than {dollars(result.bound)} (gap {result.gap:.1%})"


def trade_off_text(found: TradeOff) -> str:
    """Each course of action in ten lines, and the trade-off in a table."""
    names = [point.name for point in found.points]
    width = max(map(len, [*names, "plan"]), default=4)
    head = f"{'plan':<{width}}  site-days  casualties      lost  uncovered      cost  best for"
    rows = [_row(point, width) for point in found.points]
    return "\n".join([plans_text(found.plans), "", head, *rows])


def _row(point: Point, width: int) -> str:
    worse = f"nowhere better than {point.dominated_by}" if point.dominated_by else ""
    note = ", ".join(point.best_for) or worse
    return (
        f"{point.name:<{width}}  {point.site_days:>9}  {point.casualties:>10.1f}  {dollars(point.lost_usd):>8}"
        f"  {count(point.uncovered):>9}  {dollars(point.cost_usd):>8}  {note}"
    ).rstrip()

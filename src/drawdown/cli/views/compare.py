"""What `compare` says to a person."""

from __future__ import annotations

from drawdown.cli.text import count, day, dollars, share, table, wrapped
from drawdown.desk.comparing import CompareResult


def compare_text(result: CompareResult) -> str:
    """A figure a line, a plan a column; then what differs."""
    figures = {
        "out by": [day(plan.measures.time.out_by) for plan in result.plans],
        "days of slack": [count(plan.measures.time.slack_days) for plan in result.plans],
        "last site closed": [day(plan.measures.time.closed_by) for plan in result.plans],
        "attacks expected": [
            f"{plan.measures.risk.road_attacks + plan.measures.risk.site_attacks:.1f}" for plan in result.plans
        ],
        "casualties expected": [f"{plan.measures.risk.casualties:.1f}" for plan in result.plans],
        "equipment lost": [dollars(plan.measures.equipment.lost_usd) for plan in result.plans],
        "civilian-days covered": [
            share(plan.measures.protection.covered, plan.measures.protection.possible) for plan in result.plans
        ],
        "cost": [dollars(plan.measures.cost.usd) for plan in result.plans],
        "broken rules": [count(len(plan.broken)) for plan in result.plans],
    }
    head = ["", *(plan.name for plan in result.plans)]
    differences = result.differences or ("The plans do not differ.",)
    shown = table(head, [[name, *values] for name, values in figures.items()])
    return "\n".join([shown, "", *(wrapped(text, 0, 4) for text in differences)])

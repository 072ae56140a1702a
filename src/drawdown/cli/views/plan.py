"""What `plan` says to a person."""

from __future__ import annotations

from collections.abc import Sequence

from drawdown.cli.views.summary import summary_text
from drawdown.cli.views.verify import broken_lines
from drawdown.desk.planning import PlanResult


def plans_text(results: Sequence[PlanResult]) -> str:
    """Each plan in ten lines, and what it could not keep."""
    parts = []
    for result in results:
        parts.append(summary_text(result, "plan", result.plan))
        if result.must_give:
            parts += ["", "No lawful plan was found. These rules would have to give:"]
            parts += broken_lines(result.must_give, result.sentences)
    return "\n".join(parts)

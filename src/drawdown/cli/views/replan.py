"""What `replan` says to a person: when all are out now, what stays as it is, and what changes, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from drawdown.cli.text import count, counted, day, wrapped
from drawdown.cli.views.plan import plans_text
from drawdown.cli.views.status import alert_lines, headed
from drawdown.desk.replanning import ReplanResult
from drawdown.forecast import told

_ESTIMATED, _CHANGES = 6, 24  # rows of what the record did not say, and of what changes, that are worth a line


def replan_text(result: ReplanResult) -> str:
    """The new plan, what of the plan in force stays and what does not, and what it rests on."""
    parts = [
        [headed(result.stamp, "planned anew", result.as_of, result.known_on), "", wrapped(_headline(result))],
        ["What stays:", *(wrapped(text, 2, 4) for text in result.kept)] if result.kept else [],
        list(_changes(result.changes)),
        [plans_text((replace(result, changes=()),)), f"  {'mission':<11}{result.mission_path} (as it stands)"],
        list(_estimated(result)),
        list(alert_lines(result.alerts)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _headline(result: ReplanResult) -> str:
    time = result.measures.time
    slack = time.slack_days
    margin = f"{told.days(slack)} {'before' if slack > 0 else 'after'} the deadline" if slack else "on the deadline"
    changes = counted(len(result.changes), "change")
    remaining = f"{count(result.people_remaining)} people are still to leave"
    if result.status == "infeasible":
        return f"{remaining}. No lawful plan was found for what is left; the best one has {changes}."
    return f"{remaining}: out by {day(time.out_by)}, {margin}, with {changes} of the plan in force."


def _changes(changes: Sequence[str]) -> Iterator[str]:
    if not changes:
        yield "Nothing changes."
        return
    yield "What changes:"
    yield from (wrapped(text, 2, 4) for text in changes[:_CHANGES])
    if len(changes) > _CHANGES:
        yield f"  and {count(len(changes) - _CHANGES)} more; --json has them all"


def _estimated(result: ReplanResult) -> Iterator[str]:
    if result.estimated:
        yield "What the record does not say, and what was taken for it:"
        yield from (wrapped(text, 2, 4) for text in result.estimated[:_ESTIMATED])
        if len(result.estimated) > _ESTIMATED:
            yield f"  and {count(len(result.estimated) - _ESTIMATED)} more; --json has them all"

"""What `verify` says to a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from drawdown.cli.text import count, counted, day, wrapped
from drawdown.desk.verifying import VerifyResult
from drawdown.plan.verify import Broken

_SHOWN = 5  # actions of one broken rule that are told one by one


def broken_lines(broken: Iterable[Broken], sentences: Mapping[str, str]) -> Iterator[str]:
    """Broken rules, each with its sentence and the first of the actions that break it."""
    by_rule: dict[str, list[Broken]] = {}
    for row in broken:
        by_rule.setdefault(row.rule, []).append(row)
    for rule, rows in by_rule.items():
        yield wrapped(f"{sentences[rule]} ({rule}: {count(len(rows))})")
        for row in rows[:_SHOWN]:
            until = f" to {day(row.end)}" if row.end != row.start else ""
            yield wrapped(f"{day(row.start)}{until}, {row.action}: {row.message}", 2, 6)
        if len(rows) > _SHOWN:
            yield f"  and {count(len(rows) - _SHOWN)} more"


def verify_text(result: VerifyResult) -> str:
    """Each broken rule with its sentence and its actions."""
    asked = f"{counted(len(result.sentences), 'rule')} asked of {result.name}"
    if not result.broken:
        return f"{asked}: none is broken."
    rules = len({row.rule for row in result.broken})
    head = f"{asked}: {count(rules)} broken, {counted(len(result.broken), 'time')} in all."
    return "\n".join([head, "", *broken_lines(result.broken, result.sentences)])

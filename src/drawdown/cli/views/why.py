"""What `why` says to a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from drawdown.cli.text import count, counted, day, dollars, wrapped
from drawdown.desk.explaining import WhyResult
from drawdown.planner.explain import MustGive
from drawdown.planner.why.alternatives import Alternative
from drawdown.planner.why.gains import Gains
from drawdown.planner.why.impossible import Impossible, Remedy
from drawdown.planner.why.losses import Loss
from drawdown.planner.why.weeks import BusyWeek

_CHANGES = 3  # changes of an alternative that are told one by one
_LACKS = 5  # places of one remedy that are told one by one
_RULES = 12  # rows of what must give


def why_text(result: WhyResult) -> str:
    """Everything that was asked, part by part."""
    lines = [f"{result.name}, course of action {result.course}: weighs {dollars(result.objective)}"]
    if result.must_give:
        lines += ["", *_must_give(result.must_give)]
    if result.proof is not None:
        lines += ["", *_proof(result.proof)]
    if result.gains is not None:
        lines += ["", *_gains(result.gains)]
    if result.alternatives is not None:
        lines += ["", *_alternatives(result.alternatives)]
    if result.weeks is not None:
        lines += ["", *_weeks(result.weeks)]
    if result.losses is not None:
        lines += ["", *_losses(result.losses)]
    return "\n".join([*lines, *(f"warning: {text}" for text in result.warnings)])


def _must_give(rows: Sequence[MustGive]) -> Iterator[str]:
    yield "In this plan these rules would have to give:"
    for row in rows[:_RULES]:
        yield wrapped(f"{row.message} ({row.rule})", 2, 6)
    if len(rows) > _RULES:
        yield f"  and {len(rows) - _RULES} more"


def _proof(proof: Impossible) -> Iterator[str]:
    if not proof.proven:
        yield "It is not proven that there is no lawful plan: another one may keep all rules."
        return
    yield "It is proven that no lawful plan exists."
    for conflict in proof.conflicts:
        yield "These cannot all be kept" + (", and with any one fewer they could:" if conflict.minimal else ":")
        yield from (wrapped(text, 4, 6) for text in conflict.limits)
    if proof.remedies:
        yield "What would have to give at least, one of these:"
        for number, remedy in enumerate(proof.remedies, 1):
            yield from (wrapped(text, 4, 7) for text in _remedy(number, remedy))
    if proof.together:
        yield "No kind of limit is enough alone. What would have to give at least, all together:"
        yield from (wrapped(row.message, 4, 6) for row in proof.together)


def _remedy(number: int, remedy: Remedy) -> Iterator[str]:
    more = len(remedy.lacks) - _LACKS
    for place, row in enumerate(remedy.lacks[:_LACKS]):
        yield f"{'   ' if place else f'{number}. '}{row.message}"
    if more > 0:
        yield f"   and {counted(more, 'place')} more: {count(sum(row.by for row in remedy.lacks))} in all"


def _gains(found: Gains) -> Iterator[str]:
    yield f"What more would buy, each planned again with the same effort ({counted(found.builds, 'plan')} a mission):"
    for number, row in enumerate(found.gains, 1):
        yield wrapped(f"{number}. {row.message}", 2, 5)
    best = "proven least cost of any plan: " + (dollars(found.bound) if found.bound is not None else "not known")
    yield wrapped(
        f"Compared with {dollars(found.rebuilt)}, the best plan found without any of it; chance makes "
        f"{dollars(found.chance)} of difference; {best}.",
        2,
    )
    yield from (f"warning: {text}" for text in found.warnings)


def _alternatives(rows: Sequence[Alternative]) -> Iterator[str]:
    yield (
        "Alternatives, each planned again near to this plan, the cheapest first:" if rows else "There is no other way."
    )
    for number, row in enumerate(rows, 1):
        yield wrapped(f"{number}. {row.option}: {row.message}", 2, 5)
        yield from (wrapped(text, 7, 9) for text in (row.changes or row.against)[:_CHANGES])
        if len(row.changes) > _CHANGES:
            yield f"       and {counted(len(row.changes) - _CHANGES, 'change')} more"


def _weeks(rows: Sequence[BusyWeek]) -> Iterator[str]:
    if not rows:
        yield "Nothing is used up for long: no resource binds on five days or more."
        return
    starts = sorted({row.start for row in rows})
    first, last = starts[0], starts[-1]
    weeks = [first.toordinal() + 7 * n for n in range((last - first).days // 7 + 1)]
    yield f"What binds, by place: full days of each week from {day(first)} to {day(max(row.end for row in rows))}"
    table: dict[tuple[str, str, str], dict[int, int]] = defaultdict(dict)
    for row in rows:
        table[row.where, row.what, row.size][row.start.toordinal()] = row.full_days
    for (where, what, size), days in sorted(table.items()):
        yield f"  {''.join(str(days.get(week, '.')) for week in weeks)}  {_named(where, what)} ({size})"


def _named(where: str, what: str) -> str:
    return what if where in what or where == "the mission" else f"{where}: {what}"


def _losses(rows: Sequence[Loss]) -> Iterator[str]:
    if not rows:
        yield "Nothing is destroyed or left behind."
        return
    yield f"{counted(len(rows), 'lot')} destroyed or left behind, the dearest first:"
    yield from (wrapped(row.message, 2, 6) for row in rows)

"""Blanket blocks: how often they come and how long they last, re-learnt from the record (Gamma-Poisson)."""

from __future__ import annotations

from datetime import date, timedelta

from drawdown.forecast.answers import Learnt
from drawdown.forecast.beliefs import believed_rate
from drawdown.forecast.learnt_requests import Class, asking, class_of, observed_classes
from drawdown.forecast.record import Record
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Clearance

#: Rates are told by the quarter.
QUARTER = 91.0

Span = tuple[date, date | None]


def learn_blocks(mission: Mission, record: Record) -> tuple[Mission, tuple[Learnt, ...]]:
    """The mission with its blocks, and the days without, counted on, and what that changed.

    Days count for the classes of which the record says anything. A block that still holds counts as one, and its days
    so far as days of blocks: with lengths exponential, the mean is the days of all blocks by the blocks that ended.
    """
    spans = _spans(mission, record)
    changed: dict[str, Clearance] = {}
    learnt = []
    for name in observed_classes(mission, record):
        rows = asking(mission, name)
        before = next((row for row in rows if row.blocks > 0), rows[0] if rows else None)
        seen = spans.get(name, [])
        if before is None or (not seen and not before.blocks):
            continue  # a class that knows no blocks, and had none
        changed[before.id] = after = _added(before, seen, record)
        learnt.append(_told(before, after, len(seen), record.days))
    clearances = tuple(changed.get(row.id, row) for row in mission.clearances)
    return (mission.model_copy(update={"clearances": clearances}) if changed else mission), tuple(learnt)


def _spans(mission: Mission, record: Record) -> dict[Class, list[Span]]:
    """First and last day of each block of a class (None: it still holds); facts of one block are taken together."""
    found: dict[Class, list[Span]] = {}
    for fact in record.facts:
        if fact.kind != "clearance_blocked":
            continue
        name = class_of(mission, fact)
        if name is None:
            record.skip("blocks that name no class of clearance, or no single one")
            continue
        last = None if fact.until and fact.until > record.on else (fact.until or fact.happened)
        spans = found.setdefault(name, [])
        if spans and (spans[-1][1] is None or fact.happened <= spans[-1][1] + timedelta(days=1)):
            first, earlier = spans.pop()
            last = None if earlier is None or last is None else max(earlier, last)
            spans.append((first, last))
        else:
            spans.append((fact.happened, last))
    return found


def _added(row: Clearance, spans: list[Span], record: Record) -> Clearance:
    blocks, over = row.blocks + len(spans), row.blocks_over_days + record.days
    held = row.blocks * row.block_days + sum(((last or record.on) - first).days + 1 for first, last in spans)
    ended = row.blocks + sum(last is not None for _, last in spans)
    length = held / ended if ended else held / max(blocks, 1)
    # Blocks cannot have lasted longer than they were counted over.
    return row.model_copy(
        update={"blocks": blocks, "blocks_over_days": over, "block_days": min(length, over / blocks) if blocks else 0.0}
    )


def _told(before: Clearance, after: Clearance, seen: int, days: int) -> Learnt:
    lasted = f"; one lasts {after.block_days:.0f} days in the mean, {before.block_days:.0f} before" if seen else ""
    return Learnt(
        what="blanket blocks",
        where=before.area,
        unit="blocks a quarter",
        before=believed_rate(before.blocks, before.blocks_over_days, QUARTER),
        seen=f"{seen} in {days} days{lasted}",
        after=believed_rate(after.blocks, after.blocks_over_days, QUARTER),
        why=f"added to {before.blocks:g} counted over {before.blocks_over_days:g} days",
    )

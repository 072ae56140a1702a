"""What must give where a mission cannot be planned lawfully: the broken rules, gathered and in order of consequence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from drawdown.plan.verify import RULES, Broken

#: The rules whose breach weighs most, first of all the deadline; the others follow in the order of `RULES`.
GRAVEST = (
    "deadline_people",
    "deadline_equipment",
    "liquidation_end",
    "authority_to_stay",
    "guard",
    "casevac",
    "life_support",
    "unit_dates",
    "nothing_left_behind",
)


class MustGive(NamedTuple):
    """A rule that cannot be kept somewhere: from when to when, by how much, and that in a sentence.

    ``by`` adds up what is missing or too much over the units, lots or moves concerned, each at its worst.
    """

    rule: str
    where: str
    start: date
    end: date
    by: float
    sentence: str


def must_give(unmet: Iterable[Broken]) -> tuple[MustGive, ...]:
    """The rules that must give, one row a rule and place, the gravest first."""
    found: dict[tuple[str, str], list[Broken]] = defaultdict(list)
    for broken in unmet:
        found[broken.rule, broken.where].append(broken)
    return tuple(sorted(map(_row, found.values()), key=_gravity))


def _row(rows: list[Broken]) -> MustGive:
    worst: dict[str, float] = defaultdict(float)
    for broken in rows:
        worst[broken.action] = max(worst[broken.action], broken.by)
    start, end = min(broken.start for broken in rows), max(broken.end for broken in rows)
    gravest = max(rows, key=lambda broken: broken.by)
    days = f"on {start}" if start == end else f"from {start} to {end}"
    more = f"; {len(worst) - 1} more like it" if len(worst) > 1 else ""
    sentence = f"{gravest.where}, {days}: {gravest.message}{more}"
    return MustGive(gravest.rule, gravest.where, start, end, sum(worst.values()), sentence)


def _gravity(row: MustGive) -> tuple[int, int, date, float, str]:
    grave = GRAVEST.index(row.rule) if row.rule in GRAVEST else len(GRAVEST)
    return grave, list(RULES).index(row.rule) if row.rule in RULES else len(RULES), row.start, -row.by, row.where

"""What a record of what happened says; facts that a correction took back do not count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Actual


def standing_facts(facts: Iterable[Actual]) -> tuple[Actual, ...]:
    """The facts of a record that no correction has taken back, each once, in their order.

    A correction may itself be corrected: then what it took back holds again.
    """
    told = {fact.id: fact for fact in facts}
    corrections: dict[str, list[Actual]] = {}
    for fact in told.values():
        if fact.kind == "correction" and fact.corrects:
            corrections.setdefault(fact.corrects, []).append(fact)

    def holds(fact: Actual, seen: frozenset[str]) -> bool:
        # What was `seen` is not asked again, or corrections that correct each other would never end.
        others = corrections.get(fact.id, ())
        return not any(other.id not in seen and holds(other, seen | {other.id}) for other in others)

    return tuple(fact for fact in told.values() if holds(fact, frozenset({fact.id})))


def left_on(mission: Mission, site: str) -> date | None:
    """The day on which the last person left a site by the mission's own table; the first of several, None if none."""
    facts = standing_facts(mission.actuals)
    return min((fact.happened for fact in facts if fact.kind == "last_out" and fact.place == site), default=None)

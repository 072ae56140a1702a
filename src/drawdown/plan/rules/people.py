"""When units and their rear parties may leave."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from drawdown.mission.checks.finding import a_few
from drawdown.plan.replay import Replay
from drawdown.plan.rules.rule import Broken, rule, spans


@rule("Dates agreed with contributors, as Senegal and Egypt set theirs [P46, P50]; units.earliest, units.latest")
def unit_dates(replay: Replay) -> Iterator[Broken]:
    """Nobody of a unit leaves before its earliest day; after its latest only rear party and stayers are left."""
    mission = replay.mission
    for unit in mission.units:
        left = replay.unit_remaining(unit.id)
        if unit.earliest:
            before = np.zeros(replay.days + 1, dtype=np.int64)
            before[: replay.day(unit.earliest)] = unit.strength
            for first, last in spans(left < before):
                by = int((before - left)[first : last + 1].max())
                text = f"{a_few(by, 'person', 'people')} gone before {unit.earliest}"
                yield Broken("unit_dates", unit.id, unit.name, mission.date(first), mission.date(last), text, by)
        if unit.latest:
            over = left - unit.rear_party - unit.stays
            over[: max(mission.day(unit.latest), 0)] = 0
            for first, last in spans(over > 0):
                by = int(over[first : last + 1].max())
                text = f"{a_few(by, 'person', 'people')} too many still there after {unit.latest}"
                yield Broken("unit_dates", unit.id, unit.name, mission.date(first), mission.date(last), text, by)


@rule("Rear parties clear a unit's equipment [P45]; units.rear_party")
def rear_party(replay: Replay) -> Iterator[Broken]:
    """A unit keeps its rear party in the mission until the last of its equipment is gone or on its way out."""
    mission = replay.mission
    for unit in mission.units:
        if not unit.rear_party:
            continue
        own = [replay.in_care[lot.id] for lot in mission.equipment if lot.unit == unit.id]
        items = np.sum(own, axis=0) if own else np.zeros(replay.days + 1, dtype=np.int64)
        short = np.where(items > 0, min(unit.rear_party, unit.strength) - replay.unit_remaining(unit.id), 0)
        for first, last in spans(short > 0):
            by = int(short[first : last + 1].max())
            text = f"{by} of the rear party gone before the unit's equipment"
            yield Broken("rear_party", unit.id, unit.name, mission.date(first), mission.date(last), text, by)


@rule("National staff end their contracts where they serve; units.separates")
def separations(replay: Replay) -> Iterator[Broken]:
    """Only people whose contracts end where they serve separate instead of leaving the country."""
    for row in replay.plan.separations:
        unit = replay.mission.unit[row.unit]
        if not unit.separates:
            text = f"the unit leaves by an exit, it does not separate ({a_few(row.count, 'person', 'people')})"
            yield Broken("separations", unit.id, unit.name, row.day, row.day, text, row.count)

"""The horizon, the deadline, and the end of liquidation."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.mission.checks.finding import a_few
from drawdown.plan.replay import Replay
from drawdown.plan.rules.rule import Broken, place_name, rule, spans


@rule("Deadline of resolution 2690: 31 December 2023 [S000, S001, S003]; mission.deadline")
def deadline_people(replay: Replay) -> Iterator[Broken]:
    """From the deadline on only rear parties and those named for liquidation are there, at liquidation sites."""
    mission, due = replay.mission, replay.day(replay.mission.mission.deadline)
    for unit in mission.units:
        over = replay.unit_remaining(unit.id) - unit.rear_party - unit.stays
        over[:due] = 0
        for first, last in spans(over > 0):
            by = int(over[first : last + 1].max())
            text = f"{a_few(by, 'person', 'people')} too many in the mission after the deadline"
            yield Broken("deadline_people", unit.id, unit.name, mission.date(first), mission.date(last), text, by)
    for site in mission.sites:
        late = replay.people_at[site.id].copy()
        late[:due] = 0
        if site.liquidation:
            # Those who stay have their own place; rear parties may be at any liquidation site.
            rear = sum(min(u.rear_party, u.strength) for u in mission.units)
            late -= rear + sum(u.stays for u in mission.units if u.stays_at == site.id)
        for first, last in spans(late > 0):
            by = int(late[first : last + 1].max())
            text = f"{a_few(by, 'person', 'people')} there after the deadline without being named for it"
            yield Broken("deadline_people", site.id, site.name, mission.date(first), mission.date(last), text, by)


@rule("Equipment is consolidated at liquidation sites by the deadline [P57, P40, P41]")
def deadline_equipment(replay: Replay) -> Iterator[Broken]:
    """From the deadline on no equipment is at a site that is not named for liquidation."""
    mission, due = replay.mission, replay.day(replay.mission.mission.deadline)
    for site in mission.sites:
        if site.liquidation:
            continue
        late = replay.items_at[site.id].copy()
        late[:due] = 0
        for first, last in spans(late > 0):
            by = int(late[first : last + 1].max())
            text = f"{a_few(by, 'item')} still there after the deadline"
            yield Broken("deadline_equipment", site.id, site.name, mission.date(first), mission.date(last), text, by)


@rule("End of liquidation [P43]; mission.liquidation_end")
def liquidation_end(replay: Replay) -> Iterator[Broken]:
    """By the end of liquidation everyone has left and every item has gone."""
    mission = replay.mission
    end = mission.mission.liquidation_end
    for unit in mission.units:
        left = int(replay.unit_remaining(unit.id)[-1])
        if left > 0:
            yield Broken(
                "liquidation_end",
                unit.id,
                unit.name,
                end,
                end,
                f"{a_few(left, 'person', 'people')} still in the mission",
                left,
            )
    for lot in mission.equipment:
        left = int(replay.lot_remaining(lot.id)[-1])
        if left > 0:
            where = place_name(mission, lot.site)
            yield Broken(
                "liquidation_end", lot.id, where, end, end, f"{a_few(left, 'item')} of {lot.name} not gone", left
            )

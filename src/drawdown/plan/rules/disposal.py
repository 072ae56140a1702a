"""What may become of a lot, when, and who decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from drawdown.mission.checks.finding import a_few
from drawdown.mission.disposal import BY_EXIT, GIVEN, may_leave
from drawdown.mission.disposal import never_given as never_given_away
from drawdown.mission.tables import DisposalGroup
from drawdown.plan.model import Disposal
from drawdown.plan.replay import Replay
from drawdown.plan.rules.movement import broken
from drawdown.plan.rules.rule import Broken, place_name, rule


def _bad(name: str, replay: Replay, row: Disposal, text: str, by: float = 0.0) -> Broken:
    where = place_name(replay.mission, row.place)
    return Broken(name, f"{row.lot}/{row.disposition}", where, row.day, row.day, text, by)


def _name(replay: Replay, row: Disposal) -> str:
    return replay.mission.lot[row.lot].name


@rule("The owner decides: COE to repatriate, sell, gift or hand over [P67]; equipment.dispositions")
def owner_allows(replay: Replay) -> Iterator[Broken]:
    """Nothing becomes of a lot but what its owner allows."""
    for row in replay.plan.disposals:
        words = row.disposition.replace("_", " ")
        if row.disposition in BY_EXIT:
            text = f"to {words} {_name(replay, row)} a move must bring it to an exit"
            yield _bad("owner_allows", replay, row, text)
        elif row.disposition not in replay.mission.lot[row.lot].dispositions:
            yield _bad("owner_allows", replay, row, f"its owner does not allow to {words} {_name(replay, row)}")
    for move in replay.plan.moves:
        if move.destination in replay.mission.exit:
            for i in {**move.lots, **move.driven}:
                if not may_leave(replay.mission.lot[i]):
                    text = f"{replay.mission.lot[i].name} may not leave the country"
                    yield broken("owner_allows", replay, move, text)


@rule("Weapons, ammunition, armour, aircraft and sensitive items are never gifted or sold [P67]")
def never_given(replay: Replay) -> Iterator[Broken]:
    """Weapons, ammunition, armour, aircraft and sensitive items are never sold, donated or handed over."""
    for row in replay.plan.disposals:
        lot = replay.mission.lot[row.lot]
        if row.disposition in GIVEN and never_given_away(lot):
            text = f"{lot.name} can never be given away or sold"
            yield _bad("never_given", replay, row, text)


@rule("Destroyed only as a last resort under the rules [P18, P19, S003]; mission.last_resort_days and _reasons")
def last_resort(replay: Replay) -> Iterator[Broken]:
    """A lot is destroyed only with a recognised reason and in the last days before its site's last-out."""
    header = replay.mission.mission
    for row in replay.plan.disposals:
        if row.disposition != "destroy":
            continue
        if row.reason not in header.last_resort_reasons:
            yield _bad("last_resort", replay, row, f"{_name(replay, row)} is destroyed without a recognised reason")
        closure = replay.plan.closure.get(row.place)
        if closure and row.day < closure.last_out - timedelta(days=header.last_resort_days):
            early = (closure.last_out - row.day).days - header.last_resort_days
            text = f"{_name(replay, row)} is destroyed {a_few(early, 'day')} before it is a last resort"
            yield _bad("last_resort", replay, row, text, early)


@rule("Asset disposal groups in order: Financial Regulation 5.14 [D02, D03, P68]; disposal_groups")
def disposal_groups(replay: Replay) -> Iterator[Broken]:
    """A UN-owned lot goes as its disposal group says, and only after it was offered to the groups before."""
    mission = replay.mission
    groups: dict[str | None, DisposalGroup] = {g.id: g for g in mission.disposal_groups}
    for row in replay.plan.disposals:
        group = groups.get(mission.lot[row.lot].asset_group)
        if mission.lot[row.lot].owner != "un" or group is None or row.disposition == "destroy":
            continue
        if row.disposition not in group.dispositions:
            words = row.disposition.replace("_", " ")
            text = f"group {group.id} does not allow to {words} {_name(replay, row)}"
            yield _bad("disposal_groups", replay, row, text)
        short = group.offer_days - mission.day(row.day)
        if short > 0:
            text = f"{_name(replay, row)} has {a_few(short, 'day')} left on offer to the groups before {group.id}"
            yield _bad("disposal_groups", replay, row, text, short)


@rule("What is handed over goes with its site: group V, Financial Regulation 5.14 (e) [D03]; [P66]")
def handed_over_with_site(replay: Replay) -> Iterator[Broken]:
    """A lot that is handed over goes on the day of its site's handover."""
    for row in replay.plan.disposals:
        closure = replay.plan.closure.get(row.place)
        if row.disposition == "hand_over" and (closure is None or closure.handover != row.day):
            when = f"on {closure.handover}" if closure and closure.handover else "never"
            text = f"{_name(replay, row)} is handed over on {row.day}, the site {when}"
            yield _bad("handed_over_with_site", replay, row, text)


@rule("Somebody must be there to do it (conventions, days)")
def disposed_while_open(replay: Replay) -> Iterator[Broken]:
    """A lot is sold, donated, scrapped or destroyed at a site while people are still there."""
    for row in replay.plan.disposals:
        closure = replay.plan.closure.get(row.place)
        if row.disposition != "hand_over" and closure and row.day > closure.last_out:
            text = f"{_name(replay, row)} is disposed of after last-out"
            yield _bad("disposed_while_open", replay, row, text, (row.day - closure.last_out).days)

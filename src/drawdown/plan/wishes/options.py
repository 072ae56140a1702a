"""What is left to choose: the lawful ends of a lot, the exits of a unit or lot, and what a wish leaves of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from drawdown.mission.disposal import BY_EXIT, GIVEN, never_given
from drawdown.mission.mission import Mission
from drawdown.mission.network import open_on
from drawdown.mission.tables import Exit, Lot, Unit
from drawdown.plan.model import Disposition
from drawdown.plan.wishes.model import DispositionWish, ExitWish, LotWish, WayHomeWish, Wish, inside


def lawful_ends(mission: Mission, lot: Lot) -> tuple[Disposition, ...]:
    """What may become of a lot: what its owner allows, its disposal group does not forbid, and its kind bears."""
    group = next((g for g in mission.disposal_groups if g.id == lot.asset_group), None)
    bound = group if lot.owner == "un" else None

    def lawful(end: Disposition) -> bool:
        if end in BY_EXIT or end == "destroy":  # the groups order what is disposed of inside the country
            return True
        return not (end in GIVEN and never_given(lot)) and (bound is None or end in bound.dispositions)

    return tuple(end for end in lot.dispositions if lawful(end))


def ends_left(ends: Iterable[Disposition], lot: Lot, wishes: Iterable[Wish]) -> tuple[Disposition, ...]:
    """What some wishes leave of the ends of a lot, in their order."""
    left = list(ends)
    for wish in wishes:
        match wish:
            case LotWish() if wish.lot == lot.id:
                left = [end for end in left if _meets(wish, end)]
            case DispositionWish():
                left = [end for end in left if end != wish.disposition]
            case _:
                pass
    return tuple(left)


def _meets(wish: LotWish, end: Disposition) -> bool:
    if wish.exits and end not in BY_EXIT:
        return False
    return end not in wish.excluded and wish.disposition in {None, end}


def accepts(way_out: Exit, contributor: str) -> bool:
    """Whether an exit is open to people and equipment of a contributor."""
    return not way_out.contributors or contributor in way_out.contributors


def owner_of(mission: Mission, lot: Lot) -> str:
    """The contributor whose equipment a lot is, `UN` for the mission's own."""
    return mission.unit[lot.unit].contributor if lot.unit else "UN"


def unit_exits(mission: Mission, unit: Unit) -> tuple[str, ...]:
    """Exits by which people of a unit may leave, as far as contributors and exits say."""
    return tuple(
        x.id
        for x in mission.exits
        if "people" in x.takes and accepts(x, unit.contributor) and (not unit.exits or x.id in unit.exits)
    )


def lot_exits(mission: Mission, lot: Lot) -> tuple[str, ...]:
    """Exits by which a lot may leave, as far as its owner and the exits say."""
    owner = owner_of(mission, lot)
    return tuple(x.id for x in mission.exits if "equipment" in x.takes and accepts(x, owner))


def exits_left(exits: Iterable[str], wish: WayHomeWish | LotWish) -> tuple[str, ...]:
    """What a wish leaves of some exits."""
    return tuple(x for x in exits if not wish.exits or x in wish.exits)


def open_days(mission: Mission, way_out: Exit, wishes: Iterable[ExitWish]) -> Iterator[date]:
    """The days of a plan on which an exit is open and no wish forbids it."""
    closed = [(wish.from_date, wish.to_date) for wish in wishes if wish.exit == way_out.id]
    day = mission.mission.cessation
    while day < mission.mission.liquidation_end:
        day += timedelta(days=1)
        if open_on(way_out, day) and not any(inside(first, last, day) for first, last in closed):
            yield day

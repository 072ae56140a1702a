"""Lots have an owner, a size, somebody to drive or lift to carry them, and an end that their owner may choose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from drawdown.mission.checks.finding import Check, a_few, fault, listed, warning
from drawdown.mission.disposal import GIVEN, may_leave, must_leave, never_given
from drawdown.mission.faults import Fault
from drawdown.mission.mission import Mission


def owners_are_named(mission: Mission) -> Iterator[Fault]:
    """Contingent-owned lots name their unit, UN-owned lots their asset group."""
    for number, lot in enumerate(mission.equipment):
        if lot.owner == "contingent" and lot.unit is None:
            yield fault("equipment", number, "unit", "contingent-owned, but by no unit", "name the unit")
        if lot.owner == "un" and lot.asset_group is None:
            remedy = "give the asset disposal group, I to V"
            yield fault("equipment", number, "asset_group", "UN-owned, but in no asset group", remedy)


def lots_are_with_their_unit(mission: Mission) -> Iterator[Fault]:
    """A contingent's lot is where its unit is stationed."""
    for number, lot in enumerate(mission.equipment):
        unit = mission.unit.get(lot.unit or "")
        if unit and lot.owner == "contingent" and unit.site != lot.site:
            message = f"at `{lot.site}`, while its unit `{unit.id}` is at `{unit.site}`"
            yield warning("equipment", number, "site", message, "check the site; split the unit if it is at both")


def arms_are_never_given(mission: Mission) -> Iterator[Fault]:
    """Weapons, ammunition, armour, aircraft and sensitive lots are never sold, donated or handed over."""
    for number, lot in enumerate(mission.equipment):
        given = [word for word in lot.dispositions if word in GIVEN]
        if given and never_given(lot):
            what = "sensitive lots" if lot.sensitive else lot.kind
            message = f"{what} may never be sold, donated or handed over"
            yield fault("equipment", number, "dispositions", message, f"remove {listed(given)}")


def dispositions_fit_the_group(mission: Mission) -> Iterator[Fault]:
    """What may become of a UN-owned lot is among what its asset group allows."""
    groups = {group.id: group for group in mission.disposal_groups}
    for number, lot in enumerate(mission.equipment):
        if lot.owner != "un" or lot.asset_group not in groups:
            continue
        wrong = [word for word in lot.dispositions if word not in groups[lot.asset_group].dispositions]
        if wrong:
            message = f"group {lot.asset_group} does not allow {listed(wrong)}"
            yield fault("equipment", number, "dispositions", message, "remove them, or change the group")


def something_becomes_of_it(mission: Mission) -> Iterator[Fault]:
    """Something may become of every lot, and more than its destruction."""
    for number, lot in enumerate(mission.equipment):
        if not lot.dispositions:
            yield fault("equipment", number, "dispositions", "nothing may become of it", "give its dispositions")
        elif set(lot.dispositions) == {"destroy"}:
            message = "it may only be destroyed, and that only as a last resort"
            yield warning("equipment", number, "dispositions", message, "add scrap or another way")


def groups_come_up_in_time(mission: Mission) -> Iterator[Fault]:
    """A disposal group's offer to the groups before it ends before the deadline."""
    last = mission.day(mission.mission.deadline)
    for number, group in enumerate(mission.disposal_groups):
        if group.offer_days >= last:
            message = f"first offered to others for {group.offer_days} days, the deadline is day {last}"
            yield warning("disposal_groups", number, "offer_days", message, "shorten the offer")


def items_fit_some_lift(mission: Mission) -> Iterator[Fault]:
    """No item that has to be carried is larger or heavier than any lift can take."""
    carriers = {(lift.teu, lift.tonnes) for lift in mission.lift if lift.count and lift.teu}
    for number, lot in enumerate(mission.equipment):
        if lot.self_propelled or not may_leave(lot):
            continue
        if any(lot.teu_each <= teu and lot.tonnes_each <= tonnes for teu, tonnes in carriers):
            continue
        report = fault if must_leave(lot) else warning
        message = f"one item ({lot.teu_each:g} TEU, {lot.tonnes_each:g} t) is more than any lift carries"
        yield report("equipment", number, "tonnes_each", message, "correct its size, add lift, or let it be scrapped")


def carried_things_have_a_size(mission: Mission) -> Iterator[Fault]:
    """What may leave takes room and weighs something."""
    weightless = []
    for number, lot in enumerate(mission.equipment):
        if not lot.count:
            yield warning("equipment", number, "count", "the lot has no items", "give the count, or drop it")
        elif may_leave(lot) and not lot.teu_each:
            message = "it may leave but takes no room: any number would fit on one truck"
            yield warning("equipment", number, "teu_each", message, "give the TEU of one item")
        elif may_leave(lot) and not lot.tonnes_each and not lot.self_propelled:
            weightless.append(lot.id)
    if weightless:
        message = f"{a_few(len(weightless), 'lot')} to be carried weigh nothing: {listed(weightless)}"
        yield warning("equipment", None, "tonnes_each", message, "give the weight of one item")


def lots_have_a_value(mission: Mission) -> Iterator[Fault]:
    """Lots are worth something, or their loss would cost nothing."""
    worthless = [lot.id for lot in mission.equipment if lot.count and not lot.value_each]
    if worthless:
        message = f"{a_few(len(worthless), 'lot')} without a value, so losing them costs nothing: {listed(worthless)}"
        yield warning("equipment", None, "value_each", message, "give the depreciated value of one item")


def driven_things_have_seats(mission: Mission) -> Iterator[Fault]:
    """Self-propelled items have a driver's seat, and only they have seats."""
    for number, lot in enumerate(mission.equipment):
        if lot.self_propelled and not lot.seats_each:
            message = "self-propelled, but without a seat for its driver"
            yield warning("equipment", number, "seats_each", message, "count its seats, the driver's included")
        if lot.seats_each and not lot.self_propelled:
            yield warning("equipment", number, "self_propelled", "has seats but cannot be driven", "set it to yes")


def vehicles_have_drivers(mission: Mission) -> Iterator[Fault]:
    """A site has people enough to drive its vehicles away in one go."""
    vehicles: dict[str, int] = defaultdict(int)
    people: dict[str, int] = defaultdict(int)
    for lot in mission.equipment:
        vehicles[lot.site] += lot.count * lot.self_propelled
    for unit in mission.units:
        people[unit.site] += unit.strength
    for number, site in enumerate(mission.sites):
        if vehicles[site.id] > people[site.id]:
            message = f"{vehicles[site.id]} vehicles to be driven, but only {people[site.id]} people"
            yield warning("sites", number, "id", message, "check both; drivers will have to come back for the rest")


def what_is_handed_over_has_a_taker(mission: Mission) -> Iterator[Fault]:
    """A lot that can only be handed over stands at a site that somebody takes over."""
    for number, lot in enumerate(mission.equipment):
        site = mission.site.get(lot.site)
        if site and site.becomes == "closed" and set(lot.dispositions) - {"destroy"} == {"hand_over"}:
            message = f"it can only be handed over, but `{site.id}` is closed and goes to nobody"
            yield warning(
                "equipment", number, "dispositions", message, "allow another end, or say whose the site becomes"
            )


def people_have_life_support(mission: Mission) -> Iterator[Fault]:
    """A site with people has life support among its lots."""
    supported = {lot.site for lot in mission.equipment if lot.life_support and lot.count}
    peopled = {unit.site for unit in mission.units if unit.strength}
    for number, site in enumerate(mission.sites):
        if site.id in peopled - supported:
            message = "people live here, but no lot is marked as life support"
            yield warning("sites", number, "id", message, "set life_support to yes for power, water and kitchen")


def sites_hold_something(mission: Mission) -> Iterator[Fault]:
    """Every site has people or equipment; one with equipment has people to look after it."""
    peopled = {unit.site for unit in mission.units if unit.strength}
    stocked = {lot.site for lot in mission.equipment if lot.count}
    for number, site in enumerate(mission.sites):
        if site.id not in peopled | stocked:
            yield warning("sites", number, "id", "neither people nor equipment are here", "add them, or drop the site")
        elif site.id not in peopled:
            yield warning("sites", number, "id", "equipment is here but nobody to look after it", "station a unit here")


CHECKS: tuple[Check, ...] = (
    owners_are_named,
    lots_are_with_their_unit,
    arms_are_never_given,
    dispositions_fit_the_group,
    something_becomes_of_it,
    groups_come_up_in_time,
    items_fit_some_lift,
    carried_things_have_a_size,
    lots_have_a_value,
    driven_things_have_seats,
    vehicles_have_drivers,
    what_is_handed_over_has_a_taker,
    people_have_life_support,
    sites_hold_something,
)

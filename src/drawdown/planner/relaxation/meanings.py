"""What the sets and symbols of the relaxation mean, for its page in the documentation."""

from __future__ import annotations

from typing import NamedTuple


class SetText(NamedTuple):
    """A set: its letter, what it is, and how many members it has."""

    name: str
    says: str


class SymbolText(NamedTuple):
    """A symbol: what it runs over, its unit, what it means, its bounds, its weight, and the rules its bounds keep."""

    name: str
    over: str
    unit: str
    says: str
    bounds: str
    cost: str = ""
    rules: tuple[str, ...] = ()


SETS = (
    SetText("s ∈ S", "sites"),
    SetText("x ∈ X", "exits"),
    SetText("k ∈ K", "classes of people: units of one site with the same ways home and the same dates, armed or not"),
    SetText(
        "j ∈ J",
        "classes of equipment: lots of one site with the same ends and nearly the same value of a TEU"
        " (the least in the class counts)",
    ),
    SetText("a ∈ A", "surface legs, each in both directions"),
    SetText(
        "f ∈ F", "flights: an aircraft with room for equipment, a site, and another place, over one leg or several"
    ),
    SetText("h ∈ H", "fleets: surface lift of one mode and one room, at the least costs of any in it"),
    SetText("w ∈ W", "settlements with a site near"),
    SetText("c ∈ C", "what must leave the country: carried, or able to drive; and what may end inside it (inland)"),
    SetText("t ∈ T", "slots: days, later several days together; day[t] is the last"),
    SetText("t ∈ T+1", "states: the evenings between slots, from that of the day of cessation to that of the last day"),
)

SYMBOLS = (
    SymbolText(
        "open", "S, T+1", "share", "the site is not yet left",
        "1 until its steps can have been done one after the other; 0 from the deadline on if it is not named for"
        " liquidation, and on the last evening",
        "mornings · (time + cost · running_usd_per_day + risk · casualties a site-day)",
        ("closure_steps", "closure_order", "deadline_people", "deadline_equipment", "liquidation_end"),
    ),
    SymbolText("guarded", "S, T+1", "share", "the site keeps its guard", "0 to 1"),
    SymbolText(
        "people", "K, T+1", "persons", "people in the mission, at a site or on the road",
        "all until their units' earliest day; rear party and stayers at most from the latest day, or the deadline, on;"
        " 0 on the last evening",
        "mornings · cost · person_day_usd", ("unit_dates", "deadline_people", "liquidation_end"),
    ),
    SymbolText(
        "leave", "K, X, T", "persons", "people who leave by an exit",
        "0 where it is not their way home, while it is closed, and before they can be there by any mode",
        "", ("way_home", "exit_for", "exit_capacity", "open_days", "travel_time", "clearance", "season"),
    ),
    SymbolText(
        "separate", "K, T", "persons", "people who separate where they serve", "0 for all others", "", ("separations",)
    ),
    SymbolText("stock", "J, T+1", "TEU", "equipment that has never left its site", "all of it on the day of cessation"),
    SymbolText(
        "dispose", "J, T", "TEU", "equipment sold, donated or scrapped at its site",
        "0 where that is not allowed, and until its offers have closed",
        "", ("owner_allows", "never_given", "disposal_groups"),
    ),
    SymbolText(
        "destroy", "J, T", "TEU", "equipment destroyed", "0 where its owner does not allow it",
        "equipment · least value of a TEU", ("owner_allows",),
    ),
    SymbolText("set_out", "J, T", "TEU", "equipment that leaves its site for the first time", "0 to all"),
    SymbolText("ship", "C, X, T", "TEU", "equipment that passes an exit", "0 to what the exit takes while it is open"),
    SymbolText("transit", "C, T+1", "TEU", "equipment that has set out and not passed an exit", "0 at both ends"),
    SymbolText("stored", "S, T", "TEU", "of that, what stands at a site, on the average evening of a slot", "0 to all"),
    SymbolText("hauled", "T", "TEU", "of that, what rides on lift, on the average evening of a slot", "0 to all"),
    SymbolText("at_wheel", "T", "TEU", "of that, what is being driven, on the average evening of a slot", "0 to all"),
    SymbolText(
        "load", "C + inland, A", "TEU", "equipment carried over a leg, over the whole plan",
        "0 if the leg never opens; else all of it as often as days allow", "", ("open_days", "clearance", "season"),
    ),
    SymbolText(
        "drive", "A", "TEU", "equipment driven over a leg, over the whole plan", "as load; 0 off the road",
        "", ("drivers",),
    ),
    SymbolText(
        "vehicles", "H, A", "trips", "trips of vehicles over a leg, over the whole plan",
        "0 for another mode; else all in service as often as days allow",
        "cost · (usd_per_day · least days + usd_per_km · km) + risk · casualties a vehicle-km · km",
        ("lift_in_service", "route_joins"),
    ),
    SymbolText(
        "convoys", "A", "convoys", "convoys over a leg, over the whole plan", "all vehicles as often as days allow",
        "risk · casualties a convoy-km · km",
    ),
    SymbolText(
        "sorties", "F", "sorties", "flights with room for equipment, over the whole plan",
        "all aircraft in service on every day",
        "cost · (usd_per_day / sorties_per_day + usd_per_km · 2 km) + risk · casualties a vehicle-km · km",
        ("sorties", "runway"),
    ),
    SymbolText(
        "fly", "C + inland, F", "TEU", "equipment flown, over the whole plan", "all of it as often as days allow"
    ),
    SymbolText("capable", "S, T+1", "share", "of a state's evenings: those with a capable force at the site", "0 to 1"),
    SymbolText(
        "covered", "W, T+1", "share", "of a state's evenings: those on which the settlement is covered", "0 to 1",
        "-protection · population · evenings with authority",
    ),
)  # fmt: skip

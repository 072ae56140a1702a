"""Equipment of a random mission: what units own, what the United Nations own, and what contractors own."""

from __future__ import annotations

from typing import Any, NamedTuple

from drawdown.mission import tables as t
from kit.random_making import Making


class Kind(NamedTuple):
    """A kind of lot: one item for so many people, its room and weight, how often it is there, what may become of it."""

    kind: str
    people: int
    teu: float
    tonnes: float
    often: float
    ends: tuple[str, ...]
    more: dict[str, Any]


HOME = ("repatriate destroy", "repatriate scrap destroy", "repatriate sell donate destroy")
ARMS: dict[str, Any] = {"sensitive": True, "priority": 1}
DRIVEN: dict[str, Any] = {"self_propelled": True, "seats_each": 4}
LIVED_BY: dict[str, Any] = {"life_support": True}

ARMED = (
    Kind("weapons", 100, 1, 6, 1, ("repatriate destroy",), ARMS),
    Kind("armour", 40, 1.5, 12, 1, ("repatriate destroy",), {**DRIVEN, "priority": 2}),
    Kind("ammunition", 150, 1, 10, 0.5, ("repatriate destroy",) * 9 + ("repatriate",), {"priority": 1}),
)
OF_UNITS = (
    Kind("container", 8, 1, 9, 1, HOME, {}),
    Kind("light_vehicle", 30, 0.8, 3, 0.7, HOME, DRIVEN),
    Kind("generator", 100, 1, 6, 0.4, HOME, LIVED_BY),
    Kind("generator", 100, 1, 6, 0.2, HOME, {}),
)
OF_ENGINEERS = (
    Kind("engineering_plant", 20, 2, 16, 0.5, ("repatriate scrap",), {**DRIVEN, "seats_each": 1}),
    Kind("engineering_plant", 20, 2, 16, 0.5, ("repatriate scrap",), {}),
)
OF_THE_UN = (
    Kind("generator", 200, 0, 0, 1, ("hand_over", "hand_over scrap"), {**LIVED_BY, "asset_group": "V"}),
    Kind("prefab", 10, 0, 0, 0.6, ("hand_over", "hand_over scrap"), {"asset_group": "V"}),
    Kind("communications", 100, 0.5, 2, 0.5, ("redeploy destroy",), {"asset_group": "II", "sensitive": True}),
    Kind("light_vehicle", 40, 0.8, 2.5, 0.6, ("redeploy sell",), {**DRIVEN, "asset_group": "III"}),
    Kind("furniture", 8, 0.1, 0.5, 0.5, ("sell scrap",), {"asset_group": "IV"}),
    Kind("container", 20, 1, 8, 0.4, ("repatriate redeploy scrap",), {"asset_group": "I"}),
)
OF_CONTRACTORS = (Kind("fuel_storage", 150, 1, 7, 0.3, ("sell scrap", "repatriate sell"), {}),)

#: The largest item that helicopters carry, where only they come.
SMALL_TEU, SMALL_TONNES = 0.4, 2


def add_equipment(making: Making) -> None:
    """Lots for every unit that has any, and for every site."""
    for unit in making.rows["units"]:
        kinds = OF_UNITS if unit.armed or unit.kind in {"engineers", "medical", "eod"} else ()
        kinds += ARMED if unit.armed else OF_ENGINEERS if unit.kind == "engineers" else ()
        _lots(making, unit.site, unit.strength, kinds, owner="contingent", unit=unit.id)
    for site in making.sites:
        people = making.people[site.id]
        _lots(making, site.id, people, OF_THE_UN, owner="un")
        _lots(making, site.id, people, OF_CONTRACTORS, owner="contractor")


def _lots(making: Making, site: str, people: int, kinds: tuple[Kind, ...], **owner: str) -> None:
    small = making.only_by_air(site)
    closed = any(row.id == site and row.becomes == "closed" for row in making.sites)
    for kind in kinds:
        if not making.chance(kind.often):
            continue
        number = len(making.rows["equipment"]) + 1
        # What can only be handed over needs somebody who takes the site.
        ends = kind.ends[-1] if closed else making.rng.choice(kind.ends)
        row: dict[str, Any] = {
            "id": f"lot-{number}",
            "name": f"{kind.kind.replace('_', ' ').capitalize()} {number}",
            "site": site,
            "kind": kind.kind,
            "count": max(1, people // kind.people),
            "teu_each": min(kind.teu, SMALL_TEU) if small else kind.teu,
            "tonnes_each": min(kind.tonnes, SMALL_TONNES) if small else kind.tonnes,
            "value_each": making.whole(1, 200) * 1000,
            "priority": making.whole(1, 5),
            "dispositions": tuple(ends.split()),
            **owner,
            **kind.more,
        }
        making.add("equipment", t.Lot, **(row | {"self_propelled": False, "seats_each": 0} if small else row))

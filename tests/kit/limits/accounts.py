"""The last person, item, lorry and platoon."""

from kit.lawful import alter, disposal, move


def limit_people_conserved(mission, plan, over):
    """All twenty who are left at the post leave."""
    return mission, alter(plan, "moves", move(plan, "post-last"), people={"company": 20 + over})


def limit_equipment_conserved(mission, plan, over):
    """All twenty-five cars go to the port."""
    port = move(plan, "port-1")
    return mission, alter(plan, "moves", port, lots={**port.lots, "base_cars": 25 + over})


def limit_lift_where_used(mission, plan, over):
    """Of twenty lorries sixteen can be counted on."""
    return mission, alter(plan, "moves", move(plan, "camp-convoy-1"), lift={"trucks": 16 + over})


def limit_nothing_left_behind(mission, plan, over):
    """Both water plants are handed over with the camp."""
    return mission, alter(plan, "disposals", disposal(plan, "camp_water"), count=2 - over)


def limit_what_left_stays_out(mission, plan, over):
    """The buses come back from the airport empty."""
    people = {"airfield": over} if over else {}
    return mission, alter(plan, "moves", move(plan, "buses-back-1"), people=people)


def limit_detachments_in_strength(mission, plan, over):
    """With 260 of its 400 people left the battalion still has two of its four platoons."""
    return mission, alter(plan, "moves", move(plan, "camp-convoy-2"), escorts={"battalion": 2 + over})

from drawdown.mission.checks import places as p
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import DEADLINE, add, change, faults_in, small_mission

SOUND = small_mission()


def site(name, **values):
    return change(SOUND, "sites", name, **values)


CASES = (
    Case(p.there_is_a_mission, small_mission(sites=()), "fault sites", "no sites"),
    Case(p.there_is_a_mission, small_mission(exits=()), "fault exits", "no exits"),
    Case(p.hubs_form_a_tree, site("base", hub="post"), "fault sites[0].hub", "base - post - camp - base"),
    Case(p.hubs_form_a_tree, site("camp", hub="camp"), "fault sites[1].hub", "camp - camp"),
    Case(
        p.hubs_close_last, change(site("post", phase="two"), "sites", "camp", phase="one"), "warning sites[2].phase", ""
    ),
    Case(p.hubs_close_last, site("post", liquidation=True), "warning sites[2].liquidation", "but its hub `camp`"),
    Case(p.inside_the_host, site("post", lat=14.7, lon=-17.4), "fault sites[2].lat", "is outside MLI"),
    Case(p.inside_the_host, site("post", lat=-15.0), "fault sites[2].lat", "-15, -2.95 is outside MLI"),
    Case(p.inside_the_host, site("post", lat=14.0, lon=-12.1), "warning sites[2].lat", "near its border"),
    Case(p.inside_the_host, change(SOUND, "settlements", "village", lat=30), "warning settlements[0].lat", "outside"),
    Case(p.inside_the_host, change(SOUND, "mission", "small", host="ZZZ"), "note mission[0].host", "does not show"),
    Case(p.places_apart, site("post", lat=14.53, lon=-4.09), "warning sites[2].lat", "same coordinates as `camp`"),
    Case(p.places_apart, add(SOUND, "exits", "port", id="dock", name="Dock"), "warning exits[2].lat", "as `port`"),
    Case(
        p.runways_and_flights_agree, site("post", runway_surface="none"), "warning sites[2].runway_surface", "2 flights"
    ),
    Case(p.runways_and_flights_agree, site("camp", flights_per_day=0), "warning sites[1].flights_per_day", "takes no"),
    Case(
        p.runways_and_flights_agree,
        change(SOUND, "exits", "port", runway_m=900),
        "warning exits[1].runway_surface",
        "900 m of runway but no surface",
    ),
    Case(p.exits_take_what_they_say, change(SOUND, "exits", "port", takes=()), "fault exits[1].takes", "nothing may"),
    Case(
        p.exits_take_what_they_say,
        change(SOUND, "exits", "airport", people_per_day=0),
        "fault exits[0].people_per_day",
        "takes people, but none in a day",
    ),
    Case(
        p.exits_take_what_they_say,
        change(SOUND, "exits", "airport", teu_per_day=5),
        "warning exits[0].takes",
        "does not take equipment",
    ),
    Case(p.places_have_legs, add(SOUND, "sites", "post", id="other"), "warning sites[3].id", "no leg leads here"),
    Case(p.phases_have_sites, site("post", phase="two"), "warning phases[0].id", "no site has this phase"),
    Case(p.liquidation_has_sites, site("base", liquidation=False), "warning sites.liquidation", "no site is a liq"),
    Case(
        p.liquidation_has_sites,
        change(SOUND, "mission", "small", liquidation_end=DEADLINE),
        "warning mission[0].liquidation_end",
        "`base` may stay open",
    ),
    Case(
        p.settlements_covered,
        change(SOUND, "settlements", "village", population=0),
        "warning settlements[0].population",
        "nobody lives here",
    ),
    Case(
        p.settlements_covered, change(SOUND, "settlements", "village", lon=-3.2), "note settlements[0].id", "no site's"
    ),
    Case(
        p.protection_has_force,
        change(SOUND, "mission", "small", capable_force=130),
        "note sites[2].protection_radius_km",
        "120 armed people are here, 130",
    ),
)


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(p.CHECKS, CASES)


def test_a_site_abroad_on_purpose_may_lie_outside_the_host():
    dakar = {"lat": 14.7, "lon": -17.4}
    assert not list(p.inside_the_host(site("post", **dakar, abroad=True)))


def test_a_swapped_position_is_named():
    (fault,) = p.inside_the_host(site("post", lat=-2.95, lon=15.0))
    assert fault.remedy == "it would be inside if latitude and longitude were swapped: correct the coordinates"


def test_a_turned_sign_is_named():
    (fault,) = p.inside_the_host(site("post", lat=-15.0))
    assert "if the latitude were 15" in fault.remedy


def test_two_exits_in_one_place_may_take_different_things():
    airport = change(SOUND, "exits", "port", lat=12.53, lon=-7.95)
    assert not list(p.places_apart(airport))


def test_every_site_of_a_circle_of_hubs_is_named_and_nothing_else_breaks():
    circle = site("base", hub="post")
    assert {f.spot.row for f in faults_in(circle) if "circle" in f.message} == {0, 1, 2}

from datetime import date

from drawdown.mission.checks import people as p
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import change, drop, small_mission

SOUND = small_mission()
AUGUST, OCTOBER = date(2025, 8, 31), date(2025, 10, 31)


def unit(name, **values):
    return change(SOUND, "units", name, **values)


CASES = (
    Case(
        p.parties_within_strength, unit("staff", strength=0, stays=0, stays_at=None), "warning units[7].strength", "no"
    ),
    Case(p.parties_within_strength, unit("staff", stays=90), "fault units[7].stays", "more than its 80 people"),
    Case(p.parties_within_strength, unit("battalion", rear_party=401), "fault units[1].rear_party", "rear party 401"),
    Case(p.those_who_stay_have_a_place, unit("staff", stays_at=None), "fault units[7].stays_at", "not said where"),
    Case(
        p.those_who_stay_have_a_place, unit("staff", stays_at="camp"), "fault units[7].stays_at", "closes by the dead"
    ),
    Case(p.those_who_stay_have_a_place, unit("staff", stays=0), "warning units[7].stays", "nobody stays at `base`"),
    Case(p.rear_parties_can_wait, unit("ordnance", rear_party=5), "warning units[2].rear_party", "no equipment"),
    Case(
        p.rear_parties_can_wait,
        change(SOUND, "sites", "base", liquidation=False),
        "note units[1].rear_party",
        "neither `camp` nor its hubs",
    ),
    Case(p.sites_have_their_guard, unit("company", armed=False), "fault sites[2].guard", "needs 20, but 0 armed"),
    Case(p.sites_have_their_guard, drop(SOUND, "units", "company"), "fault sites[2].guard", "nobody is stationed"),
    Case(
        p.guards_stay_long_enough, unit("battalion", latest=OCTOBER), "warning sites[1].guard", "must be empty by then"
    ),
    Case(
        p.guards_stay_long_enough,
        change(unit("battalion", latest=AUGUST), "units", "engineers", earliest=OCTOBER),
        "fault sites[1].guard",
        "`engineers` may not leave yet",
    ),
    Case(
        p.liquidation_sites_keep_a_guard,
        unit("guards", stays=10),
        "warning sites[0].guard",
        "needs 50 armed people, 10",
    ),
    Case(p.detachments_add_up, unit("battalion", escort_platoons=0), "warning units[1].escort_platoons", "sends none"),
    Case(p.detachments_add_up, unit("ordnance", enables=()), "fault units[2].enables", "does not enable eod"),
    Case(p.detachments_add_up, unit("battalion", eod_teams=1), "fault units[1].eod_teams", "one kind of detachment"),
    Case(p.detachments_add_up, unit("ordnance", eod_teams=31), "fault units[2].escort_platoons", "more detachments"),
    Case(
        p.units_fit_their_kind, unit("engineers", enables=()), "warning units[3].enables", "does not enable engineering"
    ),
    Case(p.units_fit_their_kind, unit("guards", armed=False), "warning units[6].armed", "guard but is not armed"),
    Case(p.units_fit_their_kind, unit("staff", armed=True), "warning units[7].armed", "civilians are counted as armed"),
    Case(p.contributors_are_states, unit("company", contributor="Togo"), "warning units[0].contributor", "`Togo`"),
    Case(
        p.separation_is_for_national_staff, unit("national", separates=False), "warning units[8].separates", "national"
    ),
    Case(
        p.separation_is_for_national_staff, unit("company", separates=True), "warning units[0].separates", "uniformed"
    ),
    Case(p.ways_home_take_people, unit("company", exits=("port",)), "fault units[0].exits", "`port` does not take"),
    Case(
        p.casualties_can_be_evacuated,
        change(SOUND, "mission", "small", casevac_km=100),
        "fault sites[2].id",
        "the nearest is 133 km away",
    ),
    Case(
        p.casualties_can_be_evacuated,
        change(SOUND, "lift", "helicopters", casevac=False),
        "fault sites[1].id",
        "is none",
    ),
    Case(
        p.enablers_last, unit("ordnance", latest=OCTOBER), "warning units[2].latest", "no unit that enables eod is left"
    ),
)


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(p.CHECKS, CASES)


def test_a_rear_party_counts_for_the_guard_after_the_unit_has_gone():
    assert not list(p.guards_stay_long_enough(unit("battalion", latest=OCTOBER, rear_party=60)))


def test_timbuktu_is_told_to_close_or_to_name_a_guard():
    (warning,) = p.liquidation_sites_keep_a_guard(unit("guards", stays=0, stays_at=None))
    assert warning.remedy == "close it by the deadline or name a guard unit"

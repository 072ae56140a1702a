from drawdown.mission.checks import references as r
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import add, change, drop, faults_in, small_mission

SOUND = small_mission()
CASES = (
    Case(
        r.references_resolve, change(SOUND, "sites", "post", hub="cam"), "fault sites[2].hub", "`cam` is not in sites"
    ),
    Case(
        r.references_resolve, change(SOUND, "legs", "base_port", to_place="prt"), "fault legs[3].to_place", "or exits"
    ),
    Case(r.references_resolve, change(SOUND, "legs", "post_camp", season="rain"), "fault legs[0].season", "`rain`"),
    Case(
        r.references_resolve,
        change(SOUND, "closure_steps", "hand", after=("certify", "pak")),
        "fault closure_steps[3].after",
        "`pak`",
    ),
    Case(r.references_resolve, change(SOUND, "closure_steps", "pack", crew="x"), "fault closure_steps[0].crew", "`x`"),
    Case(r.references_resolve, change(SOUND, "units", "hospital", exits=("sea",)), "fault units[5].exits", "`sea`"),
    Case(r.ids_unique, add(SOUND, "units", "staff"), "fault units[9].id", "already used in units"),
    Case(r.ids_unique, add(SOUND, "exits", "port", id="camp", name="Other"), "fault exits[2].id", "used in sites"),
    Case(
        r.hazard_classes_exist,
        change(SOUND, "sites", "post", hazard_class="riskier"),
        "fault sites[2].hazard_class",
        "",
    ),
    Case(r.hazard_classes_exist, small_mission(hazards=()), "fault legs[0].hazard_class", "no hazard has the class"),
    Case(r.disposal_groups_exist, drop(SOUND, "disposal_groups", "V"), "fault equipment[6].asset_group", "group V"),
    Case(
        r.claims_lead_to_values, change(SOUND, "claims", "wounded", topic=None), "fault claims[13].table", "what it is"
    ),
    Case(
        r.claims_lead_to_values, change(SOUND, "claims", "sites_all", table="site"), "fault claims[1].table", "`site`"
    ),
    Case(
        r.claims_lead_to_values, change(SOUND, "claims", "sites_all", row="cmp"), "fault claims[1].row", "no row `cmp`"
    ),
    Case(r.claims_lead_to_values, change(SOUND, "claims", "sites_all", row=None), "fault claims[1].row", "but no row"),
    Case(r.claims_lead_to_values, change(SOUND, "claims", "sites_all", column="x"), "fault claims[1].column", "`x`"),
    Case(r.names_distinct, change(SOUND, "sites", "post", name="CAMP"), "warning sites[2].name", "same name"),
)


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(r.CHECKS, CASES)


def test_a_near_miss_is_answered_with_the_right_name():
    fault = next(f for f in faults_in(change(SOUND, "units", "company", site="psot")) if f.spot.table == "units")
    assert fault.value == "psot"
    assert fault.remedy == "did you mean `post`?"

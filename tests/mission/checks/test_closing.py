from drawdown.mission.checks import closing as c
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import add, change, drop, small_mission

SOUND = small_mission()


def step(name, **values):
    return change(SOUND, "closure_steps", name, **values)


CASES = (
    Case(c.steps_have_an_order, step("pack", after=("hand",)), "fault closure_steps[0].after", "`pack`"),
    Case(c.steps_have_an_order, step("hand", after=("certify", "hand")), "fault closure_steps[3].after", "`hand`"),
    Case(
        c.steps_wait_for_steps_of_their_site,
        change(step("pack", site_kinds=("camp",)), "closure_steps", "clean", site_kinds=("outpost",)),
        "warning closure_steps[1].after",
        "waits for `pack`, which no site",
    ),
    Case(
        c.steps_wait_for_steps_of_their_site,
        step("pack", moment="after_last_out"),
        "fault closure_steps[1].moment",
        "must end before last-out",
    ),
    Case(c.crews_are_many_enough, step("pack", crews=3), "fault closure_steps[0].crews", "needs 3 crews of `closing`"),
    Case(c.crews_are_many_enough, step("pack", crews=0), "warning closure_steps[0].crews", "needs none of it"),
    Case(c.crews_have_time, step("pack", days=300), "fault crews[0].count", "need 908 crew-days, there are 728"),
    Case(
        c.enabling_units_exist, drop(SOUND, "units", "engineers"), "fault closure_steps[1].needs", "no unit enables it"
    ),
    Case(c.sites_can_be_handed_over, small_mission(closure_steps=()), "warning closure_steps", "no steps"),
    Case(c.sites_can_be_handed_over, drop(SOUND, "closure_steps", "hand"), "warning sites[2].becomes", "landowner"),
    Case(
        c.sites_can_be_handed_over,
        add(SOUND, "closure_steps", "hand", id="again", site_kinds=("camp",)),
        "fault sites[1].kind",
        "several handover steps: `hand`, `again`",
    ),
    Case(c.sites_can_be_handed_over, step("hand", after=("pack",)), "fault closure_steps[3].after", "comes before it"),
    Case(c.sites_can_be_handed_over, step("certify", role="work"), "fault closure_steps[3].after", "at a headquarters"),
    Case(c.sites_can_close_in_time, step("clean", days=182), "fault sites[2].kind", "take 185 days, 183 are left"),
    Case(c.sites_can_close_in_time, step("clean", days=89), "warning sites[2].phase", "its phase ends on day 91"),
)


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(c.CHECKS, CASES)


def test_a_site_that_just_closes_needs_no_handover():
    closed = drop(change(SOUND, "sites", "post", becomes="closed"), "closure_steps", "hand")
    assert {fault.spot.row for fault in c.sites_can_be_handed_over(closed)} == {0, 1}

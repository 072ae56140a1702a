from datetime import date

from drawdown.mission.checks import mandate as m
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import CESSATION, DEADLINE, change, drop, small_mission

SOUND = small_mission()
NOVEMBER = date(2025, 11, 30)


def authority(name, **values):
    return change(SOUND, "authorities", name, **values)


CASES = (
    Case(
        m.authorities_are_dated_and_referenced,
        authority("withdraw", adopted=None),
        "warning authorities[0].adopted",
        "not dated",
    ),
    Case(
        m.authorities_are_dated_and_referenced,
        authority("withdraw", adopted=NOVEMBER),
        "warning authorities[0].adopted",
        "only after it begins",
    ),
    Case(
        m.authorities_are_dated_and_referenced,
        authority("withdraw", source=None),
        "warning authorities[0].source",
        "no document",
    ),
    Case(
        m.protection_is_not_limited_to_places,
        authority("protect_civilians", places=("camp",)),
        "warning authorities[3].places",
        "count every site",
    ),
    Case(
        m.drawdown_is_authorised,
        authority("withdraw", to_date=NOVEMBER),
        "fault authorities.function",
        "from 2025-12-01 to 2025-12-31 no authority to withdraw anywhere",
    ),
    Case(
        m.drawdown_is_authorised,
        authority("protect_un", places=("base", "camp")),
        "fault authorities.function",
        "from 2025-07-01 to 2025-12-31 no authority to protect the mission at `post`",
    ),
    Case(
        m.drawdown_is_authorised,
        drop(SOUND, "authorities", "secure_movements", "protect_un"),
        "fault authorities.function",
        "from 2025-07-02 to 2025-12-31 no authority to secure movements anywhere",
    ),
    Case(
        m.liquidation_is_authorised,
        drop(SOUND, "authorities", "liquidate"),
        "fault authorities.function",
        "from 2026-01-01 to 2026-06-30 no authority to liquidate at `base`",
    ),
    Case(
        m.liquidation_is_authorised,
        authority("guard_liquidation", to_date=date(2026, 3, 31)),
        "fault authorities.function",
        "from 2026-04-01 to 2026-06-30 no authority to guard at `base`",
    ),
    Case(
        m.liquidation_is_authorised,
        drop(SOUND, "authorities", "rear_party"),
        "warning authorities.function",
        "no authority for rear parties at `base`",
    ),
)


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(m.CHECKS, CASES)


def test_authority_to_withdraw_is_needed_from_the_day_after_cessation():
    tomorrow = date(2025, 7, 2)
    assert not list(m.drawdown_is_authorised(authority("withdraw", from_date=tomorrow)))


def test_two_authorities_that_follow_each_other_leave_no_gap():
    first = authority("withdraw", to_date=NOVEMBER)
    second = SOUND.authorities[0].model_copy(update={"id": "more", "from_date": date(2025, 12, 1)})
    both = small_mission(authorities=(*first.authorities, second))
    assert not list(m.drawdown_is_authorised(both))


def test_no_liquidation_needs_no_authority_for_it():
    ended = change(drop(SOUND, "authorities", "liquidate"), "mission", "small", liquidation_end=DEADLINE)
    assert ended.mission.liquidation_end > CESSATION
    assert not list(m.liquidation_is_authorised(ended))

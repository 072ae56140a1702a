"""A copy with other values does not remember what the original has worked out."""

from datetime import date

from kit.missions import small_mission


def test_a_changed_copy_of_a_mission_has_its_own_hash_and_maps():
    mission = small_mission()
    assert mission.hash
    assert mission.days == 364
    longer = mission.mission.model_copy(update={"liquidation_end": date(2026, 7, 1)})
    copy = mission.model_copy(update={"mission": longer, "sites": mission.sites[:1]})
    assert copy.hash != mission.hash
    assert copy.days == 365
    assert list(copy.site) == ["base"]
    assert mission.model_copy() == mission

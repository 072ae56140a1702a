"""The mission in Mali as it ships: sound, with the totals that were published, and its known slips caught."""

from importlib.resources import as_file, files

import pytest

from drawdown.files import read_mission
from drawdown.mission.basis import conflicts, count_basis, totals
from drawdown.mission.checks import check_mission
from kit.missions import change


@pytest.fixture(scope="module")
def minusma():
    with as_file(files("drawdown") / "missions" / "minusma") as folder:
        return read_mission(folder).mission


def test_it_is_sound_and_every_value_has_a_basis(minusma):
    assert [fault for fault in check_mission(minusma) if fault.severity == "fault"] == []
    assert count_basis(minusma).unfounded == ()


def test_its_totals_are_those_published(minusma):
    """12,947 uniformed, 1,786 civilians, about 5,500 containers, almost 4,000 vehicles, 13 sites [P02, P03]."""
    size = totals(minusma)
    assert (size.sites, size.uniformed, size.civilians) == (13, 12_947, 1_786)
    assert size.teu == pytest.approx(5_500, rel=0.01)
    assert size.vehicles == pytest.approx(4_000, rel=0.01)


def test_its_sources_disagree_at_least_where_the_fact_sheet_says(minusma):
    assert len(conflicts(minusma)) >= 13
    assert all(conflict.adopted and conflict.reason for conflict in conflicts(minusma))


def test_the_sign_error_of_menaka_is_caught(minusma):
    """The 2015 gazetteer has it at 2.40 degrees west: 225 km of road would have to span 312 km."""
    turned = change(minusma, "sites", "menaka", lon=-minusma.site["menaka"].lon)
    found = {fault.spot.column: fault for fault in check_mission(turned) if fault.spot.table == "legs"}
    assert found["km"].severity == "fault"
    assert found["km"].remedy == "it would fit if the longitude of `menaka` had the other sign"


def test_timbuktu_is_warned_that_nobody_stays_to_guard_it(minusma):
    row = list(minusma.site).index("timbuktu")
    warnings = [f for f in check_mission(minusma) if f.spot == ("sites", row, "guard")]
    assert [f.remedy for f in warnings] == ["close it by the deadline or name a guard unit"]

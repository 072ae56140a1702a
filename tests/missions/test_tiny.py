"""The training mission is sound, small, plainly invented, and uses what the format has."""

from __future__ import annotations

from pathlib import Path

import pytest

import drawdown
from drawdown.files import read_mission
from drawdown.mission.basis import conflicts, count_basis, totals
from drawdown.mission.checks import check_mission
from drawdown.mission.mission import Mission
from drawdown.mission.vocabulary import TABLES


@pytest.fixture(scope="module")
def tiny() -> Mission:
    reading = read_mission(Path(drawdown.__file__).parent / "missions" / "tiny")
    assert reading.faults == ()
    assert reading.mission is not None
    return reading.mission


def test_it_is_sound_and_small(tiny: Mission) -> None:
    assert check_mission(tiny) == ()
    size = totals(tiny)
    assert (size.sites, len(tiny.exits), size.uniformed, size.civilians) == (3, 2, 926, 130)


def test_it_says_that_it_is_invented(tiny: Mission) -> None:
    assert "fictional" in tiny.mission.name
    assert all("fictional" in source.title for source in tiny.sources)


def test_it_uses_every_table_mode_and_owner(tiny: Mission) -> None:
    assert all(tiny.rows(table) for table in TABLES)
    assert {leg.mode for leg in tiny.legs} == {"road", "river", "air"}
    assert {lot.owner for lot in tiny.equipment} == {"contingent", "un", "contractor"}
    assert {lot.asset_group for lot in tiny.equipment if lot.owner == "un"} == {"I", "II", "III", "IV", "V"}
    assert {row.state for row in tiny.clearances} == {"ask", "open", "blocked"}


def test_its_figures_have_a_basis_and_one_of_them_is_disputed(tiny: Mission) -> None:
    assert count_basis(tiny).unfounded == ()
    (dispute,) = conflicts(tiny)
    assert (dispute.topic, dispute.adopted) == ("units cedar-north-company strength", "100")

"""Instances in the published format, of our own making: read, solved, and set beside their proven values."""

import math

import pytest

from drawdown.bench.instances.network_design import FOLDER_VARIABLE, Row, rows
from drawdown.bench.instances.network_design_files import read_dow, read_values
from drawdown.mission.faults import MissionError

#: Arcs: from, to, unit cost, capacity, fixed cost, and two numbers that mean nothing here.
OWN = """ OWN.DAT:
 3 3 2
 1 2 1 100 10 1 1
 2 3 1 100 20 1 2
 1 3 5 100 25 1 3
 1 3 10
 2 3 10
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "r01.1.dow").write_text(OWN)
    (tmp_path / "r01.7.dow").write_text(OWN.replace("1 3 10", "1 3 500"))
    (tmp_path / "values.csv").write_text("instance,proven_optimum\nr01.1,60\nr01.7,infeasible\n")
    return tmp_path


def test_a_file_is_read_as_its_format_says(folder):
    network = read_dow(folder / "r01.1.dow")
    assert network.nodes == ("1", "2", "3")
    arc = network.arcs[1]
    assert (arc.origin, arc.destination, arc.unit, arc.capacity, arc.fixed, arc.most) == ("2", "3", 1, 100, 20, 1)
    assert [(str(c), c.quantity) for c in network.commodities] == [("1 to 3", 10), ("2 to 3", 10)]


def test_ours_and_both_peers_find_the_value_and_the_proof(folder):
    solved, impossible = rows(folder, 10)
    assert solved.ours == solved.highs == solved.cp_sat == pytest.approx(60)
    assert solved.met
    assert solved.status == "optimal"
    assert impossible.status == "infeasible"
    assert "have room for" in impossible.reason
    assert impossible.highs == impossible.cp_sat == math.inf
    assert impossible.met


def test_the_folder_may_be_named_by_a_variable(folder, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    assert [row.instance for row in rows(seconds=10, peers=False)] == ["r01.1", "r01.7"]


def test_small_ones_must_be_exact_and_large_ones_near():
    def row(name, ours, status="feasible"):
        return Row(name, 1000.0, ours, status, 990.0, 1.0)

    assert not row("r02.1", 1001.0).met
    assert row("c41", 1004.0).met
    assert not row("c41", 1006.0).met
    assert not Row("r01.7", math.inf, 1000.0, "feasible", 990.0, 1.0).met


@pytest.mark.parametrize(
    ("file", "text", "where"),
    [
        ("values.csv", "name,value\nr01.1,60\n", "the header must be instance,proven_optimum"),
        ("values.csv", "instance,proven_optimum\nr01.1,sixty\n", "values.csv:2"),
        ("r01.1.dow", OWN.replace("1 3 5 100", "1 3 5 many"), "r01.1.dow:5"),
        ("r01.1.dow", "\n".join(OWN.splitlines()[:6]), "r01.1.dow:7"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused(folder, file, text, where):
    (folder / file).write_text(text)
    with pytest.raises(MissionError, match=where):
        rows(folder, 1, peers=False)


def test_a_folder_without_values_is_refused(tmp_path):
    with pytest.raises(MissionError, match="cannot be read"):
        read_values(tmp_path / "values.csv")

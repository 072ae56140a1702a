"""The tool that cuts the base map, on a world of two States, a river and a lake."""

import importlib.util
import io
import json
import tarfile
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools/basemap/build.py"

# Two squares of 10 degrees side by side, in steps of a thousandth; their border bends a hair, which is simplified away.
WORLD = """{ type: "Topology", objects: { countries: { type: "GeometryCollection", geometries: [
 { type: "Polygon", arcs: [[0, 1]], id: "AAA" }, { type: "MultiPolygon", arcs: [[[~0, 2]], [[3]]], id: "BBB" } ] },
 lakes: { type: "GeometryCollection",
  geometries: [{ type: "Polygon", arcs: [[4]] }, { type: "Polygon", arcs: [[6]] }] },
 rivers: { type: "GeometryCollection", geometries: [{ type: "LineString", arcs: [5] }] } },
 arcs: [[[1e4, 0], [1, 5e3], [-1, 5e3]], [[1e4, 1e4], [-1e4, 0], [0, -1e4], [1e4, 0]],
 [[1e4, 0], [1e4, 0], [0, 1e4], [-1e4, 0]], [[0, -2e3], [500, 0], [0, 500], [-500, -500]],
 [[2e3, 2e3], [500, 0], [0, 500], [-500, -500]], [[0, 0], [3e3, 2], [3e3, -2]], [[0, 0], [50, 0], [0, 50], [-50, -50]]],
 transform: { scale: [0.001, 0.001], translate: [0, 0] } }""".replace("~0", "-1")


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("build", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def topology(tool, tmp_path):
    script = f'"dist/topojson/world_50m.json"(exports, module) {{\n module.exports = {WORLD};\n}}'.encode()
    package = tmp_path / "package.tgz"
    with tarfile.open(package, "w:gz") as archive:
        entry = tarfile.TarInfo(tool.ASSETS)
        entry.size = len(script)
        archive.addfile(entry, io.BytesIO(script))
    return tool.read_topology(package)


def test_neighbours_share_their_border_after_it_is_simplified(tool, topology):
    states = tool.outlines(topology)
    (west,), (east, _) = states["AAA"], states["BBB"]
    assert west == [(10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)]
    assert {(10.0, 0.0), (10.0, 10.0)} <= set(west) & set(east)


def test_a_state_keeps_its_largest_ring_first(tool, topology):
    large, small = tool.outlines(topology)["BBB"]
    assert tool.area(large) == pytest.approx(100)
    assert tool.area(small) < 1


def test_rivers_are_lines_and_the_smallest_lakes_are_left_out(tool, topology):
    waters = tool.waters(topology)
    assert waters["rivers"] == [[(0.0, 0.0), (6.0, 0.0)]]
    assert [tool.area(lake) for lake in waters["lakes"]] == [pytest.approx(0.125)]


def test_what_is_written_is_what_the_geography_reads(tool, topology, tmp_path, monkeypatch):
    monkeypatch.setattr(tool, "OUT", tmp_path)
    tool.write("outlines.json", tool.outlines(topology))
    written = json.loads((tmp_path / "outlines.json").read_text(encoding="utf-8"))
    assert written["AAA"] == [[[10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]]]


def test_a_package_without_a_map_is_refused(tool, tmp_path):
    package = tmp_path / "package.tgz"
    with tarfile.open(package, "w:gz"):
        pass
    with pytest.raises(SystemExit, match=r"npm pack plotly\.js@3\.7\.0"):
        tool.read_topology(package)

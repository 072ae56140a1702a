"""The base map inside a frame: States, rivers and lakes as GeoJSON geometries in the frame's pixels."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

from drawdown.mission.geography import outlines
from drawdown.report.frame import WIDTH, XY, Degrees, Frame

#: What every map must say, in the lines in which a phone shows it.
DISCLAIMER = ("Boundaries, names and designations shown", "do not imply official endorsement.")
_MARGIN = 6.0  # pixels beyond the rim, so that the seams of cut areas are not seen
_CORNERS = 3

Geometry = dict[str, Any]


class Background(NamedTuple):
    """Geometries in pixels: the host State, every other State, rivers and lakes."""

    host: list[Geometry]
    others: list[Geometry]
    rivers: list[Geometry]
    lakes: list[Geometry]


@cache
def _waters() -> dict[str, list[list[list[float]]]]:
    text = (files("drawdown.basemap") / "waters.json").read_text(encoding="utf-8")
    found: dict[str, list[list[list[float]]]] = json.loads(text)
    return found


def _crossing(axis: int, limit: float, a: XY, b: XY) -> XY:
    share = (limit - a[axis]) / (b[axis] - a[axis])
    return round(a[0] + share * (b[0] - a[0]), 1), round(a[1] + share * (b[1] - a[1]), 1)


def _cut(ring: list[XY], axis: int, limit: float, within: Callable[[float], bool]) -> list[XY]:
    """One side of the clipping of Sutherland and Hodgman: what lies beyond a line falls away."""
    kept: list[XY] = []
    for last, here in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        if within(last[axis]) != within(here[axis]):
            kept.append(_crossing(axis, limit, last, here))
        if within(here[axis]):
            kept.append(here)
    return kept


def _clipped(frame: Frame, ring: list[XY]) -> list[XY]:
    for axis, far in ((0, WIDTH + _MARGIN), (1, frame.height + _MARGIN)):
        ring = _cut(ring, axis, -_MARGIN, partial(float.__le__, -_MARGIN))
        ring = _cut(ring, axis, far, partial(float.__ge__, far))
    return ring


def _pixels(frame: Frame, line: Degrees) -> list[XY]:
    """A line in pixels, without points that fall on the one before."""
    points: list[XY] = []
    for lon, lat in line:
        point = frame.xy(lat, lon)
        if not points or point != points[-1]:
            points.append(point)
    return points


def _area(frame: Frame, rings: Iterable[Degrees]) -> Iterator[Geometry]:
    cut = [_clipped(frame, _pixels(frame, ring)) for ring in rings if frame.meets(ring)]
    polygons = [[[*ring, ring[0]]] for ring in cut if len(ring) >= _CORNERS]
    if polygons:
        yield {"type": "MultiPolygon", "coordinates": polygons}


def _inside_parts(frame: Frame, line: list[XY]) -> Iterator[list[XY]]:
    """The parts of a line that are in the frame, each with one point beyond it at either end."""
    part: list[XY] = []
    for a, b in pairwise(line):
        if frame.inside(a, -_MARGIN) or frame.inside(b, -_MARGIN):
            part = part or [a]
            part.append(b)
        elif part:
            yield part
            part = []
    if part:
        yield part


def background(frame: Frame, host: str) -> Background:
    """What of the base map lies inside a frame."""
    states = {state: list(_area(frame, rings)) for state, rings in outlines().items()}
    lines = [list(_inside_parts(frame, _pixels(frame, river))) for river in _waters()["rivers"] if frame.meets(river)]
    return Background(
        host=states.pop(host, []),
        others=[area for found in states.values() for area in found],
        rivers=[{"type": "MultiLineString", "coordinates": parts} for parts in lines if parts],
        lakes=[area for lake in _waters()["lakes"] for area in _area(frame, [lake])],
    )

"""The rectangle of the earth that a map shows, and how degrees become pixels in it (Mercator)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from drawdown.mission.geography import outlines
from drawdown.mission.mission import Mission

WIDTH = 760.0  # pixels of every map; charts are scaled as a whole when they are shown larger or smaller
EDGE = 14.0  # pixels from the rim at which an exit beyond it is shown
_WIDEST, _TALLEST = 1.7, 1.0  # width by height

XY = tuple[float, float]
Degrees = Sequence[Sequence[float]]  # (lon, lat)


class Box(NamedTuple):
    """A rectangle in Mercator units (degrees of longitude; latitudes stretched to match)."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        """Width by height."""
        return (self.right - self.left) * (self.top - self.bottom)

    def grown(self, share: float) -> Box:
        """The box with a share of its larger side added on every side."""
        by = share * max(self.right - self.left, self.top - self.bottom)
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def holds(self, point: XY) -> bool:
        """Whether a point lies inside."""
        return self.left <= point[0] <= self.right and self.bottom <= point[1] <= self.top


def mercator(lat: float, lon: float) -> XY:
    """A point in Mercator units; latitudes beyond 85 degrees are held there."""
    phi = math.radians(max(-85.0, min(85.0, lat)))
    return lon, math.degrees(math.asinh(math.tan(phi)))


def _around(points: Iterable[XY]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


class Frame:
    """A map's rectangle in pixels: x to the right, y down, `WIDTH` wide."""

    def __init__(self, box: Box) -> None:
        """Widen the box to a shape that fits a page."""
        wide, tall = box.right - box.left, box.top - box.bottom
        more_wide, more_tall = max(0.0, tall * _TALLEST - wide) / 2, max(0.0, wide / _WIDEST - tall) / 2
        self.left, self.top = box.left - more_wide, box.top + more_tall
        self.scale = WIDTH / (wide + 2 * more_wide)
        self.height = round((tall + 2 * more_tall) * self.scale)

    def xy(self, lat: float, lon: float) -> XY:
        """Pixels of a point given in degrees, to a tenth; it may lie outside the frame."""
        x, y = mercator(lat, lon)
        return round((x - self.left) * self.scale, 1), round((self.top - y) * self.scale, 1)

    def meets(self, line: Degrees) -> bool:
        """Whether the box around a line of (lon, lat) in degrees meets the frame."""
        (west, south), (east, north) = map(min, zip(*line, strict=True)), map(max, zip(*line, strict=True))
        (left, bottom), (right, top) = self.xy(south, west), self.xy(north, east)
        return left <= WIDTH and right >= 0 and top <= self.height and bottom >= 0

    def inside(self, point: XY, edge: float = 0.0) -> bool:
        """Whether a point in pixels lies in the frame, at least ``edge`` from its rim."""
        x, y = point
        return edge <= x <= WIDTH - edge and edge <= y <= self.height - edge

    def pinned(self, point: XY, origin: XY) -> XY:
        """The point itself or, if it lies outside, where the way to it from ``origin`` meets the rim."""
        if self.inside(point, EDGE):
            return point
        start = origin if self.inside(origin, EDGE) else (WIDTH / 2, self.height / 2)
        shares = [1.0]
        for here, there, far in ((start[0], point[0], WIDTH), (start[1], point[1], float(self.height))):
            if there < EDGE:
                shares.append((here - EDGE) / (here - there))
            if there > far - EDGE:
                shares.append((far - EDGE - here) / (there - here))
        share = min(shares)
        return tuple(round(a + share * (b - a), 1) for a, b in zip(start, point, strict=True))  # type: ignore[return-value]


def frame_of(mission: Mission) -> Frame:
    """The frame of a mission: its host State if the sites are spread over it, otherwise the sites alone.

    Exits close by are taken in; exits far away (an ocean port) stay outside and are pinned to the rim.
    """
    sites = [mercator(site.lat, site.lon) for site in mission.sites]
    exits = [mercator(exit_.lat, exit_.lon) for exit_ in mission.exits]
    host = [mercator(lat, lon) for lon, lat in next(iter(outlines().get(mission.mission.host, ())), ())]
    held = sites or host or exits or [(-180.0, -80.0), (180.0, 80.0)]
    box = _around(held).grown(0.15)
    if box.area <= 0:
        box = Box(box.left - 1, box.bottom - 1, box.right + 1, box.top + 1)
    if host and sites and box.area >= 0.15 * _around(host).area:
        box = _around([*host, *held])
    near = [point for point in exits if box.grown(0.2).holds(point)]
    return Frame(_around([*near, (box.left, box.bottom), (box.right, box.top)]).grown(0.04))

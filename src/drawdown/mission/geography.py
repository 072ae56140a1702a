"""Distances on the earth, and whether a point lies inside a State (by the base map that ships)."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files

EARTH_RADIUS_KM = 6371.0088  # mean radius of the WGS 84 ellipsoid (IUGG)

Ring = tuple[tuple[float, float], ...]


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres between two points given in degrees (haversine on a sphere; within 0.6 % of the ellipsoid)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((phi2 - phi1) / 2) ** 2
    half += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))


@cache
def outlines() -> dict[str, tuple[Ring, ...]]:
    """Outer rings of States by ISO 3166-1 alpha-3 code; each ring is a tuple of (lon, lat) in degrees."""
    text = (files("drawdown.basemap") / "outlines.json").read_text(encoding="utf-8")
    return {state: tuple(tuple((x, y) for x, y in ring) for ring in rings) for state, rings in json.loads(text).items()}


def _inside_ring(lat: float, lon: float, ring: Ring) -> bool:
    """Ray casting to the east: an odd number of crossings is inside."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def inside_state(lat: float, lon: float, state: str) -> bool | None:
    """Whether a point lies inside a State; None if the base map does not have that State."""
    rings = outlines().get(state)
    if rings is None:
        return None
    return any(_inside_ring(lat, lon, ring) for ring in rings)

"""For whom a report is, and what it therefore leaves out."""

from __future__ import annotations

from typing import Literal, NamedTuple

Audience = Literal["internal", "partner", "public"]


class Release(NamedTuple):
    """The line that marks every page, and whether a reader may see moves, escorts, and people by site."""

    marking: str
    moves: bool
    escorts: bool
    strengths: bool


RELEASES: dict[str, Release] = {
    "internal": Release(
        "Internal: for the mission and its headquarters only", moves=True, escorts=True, strengths=True
    ),
    "partner": Release(
        "For partners of the mission, not for publication: escorts and clearances are left out",
        moves=True,
        escorts=False,
        strengths=True,
    ),
    "public": Release(
        "For publication: moves, escorts and the strength of each site are left out",
        moves=False,
        escorts=False,
        strengths=False,
    ),
}

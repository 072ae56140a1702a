"""A random mission in the making: its chance, its days, and the rows made so far."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from drawdown.mission import tables as t
from drawdown.mission.row import Row

HOSTS = ("MLI", "SDN", "COD", "CAF", "TCD", "SSD", "LBN", "HTI")
FEWEST_KM = 25  # between a site and its hub

#: Share of the time for which a mission needs its lift and exits, and how often: with time to spare, tight, too much.
STRAINS = ((0.15, 0.45, 72), (0.45, 0.75, 18), (2.0, 8.0, 10))


class Making:
    """Draws everything from one seed, so that the same seed makes the same mission."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.rng = random.Random(f"drawdown {seed}")  # noqa: S311 - chance, not secrets
        self.host = self.rng.choice(HOSTS)
        self.cessation = date(2024, 1, 1) + timedelta(days=self.whole(0, 1200))
        self.deadline = self.whole(60, 400)
        self.end = self.deadline + self.rng.choice((0, self.whole(30, 120), self.whole(120, 365)))
        low, high, _ = self.rng.choices(STRAINS, weights=[often for *_, often in STRAINS])[0]
        self.strain = self.rng.uniform(low, high)
        self.pace, self.turnaround = self.share(0, 1), self.whole(0, 3)
        self.casevac_km = float(self.whole(150, 400))
        self.season = self._season()
        self.rows: dict[str, list[Any]] = defaultdict(list)
        self.hub_of: dict[str, str | None] = {}
        self.people: dict[str, int] = {}
        self.base_of: dict[str, str] = {}

    def _season(self) -> t.Season:
        """A season that holds for up to a third of the drawdown."""
        first = self.date(self.whole(0, self.deadline // 2))
        last = first + timedelta(days=self.whole(10, max(10, self.deadline // 3)))
        days = [f"{day:%m-%d}".replace("02-29", "02-28") for day in (first, last)]
        return t.Season(id="rains", name="Rains", from_day=days[0], to_day=days[1])

    # ---- chance ------------------------------------------------------------------------------------------------

    def chance(self, share: float) -> bool:
        """Whether something of this probability happens."""
        return self.rng.random() < share

    def whole(self, low: int, high: int) -> int:
        """A whole number between two, both included."""
        return self.rng.randint(low, high)

    def share(self, low: float, high: float) -> float:
        """A number between two, of two digits."""
        return round(self.rng.uniform(low, high), 2)

    def date(self, day: int) -> date:
        """The date of a day number."""
        return self.cessation + timedelta(days=day)

    # ---- what there is -----------------------------------------------------------------------------------------

    def add(self, table: str, of: type[Row], /, **values: Any) -> None:
        """Add a row to a table."""
        self.rows[table].append(of.model_validate(values))

    @property
    def sites(self) -> list[t.Site]:
        """The sites."""
        return self.rows["sites"]

    @property
    def exits(self) -> list[t.Exit]:
        """The exits."""
        return self.rows["exits"]

    @property
    def legs(self) -> list[t.Leg]:
        """The legs."""
        return self.rows["legs"]

    def children(self, site: str) -> list[str]:
        """Sites that are drawn in to a site."""
        return [child for child, hub in self.hub_of.items() if hub == site]

    def below(self, site: str) -> list[str]:
        """A site and all that are drawn in to it, directly or not."""
        return [site, *(one for child in self.children(site) for one in self.below(child))]

    def modes(self, one: str, other: str) -> set[str]:
        """The modes of the legs that join two places."""
        return {leg.mode for leg in self.legs if {leg.from_place, leg.to_place} == {one, other}}

    def chain(self, site: str) -> list[str]:
        """A site, its hub, its hub's hub and so on."""
        hub = self.hub_of[site]
        return [site, *(self.chain(hub) if hub else ())]

    def only_by_air(self, site: str) -> bool:
        """Whether nothing but aircraft brings a site's equipment to its root."""
        chain = self.chain(site)
        return any(self.modes(one, other) == {"air"} for one, other in pairwise(chain))

    def change(self, table: str, name: str, /, **values: Any) -> None:
        """Change some values of a row."""
        rows = self.rows[table]
        number = next(n for n, row in enumerate(rows) if row.id == name)
        rows[number] = type(rows[number]).model_validate({**dict(rows[number]), **values})

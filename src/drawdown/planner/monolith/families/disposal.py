"""When lots may be disposed of inside the country (what may become of them is asked of the rules)."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.planner.monolith.model import Model, Row, family


@family("free[l,s,d], destroy[l,s,d] <= count[l] held[s,d-1]", "disposed_while_open")
def disposed_while_open(model: Model) -> Iterator[Row]:
    """A lot is sold, donated, scrapped or destroyed at a site by its last-out."""
    for symbol in ("free", "destroy"):
        for (lot, site, day), column in model.known[symbol].items():
            held = (model.column("held", site, int(day) - 1), -float(model.mission.lot[str(lot)].count))
            yield Row((symbol, lot, site, day), [(column, 1.0), held], high=0)


@family("destroy[l,s,d] <= count[l] (1 - held[s, d + last_resort_days])", "last_resort")
def last_resort(model: Model) -> Iterator[Row]:
    """A lot is destroyed only in the last days before its site's last-out."""
    for (lot, site, day), column in model.known["destroy"].items():
        count = float(model.mission.lot[str(lot)].count)
        later = int(day) + model.mission.mission.last_resort_days
        held = model.column("held", site, later)
        if held >= 0:
            yield Row((lot, site, day), [(column, 1.0), (held, count)], high=count)

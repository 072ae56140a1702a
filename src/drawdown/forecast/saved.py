"""What would have been saved: a past mission from a day on, with one thing otherwise, on the same luck."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from drawdown.forecast.answers import Saved
from drawdown.forecast.as_it_stands import as_it_stands
from drawdown.forecast.case import Case
from drawdown.forecast.outlook import Tell
from drawdown.forecast.under_way import come_in
from drawdown.mission.mission import Mission
from drawdown.mission.what_if import changed_mission, what_ifs
from drawdown.plan.wishes import LastOutWish, Wishes
from drawdown.planner.wishing.wishing import plan_with_wishes
from drawdown.stress.script import Event, Kind, Script

Real = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Side:
    """One way in which it could have gone, by future: what has left the sites by the days on which they were left."""

    usd: Real
    teu: Real
    casualties: Real


def would_have_been_saved(  # noqa: PLR0913 - what may be asked
    case: Case, what_if: str, as_of: date, *, futures: int = 200, seed: int = 1, tell: Tell | None = None
) -> Saved:
    """What more would have left the sites that a what-if is about, by the days on which they were really left.

    From the standing of ``as_of``, with all that the mission's files know of the time after it, the mission is planned
    twice: as it was, and with the what-if. Both plans are to leave the sites by the days on which they were left, as
    far as they can, and are played in the same futures. What had not left a site by its day is lost with it.
    """
    days = _left_on(case, what_if, as_of)
    if tell:
        tell(f"what would have been saved: {what_if}")
    was = _side(case, case.mission, as_of, days, futures, seed)
    could = _side(case, changed_mission(case.mission, what_if), as_of, days, futures, seed)
    value, room = _there(case, as_of, days)
    usd, teu = could.usd - was.usd, could.teu - was.teu
    casualties = was.casualties - could.casualties
    title = what_ifs(case.mission)[what_if]
    names = [case.mission.site[site].name for site in days]
    return Saved(
        question=what_if,
        name=title,
        as_of=as_of,
        futures=futures,
        lost_usd=_spread(value - was.usd),
        usd=_spread(usd),
        teu=_spread(teu),
        casualties=_spread(casualties),
        words=(
            f"{', '.join(names[:-1])} and {names[-1]} held equipment worth USD {value / 1e6:,.1f} million"
            f" ({room:,.0f} TEU) on {as_of:%d %B %Y}. By the days on which they were left,"
            f" USD {was.usd.mean() / 1e6:,.1f} million of it could have left as things were, and"
            f" USD {could.usd.mean() / 1e6:,.1f} million with: {title}."
        ),
        caveats=(
            "counts, values and lorries of this mission are mostly assumed (drawdown check lists them)",
            "both plans know how long the block lasts, which nobody knew then",
        ),
    )


def _left_on(case: Case, what_if: str, as_of: date) -> dict[str, date]:
    """The sites on the ways whose clearances a what-if changes, that were left after the day, with the day."""
    mission = case.mission
    rows = {cell.row for cell in mission.what_ifs if cell.what_if == what_if and cell.table == "clearances"}
    classes = {row.clearance_class for row in mission.clearances if row.id in rows}
    ends = {end for leg in mission.legs if leg.clearance_class in classes for end in (leg.from_place, leg.to_place)}
    found = {
        fact.place: fact.happened
        for _, fact in case.pairs
        if fact.kind == "last_out" and fact.place in ends and as_of < fact.happened <= mission.mission.deadline
    }
    return {site.id: found[site.id] for site in mission.sites if site.id in found}


def _side(  # noqa: PLR0913, PLR0917 - one of two that differ in the mission alone
    case: Case, mission: Mission, as_of: date, days: dict[str, date], futures: int, seed: int
) -> _Side:
    from drawdown.stress.compile import compile_script  # noqa: PLC0415  needs the extra `stress`
    from drawdown.stress.play import play_one, prepare  # noqa: PLC0415

    settled, _ = come_in(mission, case.standing(as_of, as_of))
    stands = as_it_stands(mission, settled).mission
    wishes = Wishes(wishes=tuple(LastOutWish(site=site, not_after=day) for site, day in days.items()))
    plan = plan_with_wishes(stands, wishes).plan
    script = compile_script(stands, plan)
    loads = _loads(script, {site: (day - as_of).days for site, day in days.items()})
    tables = prepare(script)
    usd, teu, hurt = np.zeros(futures), np.zeros(futures), np.zeros(futures)
    for future in range(futures):
        played = play_one(script, seed, future, tables=tables)
        for day, event, act, _ in played.events:
            if event == Event.DEPARTED and act in loads and day <= loads[act][0]:
                usd[future] += loads[act][1]
                teu[future] += loads[act][2]
        hurt[future] = played.block.casualties[0]
    return _Side(usd, teu, hurt)


def _loads(script: Script, days: dict[str, int]) -> dict[int, tuple[int, float, float]]:
    """For each act that takes equipment from one of the sites: its last day, and the value and room that it takes."""
    found: dict[int, tuple[int, float, float]] = {}
    for take in script.takes:
        pile = script.piles[take.source] if take.source >= 0 else None
        if pile is None or take.kind != Kind.LOT or pile.place not in days or script.acts[take.act].way is None:
            continue
        lot = script.lots[pile.owner]
        day, usd, teu = found.get(take.act, (days[pile.place], 0.0, 0.0))
        found[take.act] = day, usd + take.count * lot.usd, teu + take.count * lot.teu
    return found


def _there(case: Case, as_of: date, days: dict[str, date]) -> tuple[float, float]:
    """Value and room of the equipment at the sites on the day."""
    found = case.standing(as_of, as_of)
    usd = teu = 0.0
    for lot in case.mission.equipment:
        count = sum(n for place, n in found.lots.get(lot.id, {}).items() if place in days)
        usd += count * lot.value_each
        teu += count * lot.teu_each
    return usd, teu


def _spread(values: Real) -> tuple[float, float, float]:
    low, high = np.quantile(values, [0.05, 0.95])
    return float(values.mean()), float(low), float(high)

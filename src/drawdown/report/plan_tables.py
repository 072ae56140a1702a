"""The tables of a plan: plain rows, in words that a person reads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from drawdown.mission.mission import Mission
from drawdown.plan.model import Move
from drawdown.report.names import DISPOSITIONS, MODES, OWNERS, counted, sentence, short_names, words
from drawdown.report.timeline import Timeline, vehicles


class SiteRow(NamedTuple):
    """A site and its closure."""

    name: str
    kind: str
    region: str
    people: int
    last_out: date | None
    slack: int | None
    handover: date | None
    handed_to: str


class MoveRow(NamedTuple):
    """A convoy or a day's flights between two places."""

    id: str
    depart: date
    arrive: date
    origin: str
    destination: str
    mode: str
    lift: str
    people: int
    vehicles: int
    teu: float
    load: str
    escorts: str
    asked: date | None


class DisposalRow(NamedTuple):
    """What becomes of equipment, by owner: items, TEU to be carried, and depreciated value in dollars."""

    owner: str
    disposition: str
    items: int
    teu: float
    value: float


def site_rows(timeline: Timeline) -> list[SiteRow]:
    """The sites in the order in which they close, with the days from last-out to the day by which they must be left."""
    mission, plan, rows = timeline.mission, timeline.plan, []
    header = mission.mission
    for site in timeline.sites_by_closure:
        closure = plan.closure.get(site.id) if plan else None
        last_out = closure.last_out if closure else None
        bound = header.liquidation_end if site.liquidation else header.deadline
        rows.append(
            SiteRow(
                name=site.name,
                kind=sentence(words(site.kind)) + (", liquidation site" if site.liquidation else ""),
                region=site.region or "",
                people=int(timeline.people_at[site.id][0]),
                last_out=last_out,
                slack=(bound - last_out).days if last_out else None,
                handover=closure.handover if closure else None,
                handed_to=words(closure.handed_to) if closure else "",
            )
        )
    return rows


def move_rows(timeline: Timeline) -> list[MoveRow]:
    """Every move in order of departure."""
    moves = timeline.plan.moves if timeline.plan else ()
    names = short_names(timeline.mission)
    return [_move_row(timeline, move, names) for move in sorted(moves, key=lambda move: (move.depart, move.id))]


def _move_row(timeline: Timeline, move: Move, names: Mapping[str, str]) -> MoveRow:
    mission = timeline.mission
    driven = _kinds(mission, move.driven)
    load = counted(mission.unit, move.people), _kinds(mission, move.lots), driven and f"driven: {driven}"
    return MoveRow(
        id=move.id,
        depart=move.depart,
        arrive=move.arrive,
        origin=names[move.origin],
        destination=names[move.destination],
        mode=MODES[move.mode],
        lift=counted(mission.lift_by_id, move.lift),
        people=sum(move.people.values()),
        vehicles=vehicles(move),
        teu=timeline.teu(move),
        load="; ".join(filter(None, load)),
        escorts=counted(mission.unit, move.escorts),
        asked=move.clearance_asked,
    )


def _kinds(mission: Mission, lots: Mapping[str, int]) -> str:
    """Items by kind of equipment: the lots themselves are in the plan, and would fill the page."""
    kinds: Counter[str] = Counter()
    for key, count in lots.items():
        kinds[words(mission.lot[key].kind) if key in mission.lot else key] += count
    return ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))


def disposal_rows(timeline: Timeline) -> list[DisposalRow]:
    """What becomes of all equipment: carried out by an exit, disposed of in the mission, or still there at the end."""
    found: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    mission, plan, replay = timeline.mission, timeline.plan, timeline.replay
    if plan is None or replay is None:
        return []
    for lot in mission.equipment:
        fates = defaultdict[str, int](int)
        for place in replay.places_of.get(("lot", lot.id), ()):
            if place in mission.exit:
                fates["Taken out of the country"] += int(replay.evening("lot", lot.id, place)[-1])
        for row in plan.disposals:
            if row.lot == lot.id:
                fates[DISPOSITIONS[row.disposition]] += row.count
        fates["Still in the mission"] = lot.count - sum(fates.values())
        for fate, count in fates.items():
            sums = found[lot.owner, fate]
            sums[0] += count
            sums[1] += 0.0 if lot.self_propelled else count * lot.teu_each
            sums[2] += count * lot.value_each
    order = ["Taken out of the country", *DISPOSITIONS.values(), "Still in the mission"]
    ranked = sorted(found.items(), key=lambda item: (item[0][0], order.index(item[0][1])))
    return [DisposalRow(OWNERS[owner], fate, int(n), teu, value) for (owner, fate), (n, teu, value) in ranked if n]

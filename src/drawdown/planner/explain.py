"""What must give where a mission cannot be planned lawfully: the broken rules, gathered and in order of consequence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from drawdown.mission.checks.finding import a_few
from drawdown.mission.mission import Mission
from drawdown.plan.verify import RULES, Broken

#: The rules whose breach weighs most, first of all the deadline; the others follow in the order of `RULES`.
GRAVEST = (
    "deadline_people",
    "deadline_equipment",
    "liquidation_end",
    "authority_to_stay",
    "guard",
    "casevac",
    "life_support",
    "unit_dates",
    "nothing_left_behind",
)

#: What is missing or too much where a rule is broken, and how that is said of a place.
SHORT_OF: dict[str, tuple[str, str, str]] = {
    "deadline_people": ("person", "people", "{where} still has {amount} in the mission"),
    "deadline_equipment": ("item", "items", "{where} still has {amount} of equipment"),
    "liquidation_end": ("person or item", "people or items", "{where} still has {amount} to bring out"),
    "guard": ("armed person", "armed people", "{where} is short of {amount} for its guard"),
    "casevac": ("way to evacuate casualties", "ways to evacuate casualties", "{where} is short of {amount}"),
    "life_support": ("life-support item", "life-support items", "{where} is short of {amount}"),
    "unit_dates": ("person", "people", "{where} has {amount} against the dates of their units"),
    "nothing_left_behind": ("item", "items", "{where} has {amount} left after its last-out"),
    "rear_party": ("person", "people", "{where} is short of {amount} in its rear parties"),
    "escort": ("escort platoon", "escort platoons", "{where} is short of {amount}"),
    "ordnance_team": ("explosive-ordnance team", "explosive-ordnance teams", "{where} is short of {amount}"),
    "detachments_in_strength": ("detachment", "detachments", "{where} is short of {amount} on the road"),
    "lift_where_used": ("vehicle or escort", "vehicles or escorts", "{where} is short of {amount}"),
    "sorties": ("sortie", "sorties", "{where} is short of {amount} a day"),
    "airfield_slots": ("flight", "flights", "{where} takes {amount} a day too few"),
    "exit_capacity": ("person or TEU", "people or TEU", "{where} is short of room for {amount} a day"),
    "convoy_size": ("vehicle", "vehicles", "{where} has {amount} too many in one convoy"),
    "headway": ("day", "days", "{where} is short of {amount} between convoys"),
    "travel_time": ("day", "days", "{where} is short of {amount} on the road"),
    "yard": ("TEU", "TEU", "{where} is short of yards for {amount}"),
    "closure_crews": ("crew", "crews", "{where} is short of {amount}"),
    "closure_steps": ("day", "days", "{where} is short of {amount} of closing work"),
    "closure_order": ("day", "days", "{where} is short of {amount} for its closing steps"),
    "clean_up_after_emptying": ("TEU", "TEU", "{where} has {amount} too much there when clean-up starts"),
    "enabling_units": ("day", "days", "{where} is short of an enabling unit on {amount}"),
    "clearance": ("day", "days", "{where} is short of {amount} to ask for clearance"),
}


class MustGive(NamedTuple):
    """A rule that cannot be kept at a place: from when to when, by how much, and that in a sentence.

    ``by`` is the most that is missing or too much there at one time, over all units, lots and moves concerned, in
    ``unit`` ("" where the rule counts nothing).
    """

    rule: str
    where: str
    start: date
    end: date
    by: float
    unit: str
    message: str


def must_give(mission: Mission, unmet: Iterable[Broken]) -> tuple[MustGive, ...]:
    """The rules that must give, one row a rule and place, the gravest first.

    Breaches of a unit count at the site where it is stationed, those of a move at the place that it leaves.
    """
    found: dict[tuple[str, str], list[Broken]] = defaultdict(list)
    homes = {unit.name: mission.place[unit.site].name for unit in mission.units if unit.site in mission.place}
    for broken in unmet:
        found[broken.rule, homes.get(broken.where, broken.where)].append(broken)
    rows = (_row(mission, where, rows) for (_, where), rows in found.items())
    return tuple(sorted(rows, key=_gravity))


def _row(mission: Mission, where: str, rows: Sequence[Broken]) -> MustGive:
    rule, by = rows[0].rule, _peak(rows)
    start, end = min(broken.start for broken in rows), max(broken.end for broken in rows)
    known = SHORT_OF.get(rule)
    if known and by:
        one, more, words = known
        said = words.format(where=where, amount=a_few(round(by, 1), one, more))
    else:
        others = f"; {len(rows) - 1} more like it" if len(rows) > 1 else ""
        said, more = f"{where}: {max(rows, key=lambda broken: broken.by).message}{others}", ""
    text = f"{_due(mission, rule)}{said}, {spans_text(rows)}"
    return MustGive(rule, where, start, end, by, more, text)


def _due(mission: Mission, rule: str) -> str:
    """'31 December 2023 cannot be met: ' for the rules about such a day."""
    header = mission.mission
    days = dict.fromkeys(("deadline_people", "deadline_equipment"), header.deadline)
    day = {**days, "liquidation_end": header.liquidation_end}.get(rule)
    return f"{day.day} {day:%B %Y} cannot be met: " if day else ""


def _peak(rows: Sequence[Broken]) -> float:
    """The most that is missing at one time: each action at its worst, those of the same days added up."""
    changes: dict[date, float] = defaultdict(float)
    for action in {broken.action for broken in rows}:
        own = [broken for broken in rows if broken.action == action]
        for start, end in _joined(own):
            by = max(broken.by for broken in own if broken.start <= end and broken.end >= start)
            changes[start] += by
            changes[end + timedelta(days=1)] -= by
    level, most = 0.0, 0.0
    for day in sorted(changes):
        level += changes[day]
        most = max(most, level)
    return most


def _joined(rows: Iterable[Broken]) -> list[tuple[date, date]]:
    """The days of some breaches, joined where they touch."""
    spans: list[tuple[date, date]] = []
    for start, end in sorted((broken.start, broken.end) for broken in rows):
        if spans and start <= spans[-1][1] + timedelta(days=1):
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return spans


#: Spans of days that are told one by one; more are told as the time from the first to the last.
_TOLD = 3


def spans_text(rows: Iterable[Broken]) -> str:
    """'from 1 to 20 October 2023 and on 3 November 2023': when some breaches are, with the days they add up to."""
    spans = _joined(rows)
    days = sum((end - start).days + 1 for start, end in spans)
    if len(spans) > _TOLD:
        words = f"at {len(spans)} times {_between(spans[0][0], spans[-1][1])}"
    else:
        words = " and ".join(_between(*span) for span in spans)
    return f"{words} ({a_few(days, 'day')})" if days > 1 else words


def _between(start: date, end: date) -> str:
    last = f"{end.day} {end:%B %Y}"
    if start == end:
        return f"on {last}"
    month = "" if (start.year, start.month) == (end.year, end.month) else f" {start:%B}"
    year = "" if start.year == end.year else f" {start.year}"
    return f"from {start.day}{month}{year} to {last}"


def _gravity(row: MustGive) -> tuple[int, int, date, float, str]:
    grave = GRAVEST.index(row.rule) if row.rule in GRAVEST else len(GRAVEST)
    return grave, list(RULES).index(row.rule) if row.rule in RULES else len(RULES), row.start, -row.by, row.where

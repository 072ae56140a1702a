"""What differs between two plans of a mission, in a planner's words, what matters most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import numpy as np

from drawdown.mission.checks.finding import a_few
from drawdown.mission.mission import Mission
from drawdown.plan.matching import match_moves
from drawdown.plan.measures import Measures, dispositions, measure_plan
from drawdown.plan.model import Closure, Plan
from drawdown.plan.replay import Days, Replay, replay
from drawdown.plan.rules.understood import understandable

#: Measures that change by a smaller share than this are not worth a line.
NOTABLE = 0.01

#: A line on the people of a site: at least so many, and at least this share of those on the day of cessation.
FEW_PEOPLE, FEW_OF_SITE = 10, 0.1

#: Lines about lots; the others are only counted.
MOST_LOTS = 8

_BECOMES = {
    "repatriate": "repatriated", "redeploy": "redeployed", "sell": "sold", "donate": "donated",
    "hand_over": "handed over", "scrap": "scrapped", "destroy": "destroyed", "": "left behind",
}  # fmt: skip


def describe_changes(mission: Mission, old: Plan, new: Plan) -> list[str]:
    """What differs in a new plan from an old one, a sentence a difference; empty for plans that do the same.

    Names, numbers and hashes of the plans do not count. Actions that the mission does not know are left out.
    """
    known = [understandable(mission, plan) for plan in (old, new)]
    was, now = (measure_plan(mission, plan) for plan in known)
    before, after = (replay(mission, plan) for plan in known)
    parts = (_closures, _handovers, _people, _dispositions, _moves, _steps, _disposals, _separations)
    return [*_deadline(was, now), *_measures(was, now), *(line for part in parts for line in part(before, after))]


def _day(when: date) -> str:
    return f"{when.day} {when:%B}"


def _between(old: date, new: date) -> str:
    """Two days in words: '11 to 20 October', '28 December 2023 to 3 January 2024'."""
    if (old.year, old.month) == (new.year, new.month):
        return f"{old.day} to {_day(new)}"
    years = (f" {old.year}", f" {new.year}") if old.year != new.year else ("", "")
    return f"{_day(old)}{years[0]} to {_day(new)}{years[1]}"


def _shift(old: date, new: date) -> str:
    """How far a day has moved: '9 days later (11 to 20 October)'."""
    days = (new - old).days
    return f"{a_few(abs(days), 'day')} {'later' if days > 0 else 'earlier'} ({_between(old, new)})"


def _deadline(old: Measures, new: Measures) -> Iterator[str]:
    if old.time.out_by != new.time.out_by:
        slack = new.time.slack_days
        words = f"{a_few(abs(slack), 'day')} {'before the deadline' if slack >= 0 else 'too late'}"
        yield f"Everyone and everything is out {_shift(old.time.out_by, new.time.out_by)}, {words}"


def _closures(before: Replay, after: Replay) -> Iterator[str]:
    lines = []
    for site in before.mission.sites:
        old, new = before.plan.closure.get(site.id), after.plan.closure.get(site.id)
        if old and new and old.last_out != new.last_out:
            days = abs((new.last_out - old.last_out).days)
            lines.append((-days, f"{site.name} closes {_shift(old.last_out, new.last_out)}"))
        elif new and not old:
            lines.append((-before.days, f"{site.name} closes on {_day(new.last_out)}; before it was not closed"))
        elif old and not new:
            lines.append((-before.days, f"{site.name} is no longer closed"))
    yield from (line for _, line in sorted(lines, key=lambda pair: pair[0]))


def _handovers(before: Replay, after: Replay) -> Iterator[str]:
    for site in before.mission.sites:
        old, new = before.plan.closure.get(site.id), after.plan.closure.get(site.id)
        was, now = old and old.handover, new and new.handover
        if new and now and not was:
            yield f"{site.name} is handed over on {_day(now)}{_receiver(new)}; before it was not"
        elif was and not now:
            yield f"{site.name} is no longer handed over"
        elif old and new and was and now:
            if now != was and now - was != new.last_out - old.last_out:
                yield f"{site.name} is handed over {_shift(was, now)}"
            if old.handed_to != new.handed_to:
                yield f"{site.name} is handed over{_receiver(new)} instead of{_receiver(old)}"


def _receiver(closure: Closure) -> str:
    return f" to {closure.handed_to or 'nobody named'}".replace("_", " ")


def _measures(old: Measures, new: Measures) -> Iterator[str]:
    for name, was, now, text in (
        ("Casualties expected", old.risk.casualties, new.risk.casualties, "{:.1f}"),
        ("Equipment lost, million USD", old.equipment.lost_usd / 1e6, new.equipment.lost_usd / 1e6, "{:,.2f}"),
        ("Civilian-days covered", old.protection.covered, new.protection.covered, "{:,}"),
        ("Cost, million USD", old.cost.usd / 1e6, new.cost.usd / 1e6, "{:,.1f}"),
    ):
        if abs(now - was) >= NOTABLE * max(was, now) and text.format(was) != text.format(now):
            yield f"{name}: {text.format(now)} instead of {text.format(was)}"


def _departures(result: Replay, site: str) -> Days:
    """People who have left a site by each evening."""
    gone = np.zeros(result.days + 1, dtype=np.int64)
    for move in result.plan.moves:
        if move.origin == site:
            gone[result.day(move.depart) :] += sum(move.people.values())
    for row in result.plan.separations:
        if row.place == site:
            gone[result.day(row.day) :] += row.count
    return gone


def _people(before: Replay, after: Replay) -> Iterator[str]:
    lines = []
    for site in before.mission.sites:
        more = _departures(after, site.id) - _departures(before, site.id)
        number = int(np.abs(more).argmax())
        count, words = abs(int(more[number])), "more" if more[number] > 0 else "fewer"
        if count >= max(FEW_PEOPLE, FEW_OF_SITE * before.people_at[site.id][0]):
            day = _day(before.mission.date(number))
            lines.append((-count, f"{site.name}: {count:,} {words} people leave by {day}"))
    yield from (line for _, line in sorted(lines))


def _ends(result: Replay) -> dict[str, Counter[str]]:
    """What becomes of the items of each lot; a blank for those that nobody accounts for."""
    ends: dict[str, Counter[str]] = {lot.id: Counter() for lot in result.mission.equipment}
    for disposition, lots in dispositions(result).items():
        for name, count in lots.items():
            ends[name][disposition] += count
    for lot in result.mission.equipment:
        ends[lot.id][""] = max(0, lot.count - ends[lot.id].total())
    return ends


def _swaps(old: Counter[str], new: Counter[str]) -> Iterator[tuple[str, str, int]]:
    """How many items end in one way instead of another: old way, new way, items."""
    fewer, more = sorted((old - new).items()), sorted((new - old).items())
    while fewer and more:
        (was, lost), (now, gained) = fewer.pop(), more.pop()
        count = min(lost, gained)
        yield was, now, count
        fewer += [(was, lost - count)] if lost > count else []
        more += [(now, gained - count)] if gained > count else []


def _dispositions(before: Replay, after: Replay) -> Iterator[str]:
    lines = []
    old, new = _ends(before), _ends(after)
    for lot in before.mission.equipment:
        for was, now, count in _swaps(old[lot.id], new[lot.id]):
            verb = "is" if count == 1 else "are"
            words = f"{a_few(count, 'item')} of {lot.name} {verb} {_BECOMES[now]} instead of {_BECOMES[was]}"
            lines.append((-count * lot.value_each, words))
    lines.sort()
    yield from (line for _, line in lines[:MOST_LOTS])
    if len(lines) > MOST_LOTS:
        yield f"{a_few(len(lines) - MOST_LOTS, 'lot')} more, of less value, end in another way"


def _moves(before: Replay, after: Replay) -> Iterator[str]:
    for noun, flies in (("convoy", False), ("flight", True)):
        old, new = ([m for m in r.plan.moves if (m.mode == "air") == flies] for r in (before, after))
        pairs = match_moves(old, new)
        counts = {
            "moved": len(pairs.moved),
            "with another load": len(pairs.reloaded),
            "with other lift, escorts or clearance": len(pairs.altered),
            "dropped": len(pairs.dropped),
            "new": len(pairs.new),
        }
        yield from _counted(noun, counts)


def _counted(noun: str, counts: dict[str, int]) -> Iterator[str]:
    """'14 convoys moved, 3 dropped, 2 new'; nothing if all counts are zero."""
    parts = [(count, words) for words, count in counts.items() if count]
    if parts:
        (count, words), *others = parts
        yield ", ".join([f"{a_few(count, noun)} {words}", *(f"{n} {text}" for n, text in others)])


def _steps(before: Replay, after: Replay) -> Iterator[str]:
    old, new = (Counter((run.site, run.step) for run in r.plan.steps) for r in (before, after))
    days = (Counter((run.site, run.step, run.start, run.end) for run in r.plan.steps) for r in (before, after))
    dropped, added = (old - new).total(), (new - old).total()
    moved = (next(days) - next(days)).total() - dropped
    yield from _counted("closure step", {"on other days": moved, "dropped": dropped, "new": added})


def _disposals(before: Replay, after: Replay) -> Iterator[str]:
    """Lots and units that end in the same way, but on another day or at another place."""
    old, new = _ends(before), _ends(after)
    rows = [Counter[tuple[str, str, str, date, str]](), Counter[tuple[str, str, str, date, str]]()]
    for found, result in zip(rows, (before, after), strict=True):
        for row in result.plan.disposals:
            if old[row.lot] == new[row.lot]:
                found[row.lot, row.disposition, row.place, row.day, row.reason or ""] += row.count
    lots = {key[0] for key in (rows[0] - rows[1]) + (rows[1] - rows[0])}
    yield from _counted("lot", {"disposed of on other days, at other places or for other reasons": len(lots)})


def _separations(before: Replay, after: Replay) -> Iterator[str]:
    rows = [Counter[tuple[str, str, date]](), Counter[tuple[str, str, date]]()]
    for found, result in zip(rows, (before, after), strict=True):
        for row in result.plan.separations:
            found[row.unit, row.place, row.day] += row.count
    for unit in sorted({key[0] for key in (rows[0] - rows[1]) + (rows[1] - rows[0])}):
        yield f"{before.mission.unit[unit].name} separate on other days, at other places or in other numbers"

"""The share of requests that is refused, re-learnt from answers on record (Beta-binomial, as futures draw it).

The answers are added to the counts of the class's rows. A row without counts has only its ``refusal``, somebody's
judgement: it is taken to be worth ten requests, and gives way as answers come in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from drawdown.forecast.answers import Learnt
from drawdown.forecast.beliefs import believed_share
from drawdown.forecast.closures import JEFFREYS
from drawdown.forecast.record import Record
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Actual, Clearance

#: Requests that a judged chance of refusal is worth. Someone who knows the host and says 0.3 is then taken to mean
#: anything from 0.1 to 0.5 (90 %), and a fortnight of daily requests outweighs him.
JUDGEMENT = 10

#: At most so many: a chance near 0 says that refusals are rare, not that hundreds of requests were counted.
MOST = 50

#: A clearance class holds for one mode.
Class = tuple[str, str]

ANSWERS = {
    "clearance_asked": "asked",
    "clearance_granted": "granted",
    "clearance_refused": "refused",
    "clearance_unanswered": "unanswered",
}


def class_of(mission: Mission, fact: Actual) -> Class | None:
    """The class that a clearance fact is about: the one it names, else its leg's. None if that is not one class."""
    leg = mission.leg.get(fact.leg or "")
    name = fact.clearance_class or (leg.clearance_class if leg else None)
    found = {(row.clearance_class, row.mode) for row in mission.clearances if row.clearance_class == name}
    if leg and len(found) > 1:
        found &= {(str(name), str(leg.mode))}
    return found.pop() if len(found) == 1 else None


def asking(mission: Mission, name: Class) -> list[Clearance]:
    """The rows of a class that say what asking is like."""
    return [x for x in mission.clearances if (x.clearance_class, x.mode) == name and x.state == "ask"]


def learn_requests(mission: Mission, record: Record) -> tuple[Mission, tuple[Learnt, ...]]:
    """The mission with its requests counted on, and what that changed."""
    changed: dict[str, Clearance] = {}
    learnt = []
    for name, counted in _counted(mission, record).items():
        trials, why = _trials(counted)
        if not trials:
            record.skipped[f"{why} of `{name[0]}`"] += counted["refused"] + counted["granted"]
            continue
        rows = [x for x in asking(mission, name) if not _tells(x, record) and (not x.to_date or x.to_date >= record.on)]
        for row in rows:
            changed[row.id] = _added(row, trials, counted["refused"])
        if rows:
            before = max(rows, key=lambda row: row.from_date.toordinal() if row.from_date else 0)
            learnt.append(_told(before, trials, counted["refused"], why))
    clearances = tuple(changed.get(row.id, row) for row in mission.clearances)
    return (mission.model_copy(update={"clearances": clearances}) if changed else mission), tuple(learnt)


def _tells(row: Clearance, record: Record) -> bool:
    """Whether a row's own counts are of days of the record: it holds for a span of them, and has been counted."""
    return row.asked > 0 and row.from_date is not None and row.from_date > record.since


def _counted(mission: Mission, record: Record) -> dict[Class, Counter[str]]:
    """Requests by class and answer, without those that a row of the mission has counted already."""
    found: dict[Class, Counter[str]] = defaultdict(Counter)
    for fact in record.facts:
        if fact.kind not in ANSWERS:
            continue
        name = class_of(mission, fact)
        if fact.count_of not in {None, "requests"}:
            record.skip(f"answers to requests that count {fact.count_of}")
        elif name is None:
            record.skip("answers to requests that name no class of clearance, or no single one")
        elif any(_tells(row, record) and _holds(row, fact) for row in asking(mission, name)):
            record.skip("answers to requests that the mission's tables have counted already")
        else:
            found[name][ANSWERS[fact.kind]] += round(1 if fact.count is None else fact.count)
    return found


def _holds(row: Clearance, fact: Actual) -> bool:
    return (not row.from_date or row.from_date <= fact.happened) and (not row.to_date or fact.happened <= row.to_date)


def _trials(counted: Counter[str]) -> tuple[int, str]:
    """How many requests were answered, and how that is known; 0 if refusals alone are on record.

    A record that has grants has both answers; one that has only requests and refusals means that the others were
    granted, but for those of which it says that they were not answered.
    """
    if counted["granted"]:
        return counted["granted"] + counted["refused"], "granted and refused are on record"
    asked = counted["asked"] - counted["unanswered"]
    if asked > 0 and asked >= counted["refused"]:
        return asked, "asked and refused are on record; the others count as granted"
    return 0, "refusals without the number of requests"


def _prior(row: Clearance) -> tuple[int, int]:
    """Requests refused and asked that a row stands for: its counts, or what its judgement is worth.

    Whole numbers whose (refused + 1/2) / (asked + 1) is the judged chance, as nearly as can be.
    """
    if row.asked:
        return row.refused, row.asked
    refused = max(0, round(row.refusal * (JUDGEMENT + 1) - JEFFREYS))
    if row.refusal <= 0.0:
        return 0, MOST
    return refused, min(MOST, max(refused, round((refused + JEFFREYS) / row.refusal - 1)))


def _added(row: Clearance, trials: int, refused: int) -> Clearance:
    before_refused, before_asked = _prior(row)
    refused, asked = before_refused + refused, before_asked + trials
    return row.model_copy(update={"asked": asked, "refused": refused, "refusal": refused / asked})


def _told(row: Clearance, trials: int, refused: int, why: str) -> Learnt:
    before_refused, before_asked = _prior(row)
    worth = "the requests counted before" if row.asked else f"a judgement worth {before_asked} requests"
    return Learnt(
        what="refusals",
        where=row.area,
        unit="share of requests",
        before=believed_share(before_refused, before_asked),
        seen=f"{refused} of {trials} requests refused",
        after=believed_share(before_refused + refused, before_asked + trials),
        why=f"added to {worth}; {why}",
    )


def observed_classes(mission: Mission, record: Record) -> Iterator[Class]:
    """Each class of which the record says anything: of the others its silence says nothing."""
    found = (class_of(mission, fact) for fact in record.facts if fact.kind.startswith("clearance_"))
    yield from dict.fromkeys(name for name in found if name)

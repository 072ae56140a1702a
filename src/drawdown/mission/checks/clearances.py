"""The host's permissions say for every class of moves, on every day, whether and when to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from drawdown.mission.checks.days import uncovered
from drawdown.mission.checks.finding import Check, fault, note, warning
from drawdown.mission.faults import Fault, suggest
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Clearance

ROUNDING = 0.05

Rows = dict[tuple[str, str], list[Clearance]]


def _by_class(mission: Mission) -> Rows:
    found: Rows = defaultdict(list)
    for row in mission.clearances:
        found[row.clearance_class, row.mode].append(row)
    return found


def _classes_used(mission: Mission) -> dict[tuple[str, str], int]:
    """Each class and mode that a leg names, with the row of the first such leg."""
    found: dict[tuple[str, str], int] = {}
    for number, leg in enumerate(mission.legs):
        if leg.clearance_class is not None:
            found.setdefault((leg.clearance_class, leg.mode), number)
    return found


def clearance_classes_exist(mission: Mission) -> Iterator[Fault]:
    """Every clearance class that a leg names has a row for the leg's mode that says to ask, or that it is open."""
    rows, known = _by_class(mission), {row.clearance_class for row in mission.clearances}
    for (name, mode), number in _classes_used(mission).items():
        states = {row.state for row in rows.get((name, mode), ())}
        if name not in known:
            message = f"no clearance has the class `{name}`"
            yield fault("legs", number, "clearance_class", message, suggest(name, known))
        elif not states & {"ask", "open"}:
            message = f"no row of class `{name}` says how {mode} moves are cleared"
            remedy = f"add a row for mode {mode} with state ask or open"
            yield fault("legs", number, "clearance_class", message, remedy)


def clearances_cover_the_plan(mission: Mission) -> Iterator[Fault]:
    """The rows of a class in use say on every day of the plan what holds."""
    header, rows = mission.mission, _by_class(mission)
    for key, number in _classes_used(mission).items():
        if not {row.state for row in rows.get(key, ())} & {"ask", "open"}:
            continue
        periods = [(row.from_date, row.to_date) for row in rows[key]]
        for first, last in uncovered(periods, header.cessation, header.liquidation_end):
            message = f"no row of class `{key[0]}` says what holds from {first} to {last}: moves would need nothing"
            yield warning("legs", number, "clearance_class", message, "add a row for those days")


def some_day_is_not_blocked(mission: Mission) -> Iterator[Fault]:
    """What was known at cessation does not block a class in use on every day up to the deadline."""
    header, rows = mission.mission, _by_class(mission)
    for key, number in _classes_used(mission).items():
        known = [r for r in rows.get(key, ()) if r.known_on is None or r.known_on <= header.cessation]
        blocked = [(row.from_date, row.to_date) for row in known if row.state == "blocked"]
        if blocked and not any(True for _ in uncovered(blocked, header.cessation, header.deadline)):
            message = f"class `{key[0]}` is blocked on every day up to the deadline"
            yield warning("legs", number, "clearance_class", message, "date the block, or say when it was known")


def one_rule_a_day(mission: Mission) -> Iterator[Fault]:
    """Two rows of one class do not ask for different lead times on the same day."""
    number = {row.id: n for n, row in enumerate(mission.clearances)}
    for rows in _by_class(mission).values():
        asks = [row for row in rows if row.state == "ask" and row.known_on is None]
        for one, other in combinations(asks, 2):
            first = max(one.from_date or date.min, other.from_date or date.min)
            last = min(one.to_date or date.max, other.to_date or date.max)
            if first <= last and one.lead_days != other.lead_days:
                message = f"{other.lead_days} days ahead, but `{one.id}` says {one.lead_days} on the same days"
                yield warning("clearances", number[other.id], "lead_days", message, "date them; the longer one counts")


def chances_of_refusal(mission: Mission) -> Iterator[Fault]:
    """The chance of a refusal leaves room for a yes, and agrees with the requests that were counted."""
    for number, row in enumerate(mission.clearances):
        if row.refusal == 1 and row.state == "ask":
            message = "every request is refused, so nothing of this class ever moves"
            yield warning("clearances", number, "refusal", message, "use state blocked with its dates")
        if row.refused > row.asked:
            message = f"more refused than asked ({row.asked})"
            yield fault("clearances", number, "refused", message, "correct the two counts")
        elif row.asked and abs(row.refusal - row.refused / row.asked) > ROUNDING:
            message = f"{row.refused} of {row.asked} requests were refused, that is {row.refused / row.asked:.2f}"
            yield warning("clearances", number, "refusal", message, "correct it, or say in a claim why it differs")


def late_answers_have_a_length(mission: Mission) -> Iterator[Fault]:
    """Answers that can come late take some days longer."""
    for number, row in enumerate(mission.clearances):
        if row.late and not row.late_days:
            message = f"{row.late:g} of the answers come late, but no day later"
            yield fault("clearances", number, "late_days", message, "give the mean number of days, or leave late blank")


def blocks_have_a_rate(mission: Mission) -> Iterator[Fault]:
    """Blanket blocks are counted over some days, last some days, and leave some of the days that were counted."""
    for number, row in enumerate(mission.clearances):
        missing = [column for column in ("blocks_over_days", "block_days") if row.blocks and not getattr(row, column)]
        for column in missing:
            message = f"{row.blocks:g} blocks counted, and {column} is 0"
            yield fault("clearances", number, column, message, f"give {column}, or leave blocks blank")
        if not missing and row.blocks * row.block_days > row.blocks_over_days:
            message = f"{row.blocks:g} blocks of {row.block_days:g} days do not fit into {row.blocks_over_days:g} days"
            yield fault("clearances", number, "block_days", message, "it is the mean length of one block")


def resupply_classes_exist(mission: Mission) -> Iterator[Fault]:
    """The class that clears the flights to a convoy is a class of flights."""
    known = {row.clearance_class for row in mission.clearances if row.mode == "air"}
    for number, leg in enumerate(mission.legs):
        if leg.resupply_class is not None and leg.resupply_class not in known:
            message = f"no clearance of mode air has the class `{leg.resupply_class}`"
            yield fault("legs", number, "resupply_class", message, suggest(leg.resupply_class, known))


def lead_times_leave_time(mission: Mission) -> Iterator[Fault]:
    """A clearance can be asked and used before the deadline."""
    days = mission.day(mission.mission.deadline)
    for number, row in enumerate(mission.clearances):
        if row.state == "ask" and row.lead_days >= days:
            message = f"asked {row.lead_days} days ahead, the deadline is day {days}"
            yield warning("clearances", number, "lead_days", message, "days, not hours, are meant")


def clearances_are_used(mission: Mission) -> Iterator[Fault]:
    """Some leg names each class of clearance in its mode, for its moves or for the flights that resupply them."""
    used = _classes_used(mission).keys() | {(leg.resupply_class, "air") for leg in mission.legs}
    for number, row in enumerate(mission.clearances):
        if (row.clearance_class, row.mode) not in used:
            message = f"no {row.mode} leg has the class `{row.clearance_class}`"
            yield note(
                "clearances", number, "clearance_class", message, "it binds no move; name it in legs if it should"
            )


CHECKS: tuple[Check, ...] = (
    clearance_classes_exist,
    clearances_cover_the_plan,
    some_day_is_not_blocked,
    one_rule_a_day,
    chances_of_refusal,
    late_answers_have_a_length,
    blocks_have_a_rate,
    resupply_classes_exist,
    lead_times_leave_time,
    clearances_are_used,
)

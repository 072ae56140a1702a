"""A drawdown on its way: status, forecast and hindcast, from a mission, its plan and its record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Generic, NamedTuple, TypedDict, TypeVar, Unpack

from drawdown.desk.answer_files import check_out, write_out
from drawdown.desk.ledgers import SUFFIX, ledger_place
from drawdown.desk.missions import open_mission
from drawdown.desk.plans import open_plan
from drawdown.desk.tracking_keys import tracking_keys
from drawdown.forecast.answers import Forecast, Hindcast, Saved, Status
from drawdown.forecast.case import Case
from drawdown.forecast.known import known_mission
from drawdown.ledger.facts import Facts, recorded_facts
from drawdown.ledger.ledger import open_ledger
from drawdown.mission.faults import Fault, MissionError, Spot, suggest
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Actual
from drawdown.mission.what_if import what_ifs
from drawdown.plan.model import Plan

Progress = Callable[[str], None]
Pairs = tuple[tuple[date, Actual], ...]
Answer = TypeVar("Answer", Status, Forecast, Hindcast)

#: Futures of a forecast: its percentiles are then known to a day or so, and people to about a per cent.
FUTURES = 1000

#: When a past mission is forecast if nobody says: after so much of the time to its deadline.
QUARTERS = (0.25, 0.5, 0.75)


class Tracking(TypedDict, total=False):
    """What may be said of any of them.

    ``plan`` is the plan in force; without one it is a constructive plan by what was known on the day of cessation.
    ``ledger`` is a place of a ledger; without one it is the mission's ledger here, or else the mission's own
    ``actuals``. ``as_of`` is the day that is asked about (today at most, and not after the end of liquidation),
    ``known_on`` the day by whose end it was recorded (the same day if not given). ``out`` is a folder for the answers
    and their page. ``today`` is the calendar's day.
    """

    plan: str | Path | None
    ledger: str | None
    as_of: date | None
    known_on: date | None
    out: str | Path | None
    overwrite: bool
    allow_changed: bool
    release: str
    today: date
    progress: Progress | None


class Tracked(NamedTuple, Generic[Answer]):
    """An answer, the files that were written, and warnings."""

    answer: Answer
    files: tuple[Path, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Means:
    """A case that has been opened, the days asked for, and what should be told of how it came about."""

    case: Case
    as_of: date
    known_on: date
    warnings: tuple[str, ...]


def track_status(reference: str | Path, **said: Unpack[Tracking]) -> Tracked[Status]:
    """Plan against actual on a day.

    Raises `MissionError` with all that makes no sense, `LedgerError` if the ledger cannot be read.
    """
    from drawdown.forecast.status import status  # noqa: PLC0415  numpy only when it is asked for

    _check_out("status", said)
    means = opened(reference, said)
    answer = status(means.case, means.as_of, means.known_on)
    files, more = _written("status", answer, said, mission=means.case.mission)
    return Tracked(answer, files, (*means.warnings, *more))


def track_forecast(
    reference: str | Path,
    *,
    futures: int = FUTURES,
    seed: int = 1,
    since: date | None = None,
    **said: Unpack[Tracking],
) -> Tracked[Forecast]:
    """What is to come from a day on; see `track_status`.

    ``since`` is the day of an earlier forecast: why dates moved is told against it.
    """
    from drawdown.desk.stressing import needs_futures  # noqa: PLC0415
    from drawdown.forecast.forecasting import forecast  # noqa: PLC0415  the planner and the futures

    needs_futures("a forecast")
    _check_out("forecast", said)
    means = opened(reference, said)
    header = means.case.mission.mission
    faults = [*_too_late(means.as_of, header.liquidation_end)]
    if since is not None and not header.cessation <= since < means.as_of:
        remedy = f"give a day from {header.cessation} to the day before {means.as_of}"
        faults.append(_fault("--since", since, "an earlier forecast is of an earlier day", remedy))
    if futures < 1:
        faults.append(_fault("--futures", futures, "there is nothing to play", "play at least 1"))
    if faults:
        raise MissionError(faults)
    answer = forecast(
        means.case,
        means.as_of,
        means.known_on,
        futures=futures,
        seed=seed,
        since=since,
        near=said.get("plan") is not None,
        tell=said.get("progress"),
    )
    files, more = _written("forecast", answer, said)
    return Tracked(answer, files, (*means.warnings, *more))


def track_hindcast(
    reference: str | Path,
    days: Sequence[date] = (),
    *,
    what_if: Sequence[str] = (),
    futures: int = FUTURES,
    seed: int = 1,
    **said: Unpack[Tracking],
) -> Tracked[Hindcast]:
    """A past mission forecast as of some days, by what was known then, and scored; see `track_status`.

    ``what_if`` names changes of the mission of which it is asked what they would have saved.
    """
    from drawdown.desk.stressing import needs_futures  # noqa: PLC0415
    from drawdown.forecast.hindcast import hindcast  # noqa: PLC0415  the planner and the futures

    needs_futures("a hindcast")
    _check_out("hindcast", said)
    means = opened(reference, said)
    mission = means.case.mission
    chosen = tuple(sorted(set(days))) or _quarters(mission)
    asked = [(name, _since_when(mission, name)) for name in what_if]
    faults = [fault for day in chosen for fault in _outside(day, mission)]
    faults += [fault for _, found in asked for fault in found if isinstance(fault, Fault)]
    if not any(fact.kind in {"headcount", "last_out"} for _, fact in means.case.pairs):
        faults.append(_fault("actuals", "", "nothing on record to score against", "record what happened"))
    if faults:
        raise MissionError(faults)
    saved = [_saved(means.case, name, when, seed, said) for name, found in asked for when in found]
    answer = hindcast(means.case, chosen, futures=futures, seed=seed, saved=saved, tell=said.get("progress"))
    files, more = _written("hindcast", answer, said)
    return Tracked(answer, files, (*means.warnings, *more))


def opened(reference: str | Path, said: Tracking) -> Means:
    """The case that is asked about, and its days; raises `MissionError` with all that makes no sense."""
    mission = open_mission(reference)
    plan, warnings = _plan_in_force(mission, reference, said)
    pairs, digest, columns = _record(mission, said.get("ledger"))
    as_of = said.get("as_of") or min(said.get("today") or date.max, mission.mission.liquidation_end)
    known_on = said.get("known_on") or as_of
    faults = [*_outside(as_of, mission)]
    if faults:
        raise MissionError(faults)
    return Means(Case(mission, plan, pairs, digest, columns), as_of, known_on, warnings)


def _plan_in_force(mission: Mission, reference: str | Path, said: Tracking) -> tuple[Plan, tuple[str, ...]]:
    place = said.get("plan")
    if place is not None:
        return open_plan(place, reference, allow_changed=said.get("allow_changed", False))[1], ()
    from drawdown.planner.construction.simple import plan_simply  # noqa: PLC0415  only if nobody has a plan

    plan = plan_simply(known_mission(mission, mission.mission.cessation)).plan
    return plan, ("no --plan was named: beside a constructive plan by what was known on the day of cessation",)


def _record(mission: Mission, place: str | None) -> tuple[Pairs, str, Facts | None]:
    """What is on record, with the digest of the ledger: the mission's own facts if it has no ledger here."""
    found = ledger_place(place, mission.mission.id)
    if place is None and found == f"{mission.mission.id}{SUFFIX}" and not Path(found).exists():
        return recorded_facts(mission), mission.hash, None
    with open_ledger(found, mission=mission.mission.id, create=False, read_only=True) as ledger:
        again = ledger.told_again()
        rows = (row for chunk in ledger.bodies() for row in chunk if row[0] not in again)
        pairs = tuple((date.fromisoformat(when[:10]), Actual.model_validate_json(body)) for _, when, body in rows)
        return pairs, ledger.digest, Facts.of_ledger(ledger)


def _quarters(mission: Mission) -> tuple[date, ...]:
    header = mission.mission
    span = (header.deadline - header.cessation).days
    return tuple(header.cessation + timedelta(days=round(span * share)) for share in QUARTERS)


def _since_when(mission: Mission, name: str) -> list[date | Fault]:
    """The first day on which a what-if would have made a difference, or what is wrong with it."""
    known = what_ifs(mission)
    if name not in known:
        return [_fault("--what-if", name, "is no what-if of the mission", suggest(name, known))]
    rows = {cell.row for cell in mission.what_ifs if cell.what_if == name and cell.table == "clearances"}
    days = [row.from_date for row in mission.clearances if row.id in rows and row.from_date]
    if not days:
        remedy = "name one that changes a dated row of clearances"
        return [_fault("--what-if", name, "says of no day what would have been cleared", remedy)]
    return [min(days)]


def _saved(case: Case, name: str, when: date | Fault, seed: int, said: Tracking) -> Saved:
    from drawdown.forecast.saved import would_have_been_saved  # noqa: PLC0415

    if isinstance(when, Fault):  # told before
        raise MissionError([when])
    return would_have_been_saved(case, name, when, seed=seed, tell=said.get("progress"))


def _outside(day: date, mission: Mission) -> Iterator[Fault]:
    header = mission.mission
    if not header.cessation <= day <= header.liquidation_end:
        span = f"from {header.cessation} to {header.liquidation_end}"
        yield _fault("--as-of", day, f"the drawdown of {header.id} runs {span}", f"give a day {span}")


def _too_late(day: date, end: date) -> Iterator[Fault]:
    if day >= end:
        yield _fault("--as-of", day, "the mission is over by that day", f"give a day before {end}")


def _fault(option: str, value: object, message: str, remedy: str) -> Fault:
    return Fault("fault", Spot("tracking"), str(value), message, remedy, option)


def _check_out(name: str, said: Tracking) -> None:
    """Raise `FileExistsError`, before anybody waits, if the folder that was named may not be written."""
    if (out := said.get("out")) is not None:
        check_out(Path(out), name, overwrite=said.get("overwrite", False))


def _written(name: str, answer: Answer, said: Tracking, **more: object) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write an answer and its page, if a folder was named; ``more`` is what the page takes beside the answer."""
    out = said.get("out")
    if out is None:
        return (), ()
    release = said.get("release", "internal")
    return write_out(
        name,
        tracking_keys(answer),
        lambda: _page(name, answer, release, **more),
        Path(out),
        overwrite=said.get("overwrite", False),
    )


def _page(name: str, answer: object, release: str, **more: object) -> str:
    """The answer's page; needs the extra ``report``."""
    import importlib  # noqa: PLC0415

    render = getattr(importlib.import_module(f"drawdown.report.{name}_page"), f"render_{name}")
    return str(render(answer, release, **more))

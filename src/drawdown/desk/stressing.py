"""A plan under chance: played in thousands of futures, with what drives them and what would help."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypedDict, Unpack

from drawdown.desk.answer_files import check_out, write_out
from drawdown.desk.keys import as_json
from drawdown.desk.plans import open_judged_plan
from drawdown.mission.faults import Fault, MissionError, Spot
from drawdown.mission.mission import Mission
from drawdown.mission.what_if import what_ifs
from drawdown.plan.model import Plan
from drawdown.stress.answers import Answers, LastOut
from drawdown.stress.extras import MissingExtraError, require

#: Futures that are played if nothing else is said: the chance of the deadline within 3 points, in seconds.
FUTURES = 1_000

#: Seeds are one signed machine word.
SEEDS = 2**63

#: What `what_if` says for all that the mission names.
ALL = "all"


@dataclass(frozen=True)
class StressResult(Answers):
    """The answers; ``plan`` is where the plan lies, ``files`` what was written, ``broken`` how many rules it breaks."""

    plan: Path = Path()
    broken: int = 0
    files: tuple[Path, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def last_out(self) -> LastOut:
        """As in the answers; named again because keys are made of what a class itself computes."""
        return super().last_out


class Question(TypedDict, total=False):
    """What may be asked of a stress test.

    ``futures`` and ``seed`` say which futures, ``workers`` (processes) or ``cluster`` (the address of a Dask
    scheduler) who plays them; that does not change the answers. With ``until`` the run ends as soon as the chance of
    the deadline is known within so much on both sides. ``drivers`` asks what drives the day of completion (as it does
    if nothing is said), ``what_if`` names changes of the mission, or ``all``; with ``replan`` the mission is planned
    again for each of them in so many seconds.

    ``out`` is a folder for the answers and their page (``overwrite`` an earlier one), ``table`` one for a Parquet
    table with a row a future; ``resume`` goes on with a table that was stopped. ``allow_changed`` accepts a mission
    that has changed since the plan was made. ``tell`` is called with the answers as soon as there are any, and each
    time more is known; ``progress`` with what is being done.
    """

    futures: int
    seed: int
    workers: int
    cluster: str | None
    until: float | None
    drivers: bool
    what_if: Sequence[str]
    replan: float | None
    out: str | Path | None
    table: str | Path | None
    resume: bool
    overwrite: bool
    allow_changed: bool
    tell: Callable[[Answers], None] | None
    progress: Callable[[str], None] | None


def stress(path: str | Path, reference: str | Path | None = None, **question: Unpack[Question]) -> StressResult:
    """Play a plan in many futures and say what they came to; see `open_plan` for how its mission is found.

    Raises `MissionError` with all that makes no sense in the question, if plan or mission cannot be used, if the
    cluster or the table cannot, and if an extra is missing that is needed; `FileExistsError` (before any future is
    played) if something lies in ``out`` that may not be replaced.
    """
    _check(question)
    out = _path(question.get("out"))
    if out is not None:
        check_out(out, "stress", overwrite=question.get("overwrite", False))
    mission, plan, broken = open_judged_plan(path, reference, allow_changed=question.get("allow_changed", False))
    names = _named(mission, question.get("what_if", ()))
    with _faults():
        answers, warnings = _played(mission, plan, names, question)
    if broken:
        text = f"the plan breaks {len(broken)} of the rules, and a future may not do what it plans against them"
        warnings = (f"{text}: drawdown verify {path}", *warnings)
    result = StressResult(**vars(answers), plan=Path(path), broken=len(broken), warnings=warnings)
    if out is None:
        return result
    overwrite = question.get("overwrite", False)
    files, more = write_out("stress", as_json(answers), lambda: _page(answers), out, overwrite=overwrite)
    return replace(result, files=files, warnings=(*warnings, *more))


def _page(answers: Answers) -> str:
    from drawdown.report.stress_page import render_stress  # noqa: PLC0415  needs the extra `report`

    return render_stress(answers)


def _played(mission: Mission, plan: Plan, names: Sequence[str], question: Question) -> tuple[Answers, tuple[str, ...]]:
    """The answers, told as they grow."""
    needs_futures("a stress test")
    from drawdown.desk.playing import Means, Player  # noqa: PLC0415  needs the extra

    tell = question.get("tell") or (lambda _answers: None)
    means = Means(
        workers=question.get("workers", 1),
        cluster=question.get("cluster"),
        table=_path(question.get("table")),
        resume=question.get("resume", False),
        progress=question.get("progress"),
    )
    player = Player(mission, plan, question.get("seed", 1), means)
    answers = player.answers(question.get("futures", FUTURES), question.get("until"))
    tell(answers)
    if question.get("drivers", True):
        answers = replace(answers, drivers=player.drivers(), knock_outs=player.knock_outs())
        tell(answers)
    for row in player.what_ifs(names, question.get("replan")):
        answers = replace(answers, what_if=(*answers.what_if, row))
        tell(answers)
    return answers, tuple(player.warnings)


def _path(place: str | Path | None) -> Path | None:
    return Path(place) if place else None


def _check(question: Question) -> None:
    """Raise `MissionError` with all that makes no sense."""
    faults = list(_senseless(question))
    if faults:
        raise MissionError(faults)


def _senseless(question: Question) -> Iterator[Fault]:
    futures, seed, workers = question.get("futures", FUTURES), question.get("seed", 1), question.get("workers", 1)
    until, again = question.get("until"), question.get("replan")
    if futures < 1:
        yield _fault("futures", futures, "there is nothing to play", "play at least 1")
    if not 0 <= seed < SEEDS:
        yield _fault("seed", seed, "is no seed", "give a whole number from 0 to 2^63 - 1")
    if workers < 1:
        yield _fault("workers", workers, "nobody would play", "give at least 1")
    if workers != 1 and question.get("cluster"):
        yield _fault("workers", workers, "a cluster has workers of its own", "give --workers or --cluster")
    if until is not None and not 0 < until < 1:
        yield _fault("until", until, "is no half-width of an interval of a chance", "give a share such as 0.01")
    if again is not None and not again >= 0:
        yield _fault("replan", again, "is no time to plan in", "give seconds, 0 for the constructive plan alone")
    if again is not None and not question.get("what_if"):
        yield _fault("replan", again, "nothing is planned for", "name a --what-if to plan for, or all")
    if question.get("resume") and not question.get("table"):
        yield _fault("resume", "", "only a table of futures can be resumed", "name its folder with --table")


def _fault(option: str, value: object, message: str, remedy: str) -> Fault:
    return Fault("fault", Spot("stress"), str(value), message, remedy, f"--{option}")


def _named(mission: Mission, names: Sequence[str]) -> tuple[str, ...]:
    """The what-ifs that are asked for, each once; raises `MissionError` for those that the mission does not have."""
    known = what_ifs(mission)
    strange = [name for name in names if name not in known and name != ALL]
    if strange or (names and not known):
        remedy = f"use one of: {', '.join(known)}; or {ALL}" if known else "write some into what_ifs.csv"
        message = "is no what-if of the mission" if known else "the mission has no what-ifs"
        raise MissionError(_fault("what-if", name, message, remedy) for name in strange or names)
    return tuple(known) if ALL in names else tuple(dict.fromkeys(names))


def needs_futures(what: str) -> None:
    """Raise `MissionError` if futures cannot be played here, which ``what`` needs."""
    try:
        require("numba", "stress", what)
    except MissingExtraError as error:
        raise MissionError([Fault("fault", Spot("stress"), "", str(error), "", "stress")]) from error


@contextmanager
def _faults() -> Iterator[None]:
    """Turn a missing extra, a cluster that is not there and a table that is in the way into faults that say so."""
    from drawdown.stress.job import EnsembleError  # noqa: PLC0415  numpy, which the faults above do not need
    from drawdown.stress.store import StoreError  # noqa: PLC0415

    try:
        yield
    except MissingExtraError as error:
        raise MissionError([Fault("fault", Spot("stress"), "", str(error), "", "stress")]) from error
    except EnsembleError as error:
        raise MissionError([Fault("fault", Spot("stress"), "", str(error), "", "stress")]) from error
    except StoreError as error:
        raise MissionError([_fault("table", "", str(error), "")]) from error

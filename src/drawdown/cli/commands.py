"""The commands. Each one calls a use case of the desk and prints what came out; heavy imports live inside."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from drawdown import __version__
from drawdown.cli import exits

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    epilog=exits.HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

MissionName = Annotated[
    str, typer.Argument(metavar="MISSION", help="A folder, a workbook, a JSON file or a bundled mission (minusma).")
]
PlanPath = Annotated[Path, typer.Argument(metavar="PLAN", help="What `drawdown plan` wrote, or a plan of your own.")]
PlanMission = Annotated[
    str | None, typer.Argument(metavar="[MISSION]", help="The plan's mission, if it is not a bundled one.")
]
OfMission = Annotated[
    str | None, typer.Option("--mission", metavar="MISSION", help="The plan's mission, if it is not a bundled one.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Replace = Annotated[bool, typer.Option("--replace", help="Replace what an earlier run wrote there.")]
Changed = Annotated[bool, typer.Option("--changed", help="Accept a mission that has changed since the plan was made.")]


class Release(StrEnum):
    """For whom a report is."""

    INTERNAL = "internal"
    PARTNER = "partner"
    PUBLIC = "public"


class Aim(StrEnum):
    """What a plan made for chance is to be best at."""

    DEADLINE = "deadline"
    LOSS = "loss"


def print_result(result: object, shown: str, *, as_json: bool) -> None:
    """Print a result for a machine or for a person."""
    if as_json:
        from drawdown.desk.keys import as_json as keys

        shown = json.dumps(keys(result), indent=1)
    typer.echo(shown)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"drawdown {__version__}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a defect.")] = False,
) -> None:
    """Plan, check and show the withdrawal of a peace operation."""


@app.command(epilog=exits.HELP)
def check(
    mission: MissionName,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if there are warnings.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say whether a mission is sound, and how much of it is known."""
    from drawdown.cli.views.check import check_text
    from drawdown.desk.checking import check as run

    result = run(mission)
    print_result(result, check_text(result), as_json=as_json)
    if not result.sound:
        raise typer.Exit(exits.BAD_INPUT)
    if strict and result.warnings:
        raise typer.Exit(exits.NO)


@app.command(epilog=exits.HELP)
def plan(
    mission: MissionName,
    coa: Annotated[
        str | None, typer.Option(metavar="NAME|all", help="Course of action; the mission's first if not given.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to write the plan [default: out/MISSION-COURSE].")
    ] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Plan with what was known that day.")
    ] = None,
    time_limit: Annotated[
        float, typer.Option(min=0, metavar="S", help="Seconds a plan; 0 for the constructive plan alone.")
    ] = 60,
    gap: Annotated[
        float, typer.Option(min=0, metavar="G", help="Good enough: at most this share above the bound.")
    ] = 0,
    rounds: Annotated[
        int, typer.Option(min=0, metavar="N", help="Rounds of the search: a limit that does not depend on the clock.")
    ] = 10**9,
    workers: Annotated[
        int, typer.Option(min=0, metavar="N", help="Processes of the search [default: one a core].")
    ] = 0,
    pin: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Wishes that the plan is to keep (docs/wishes.md).")
    ] = None,
    near: Annotated[
        Path | None, typer.Option(metavar="PLAN", help="Plan again, changing this earlier plan as little as can be.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Same seed and rounds, same plan.")] = 0,
    robust: Annotated[
        bool, typer.Option("--robust", help="Choose buffers and order by playing futures (docs/robust.md).")
    ] = False,
    aim: Annotated[
        Aim, typer.Option(help="With --robust: the chance of the deadline, or the loss that 95 % stay below.")
    ] = Aim.DEADLINE,
    futures: Annotated[
        int, typer.Option(min=100, metavar="N", help="With --robust: fresh futures on which plans are compared.")
    ] = 1000,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Make the best plan that can be found in the time, or one for each course of action."""
    from drawdown.cli.progress import Progress
    from drawdown.cli.views.plan import plans_text, trade_off_text
    from drawdown.desk.planning import Options, make_plan
    from drawdown.desk.trade_off import weigh_all
    from drawdown.planner.optimise import Effort

    if robust and (near or coa == "all"):
        raise typer.BadParameter("--robust makes one plan, and a new one: neither --near nor --coa all goes with it")
    with Progress() as progress:
        options = Options(
            as_of=as_of.date() if as_of else None,
            seed=seed,
            replace=replace,
            progress=progress,
            effort=Effort(time_limit, gap, rounds, workers),
            wishes=pin,
            near=near,
        )
        if coa == "all":
            found = weigh_all(mission, out, **options)
            results, shown = found.plans, trade_off_text(found)
            print_result(found, shown, as_json=as_json)
        elif robust:
            from drawdown.desk.stressing import needs_futures

            needs_futures("a plan made for chance")
            from drawdown.cli.views.robust import robust_text
            from drawdown.desk.robust import make_robust_plan

            made = make_robust_plan(mission, coa, out, **options, aim=aim.value, futures=futures)
            results = (made,)
            print_result(made, robust_text(made), as_json=as_json)
        else:
            results = (make_plan(mission, coa, out, **options),)
            print_result(results[0], plans_text(results), as_json=as_json)
    if any(result.status == "infeasible" for result in results):
        raise typer.Exit(exits.NO)


@app.command(epilog=exits.HELP)
def verify(plan: PlanPath, mission: PlanMission = None, changed: Changed = False, as_json: AsJson = False) -> None:
    """Judge a plan by every rule, without the planner."""
    from drawdown.cli.views.verify import verify_text
    from drawdown.desk.verifying import verify as run

    result = run(plan, mission, allow_changed=changed)
    print_result(result, verify_text(result), as_json=as_json)
    if result.broken:
        raise typer.Exit(exits.NO)


@app.command(epilog=exits.HELP)
def compare(
    plans: Annotated[list[Path], typer.Argument(metavar="PLAN PLAN...", help="Two plans of one mission, or more.")],
    mission: OfMission = None,
    changed: Changed = False,
    as_json: AsJson = False,
) -> None:
    """Show plans side by side, and in words what differs."""
    from drawdown.cli.views.compare import compare_text
    from drawdown.desk.comparing import compare as run

    result = run(plans, mission, allow_changed=changed)
    print_result(result, compare_text(result), as_json=as_json)


@app.command(epilog=exits.HELP)
def why(
    plan: PlanPath,
    mission: PlanMission = None,
    gains: Annotated[bool, typer.Option("--gains", help="What more lorries, crews, room or days would buy.")] = False,
    site: Annotated[str | None, typer.Option(metavar="SITE", help="Other days to leave this site, ranked.")] = None,
    lot: Annotated[str | None, typer.Option(metavar="LOT", help="Other ends and exits for this lot, ranked.")] = None,
    seconds: Annotated[float, typer.Option(min=1, metavar="S", help="Time for an answer.")] = 60,
    builds: Annotated[
        int, typer.Option(min=0, metavar="N", help="Plans an offer, instead of what the time allows.")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Same seed and builds, same answer.")] = 0,
    changed: Changed = False,
    as_json: AsJson = False,
) -> None:
    """Say what binds a plan, why it loses what it loses, what more would buy, and what else could be done."""
    from drawdown.cli.progress import Progress
    from drawdown.cli.views.why import why_text
    from drawdown.desk.explaining import Question
    from drawdown.desk.explaining import why as run

    with Progress() as progress:
        question = Question(
            gains=gains,
            site=site,
            lot=lot,
            seconds=seconds,
            builds=builds,
            seed=seed,
            allow_changed=changed,
            progress=progress,
        )
        result = run(plan, mission, **question)
    print_result(result, why_text(result), as_json=as_json)
    if result.must_give:
        raise typer.Exit(exits.NO)


@app.command(epilog=exits.HELP)
def stress(
    plan: PlanPath,
    mission: PlanMission = None,
    futures: Annotated[int, typer.Option(min=1, metavar="N", help="How many futures.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Same seed, same futures.")] = 1,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Processes that play.")] = 1,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler whose workers play instead.")
    ] = None,
    what_if: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME|all", help="A change of the mission, on the same luck; any number."),
    ] = None,
    replan: Annotated[
        float | None, typer.Option(min=0, metavar="S", help="Plan again for each what-if, in so many seconds.")
    ] = None,
    drivers: Annotated[bool, typer.Option("--drivers/--no-drivers", help="Ask what drives the completion.")] = True,
    until: Annotated[
        float | None, typer.Option(metavar="W", help="Stop when the chance of the deadline is known within so much.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write the answers and their page there.")] = None,
    table: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write every future there as well, as rows of Parquet.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a --table that was stopped.")] = False,
    replace: Replace = False,
    changed: Changed = False,
    as_json: AsJson = False,
) -> None:
    """Play a plan in many futures: what to believe, where it breaks, and what would help."""
    from drawdown.cli.progress import Progress
    from drawdown.cli.views.stress import Page, ending_text
    from drawdown.desk.stressing import Question
    from drawdown.desk.stressing import stress as run

    def say(text: str) -> None:
        progress.clear()
        typer.echo(text)

    with Progress() as progress:
        question = Question(
            futures=futures,
            seed=seed,
            workers=workers,
            cluster=cluster,
            until=until,
            drivers=drivers,
            what_if=what_if or (),
            replan=replan,
            out=out,
            table=table,
            resume=resume,
            overwrite=replace,
            allow_changed=changed,
            tell=None if as_json else Page(say),
            progress=progress,
        )
        result = run(plan, mission, **question)
    if as_json or (ending := ending_text(result)):
        print_result(result, "" if as_json else f"\n{ending}", as_json=as_json)


@app.command(epilog=exits.HELP)
def mandate(
    mission: MissionName,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day, such as 2023-10-05.")] = None,
    function: Annotated[
        str | None, typer.Option(metavar="F", help="What is to be done; all that is allowed that day if not given.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="PLACE", help="Where: a site, exit, settlement or leg, by id or name.")
    ] = None,
    who: Annotated[str | None, typer.Option(metavar="ROLE", help="By whom, or `mission` for anybody of it.")] = None,
    plan: Annotated[Path | None, typer.Option(metavar="PLAN", help="Judge every action of this plan.")] = None,
    record: Annotated[bool, typer.Option("--record", help="Judge every fact of the mission's table actuals.")] = False,
    ledger: Annotated[
        str | None, typer.Option(metavar="PLACE", help="Judge every fact of this ledger instead.")
    ] = None,
    what_if: Annotated[
        str | None, typer.Option(metavar="NAME", help="Ask the mission with this change as well, side by side.")
    ] = None,
    changed: Changed = False,
    as_json: AsJson = False,
) -> None:
    """Say what the mandate allows on a day, what ends, what is owed; or judge a plan or a record by it."""
    from drawdown.cli.views.mandate import mandate_text
    from drawdown.desk.judging import mandate as run

    result = run(
        mission,
        on=on,
        function=function,
        at=at,
        who=who,
        what_if=what_if,
        plan=plan,
        record=record,
        ledger=ledger,
        allow_changed=changed,
    )
    print_result(result, mandate_text(result), as_json=as_json)
    if result.no:
        raise typer.Exit(exits.NO)


@app.command(epilog=exits.HELP)
def report(
    plan: Annotated[str, typer.Argument(metavar="PLAN|MISSION", help="A plan, or a mission to show without one.")],
    mission: OfMission = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write the report [default: beside the plan].")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="html,svg,png,pdf", help="The report, and its charts as pictures.")
    ] = "html",
    release: Annotated[Release, typer.Option(help="For whom it is; the others see less.")] = Release.INTERNAL,
    changed: Changed = False,
    as_json: AsJson = False,
) -> None:
    """Write a plan or a mission as one HTML file that works offline."""
    from drawdown.cli.views.summary import report_text
    from drawdown.desk.reporting import forms_named, write_report

    result = write_report(
        plan, mission, out=out, formats=forms_named(form), release=release.value, allow_changed=changed
    )
    print_result(result, report_text(result), as_json=as_json)


@app.command(epilog=exits.HELP)
def convert(
    source: MissionName,
    target: Annotated[Path, typer.Argument(metavar="DST", help="A folder, or a file that ends in .xlsx or .json.")],
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Write a mission as a folder, an Excel workbook or JSON."""
    from drawdown.cli.views.check import convert_text
    from drawdown.desk.converting import convert as run

    result = run(source, target, replace=replace)
    print_result(result, convert_text(result), as_json=as_json)


@app.command(epilog=exits.HELP)
def new(
    target: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is not there yet, or an .xlsx file.")],
    as_json: AsJson = False,
) -> None:
    """Start a mission of your own from a small one that is sound."""
    from drawdown.desk.converting import start_mission

    path = start_mission(target)
    shown = f"{path} holds a small mission. Change it into yours, then: drawdown check {path}"
    print_result({"written": path}, shown, as_json=as_json)


@app.command(epilog=exits.HELP)
def bench(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME...]", help="Benchmarks, or `plan` for all of the planner's; the quick ones if none."
        ),
    ] = None,
    instances: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Published instances to plan as well (docs/benchmarks.md).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure Drawdown on this machine."""
    from drawdown.bench.registry import run
    from drawdown.cli.progress import Progress
    from drawdown.cli.views.bench import bench_text

    with Progress() as progress:
        results = run(names or (), progress, instances)
    print_result({"benchmarks": results}, bench_text(results), as_json=as_json)

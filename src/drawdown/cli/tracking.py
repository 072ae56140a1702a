"""The commands `status`, `forecast`, `replan` and `hindcast`."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drawdown.cli import exits
from drawdown.cli.commands import AsJson, Changed, MissionName, Release, Replace, print_result

if TYPE_CHECKING:
    from drawdown.desk.tracking import Answer, Tracked

InForce = Annotated[
    Path | None, typer.Option(metavar="PLAN", help="The plan in force [default: a constructive plan of the first day].")
]
Ledger = Annotated[
    str | None,
    typer.Option(metavar="PLACE", help="A ledger [default: the mission's ledger here, else its table actuals]."),
]
AsOf = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day asked about [default: today].")
]
KnownOn = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Leave out what was recorded later [default: that day]."),
]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Write the answers and their page there.")]
Futures = Annotated[int, typer.Option(min=1, metavar="N", help="How many futures.")]
Seed = Annotated[int, typer.Option(min=0, metavar="N", help="Same seed, same answers.")]
ForWhom = Annotated[Release, typer.Option(help="For whom the page is; the others see less.")]


def _day(when: datetime | None) -> date | None:
    return when.date() if when else None


def _today() -> date:
    return date.today()  # noqa: DTZ011  the day on the wall where it is asked


def _tell(found: Tracked[Answer], text: str, *, as_json: bool) -> None:
    from drawdown.desk.tracking_keys import tracking_keys

    lines = [text, *(f"written: {path}" for path in found.files), *(f"note: {warning}" for warning in found.warnings)]
    typer.echo(json.dumps(tracking_keys(found.answer), indent=1) if as_json else "\n".join(lines))


def status(
    mission: MissionName,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    plan: InForce = None,
    ledger: Ledger = None,
    out: Out = None,
    release: ForWhom = Release.INTERNAL,
    replace: Replace = False,
    changed: Changed = False,
    as_json: AsJson = False,
) -> None:
    """Show plan against actual on a day: people, sites, equipment, obligations, and alerts by consequence."""
    from drawdown.cli.views.status import status_text
    from drawdown.desk.tracking import track_status

    found = track_status(
        mission,
        as_of=_day(as_of),
        known_on=_day(known_on),
        plan=plan,
        ledger=ledger,
        out=out,
        release=release.value,
        overwrite=replace,
        allow_changed=changed,
        today=_today(),
    )
    _tell(found, status_text(found.answer), as_json=as_json)


def forecast(
    mission: MissionName,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Say why dates moved since a forecast of that day."),
    ] = None,
    plan: InForce = None,
    ledger: Ledger = None,
    futures: Futures = 1000,
    seed: Seed = 1,
    out: Out = None,
    release: ForWhom = Release.INTERNAL,
    replace: Replace = False,
    changed: Changed = False,
    as_json: AsJson = False,
) -> None:
    """Say what is to come from a day on: people, last-outs and the deadline as chances, and what was learnt."""
    from drawdown.cli.progress import Progress
    from drawdown.cli.views.forecast import forecast_text
    from drawdown.desk.tracking import track_forecast

    with Progress() as progress:
        found = track_forecast(
            mission,
            futures=futures,
            seed=seed,
            since=_day(since),
            as_of=_day(as_of),
            known_on=_day(known_on),
            plan=plan,
            ledger=ledger,
            out=out,
            release=release.value,
            overwrite=replace,
            allow_changed=changed,
            today=_today(),
            progress=progress,
        )
    _tell(found, forecast_text(found.answer), as_json=as_json)


def replan(
    mission: MissionName,
    plan: InForce = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger: Ledger = None,
    time_limit: Annotated[float, typer.Option(min=0, metavar="S", help="Seconds of search.")] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same plan.")] = 0,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to write mission and plan [default: out/MISSION-DATE].")
    ] = None,
    replace: Replace = False,
    changed: Changed = False,
    as_json: AsJson = False,
) -> None:
    """Plan what is left, from the standing, changing the plan in force as little as can be."""
    from drawdown.cli.progress import Progress
    from drawdown.cli.views.replan import replan_text
    from drawdown.desk.replanning import make_replan
    from drawdown.planner.optimise import Effort

    with Progress() as progress:
        result = make_replan(
            mission,
            seed=seed,
            effort=Effort(time_limit),
            as_of=_day(as_of),
            known_on=_day(known_on),
            plan=plan,
            ledger=ledger,
            out=out,
            overwrite=replace,
            allow_changed=changed,
            today=_today(),
            progress=progress,
        )
    print_result(result, replan_text(result), as_json=as_json)
    if result.status == "infeasible":
        raise typer.Exit(exits.NO)


def hindcast(
    mission: MissionName,
    as_of: Annotated[
        list[datetime] | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="A past day; any number [default: three]."),
    ] = None,
    what_if: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="What would have been saved by this what-if; any number.")
    ] = None,
    plan: InForce = None,
    ledger: Ledger = None,
    futures: Futures = 1000,
    seed: Seed = 1,
    out: Out = None,
    release: ForWhom = Release.INTERNAL,
    replace: Replace = False,
    changed: Changed = False,
    as_json: AsJson = False,
) -> None:
    """Forecast a past mission as of past days, by what was known then, and score it by what then happened."""
    from drawdown.cli.progress import Progress
    from drawdown.cli.views.hindcast import hindcast_text
    from drawdown.desk.tracking import track_hindcast

    with Progress() as progress:
        found = track_hindcast(
            mission,
            [when.date() for when in as_of or ()],
            what_if=what_if or (),
            futures=futures,
            seed=seed,
            plan=plan,
            ledger=ledger,
            out=out,
            release=release.value,
            overwrite=replace,
            allow_changed=changed,
            progress=progress,
        )
    _tell(found, hindcast_text(found.answer), as_json=as_json)

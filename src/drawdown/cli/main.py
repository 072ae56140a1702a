"""The way in: run a command, and turn whatever goes wrong into a line that a person can act on."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper

import typer
from typer.main import get_command

from drawdown import __version__
from drawdown.cli.commands import app
from drawdown.cli.exits import BAD_INPUT, DEFECT, HELP, OK, STOPPED
from drawdown.cli.record import ledger_app, record
from drawdown.cli.tracking import forecast, hindcast, replan, status
from drawdown.ledger.errors import LedgerError
from drawdown.mission.faults import Fault, MissionError, Spot

for command in (record, status, forecast, replan, hindcast):
    app.command(epilog=HELP)(command)
app.add_typer(ledger_app, name="ledger")


def _say(*lines: str) -> None:
    typer.echo("\n".join(lines), err=True)


def _refuse_mission(error: MissionError, *, as_json: bool) -> int:
    from drawdown.cli.views.faults import fault_lines
    from drawdown.desk.keys import as_json as keys

    _say(*fault_lines(error.faults))
    if as_json:
        typer.echo(json.dumps({"faults": keys(error.faults)}, indent=1))
    return BAD_INPUT


def _run(args: Sequence[str]) -> int:
    """Run one command; its exit code, whichever way it ended."""
    try:
        get_command(app)(list(args), prog_name="drawdown")
    except SystemExit as end:
        if end.code == STOPPED:
            _say("drawdown: stopped; nothing was left half written")
        return end.code if isinstance(end.code, int) else OK
    return OK


def main(args: Sequence[str] | None = None) -> int:
    """Run `drawdown` and return its exit code. No fault of a user's files ends in a traceback."""
    args = sys.argv[1:] if args is None else args
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that lacks a letter shows it escaped instead of failing
            stream.reconfigure(errors="backslashreplace")
    if "--debug" in args:
        return _run(args)
    try:
        return _run(args)
    except MissionError as error:
        return _refuse_mission(error, as_json="--json" in args)
    except LedgerError as error:
        return _refuse_mission(
            MissionError([Fault("fault", Spot("ledger"), "", str(error), "")]), as_json="--json" in args
        )
    except OSError as error:
        _say(f"drawdown: {f'{error.filename}: {error.strerror}' if error.filename else error}")
        return BAD_INPUT
    except Exception as error:  # noqa: BLE001  the last resort, so that a defect is a report and not a screenful
        place = traceback.extract_tb(error.__traceback__)[-1]
        _say(
            f"drawdown {__version__}: a defect in Drawdown, not in your files: {type(error).__name__}: {error}",
            f"  at {place.name}, line {place.lineno}. Please report these two lines with what `drawdown --debug ...`",
            "  prints for the same command; CONTRIBUTING.md says where.",
        )
        return DEFECT

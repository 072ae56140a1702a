"""The commands `record` and `ledger`: the words of a command line become use cases of the desk."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from drawdown.cli import exits
from drawdown.cli.commands import AsJson, MissionName, Replace, print_result

ledger_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Show a ledger, verify it, and carry it between sites (docs/ledger.md).",
    epilog=exits.HELP,
)

Place = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="PLACE",
        help="A file or postgresql://... [default: DRAWDOWN_LEDGER, or MISSION.ledger here].",
    ),
]
OfLedger = Annotated[
    str | None, typer.Option("--mission", metavar="MISSION", help="The ledger's mission, if it is not a bundled one.")
]
Name = Annotated[str | None, typer.Option(metavar="ID")]
Station = Annotated[
    str | None, typer.Option(metavar="NAME", help="This station's name, such as gao; a new ledger keeps it.")
]

#: Options that are called otherwise than their columns.
_OPTIONS = {"count_of": "--of", "clearance_class": "--class", "kind": "KIND"}

#: Words at the place of a kind that are no kinds.
_IMPORT, _UNDO = "import", "undo"


def record(
    mission: MissionName,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND|import|undo",
            help="departure, arrival, last_out, handover, headcount, disposal, inspection, incident, clearance_asked,"
            " _granted, _refused, _unanswered or _blocked; or `import FILE`; or `undo FACT`.",
        ),
    ],
    what: Annotated[
        str | None, typer.Argument(metavar="[FILE|FACT]", help="The file to import, or the fact to undo.")
    ] = None,
    happened: Annotated[str | None, typer.Option(metavar="DATE", help="When it happened [default: today].")] = None,
    place: Annotated[str | None, typer.Option(metavar="SITE|EXIT", help="Where, or from where.")] = None,
    to: Annotated[str | None, typer.Option(metavar="SITE|EXIT", help="Where a departure goes.")] = None,
    leg: Name = None,
    unit: Name = None,
    lot: Name = None,
    lift: Name = None,
    count: Annotated[str | None, typer.Option(metavar="N", help="How many.")] = None,
    of: Annotated[
        str | None, typer.Option("--of", metavar="WORD", help="What is counted: people, items, vehicles, wounded, ...")
    ] = None,
    counted: Annotated[
        str | None, typer.Option(metavar="present|left", help="Of a headcount [default: present].")
    ] = None,
    move: Annotated[str | None, typer.Option(metavar="ID", help="The plan's move, or a name for a convoy.")] = None,
    hazard: Annotated[str | None, typer.Option(metavar="WORD", help="Of an incident: ied, armed_attack, ...")] = None,
    clearance_class: Annotated[str | None, typer.Option("--class", metavar="CLASS", help="Of a clearance.")] = None,
    disposition: Annotated[
        str | None, typer.Option(metavar="WORD", help="Of a disposal: sell, donate, hand_over, scrap or destroy.")
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Of a disposal: why.")] = None,
    step: Annotated[str | None, typer.Option(metavar="ID", help="Of an inspection: the step that has ended.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Last day, if it lasted.")] = None,
    source: Annotated[str | None, typer.Option(metavar="ID", help="The document that says so.")] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="In your words; of an undoing: why.")] = None,
    fact_id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Name of the fact [default: made of what it says].")
    ] = None,
    past: Annotated[
        bool, typer.Option("--past", help="Import: recorded when its source was published, or when it happened.")
    ] = False,
    all_or_nothing: Annotated[
        bool, typer.Option("--all-or-nothing", help="Import: record nothing unless all can be recorded.")
    ] = False,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who records [default: the account].")] = None,
    station: Station = None,
    ledger: Place = None,
    as_json: AsJson = False,
) -> None:
    """Record what happened: one fact, a file of them, or that a fact was wrong."""
    from drawdown.cli.views.record import record_text
    from drawdown.desk import recording
    from drawdown.desk.recorded import Recorder

    columns = {
        "id": fact_id,
        "happened": happened,
        "place": place,
        "to": to,
        "leg": leg,
        "unit": unit,
        "lot": lot,
        "lift": lift,
        "count": count,
        "count_of": of,
        "counted": counted,
        "move": move,
        "hazard": hazard,
        "clearance_class": clearance_class,
        "disposition": disposition,
        "reason": reason,
        "step": step,
        "until": until,
        "source": source,
        "note": note,
    }
    words = {column: text for column, text in columns.items() if text is not None}
    who = Recorder(by, ledger, station)
    _check_words(kind, what, words, imports=past or all_or_nothing)
    if kind == _IMPORT:
        result = recording.record_file(mission, what or "", who, past=past, all_or_nothing=all_or_nothing)
    elif kind == _UNDO:
        result = recording.undo(mission, what or "", note or "", who)
    else:
        places = {column: _OPTIONS.get(column, f"--{column}") for column in ("kind", *words)}
        result = recording.record(mission, {"kind": kind, **words}, who, places)
    print_result(result, record_text(result), as_json=as_json)
    if not result.complete:
        raise typer.Exit(exits.NO)


def _check_words(kind: str, what: str | None, words: dict[str, str], *, imports: bool) -> None:
    """Refuse words that would be passed over in silence, and say which are missing."""
    known = {_IMPORT: set[str](), _UNDO: {"note"}}.get(kind)
    if known is None and what is not None:
        raise typer.BadParameter(f"`{what}` has no meaning after `{kind}`; say it with an option, such as --place")
    if imports and kind != _IMPORT:
        raise typer.BadParameter("--past and --all-or-nothing go with `import`")
    if known is None:
        return
    if what is None:
        raise typer.BadParameter(f"say {'which file' if kind == _IMPORT else 'which fact'}: {kind} ...")
    if strange := [_OPTIONS.get(column, f"--{column}") for column in words if column not in known]:
        raise typer.BadParameter(f"{', '.join(strange)} does not go with `{kind}`")
    if kind == _UNDO and "note" not in words:
        raise typer.BadParameter("say why: --note ...")


@ledger_app.command(epilog=exits.HELP)
def show(
    site: Annotated[str | None, typer.Option(metavar="PLACE", help="Only what was there.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="Only facts of this kind.")] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Only what happened on this day or later."),
    ] = None,
    last: Annotated[int | None, typer.Option(min=1, metavar="N", help="Only the last few of them.")] = None,
    mission: OfLedger = None,
    ledger: Place = None,
    as_json: AsJson = False,
) -> None:
    """Show the entries of a ledger, in the order in which they came."""
    from drawdown.cli.views.ledger import show_text
    from drawdown.desk.ledgers import Filter
    from drawdown.desk.ledgers import show as run

    result = run(Filter(site, kind, since.date() if since else None, last), ledger=ledger, reference=mission)
    print_result(result, show_text(result), as_json=as_json)


@ledger_app.command(epilog=exits.HELP)
def verify(
    head: Annotated[
        list[str] | None,
        typer.Option(metavar="ORIGIN:N:HASH", help="A head that was printed or sent elsewhere; any number."),
    ] = None,
    mission: OfLedger = None,
    ledger: Place = None,
    as_json: AsJson = False,
) -> None:
    """Find every entry that was altered, removed or reordered."""
    from drawdown.cli.views.ledger import verify_text
    from drawdown.desk.ledgers import verify_ledger

    result = verify_ledger(head or (), ledger=ledger, reference=mission)
    print_result(result, verify_text(result), as_json=as_json)
    if not result.whole:
        raise typer.Exit(exits.NO)


@ledger_app.command(epilog=exits.HELP)
def export(
    out: Annotated[Path, typer.Option(metavar="FILE.jsonl", help="Where to write the bundle.")],
    since_bundle: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Only what came after this bundle: one from there, or our last.")
    ] = None,
    replace: Replace = False,
    mission: OfLedger = None,
    ledger: Place = None,
    as_json: AsJson = False,
) -> None:
    """Write entries as a bundle, to be carried to another site and merged there."""
    from drawdown.cli.views.ledger import export_text
    from drawdown.desk.bundles import export as run

    result = run(out, since_bundle=since_bundle, ledger=ledger, reference=mission, replace=replace)
    print_result(result, export_text(result), as_json=as_json)


@ledger_app.command(epilog=exits.HELP)
def merge(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Bundles of other sites, in any order.")],
    station: Station = None,
    mission: OfLedger = None,
    ledger: Place = None,
    as_json: AsJson = False,
) -> None:
    """Take over what other sites have recorded."""
    from drawdown.cli.views.ledger import merge_text
    from drawdown.desk.bundles import merge as run

    result = run(files, ledger=ledger, reference=mission, station=station)
    print_result(result, merge_text(result), as_json=as_json)
    if not result.complete:
        raise typer.Exit(exits.NO)


@ledger_app.command(epilog=exits.HELP)
def standing(
    mission: MissionName,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day [default: today].")
    ] = None,
    known_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Only what was recorded by that day.")
    ] = None,
    ledger: Place = None,
    as_json: AsJson = False,
) -> None:
    """Say where everybody and everything is on a day, as it was known on a day, and what does not add up."""
    from drawdown.cli.views.standing import standing_text
    from drawdown.desk.standings import standing_of

    day = (on or datetime.now()).date()  # noqa: DTZ005  the calendar day here
    result = standing_of(mission, day, known_on.date() if known_on else None, ledger=ledger)
    print_result(result, standing_text(result), as_json=as_json)

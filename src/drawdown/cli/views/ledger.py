"""What `ledger` says to a person: entries, breaks, bundles."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.cli.text import count, counted, wrapped
from drawdown.cli.views.faults import fault_lines
from drawdown.cli.views.ledger_book import book_lines, entry_line
from drawdown.cli.views.record import fact_text
from drawdown.desk.bundles import Brought, ExportResult, MergeResult
from drawdown.desk.ledgers import LedgerVerifyResult, Line, ShowResult

_LISTED = 20  # lines of a bundle that are told one by one
_TAIL = (
    " A tail that was cut off shows only against a head that was printed or sent elsewhere: keep the lines below, away"
    " from here."
)


def show_text(result: ShowResult) -> str:
    """Entries, each with its id and who recorded it, in the order in which they came."""
    lines = [text for line in result.entries for text in _line(line)]
    left_out = result.matching - len(result.entries)
    of = f"{counted(result.matching, 'entry', 'entries')} of {count(result.size)}"
    lines += ["", f"{of}{f', the last {count(len(result.entries))} shown' if left_out else ''}."]
    return "\n".join([*lines, *book_lines(result.book)]).lstrip("\n")


def _line(line: Line) -> list[str]:
    mark = f"  (holds no more: {', '.join(line.corrected_by)})" if line.corrected_by else ""
    return [f"{line.fact.id}{mark}", wrapped(fact_text(line.fact), 2, 4), f"  {entry_line(line.entry)}"]


def verify_text(result: LedgerVerifyResult) -> str:
    """Whether the ledger is whole, or each break with its place."""
    asked = f"{counted(result.size, 'entry', 'entries')}, {counted(len(result.asked), 'printed head')} to hold against"
    if result.whole:
        lines = [wrapped(f"{asked}: nothing was altered, removed or reordered.{'' if result.asked else _TAIL}")]
    else:
        lines = [f"{asked}: {counted(len(result.breaks), 'break')}."]
        lines += [wrapped(str(found), 2, 4) for found in result.breaks]
    return "\n".join([*lines, *book_lines(result.book)])


def export_text(result: ExportResult) -> str:
    """Where the bundle lies, and how to take it over."""
    lines = [
        f"{counted(result.entries, 'entry', 'entries')} in {result.written}",
        f"There: drawdown ledger merge {result.written.name}",
    ]
    return "\n".join([*lines, *book_lines(result.book)])


def merge_text(result: MergeResult) -> str:
    """What each bundle brought, what was not taken and why, and what two stations tell differently."""
    lines = [text for bundle in result.bundles for text in _brought(bundle)]
    for one, other in result.contradictions[:_LISTED]:
        lines.append(wrapped(f"contradiction {one.fact.id}: {entry_line(one)} says {fact_text(one.fact)}", 0, 2))
        lines.append(wrapped(f"but {entry_line(other)} says {fact_text(other.fact)}", 2))
        lines.append("  The one recorded first holds. Undo the one that is wrong, and record the right one anew.")
    if len(result.contradictions) > _LISTED:
        lines.append(f"and {counted(len(result.contradictions) - _LISTED, 'more contradiction')}")
    if result.doubtful:
        lines += ["Now on record, though this mission would not have admitted it:", *fault_lines(result.doubtful)]
    if result.quarantine:
        lines.append(f"What was not taken is kept, with the reason, in {result.quarantine}")
    return "\n".join([*lines, *book_lines(result.book)])


def _brought(bundle: Brought) -> Iterator[str]:
    of = f" of {bundle.origin}" if bundle.origin else ""
    known = f", {count(bundle.known)} known already" if bundle.known else ""
    yield f"{bundle.file.name}{of}: {count(bundle.added)} new{known}"
    for row in bundle.refused[:_LISTED]:
        yield wrapped(f"refused {row.entry}: {row.reason}", 2, 4)
    if len(bundle.refused) > _LISTED:
        yield f"  and {count(len(bundle.refused) - _LISTED)} more refused"
    if bundle.missing:
        yield f"  {counted(bundle.missing, 'entry', 'entries')} of it did not arrive: ask for the bundle again"

"""What `mandate` says to a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from drawdown.cli.text import count, counted, share, table, wrapped
from drawdown.desk.judging import MandateResult, Reading, Reform, Verdicts
from drawdown.mandate.day import SOON_DAYS, Allowed
from drawdown.mandate.judging import Judged
from drawdown.mandate.life_cycle import Ceiling, Event
from drawdown.mandate.obligations import Owed
from drawdown.mandate.verdict import Answer, Looked
from drawdown.mandate.words import day_words, function_words, span_words

_SHOWN = 20  # violations of one plan that are told one by one
_SAID: dict[Answer, str] = {
    "allowed": "YES, allowed",
    "conditional": "ONLY ON CONDITIONS",
    "not_allowed": "NO, not allowed",
}


def mandate_text(result: MandateResult) -> str:
    """The answer first, then the trace of why; then where the mission stands, what a reform changes, the caution."""
    lines = [result.mission]
    if result.on:
        lines += [_asked(result), ""]
    if result.verdict:
        lines += [*_verdict(result), *_trace(result), *_related(result)]
    elif result.on:
        lines += [*_day(result), *_life(result.life_cycle)]
    for verdicts in (result.plan, result.record):
        lines += _verdicts(verdicts) if verdicts else ()
    if result.verdict and result.stage:
        lines += ["", wrapped(f"Where the mission stands that day: {result.stage.words}.", 0, 2)]
    if result.reform:
        lines += ["", *_reform(result, result.reform)]
    return "\n".join([*lines, "", wrapped(result.caution)])


def _asked(result: MandateResult) -> str:
    where = f" at {result.at.name} ({result.at.kind} `{result.at.id}`)" if result.at else ""
    who = f", by {result.who}" if result.who else ""
    what = f": {function_words(result.function)}" if result.function else ""
    return f"On {day_words(result.on)}{where}{who}{what}" if result.on else ""


def _verdict(reading: Reading) -> Iterator[str]:
    if reading.verdict:
        yield f"{_SAID[reading.verdict]}."
    yield from _conditions(reading.conditions)


def _conditions(conditions: Iterable[str]) -> Iterator[str]:
    for text in conditions:
        yield wrapped(f"- {text}", 2, 4)


def _trace(result: MandateResult) -> Iterator[str]:
    if not any(row.function == result.function for row in result.trace):
        yield from ("", "The mandate has no authority for it, on any day.")
    if result.trace:
        yield from ("", f"Looked at ({counted(len(result.trace), 'authority', 'authorities')}):")
    for row in result.trace:
        yield wrapped(f"{row.authority} {'applies' if row.applies else 'does not apply'}: {row.why}.", 2, 6)
        yield wrapped(_text_of(row) if row.function == result.function else f"{row.reference}.", 6)


def _text_of(row: Looked) -> str:
    parts = [f"adopted {day_words(row.adopted)}" if row.adopted else "", row.votes or ""]
    more = "; ".join(part for part in parts if part)
    source = f" Source: {row.source}." if row.source else ""
    return f"{row.reference}{f' ({more})' if more else ''}.{source}"


def _related(result: MandateResult) -> Iterator[str]:
    if result.related:
        yield from ("", "What holds that day and is near to it:")
        yield from _allowed_lines(result.related)


def _allowed_lines(rows: Iterable[Allowed]) -> Iterator[str]:
    for row in rows:
        text = f"{function_words(row.function)}, {row.where}, to {day_words(row.end)} ({_days(row)})"
        yield wrapped(f"{text}{': ' if row.conditions else ''}{'; '.join(row.conditions)}", 2, 6)


def _days(row: Allowed) -> str:
    return f"{span_words(row.days_left)} more" if row.days_left else "its last day"


def _day(result: MandateResult) -> Iterator[str]:
    if result.stage:
        yield wrapped(f"Where the mission stands: {result.stage.words}.", 0, 2)
    yield from _ceilings(result.ceilings)
    yield from ("", f"Allowed ({len(result.allowed)}):" if result.allowed else "Nothing is allowed.")
    yield from _allowed_lines(result.allowed)
    title = f"Ends within {SOON_DAYS} days"
    yield from ("", f"{title} ({len(result.ending)}):" if result.ending else f"{title}: nothing.")
    yield from _allowed_lines(result.ending)
    yield from ("", f"Owed ({len(result.owed)}):" if result.owed else "Owed: nothing.")
    yield from _owed_lines(result.owed)


def _ceilings(ceilings: Sequence[Ceiling]) -> Iterator[str]:
    if ceilings:
        limits = (f"{count(row.number)} {row.number_of} ({row.reference})" for row in ceilings)
        yield wrapped(f"At most {', '.join(limits)}.", 0, 2)


def _owed_lines(owed: Iterable[Owed]) -> Iterator[str]:
    marks = {"overdue": "OVERDUE", "due": "due", "met_late": "LATE", "met": "met"}
    for row in owed:
        to = f" (to the {row.owed_to})" if row.owed_to else ""
        yield wrapped(f"{marks[row.state]:<8}{row.name}{to}: {row.words}. {row.reference}.", 2, 10)


def _life(events: Sequence[Event]) -> Iterator[str]:
    if events:
        yield from ("", "Life of the mandate so far:")
    for (day, reference), of_text in groupby(events, key=lambda event: (event.day, event.reference)):
        rows = list(of_text)
        names = "; ".join(row.name + (f", to {day_words(row.until)}" if row.until else "") for row in rows)
        more = "; ".join(part for part in (reference, rows[0].votes or "") if part)
        yield wrapped(f"{day_words(day):<18}{names}. {more}.", 2, 20)


def _verdicts(verdicts: Verdicts) -> Iterator[str]:
    counts = verdicts.counts
    yield ""
    yield wrapped(
        f"{verdicts.name}: {counted(verdicts.actions, 'action')} judged, {count(counts['allowed'])} allowed, "
        f"{count(counts['conditional'])} on conditions, {count(counts['not_allowed'])} not covered."
    )
    if verdicts.conditional:
        yield wrapped(f"On the conditions of {', '.join(verdicts.conditional)}.", 2)
    rows = verdicts.not_covered
    for row in rows[:_SHOWN]:
        yield wrapped(f"{_window(row)}, {row.deed} {row.action}: {row.why}.", 2, 6)
    if len(rows) > _SHOWN:
        yield f"  and {count(len(rows) - _SHOWN)} more (all with --json)"


def _window(row: Judged) -> str:
    first, last = row.bare[0].start, row.bare[-1].end
    return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"


def _reform(result: MandateResult, reform: Reform) -> Iterator[str]:
    yield wrapped(f"What if: {reform.name} ({reform.what_if})", 0, 2)
    for change in reform.changes:
        yield wrapped(change, 2, 4)
    yield ""
    yield table(["", "as it is", "with the change"], _side_by_side(result, reform), numbers=False)
    if reform.conditions and reform.conditions != result.conditions:
        yield "With the change, on these conditions:"
        yield from _conditions(reform.conditions)
    for row in reform.trace:
        if row not in result.trace:
            yield wrapped(f"{row.authority} then {'applies' if row.applies else 'does not apply'}: {row.why}.", 2, 6)
    if reform.plan and reform.plan.not_covered:
        yield from _verdicts(reform.plan)


def _side_by_side(result: MandateResult, reform: Reform) -> Iterator[list[str]]:
    sides: tuple[Reading, Reading] = (result, reform)
    if result.verdict:
        yield ["verdict", *(_SAID[side.verdict] if side.verdict else "" for side in sides)]
    if result.on:
        yield ["authorities in force", *(count(len(side.allowed)) for side in sides)]
        yield [f"ending within {SOON_DAYS} days", *(count(len(side.ending)) for side in sides)]
    for name in ("plan", "record"):
        found = [getattr(side, name) for side in sides]
        if all(found):
            yield [f"{name}: actions not covered", *(count(side.counts["not_allowed"]) for side in found)]
    measures = [side.plan.measures for side in sides if side.plan and side.plan.measures]
    if len(measures) == len(sides):
        yield ["civilian-days covered", *(count(found.protection.covered) for found in measures)]
        yield ["civilian-days possible", *(count(found.protection.possible) for found in measures)]
        shares = (share(found.protection.covered, found.protection.possible) for found in measures)
        yield ["share covered", *shares]
        yield ["civilian-days not covered", *(
            count(found.protection.possible - found.protection.covered) for found in measures
        )]  # fmt: skip
